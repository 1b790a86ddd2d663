const NEWLINE = 10;

/** Counts the rows of COPY's text format on their way: a line each, for a line break inside a value is written as two characters. */
export class RowCounter {
  readonly #onProgress: (rows: number) => void;
  rows = 0;

  constructor(onProgress: (rows: number) => void) {
    this.#onProgress = onProgress;
  }

  async *count(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.rows += 1;
      this.#onProgress(this.rows);
      yield chunk;
    }
  }
}
