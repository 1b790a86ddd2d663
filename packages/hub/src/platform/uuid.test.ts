import { expect, test } from 'vitest';
import { uuidv7 } from './uuid.ts';

test('a new id carries its time, version 7 and the RFC 9562 variant', () => {
  const id = uuidv7(0x0123_4567_89ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids of later milliseconds sort after earlier ones and none repeats', () => {
  expect(uuidv7(1_000) < uuidv7(1_001)).toBe(true);
  expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(5))).size).toBe(1_000);
});
