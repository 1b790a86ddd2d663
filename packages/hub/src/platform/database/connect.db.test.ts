import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { emptyDatabase, urlOf } from '../../../../../test/database.ts';
import { AppError } from '../errors.ts';
import { assertVersion, connect } from './connect.ts';

async function failure(url: string): Promise<AppError> {
  try {
    const client = await connect(url);
    await client.end();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It connected.');
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('DATABASE_URL', () => {
  test.each(['nonsense', 'mysql://db/till', 'postgresql://db/%zz', 'http://localhost:5432/till'])(
    '"%s" is told to be no address',
    async (url) => {
      const error = await failure(url);
      expect(error.code).toBe('database_url_invalid');
      expect(error.exitCode).toBe(2);
      expect(error.message).toContain('postgresql://user:password@host:5432/database');
    },
  );

  test('a server that does not answer is told apart, without its password', async () => {
    const error = await failure(`postgresql://owner:hunter2@127.0.0.1:${await closedPort()}/till`);
    expect(error.code).toBe('database_unreachable');
    expect(error.message).toMatch(/No PostgreSQL answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Start it/);
    expect(JSON.stringify([error.message, error.details])).not.toContain('hunter2');
  });

  test('a missing database is told with the command that makes it', async () => {
    const error = await failure(urlOf('no_such_database'));
    expect(error.code).toBe('database_missing');
    expect(error.message).toContain('createdb no_such_database');
  });

  test('a refused user is told as not authorised', async () => {
    const url = new URL(await emptyDatabase());
    url.searchParams.set('user', 'stranger');
    const error = await failure(url.href);
    expect(error.code).toBe('database_refused');
    expect(error.exitCode).toBe(3);
  });

  test('a server that is too old is refused, this one is not', async () => {
    expect(() => assertVersion({ number: 140_011, version: '14.11' }, 'postgresql://db.example/till')).toThrow(
      /PostgreSQL at db\.example is version 14\.11; Tillweave needs 15 or newer/,
    );
    const client = await connect(await emptyDatabase());
    await client.end();
  });
});
