import { createHash, randomBytes } from 'node:crypto';

/** Where deliveries arrive, below a public address of ours. */
export const HOOKS_PATH = '/api/v1/hooks/x/';

const ID_BYTES = 16;
const SECRET_BYTES = 32;
const TOKEN = /^[\w-]{64}$/u;

/**
 * A new address's last part: the organization, so that it can be looked up inside its tenant, and 32 random bytes that nobody guesses. 64
 * letters of base64url.
 */
export function makeToken(organizationId: string): string {
  const id = Buffer.from(organizationId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, randomBytes(SECRET_BYTES)]).toString('base64url');
}

/** The organization an address belongs to if it is one of ours; null when it cannot be. */
export function organizationOf(token: string): string | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + SECRET_BYTES) return null;
  const hex = bytes.subarray(0, ID_BYTES).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** What the database knows a token by. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
