import pg from 'pg';
import { AppError } from '../errors.ts';
import { OLDEST_MAJOR } from './embedded/binaries.ts';

const PATIENCE_MS = 15_000;
const VERSION_SCALE = 10_000;

/** Where a URL leads, for messages: never the user's name or password. */
export function placeOf(url: string): { server: string; database: string } {
  const parsed = new URL(url);
  const server = parsed.searchParams.get('host') ?? (parsed.host || 'localhost');
  return { server, database: decodeURIComponent(parsed.pathname.slice(1)) || parsed.username };
}

/**
 * Connects one client and makes sure the server is one we can use.
 *
 * @throws AppError `database_url_invalid`, `database_unreachable`, `database_refused`, `database_missing` or `database_version`,
 * each with its remedy.
 */
export async function connect(url: string): Promise<pg.Client> {
  if (!isDatabaseUrl(url)) {
    throw new AppError(
      'database_url_invalid',
      'DATABASE_URL is not a PostgreSQL address. It looks like postgresql://user:password@host:5432/database (percent-encode special characters).',
    );
  }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, application_name: 'tillweave' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await refuseOld(client, url);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw connectError(error, url);
  }
}

function isDatabaseUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  try {
    const { protocol, pathname } = new URL(url);
    decodeURIComponent(pathname);
    return ['postgres:', 'postgresql:'].includes(protocol);
  } catch {
    // A broken percent escape: `canParse` lets it pass, the driver would not.
    return false;
  }
}

async function refuseOld(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const [row] = rows;
  if (row !== undefined) assertVersion(row, url);
}

/** @throws AppError `database_version` when the server is older than what we test with. */
export function assertVersion({ number, version }: { number: number; version: string }, url: string): void {
  if (number >= OLDEST_MAJOR * VERSION_SCALE) return;
  throw new AppError(
    'database_version',
    `The PostgreSQL at ${placeOf(url).server} is version ${version}; Tillweave needs ${OLDEST_MAJOR} or newer. Upgrade it, or choose another DATABASE_URL.`,
    { details: { version, oldest: OLDEST_MAJOR } },
  );
}

/** What a failed connection means, as an error with its remedy. */
export function connectError(error: unknown, url: string): AppError {
  if (error instanceof AppError) return error;
  const { server, database } = placeOf(url);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const options = { details: { server, database }, cause: error };
  if (code === '3D000') {
    return new AppError(
      'database_missing',
      `The server ${server} has no database "${database}". Create it (createdb ${database}), or correct DATABASE_URL.`,
      options,
    );
  }
  // The driver's own word for a server that asks for a password when none was given has no code.
  const lacksPassword = error instanceof Error && /password must be a string/.test(error.message);
  if (code.startsWith('28') || code === '42501' || lacksPassword) {
    return new AppError(
      'database_refused',
      `The server ${server} refuses this user or password for database "${database}". Correct DATABASE_URL, or grant the user access.`,
      options,
    );
  }
  return new AppError(
    'database_unreachable',
    `No PostgreSQL answers at ${server} (${code || (error instanceof Error ? error.message : 'no answer')}). Start it, or correct DATABASE_URL.`,
    options,
  );
}
