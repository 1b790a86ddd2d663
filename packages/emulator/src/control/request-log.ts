/** One request the emulator answered. Bodies and tokens are never kept. */
export interface RequestLogEntry {
  readonly number: number;
  /** World time, ISO. */
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** 0: the connection was cut. */
  readonly status: number;
  /** OAuth client id, `apikey`, or null when nobody was recognised. */
  readonly client: string | null;
  readonly cost: number;
  /** `level/size` as the headers said it. */
  readonly level: string | null;
}

/** The last requests, oldest first; a bounded number of them. */
export class RequestLog {
  readonly #max: number;
  #entries: RequestLogEntry[] = [];
  #count = 0;

  constructor(max = 20_000) {
    this.#max = max;
  }

  add(entry: Omit<RequestLogEntry, 'number'>): void {
    this.#count += 1;
    this.#entries.push({ number: this.#count, ...entry });
    // Dropped in halves, so that a full log costs no copy per request.
    if (this.#entries.length >= this.#max * 2) this.#entries = this.#entries.slice(-this.#max);
  }

  list(): readonly RequestLogEntry[] {
    return this.#entries.slice(-this.#max);
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }
}
