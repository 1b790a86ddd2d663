import { z } from '@hono/zod-openapi';
import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { isTimeZone } from '../ledger/figure/zone.ts';
import { type Cursor, type HistoryPlace, readCursors } from './cursors.ts';
import { type AccountId, breakLease } from './lease.ts';
import { openGap } from './read-gaps.ts';
import { walkAgain } from './rewind.ts';

/** Before any sale there is. */
const BEGINNING = Date.UTC(1990, 0, 1) as Instant;
/** A day begins somewhere on earth this long before it does at UTC. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;

/** How a POS account is read (M14). */
export const accountSettingsSchema = z
  .object({
    nightlyDays: z.int().min(0).max(60).openapi({ description: 'How many of the last days are read again each night.' }),
    nightlyTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'must be a time of day such as 02:00')
      .openapi({ description: 'When, on the clock of the zone.' }),
    nightlyZone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone')
      .nullable()
      .openapi({ description: "Null: the organization's." }),
    pollSeconds: z.int().min(60).max(86_400).openapi({ description: 'How often changes are asked for.' }),
    rateReserve: z
      .number()
      .min(0)
      .max(0.9)
      .openapi({ description: "Share of the POS's rate budget left to others who use the same OAuth client or token." }),
    historyFrom: z.iso.date().nullable().openapi({
      description: 'Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.',
    }),
  })
  .openapi('ConnectionSettings');

export type AccountSettings = z.output<typeof accountSettingsSchema>;

/** @throws AppError `not_found`. */
export async function readAccountSettings(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
): Promise<AccountSettings> {
  const row = await trx
    .selectFrom('pos_account')
    .select(['nightly_days', 'nightly_time', 'nightly_zone', 'poll_seconds', 'rate_reserve', 'history_from'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', posAccountId)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such POS account.');
  return {
    nightlyDays: row.nightly_days,
    nightlyTime: row.nightly_time.slice(0, 5),
    nightlyZone: row.nightly_zone,
    pollSeconds: row.poll_seconds,
    // Four bytes hold it: 0.2 must read as 0.2.
    rateReserve: Math.round(row.rate_reserve * 1000) / 1000,
    historyFrom: row.history_from,
  };
}

/**
 * Changes how an account is read. A poll interval holds from the next poll on; a history start moved back has the days between imported.
 *
 * @throws AppError `not_found`.
 */
export async function changeAccountSettings(
  trx: Transaction<Database>,
  account: AccountId,
  changes: { readonly [Name in keyof AccountSettings]?: AccountSettings[Name] | undefined },
  { actor, at }: { readonly actor: AuditActor; readonly at: Date },
): Promise<AccountSettings> {
  const before = await readAccountSettings(trx, account);
  const after = { ...before, ...given(changes) };
  const { name } = await trx
    .updateTable('pos_account')
    .set({
      nightly_days: after.nightlyDays,
      nightly_time: after.nightlyTime,
      nightly_zone: after.nightlyZone,
      poll_seconds: after.pollSeconds,
      rate_reserve: after.rateReserve,
      history_from: after.historyFrom,
    })
    .where('organization_id', '=', account.organizationId)
    .where('id', '=', account.posAccountId)
    .returning('name')
    .executeTakeFirstOrThrow();
  await sql`
    update sync_state set due_at = least(due_at, now() + ${after.pollSeconds} * interval '1 second')
    where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId} and due_at is not null`.execute(
    trx,
  );
  await importEarlier(trx, account, before.historyFrom, after.historyFrom);
  await recordAudit(trx, {
    organizationId: account.organizationId,
    actor,
    action: 'connection.settings_changed',
    subject: { kind: 'pos_account', id: account.posAccountId, name },
    before,
    after,
    at,
  });
  return after;
}

/** What is left out stays as it is. */
function given(changes: object): Partial<AccountSettings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** The moment from which sales are imported, so early that the day has begun nowhere before it. */
export function historyFloor(day: string | null): Instant | null {
  return day === null ? null : ((Date.parse(`${day}T00:00:00Z`) - EARLIEST_ZONE_MS) as Instant);
}

async function importEarlier(
  trx: Transaction<Database>,
  account: AccountId,
  before: string | null,
  after: string | null,
): Promise<void> {
  const until = historyFloor(before);
  const from = historyFloor(after) ?? BEGINNING;
  if (until === null || from >= until) return;
  const history = (await readCursors(trx, account)).get('sales/history') as Cursor<HistoryPlace> | undefined;
  // It has not begun: it will begin there.
  if (history === undefined) return;
  await breakLease(trx, account);
  await openGap(trx, { ...account, shopId: null, from, until, closes: 'history' });
  await walkAgain(trx, account, { ...history, place: placeSince(history.place, historyFloor(after)) }, null);
}

function placeSince({ since: _before, ...place }: HistoryPlace, since: Instant | null): HistoryPlace {
  return since === null ? place : { ...place, since };
}
