import { createHash } from 'node:crypto';
import type { RawBuilder, Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { runNamed } from '../ledger/statement.ts';

/** Texts that differ by the measures asked for: a connection keeps what was prepared, so not any number of them. */
const PREPARED_MOST = 100;
const names = new Map<string, string>();

/**
 * Runs a question that is built from parts as a named statement: the server parses and plans it once a connection, which for the sums of a
 * week is as much work as the sums themselves. Beyond the first hundred texts of a process it is asked as it is.
 */
export async function runPrepared<Row>(trx: Transaction<Database>, question: RawBuilder<Row>): Promise<readonly Row[]> {
  const { sql, parameters } = question.compile(trx);
  const name = names.get(sql) ?? nameFor(sql);
  if (name === null) return (await question.execute(trx)).rows;
  return runNamed<Row>(trx, name, sql, parameters);
}

function nameFor(text: string): string | null {
  if (names.size >= PREPARED_MOST) return null;
  const name = `built.${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  names.set(text, name);
  return name;
}
