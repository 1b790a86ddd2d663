import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from './errors.ts';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_LENGTH = 8;

/** Seals secrets for the database, bound to the place they are for. */
export interface Sealer {
  /** The id of the key that seals now. */
  readonly keyId: string;
  /**
   * Encrypts `text`. The answer is `v1.<key id>.<base64url>` and opens only with the same context.
   *
   * @param context What the secret is and whose, e.g. `credential:<organization>:<connection>`.
   */
  seal(text: string, context: string): string;
  /**
   * Decrypts what `seal` made, with whichever of our keys made it.
   *
   * @throws AppError `secret_key_unknown` when that key is not among ours, `secret_unreadable` when it was altered or moved.
   */
  open(sealed: string, context: string): string;
  /** Whether one of our keys made it, as far as its key id tells. */
  knows(sealed: string): boolean;
  /** Whether it was made by an older key and should be sealed again. */
  isStale(sealed: string): boolean;
  /** A secret of its own for another purpose (session cookies, …), 64 hex digits, the same on every machine with the same key. */
  derive(purpose: string): string;
  /** As `derive`, for every key we have, the newest first. */
  derivations(purpose: string): readonly [DerivedSecret, ...DerivedSecret[]];
}

/** A secret derived from one of the keys. */
export interface DerivedSecret {
  readonly keyId: string;
  readonly value: string;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** A new key as it is written into files and the environment: 32 bytes in base64. */
export function generateKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/**
 * A sealer over one or more keys, the newest first: it seals, all open. So a key is rotated by putting the new one in front.
 *
 * @param keys Base64 (or base64url, or hexadecimal) texts of 32 bytes, separated by commas.
 * @param again Reads the keys again: asked once somebody else has sealed with a key that is not among them, as when it was rotated
 * while this process ran.
 * @throws AppError `secret_key_invalid`.
 */
export function createSealer(keys: string, again?: () => string): Sealer {
  let all = keys.split(',').map(parseKey);
  const [newest] = all;
  if (newest === undefined) throw invalidKey();
  const keysFor = (sealed: string): readonly Key[] => {
    const id = sealed.split('.')[1];
    if (again !== undefined && !all.some((key) => key.id === id)) all = [...all, ...again().split(',').map(parseKey)];
    return all;
  };
  return {
    keyId: newest.id,
    seal: (text, context) => seal(newest, text, context),
    open: (sealed, context) => open(keysFor(sealed), sealed, context),
    knows: (sealed) => all.some(({ id }) => sealed.startsWith(`${FORMAT}.${id}.`)),
    isStale: (sealed) => !sealed.startsWith(`${FORMAT}.${newest.id}.`),
    derive: (purpose) => derive(newest, purpose),
    derivations: (purpose) => {
      const [first, ...others] = [newest, ...all.filter(({ id }) => id !== newest.id)].map((key) => ({
        keyId: key.id,
        value: derive(key, purpose),
      }));
      if (first === undefined) throw invalidKey();
      return [first, ...others];
    },
  };
}

function derive(key: Key, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', key.bytes, '', `tillweave/${purpose}`, KEY_BYTES)).toString('hex');
}

function seal(key: Key, text: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(key.id, context));
  const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT}.${key.id}.${body.toString('base64url')}`;
}

function open(keys: readonly Key[], sealed: string, context: string): string {
  const [format, id, encoded, ...rest] = sealed.split('.');
  if (format !== FORMAT || id === undefined || encoded === undefined || rest.length > 0) throw unreadable();
  const key = keys.find((candidate) => candidate.id === id);
  if (key === undefined) {
    throw new AppError(
      'secret_key_unknown',
      `A stored secret was sealed with key ${id}, which this process does not have. Start it with the TILLWEAVE_SECRET_KEY it was stored under ` +
        '(every machine on one database needs the same; an old key may follow the new one after a comma).',
      { details: { keyId: id } },
    );
  }
  const body = Buffer.from(encoded, 'base64url');
  if (body.length < NONCE_BYTES + TAG_BYTES) throw unreadable();
  const decipher = createDecipheriv(ALGORITHM, key.bytes, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(id, context));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  try {
    return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw unreadable(error);
  }
}

function boundTo(keyId: string, context: string): Buffer {
  return Buffer.from(`${FORMAT}.${keyId}.${context}`, 'utf8');
}

function parseKey(text: string): Key {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)
      ? Buffer.from(trimmed.replaceAll('-', '+').replaceAll('_', '/'), 'base64')
      : null;
  if (bytes?.length !== KEY_BYTES) throw invalidKey();
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, KEY_ID_LENGTH), bytes };
}

function invalidKey(): AppError {
  return new AppError(
    'secret_key_invalid',
    'The secret key is not 32 bytes in base64. Make one with: openssl rand -base64 32, and set it as TILLWEAVE_SECRET_KEY.',
  );
}

function unreadable(cause?: unknown): AppError {
  return new AppError(
    'secret_unreadable',
    'A stored secret was altered or belongs elsewhere, so it cannot be opened. Enter it again (authorize the connection anew).',
    { cause },
  );
}
