import type { Instant } from '@tillweave/lightspeed';
import { expect, test } from 'vitest';
import type { Page } from './client.ts';
import { inParts, walkAhead } from './walk.ts';

const request = { method: 'GET', path: '/sales', requestedAt: 0 as Instant, serverTime: null };

async function* pages(asked: number[], ...lengths: number[]): AsyncGenerator<Page<number>> {
  for (const [index, length] of lengths.entries()) {
    asked.push(index + 1);
    const documents = Array.from({ length }, (_, at) => (index + 1) * 100 + at);
    const records = documents.map((value) => ({ ok: true, value }) as const);
    yield { records, documents, position: index + 1, last: index + 1 === lengths.length, request };
    await Promise.resolve();
  }
}

test('a long answer comes in even parts; a walk resumes after whole answers only, and no request is made for a part', async () => {
  const asked: number[] = [];
  const walk = walkAhead(inParts(pages(asked, 7, 3, 0), 3, 0), (page) => page);
  const seen: unknown[] = [];
  for (;;) {
    // As when a slice is over: nothing more is asked for, yet all of what was answered is taken.
    const page = await walk.next(false);
    if (page === null) break;
    const { documents, position, last, more } = page;
    expect(page.records.map((record) => record.ok && record.value)).toEqual(documents);
    seen.push([documents, position, last, more ?? false, walk.hasAhead, asked.length]);
  }
  expect(seen).toEqual([
    [[100, 101, 102], 0, false, true, true, 1],
    [[103, 104, 105], 0, false, true, true, 1],
    [[106], 1, false, false, false, 1],
    [[200, 201, 202], 2, false, false, false, 2],
    [[], 3, true, false, false, 3],
  ]);
});
