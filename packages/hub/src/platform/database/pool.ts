import pg from 'pg';

const INT8 = 20;
const DATE = 1082;

/** Amounts in minor units fit a double exactly up to 2^53; anything beyond is a mistake that must not pass in silence. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`A bigint does not fit a safe integer: ${text}`);
  return value;
}

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, safeInteger],
  [DATE, (text) => text],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const parser = format === 'binary' ? undefined : parsers.get(oid);
    return parser ?? pg.types.getTypeParser(oid, format ?? 'text');
  },
};

/**
 * A connection pool with the house's type rules: `bigint` → number, `date` → `YYYY-MM-DD` text, `numeric` → exact text.
 *
 * @param url A PostgreSQL URL; a Unix socket folder goes into `?host=`.
 * @param max Most connections at once. With the job queue's own, four processes stay within the hundred that PostgreSQL allows by itself.
 */
export function createPool(url: string, max = 12): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'tillweave' });
  // An idle connection that the server ends is replaced by the pool; without a listener Node would stop the process.
  pool.on('error', () => undefined);
  // The same for one that is in use but between two statements, as in a transaction: its next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
