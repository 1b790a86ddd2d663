import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatInstant, instantOf, parseInstant } from './instant.ts';

test('every whole second survives being written and read', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2100, 0) }), (milliseconds) => {
      const instant = instantOf(Math.floor(milliseconds / 1000) * 1000);
      expect(parseInstant(formatInstant(instant))).toBe(instant);
    }),
  );
});

test('every spelling of an offset is understood', () => {
  const expected = Date.UTC(2026, 2, 1, 5);
  for (const text of [
    '2026-03-01T05:00:00+00:00',
    '2026-03-01T05:00:00Z',
    '2026-03-01T00:00:00-05:00',
    '2026-03-01T00:00:00-0500',
    '2026-03-01T05:00:00-00:00',
    '2026-03-01T14:30:00+09:30',
    '2026-03-01T05:00:00.000Z',
  ])
    expect([text, parseInstant(text)]).toStrictEqual([text, expected]);
  expect(parseInstant('2026-03-01T05:00:00.25Z')).toBe(expected + 250);
});

test('anything that leaves the moment open is refused', () => {
  for (const text of [
    '',
    '2026-03-01',
    '2026-03-01T05:00:00',
    '2026-03-01T05:00+00:00',
    '2026-02-30T05:00:00+00:00',
    '2025-02-29T05:00:00+00:00',
    '2026-13-01T05:00:00+00:00',
    '2026-03-01T24:00:00+00:00',
    '2026-03-01T05:60:00+00:00',
    '2026-03-01T05:00:00+99:00',
    '2026-03-01 05:00:00+00:00',
    '2026-03-01T05:00:00+00:00 ',
    '03/01/2026T05:00:00+00:00',
    '20x6-03-01T05:00:00+00:00',
    '0000-00-00T00:00:00+00:00',
  ])
    expect([text, parseInstant(text)]).toStrictEqual([text, null]);
  expect(parseInstant('2024-02-29T05:00:00+00:00')).not.toBeNull();
});
