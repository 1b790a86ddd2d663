import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createSealer, generateKey } from './crypto.ts';
import { AppError } from './errors.ts';
import { readSecretKey, secretKeyPath } from './secret-key.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tillweave-key-'));
  folders.push(folder);
  return folder;
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'none';
}

describe('sealed secrets', () => {
  test('any text opens again with the same key and context', () => {
    const sealer = createSealer(generateKey());
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        expect(sealer.open(sealer.seal(text, context), context)).toBe(text);
      }),
    );
  });

  test('the same text is never sealed twice the same way', () => {
    const sealer = createSealer(generateKey());
    expect(sealer.seal('token', 'here')).not.toBe(sealer.seal('token', 'here'));
  });

  test('a secret moved to another row does not open', () => {
    const sealer = createSealer(generateKey());
    const sealed = sealer.seal('token', 'credential:a');
    expect(codeOf(() => sealer.open(sealed, 'credential:b'))).toBe('secret_unreadable');
  });

  test('one changed character anywhere makes it unreadable', () => {
    const sealer = createSealer(generateKey());
    const sealed = sealer.seal('a refresh token', 'here');
    const start = sealed.lastIndexOf('.') + 1;
    for (let index = start; index < sealed.length - 1; index += 1) {
      const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
      expect(codeOf(() => sealer.open(changed, 'here'))).toBe('secret_unreadable');
    }
    expect(codeOf(() => sealer.open(sealed.slice(0, -8), 'here'))).toBe('secret_unreadable');
    expect(codeOf(() => sealer.open('nonsense', 'here'))).toBe('secret_unreadable');
  });

  test('another key is told apart from damage, and its id is named', () => {
    const first = createSealer(generateKey());
    const other = createSealer(generateKey());
    const sealed = first.seal('token', 'here');
    expect(codeOf(() => other.open(sealed, 'here'))).toBe('secret_key_unknown');
    expect(other.knows(sealed)).toBe(false);
    expect(() => other.open(sealed, 'here')).toThrow(first.keyId);
    // The right id under the wrong key: it is damage.
    expect(codeOf(() => other.open(sealed.replace(first.keyId, other.keyId), 'here'))).toBe('secret_unreadable');
  });

  test('a key is rotated by putting the new one in front', () => {
    const [old, new_] = [generateKey(), generateKey()];
    const before = createSealer(old).seal('token', 'here');
    const rotated = createSealer(`${new_},${old}`);
    expect(rotated.open(before, 'here')).toBe('token');
    expect(rotated.isStale(before)).toBe(true);
    const after = rotated.seal('token', 'here');
    expect(rotated.isStale(after)).toBe(false);
    expect(createSealer(new_).open(after, 'here')).toBe('token');
  });

  test('hexadecimal and base64url keys mean the same as base64', () => {
    const key = generateKey();
    const bytes = Buffer.from(key, 'base64');
    const sealed = createSealer(key).seal('token', 'here');
    expect(createSealer(bytes.toString('hex')).open(sealed, 'here')).toBe('token');
    expect(createSealer(bytes.toString('base64url')).open(sealed, 'here')).toBe('token');
  });

  test.each(['', 'short', `${generateKey()}x`, `${generateKey()},`, 'g'.repeat(64)])(
    '"%s" is refused as a key, unrepeated',
    (key) => {
      expect(codeOf(() => createSealer(key))).toBe('secret_key_invalid');
      if (key !== '') expect(() => createSealer(key)).not.toThrow(key);
    },
  );

  test('what is derived differs by purpose and key, and is stable', () => {
    const key = generateKey();
    const sealer = createSealer(key);
    expect(sealer.derive('sign-in')).toBe(createSealer(key).derive('sign-in'));
    expect(sealer.derive('sign-in')).not.toBe(sealer.derive('other'));
    expect(sealer.derive('sign-in')).not.toBe(createSealer(generateKey()).derive('sign-in'));
    expect(sealer.derive('sign-in')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the secret key file', () => {
  test('is made once, readable by us alone, whole even when many start at once', async () => {
    const home = join(await newFolder(), 'new', 'home');
    const keys = await Promise.all(Array.from({ length: 20 }, () => readSecretKey({ secretKey: null, home })));
    expect(new Set(keys).size).toBe(1);
    expect(() => createSealer(keys[0] ?? '')).not.toThrow();
    expect((await stat(secretKeyPath(home))).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['secret.key']);
  });

  test('is closed to others when somebody opened it', async () => {
    const home = await newFolder();
    await writeFile(secretKeyPath(home), generateKey(), { mode: 0o644 });
    await readSecretKey({ secretKey: null, home });
    expect((await stat(secretKeyPath(home))).mode & 0o777).toBe(0o600);
  });

  test('is not made when the environment gives the key', async () => {
    const home = await newFolder();
    const key = generateKey();
    expect(await readSecretKey({ secretKey: key, home })).toBe(key);
    expect(await readdir(home)).toEqual([]);
  });

  test('that cannot be read is an error with its path, not a new key', async () => {
    const home = join(await newFolder(), 'file');
    await writeFile(home, 'a file where the folder should be');
    await expect(readSecretKey({ secretKey: null, home })).rejects.toMatchObject({ code: 'secret_key_invalid' });
    expect(await readFile(home, 'utf8')).toBe('a file where the folder should be');
  });
});
