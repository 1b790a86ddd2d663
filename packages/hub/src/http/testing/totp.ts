import { createHmac } from 'node:crypto';

/** The code an authenticator shows now (RFC 6238), from the address it was set up with. */
export function totp(uri: string): string {
  const { searchParams } = new URL(uri);
  const bits = Array.from(searchParams.get('secret') ?? '', (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / Number(searchParams.get('period') ?? 30))));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const digits = Number(searchParams.get('digits') ?? 6);
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}
