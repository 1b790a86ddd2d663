import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { beginning, dataFrames, frame, readFrames } from './frames.ts';
import { RowCounter } from './row-counter.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* from(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** Cuts bytes at any places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((one, other) => one - other);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

describe('the frames of a backup', () => {
  const bodies = fc.array(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    { maxLength: 8 },
  );

  test('come out as they went in, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.array(fc.nat()), async (parts, places) => {
        const bytes = Buffer.concat([beginning(), ...parts.map((part) => frame('D', part))]);
        const frames = await all(readFrames(from(cut(bytes, places))));
        expect(frames.map(({ body }) => body.toString('hex'))).toEqual(parts.map((part) => part.toString('hex')));
      }),
    );
  });

  test('a file that ends inside one is told to be cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), async (part, place) => {
        const bytes = Buffer.concat([beginning(), frame('D', Buffer.from(part))]);
        const short = bytes.subarray(0, beginning().length + 1 + (place % (bytes.length - beginning().length - 1)));
        await expect(all(readFrames(from([short])))).rejects.toBeInstanceOf(AppError);
      }),
    );
  });

  test('rows are counted by their line breaks, whatever the sizes of chunks and frames are', async () => {
    // A frame of ten bytes has a line break in its length.
    for (const length of [1, 10, 266, 2570, 300_000]) {
      const row = Buffer.concat([Buffer.alloc(length - 1, 'x'), Buffer.from('\n')]);
      const counter = new RowCounter(() => undefined);
      const written = await all(dataFrames(counter.count(from([row, row, row]))));
      expect(counter.rows).toBe(3);
      const read = await all(readFrames(from([beginning(), ...written])));
      expect(Buffer.concat(read.map(({ body }) => body)).length).toBe(3 * length);
    }
  });
});
