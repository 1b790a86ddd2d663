import { AppError } from '../errors.ts';

/** The first bytes inside a backup, after decompression. */
const MAGIC = Buffer.from('TILLWEAVE BACKUP\n', 'ascii');
const HEAD_BYTES = 5;
const DATA_BYTES = 256 * 1024;
/** Nothing we write is larger; a larger length is damage. */
const FRAME_BYTES_MAX = 64 * 1024 * 1024;

/** `H`eader, `T`able, rows (`D`ata) of the table before, `E`nd. */
export type FrameKind = 'H' | 'T' | 'D' | 'E';

export interface Frame {
  readonly kind: FrameKind;
  readonly body: Buffer;
}

/** The bytes a backup starts with. */
export function beginning(): Buffer {
  return MAGIC;
}

/** One frame: its kind, the length of its body in four bytes, the body. */
export function frame(kind: FrameKind, body: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body), 'utf8');
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(kind, 0, 'ascii');
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Gathers small chunks into data frames of a good size. */
export async function* dataFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    length += chunk.length;
    if (length < DATA_BYTES) continue;
    yield frame('D', Buffer.concat(gathered));
    gathered = [];
    length = 0;
  }
  if (length > 0) yield frame('D', Buffer.concat(gathered));
}

/**
 * Reads the frames of a decompressed backup.
 *
 * @throws AppError `backup_unreadable` when it is none, damaged or cut off.
 */
export async function* readFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const input = new Input(chunks);
  if (!(await input.take(MAGIC.length))?.equals(MAGIC)) throw unreadable('it does not start like one');
  for (;;) {
    const head = await input.take(HEAD_BYTES);
    if (head === null) return;
    const kind = head.toString('ascii', 0, 1);
    const length = head.readUInt32BE(1);
    if (!isKind(kind) || length > FRAME_BYTES_MAX) throw unreadable('it is damaged');
    const body = await input.take(length);
    if (body === null) throw unreadable('it is cut off');
    yield { kind, body };
  }
}

/** @param reason As the end of a sentence. */
export function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError('backup_unreadable', `This is not a whole Tillweave backup: ${reason}. Use another copy of it.`, {
    details: { reason },
    cause,
  });
}

function isKind(text: string): text is FrameKind {
  return ['H', 'T', 'D', 'E'].includes(text);
}

/** Takes exact numbers of bytes from chunks of any size. */
class Input {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Null at the end. @throws AppError when there are some bytes, but not enough. */
  async take(length: number): Promise<Buffer | null> {
    const parts = [this.#held];
    let have = this.#held.length;
    while (have < length) {
      const next = await this.#chunks.next();
      if (next.done === true) {
        if (have > 0) throw unreadable('it is cut off');
        return null;
      }
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = all.subarray(length);
    return all.subarray(0, length);
  }
}
