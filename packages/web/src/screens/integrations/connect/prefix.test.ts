import { expect, test } from 'vitest';
import { prefixOf } from './prefix.ts';

test("a store's name is taken from its address, and from nothing else (T2)", () => {
  expect(prefixOf('https://Tide-Thread.retail.lightspeed.app/webregister')).toBe('tide-thread');
  expect(prefixOf(' tidethread.retail.lightspeed.app ')).toBe('tidethread');
  expect(prefixOf('tidethread')).toBe('tidethread');
  for (const wrong of [
    '',
    'https://evil.example/x',
    'a.b',
    'tide thread',
    '-x',
    'x.retail.lightspeed.app.evil.example',
    'name@host',
  ])
    expect([wrong, prefixOf(wrong)]).toEqual([wrong, null]);
});
