import { z } from '@hono/zod-openapi';
import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { sumMarked } from '../ledger/facts.ts';
import { isTimeZone } from '../ledger/figure/zone.ts';
import { markCounted, moveLeftOut } from '../ledger/left-out.ts';
import { type Cursor, type HistoryPlace, readCursors } from './cursors.ts';
import { type AccountId, breakLease } from './lease.ts';
import { openGap } from './read-gaps.ts';
import { walkAgain } from './rewind.ts';

/** Before any sale there is. */
const BEGINNING = Date.UTC(1990, 0, 1) as Instant;
/** A day begins somewhere on earth this long before it does at UTC. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;

/** Of which shops the sales count. Shops that are still to come join by themselves, or not, by the same choice. */
export const shopFilterSchema = z
  .discriminatedUnion('by', [
    z.object({ by: z.literal('all') }),
    z.object({ by: z.literal('shops'), shopIds: z.array(z.string().min(1).max(200)).max(5000) }),
    z.object({
      by: z.literal('regions'),
      regions: z
        .array(z.string().regex(/^[A-Z]{2}(?:-[^"\\]{1,60})?$/u, 'must be a country such as DK, or a region such as US-NY'))
        .max(500),
    }),
  ])
  .openapi('ShopFilter', {
    description:
      'Shops of which nothing counts are read and kept all the same. A shop whose address the POS does not tell is in no region.',
  });

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
    registersOut: z.array(z.string().min(1).max(200)).max(5000).openapi({
      description:
        'Registers whose sales and payments do not count: they are read and kept, and history is as if it had always been so.',
    }),
    shopFilter: shopFilterSchema,
    mirrorArchived: z.boolean().openapi({
      description: 'Whether a customer archived at the POS is archived here. Sales count whether they are archived or not.',
    }),
  })
  .openapi('AccountSettings');

export type AccountSettings = z.output<typeof accountSettingsSchema>;

/** What holds for an account of which nobody has said otherwise. */
export const DEFAULT_ACCOUNT_SETTINGS: AccountSettings = {
  nightlyDays: 2,
  nightlyTime: '02:00',
  nightlyZone: null,
  pollSeconds: 300,
  rateReserve: 0,
  historyFrom: null,
  registersOut: [],
  shopFilter: { by: 'all' },
  mirrorArchived: true,
};

/** @throws AppError `not_found`. */
export async function readAccountSettings(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
): Promise<AccountSettings> {
  const row = await trx
    .selectFrom('pos_account')
    .select([
      'nightly_days',
      'nightly_time',
      'nightly_zone',
      'poll_seconds',
      'rate_reserve',
      'history_from',
      'registers_out',
      'shop_filter',
      'mirror_archived',
    ])
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
    registersOut: row.registers_out,
    shopFilter: shopFilterSchema.parse(row.shop_filter),
    mirrorArchived: row.mirror_archived,
  };
}

/**
 * Changes how an account is read. A poll interval holds from the next poll on; a history start moved back has the days between imported;
 * what counts and what does not is so at once for all that is stored, facts included.
 *
 * @throws AppError `not_found`; `invalid_request` for a shop or register that the account does not have.
 */
export async function changeAccountSettings(
  trx: Transaction<Database>,
  account: AccountId,
  changes: { readonly [Name in keyof AccountSettings]?: AccountSettings[Name] | undefined },
  { actor, at }: { readonly actor: AuditActor; readonly at: Date },
): Promise<AccountSettings> {
  const before = await readAccountSettings(trx, account);
  const after = { ...before, ...given(changes) };
  const isRecounted = !isSame(before.registersOut, after.registersOut) || !isSame(before.shopFilter, after.shopFilter);
  if (isRecounted) await requirePlaces(trx, account, before, after);
  // A page under way goes by the choice it has read.
  if (isRecounted || before.mirrorArchived !== after.mirrorArchived) await breakLease(trx, account);
  const { name } = await trx
    .updateTable('pos_account')
    .set({
      nightly_days: after.nightlyDays,
      nightly_time: after.nightlyTime,
      nightly_zone: after.nightlyZone,
      poll_seconds: after.pollSeconds,
      rate_reserve: after.rateReserve,
      history_from: after.historyFrom,
      registers_out: [...after.registersOut],
      shop_filter: JSON.stringify(after.shopFilter),
      mirror_archived: after.mirrorArchived,
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
  if (isRecounted) await recount(trx, account, actor);
  if (before.mirrorArchived !== after.mirrorArchived) {
    await sql`
      update customer set archived = archived_at_pos and ${after.mirrorArchived}
      where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId} and archived_at_pos`.execute(
      trx,
    );
  }
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

/** Figures and facts as if the choice had always been this one; the change log says whose it is. */
async function recount(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  actor: AuditActor,
): Promise<void> {
  const account = [organizationId, posAccountId] as const;
  await markCounted(trx, account);
  await moveLeftOut(trx, account);
  const { kind, id, name } = actor;
  const author = { kind, id, ...(name === undefined ? {} : { name }) };
  await sumMarked(trx, organizationId, posAccountId, { cause: 'left_out', author });
}

/** What is chosen anew has to be there; what was chosen before may have gone since. */
async function requirePlaces(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  before: AccountSettings,
  after: AccountSettings,
): Promise<void> {
  const added = (now: readonly string[], then: readonly string[]): string[] => now.filter((id) => !then.includes(id));
  const registers = added(after.registersOut, before.registersOut);
  const shops = added(shopsOf(after), shopsOf(before));
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${registers}::text[]) as id
    where not exists (select from register r where r.organization_id = ${organizationId} and r.pos_account_id = ${posAccountId}
      and r.register_id = id)
    union all
    select id from unnest(${shops}::text[]) as id
    where not exists (select from shop s where s.organization_id = ${organizationId} and s.pos_account_id = ${posAccountId}
      and s.shop_id = id)`.execute(trx);
  const [missing] = rows;
  if (missing === undefined) return;
  throw new AppError('invalid_request', `The POS account has no shop or register ${missing.id}.`, {
    details: { id: missing.id },
  });
}

function shopsOf({ shopFilter }: AccountSettings): readonly string[] {
  return shopFilter.by === 'shops' ? shopFilter.shopIds : [];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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
