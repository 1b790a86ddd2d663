import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const TOKEN = /^([\w-]{22})_([\w-]{43})$/u;

/** The text of a link that belongs to one organization: the organization stands in it, so that it can be looked up inside its tenant. */
export function newLinkToken(organizationId: string): { readonly token: string; readonly hash: Buffer } {
  const token = `${shortId(organizationId)}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { token, hash: hashOfToken(token) };
}

/** The organization a link belongs to, by its own word; null when it is not of that shape. */
export function organizationOfToken(token: string): string | null {
  const short = TOKEN.exec(token)?.[1];
  return short === undefined ? null : longId(short);
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function shortId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

export function longId(short: string): string {
  const hex = Buffer.from(short, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
