import { describe, expect, test } from 'vitest';
import { ERRORS } from '../platform/errors.ts';
import { en } from './en.ts';
import { errors } from './en/errors.ts';
import { isMessageKey, message } from './message.ts';

describe('the message catalogue', () => {
  test('has a text for every error code', () => {
    expect(Object.keys(errors).toSorted()).toEqual(
      Object.keys(ERRORS)
        .map((code) => `error.${code}`)
        .toSorted(),
    );
  });

  test('has no empty text', () => {
    for (const [key, text] of Object.entries(en)) expect(text.trim(), key).not.toBe('');
  });

  test('puts values in, and shows the name of a forgotten one', () => {
    expect(message('cli.doctor.free', { free: 12 })).toBe('12 MB free at {home}');
    expect(isMessageKey('cli.doctor.free')).toBe(true);
    expect(isMessageKey('cli.nothing')).toBe(false);
  });
});
