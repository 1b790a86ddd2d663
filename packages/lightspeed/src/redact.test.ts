import { expect, test } from 'vitest';
import { redact } from './redact.ts';

test('no token, secret or address survives', () => {
  const secrets = ['eyJ0eXAiOiJKV1Qi.abc.def', 'def50200c0ffee', 'hush-hush', 'pat@example.test', '+4512345678'];
  const text = [
    `Authorization: Bearer ${secrets[0]}`,
    `/auth/oauth/token?refresh_token=${secrets[1]}&client_secret=${secrets[2]}&grant_type=refresh_token`,
    `{"access_token":"${secrets[0]}","refresh_token": "${secrets[1]}","client_secret":"${secrets[2]}"}`,
    `Customer ${secrets[3]} already exists`,
    `Customer.json?Contact.mobile=${secrets[4]}`,
  ].join('\n');
  const clean = redact(text, [], 10_000);
  for (const secret of secrets) expect(clean).not.toContain(secret);
  expect(clean).toContain('grant_type=refresh_token');
});

test('known secrets go wherever they stand, and long texts are cut', () => {
  expect(redact('before 0123456789abcdef after', ['0123456789abcdef'])).toBe('before *** after');
  expect(redact('x'.repeat(1000))).toHaveLength(300);
});
