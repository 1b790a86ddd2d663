import { randomFillSync } from 'node:crypto';

const TIMESTAMP_BYTES = 6;

/**
 * A new UUID version 7 as lower-case text: 48 bits of milliseconds, then random bits, so that ids sort by age.
 *
 * @param now Milliseconds since 1970; the present unless a test says otherwise.
 */
export function uuidv7(now: number = Date.now()): string {
  const bytes = Buffer.allocUnsafe(16);
  randomFillSync(bytes, TIMESTAMP_BYTES);
  bytes.writeUIntBE(now, 0, TIMESTAMP_BYTES);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
