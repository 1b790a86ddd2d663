import { expect, test } from 'vitest';
import { en } from '../../text/en.ts';
import { integrationsSearch } from './search.ts';

/** Every code with which a sign-in at the POS can end. */
const codes = [
  'oauth_denied',
  'oauth_expired',
  'oauth_state_invalid',
  'oauth_wrong_account',
  'pos_account_in_use',
  'pos_unauthorized',
  'pos_unavailable',
  'pos_rate_limited',
  'pos_rejected',
  'pos_shape_changed',
  'connection_frozen',
  'not_found',
  'conflict',
];

test('every way a sign-in can fail has words of its own', () => {
  const texts: Readonly<Record<string, string>> = en.integrations.outcome.failures;
  expect(new Set(codes.map((code) => texts[code])).size).toBe(codes.length);
  expect(Object.keys(texts).toSorted()).toEqual(codes.toSorted());
});

test('only what the server sends back is read from the address', () => {
  expect(integrationsSearch({ outcome: 'failed', code: 'oauth_denied', connection: 'c' })).toEqual({
    outcome: 'failed',
    code: 'oauth_denied',
    connection: 'c',
  });
  expect(integrationsSearch({ outcome: 'failed', code: 'Call <b>0800</b> now' })).toEqual({ outcome: 'failed' });
  expect(integrationsSearch({ outcome: 'won', code: 'oauth_denied' })).toEqual({});
});
