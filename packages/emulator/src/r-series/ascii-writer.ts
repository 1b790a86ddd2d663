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

  toString(): string {
    return this.#bytes.toString('latin1', 0, this.#length);
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafe(Math.max(least, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
