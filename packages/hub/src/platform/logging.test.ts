import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { createSealer, generateKey } from './crypto.ts';
import { AppError } from './errors.ts';
import { readableLine } from './log-line.ts';
import { createLogger } from './logging.ts';
import { redact, redactText } from './redact.ts';

function capture() {
  const lines: string[] = [];
  return { log: createLogger({ logLevel: 'trace' }, { write: (line) => lines.push(line) }), text: () => lines.join('\n'), lines };
}

/** Shapes a secret may hide in. */
const hiding: [string, (secret: string) => unknown][] = [
  ['an OAuth token answer', (secret) => ({ access_token: secret, refresh_token: secret, expires_in: 1800 })],
  ['our own token pair', (secret) => ({ pair: { accessToken: secret, refreshToken: secret } })],
  ['an OAuth answer', (secret) => ({ query: { code: secret, state: secret }, code: secret })],
  ['client credentials', (secret) => ({ client: { clientId: 'app', clientSecret: secret } })],
  [
    'request headers',
    (secret) => ({ headers: { authorization: `Bearer ${secret}`, cookie: `tillweave.session_token=${secret}` } }),
  ],
  ['a Headers object', (secret) => ({ headers: new Headers({ authorization: `Bearer ${secret}`, 'set-cookie': secret }) })],
  ['a list', (secret) => ({ attempts: [{ password: secret }, { api_key: secret }, { apiKey: secret }] })],
  ['a map', (secret) => ({ settings: new Map([['token', secret]]) })],
  ['an address with a password', (secret) => ({ url: `postgresql://owner:${secret}@db.example:5432/till` })],
  ['an address in an object', (secret) => ({ url: new URL(`postgresql://owner:${secret}@db.example/till`) })],
  ['a query string', (secret) => ({ path: `/oauth/callback?code=${secret}&state=${secret}` })],
  ['text with JSON in it', (secret) => ({ body: JSON.stringify({ refresh_token: secret }) })],
  ['a message of an error', (secret) => ({ err: new Error(`refused: Bearer ${secret}`) })],
  ['the cause of an error', (secret) => ({ err: new Error('outer', { cause: new Error(`token=${secret}`) }) })],
  [
    'a field of an error',
    (secret) => ({ err: Object.assign(new Error('x'), { config: { headers: { Authorization: secret } } }) }),
  ],
  ['the details of our error', (secret) => ({ err: new AppError('internal', 'x', { details: { password: secret } }) })],
  ['an error under another name', (secret) => ({ error: new Error('x', { cause: { client_secret: secret } }) })],
  ['deep inside', (secret) => ({ a: { b: { c: { d: { token: secret } } } } })],
];

describe('the log', () => {
  test.each(hiding)('a secret does not come out of %s', (_name, hide) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{24,40}$/), (secret) => {
        const { log, text } = capture();
        log.info(hide(secret), 'something happened');
        log.child(Object.fromEntries(Object.entries(Object(hide(secret))))).warn('from a child');
        expect(text()).not.toContain(secret);
        expect(text()).toContain('something happened');
      }),
      { numRuns: 20 },
    );
  });

  test('a secret does not come out of a message or its values', () => {
    const { log, text } = capture();
    const secret = 'Q7sdf98sdf7Hsdf87sdfHJ';
    log.info(`asked with Bearer ${secret}`);
    log.info('asked with %s', `access_token=${secret}`);
    log.info({ n: 1 }, 'asked %o', { token: secret });
    log.error(new Error(`password=${secret}`));
    expect(text()).not.toContain(secret);
  });

  test('sealed secrets and signed tokens are recognised anywhere in a text', () => {
    const sealed = createSealer(generateKey()).seal('x', 'y');
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    expect(redactText(`got ${sealed} and ${jwt}.`)).not.toMatch(/v1\.[0-9a-f]{8}|eyJ/);
  });

  test('people stay out: fields by name, addresses in text, rows that the database repeats', () => {
    const { log, text } = capture();
    const error = Object.assign(new pg.DatabaseError('duplicate key', 10, 'error'), {
      code: '23505',
      detail: 'Key (last_name)=(Andersen) already exists.',
      where: 'COPY customer, line 1: "Andersen"',
    });
    log.warn(
      { err: error, customer: { firstName: 'Karen', emails: ['karen@example.com'], phones: ['+4512345678'] } },
      'for karen@example.com',
    );
    expect(text()).not.toMatch(/Andersen|Karen|karen@|12345678/);
    expect(text()).toContain('23505');
  });

  test('what operators need stays readable', () => {
    const { log, lines } = capture();
    log.warn(
      {
        code: 'pos_rate_limited',
        state: 'needs_reauthorisation',
        run: 'r1',
        status: 429,
        tokens: 3,
        isStale: true,
        at: new Date(0),
        err: new AppError('conflict', 'Taken.'),
      },
      'waits',
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      msg: 'waits',
      code: 'pos_rate_limited',
      state: 'needs_reauthorisation',
      run: 'r1',
      status: 429,
      tokens: 3,
      at: '1970-01-01T00:00:00.000Z',
      err: { type: 'AppError', message: 'Taken.', code: 'conflict' },
    });
  });

  test('on a terminal the same line is readable, and foreign text is left alone', () => {
    const { log, lines } = capture();
    log.warn({ run: 'r1', err: new Error('Broken.') }, 'It waits');
    expect(readableLine(lines[0] ?? '')).toMatch(/^\d\d:\d\d:\d\d warn {2}It waits run=r1\nError: Broken\.\n {4}at /);
    expect(readableLine('plain\n')).toBe('plain\n');
  });

  test('an error brings no machinery of its driver along', () => {
    const { log, lines } = capture();
    log.error({
      err: Object.assign(new Error('gone'), { code: '57P01', client: new pg.Client(), details: { day: '2026-11-24' } }),
    });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { message: 'gone', code: '57P01', details: { day: '2026-11-24' } } });
    expect(lines[0]).not.toContain('connectionParameters');
  });

  test('values that refer to themselves do not hang it', () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    expect(JSON.stringify(redact(loop))).toContain('loop');
  });
});
