import { sql } from 'kysely';
import { systemTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { authOf, resealSecondFactor } from '../organizations/auth.ts';
import { sealedColumns } from './sealed-columns.ts';

const BATCH = 200;

/** How many secrets were sealed again, and how many still lie under an older key. */
export interface Resealed {
  readonly resealed: number;
  /** Changed by somebody else at the same moment, or not to be opened with any key we have: to be looked at by another run. */
  readonly left: number;
}

interface Row {
  readonly place: string;
  readonly context: string;
  readonly sealed: string;
}

/**
 * Seals every stored secret with the newest key, in batches: it may be stopped at any moment and run again, since what lies under an older
 * key is found by its key id. A secret that somebody replaces meanwhile is left to them.
 */
export async function resealAll(services: Services, signal?: AbortSignal): Promise<Resealed> {
  let resealed = 0;
  let left = 0;
  for (const { table, prefix, key, bound } of sealedColumns) {
    const found = await resealTable(services, table, [...key], sql`${prefix}::text || ':' || ${joined(bound)}`, signal);
    resealed += found.resealed;
    left += found.left;
  }
  const mails = await resealTable(services, 'pgboss.job', ['id'], sql`'mail'::text`, signal);
  const factors = await resealFactors(services, signal);
  return { resealed: resealed + mails.resealed + factors, left: left + mails.left };
}

async function resealTable(
  services: Services,
  table: string,
  key: readonly string[],
  context: ReturnType<typeof sql>,
  signal: AbortSignal | undefined,
): Promise<Resealed> {
  const { sealer } = services;
  const isMail = table === 'pgboss.job';
  const value = isMail ? sql`data->>'sealed'` : sql`sealed`;
  const which = isMail ? sql`name = 'mail' and state < 'active'` : sql`true`;
  const place = joined(key);
  let after = '';
  let resealed = 0;
  let left = 0;
  for (;;) {
    if (signal?.aborted === true) break;
    const done = await services.db.transaction().execute(async (trx) => {
      // The job queue is the owner's; everything else is reached as the role that sees every organization.
      if (!isMail) await sql`set local role app_system`.execute(trx);
      const { rows } = await sql<Row>`
        select ${place} as place, ${context} as context, ${value} as sealed from ${sql.table(table)}
        where ${which} and ${value} is not null and ${value} not like ${`v1.${sealer.keyId}.%`} and ${place} > ${after}
        order by 1 limit ${BATCH}`.execute(trx);
      for (const row of rows) {
        after = row.place;
        const sealed = sealAgain(services, row);
        if (sealed === null) {
          left += 1;
          continue;
        }
        const set = isMail ? sql`data = jsonb_set(data, '{sealed}', to_jsonb(${sealed}::text))` : sql`sealed = ${sealed}`;
        const { numAffectedRows } = await sql`
          update ${sql.table(table)} set ${set} where ${place} = ${row.place} and ${value} = ${row.sealed}`.execute(trx);
        if (numAffectedRows === 1n) resealed += 1;
        else left += 1;
      }
      return rows.length < BATCH;
    });
    if (done) break;
  }
  return { resealed, left };
}

function sealAgain({ sealer, log }: Services, { sealed, context, place }: Row): string | null {
  try {
    return sealer.seal(sealer.open(sealed, context), context);
  } catch (error) {
    log.warn({ err: error, place }, 'A stored secret cannot be opened with any of our keys');
    return null;
  }
}

async function resealFactors(services: Services, signal: AbortSignal | undefined): Promise<number> {
  const rows = await services.db.selectFrom('auth.twoFactor').select(['id', 'secret', 'backupCodes']).execute();
  let resealed = 0;
  for (const row of rows) {
    if (signal?.aborted === true) break;
    const fresh = await resealSecondFactor(authOf(services), row);
    if (fresh === null) continue;
    await services.db
      .updateTable('auth.twoFactor')
      .set(fresh)
      .where('id', '=', row.id)
      .where('secret', '=', row.secret)
      .execute();
    resealed += 1;
  }
  return resealed;
}

/** How many stored secrets lie under an older key, mails that wait to be sent among them. */
export async function staleSecrets(services: Services): Promise<number> {
  const fresh = `v1.${services.sealer.keyId}.%`;
  const mails = await sql<{ count: number }>`
    select count(*)::int as count from pgboss.job
    where name = 'mail' and state < 'active' and data->>'sealed' not like ${fresh}`.execute(services.db);
  return systemTransaction(services.db, async (trx) => {
    let stale = mails.rows[0]?.count ?? 0;
    for (const { table } of sealedColumns) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from ${sql.table(table)} where sealed is not null and sealed not like ${fresh}`.execute(
        trx,
      );
      stale += rows[0]?.count ?? 0;
    }
    return stale;
  });
}

function joined(columns: readonly string[]) {
  return sql.join(
    columns.map((column) => sql`${sql.ref(column)}::text`),
    sql` || ':' || `,
  );
}
