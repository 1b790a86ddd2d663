import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What an access token says (R §2.4). Times are epoch milliseconds here, float seconds on the wire. */
export interface AccessClaims {
  readonly jti: string;
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly acct: string;
  readonly scope: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

let signingKey: SigningKey | undefined;

/** One key a process: making one takes a fifth of a second, and no two servers need to differ. */
function key(): SigningKey {
  if (signingKey !== undefined) return signingKey;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicJwk = publicKey.export({ format: 'jwk' });
  // Two servers' keys must not share an id, or a client's cached key set would lie.
  const thumbprint = createHash('sha256').update(JSON.stringify(publicJwk)).digest('hex').slice(0, 12);
  signingKey = { kid: `RT_OAUTH2_${thumbprint}`, privateKey, publicJwk };
  return signingKey;
}

/** An RS256 JWT. */
export function writeAccessToken(claims: AccessClaims): string {
  const header = encode(JSON.stringify({ typ: 'JWT', alg: 'RS256', kid: key().kid }));
  const body = [
    ['aud', JSON.stringify(claims.aud)],
    ['jti', JSON.stringify(claims.jti)],
    ['iat', floatSeconds(claims.issuedAt)],
    ['nbf', floatSeconds(claims.issuedAt)],
    ['exp', floatSeconds(claims.expiresAt)],
    ['sub', JSON.stringify(claims.sub)],
    ['iss', JSON.stringify(claims.iss)],
    ['acct', JSON.stringify(claims.acct)],
    ['scope', JSON.stringify(claims.scope)],
  ]
    .map(([name, value]) => `"${name}":${value}`)
    .join(',');
  const payload = encode(`{${body}}`);
  const signature = sign('RSA-SHA256', Buffer.from(`${header}.${payload}`), key().privateKey).toString('base64url');
  return `${header}.${payload}.${signature}`;
}

/** The public keys, for `/.well-known/jwks`. */
export function jwks(): { readonly keys: readonly Readonly<Record<string, unknown>>[] } {
  return { keys: [{ ...key().publicJwk, kid: key().kid, use: 'sig', alg: 'RS256' }] };
}

/** Always with a fraction: readers that expect integers must notice. */
function floatSeconds(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)}.${String(milliseconds % 1000).padStart(3, '0')}001`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
