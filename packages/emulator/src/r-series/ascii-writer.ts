/** From here on one call for all bytes is faster than a loop. */
const bulk = 64;
const digitZero = 48;

/** Text as the bytes it is on this wire. */
export function asciiBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/**
 * Puts ASCII text together in one growing buffer. A page consists of tens of thousands of short pieces: concatenating them as strings makes
 * as many small objects, and copying those once more at the end.
 */
export class AsciiWriter {
  #bytes = Buffer.allocUnsafe(65_536);
  #length = 0;

  /** Where the next piece goes. */
  get length(): number {
    return this.#length;
  }

  /** Starts over. */
  clear(): void {
    this.#length = 0;
  }

  /** Only ASCII: everything on this wire is escaped to it. */
  text(text: string): void {
    const { length } = text;
    const start = this.#length;
    if (start + length > this.#bytes.length) this.#grow(start + length);
    const bytes = this.#bytes;
    for (let index = 0; index < length; index += 1) bytes[start + index] = text.charCodeAt(index);
    this.#length = start + length;
  }

  /** What is written again and again is kept as bytes: copying them is several times faster than reading characters out of a string. */
  bytes(piece: Uint8Array): void {
    const { length } = piece;
    const start = this.#length;
    if (start + length > this.#bytes.length) this.#grow(start + length);
    const bytes = this.#bytes;
    if (length > bulk) bytes.set(piece, start);
    else for (let index = 0; index < length; index += 1) bytes[start + index] = piece[index] ?? 0;
    this.#length = start + length;
  }

  /** Two digits. */
  two(value: number): void {
    const start = this.#length;
    if (start + 2 > this.#bytes.length) this.#grow(start + 2);
    const tens = Math.floor(value / 10);
    this.#bytes[start] = digitZero + tens;
    this.#bytes[start + 1] = digitZero + value - tens * 10;
    this.#length = start + 2;
  }

  /** Puts one character before what was written from a position on. */
  insert(position: number, character: string): void {
    if (this.#length + 1 > this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes.copyWithin(position + 1, position, this.#length);
    this.set(position, character);
    this.#length += 1;
  }

  /** Replaces one character. */
  set(position: number, character: string): void {
    this.#bytes[position] = character.charCodeAt(0);
  }

  /** What was written, as bytes of their own. */
  toBytes(): Buffer<ArrayBuffer> {
    const bytes = Buffer.allocUnsafeSlow(this.#length);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    return bytes;
  }

  toString(): string {
    return this.#bytes.toString('latin1', 0, this.#length);
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafe(Math.max(least, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
