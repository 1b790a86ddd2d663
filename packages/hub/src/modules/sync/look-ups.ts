import { type Employee, type Instant, type PaymentType, Rejected, type Register, type Shop } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../platform/database/schema.ts';
import { type Calendars, FIRST_DAY, readCalendars } from '../ledger/calendars.ts';
import { placeOf } from '../ledger/figure/business-day.ts';
import { isTimeZone } from '../ledger/figure/zone.ts';
import { markCounted, moveLeftOut } from '../ledger/left-out.ts';
import type { LedgerScope } from '../ledger/record-sales.ts';
import { rebucketSales } from '../stores/rebucket-sales.ts';
import { recordSetAside, type SetAsideRow, setAsideRow } from '../ledger/set-aside.ts';
import type { PosClient, Snapshot } from './client.ts';
import { breakLease } from './lease.ts';

/** Everything sales refer to, as whole tables. */
export interface LookUps {
  readonly shops: Snapshot<Shop>;
  readonly registers: Snapshot<Register>;
  /** No figure needs them: where the POS does not let us read them, its refusal stands in their place. */
  readonly employees: Snapshot<Employee> | Rejected;
  readonly paymentTypes: Snapshot<PaymentType>;
  /** When the first of the requests was sent. */
  readonly requestedAt: Instant;
}

/**
 * Reads the look-ups from the POS: no database is held meanwhile.
 *
 * @throws Rejected when the POS has no shops, registers or payment types for us: no figure is right without them (D16).
 */
export async function readLookUps(client: PosClient, requestedAt: Instant): Promise<LookUps> {
  return {
    shops: await client.shops(),
    registers: await client.registers(),
    employees: await unlessRejected(client.employees()),
    paymentTypes: await client.paymentTypes(),
    requestedAt,
  };
}

async function unlessRejected<T>(reading: Promise<Snapshot<T>>): Promise<Snapshot<T> | Rejected> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Rejected && (error.code === 'forbidden' || error.code === 'not_found')) return error;
    throw error;
  }
}

/**
 * Stores the look-ups. New shops get their first calendar row; a shop whose zone the POS has changed gets one from its next business day
 * on, so that no day that has begun is reckoned anew (D17). One that sold before it was listed is reckoned anew in its own zone. A zone that is none is the shop's problem (D22): the organization's is used.
 *
 * @param now The POS's own time.
 * @returns How many documents could not be read.
 */
export async function recordLookUps(
  trx: Transaction<Database>,
  scope: LedgerScope,
  lookUps: LookUps,
  now: Instant,
): Promise<number> {
  const calendars = await readCalendars(trx, scope.organizationId, scope.posAccountId);
  const shops = readable(lookUps.shops);
  const stated = shops.map(({ value }) => value);
  const guessed = await guessedZones(trx, scope, stated, calendars);
  await storeShops(trx, scope, shops);
  // An address may have changed, or a shop come that does not count.
  const account = [scope.organizationId, scope.posAccountId] as const;
  if (calendars.leavesOut && (await markCounted(trx, account))) await moveLeftOut(trx, account);
  await storeCalendars(
    trx,
    scope,
    stated.filter((shop) => !guessed.includes(shop)),
    calendars,
    now,
  );
  await correctZones(trx, scope, guessed);
  await storeRegisters(trx, scope, readable(lookUps.registers));
  if (!(lookUps.employees instanceof Rejected)) await storeEmployees(trx, scope, readable(lookUps.employees));
  await storePaymentTypes(trx, scope, readable(lookUps.paymentTypes));
  let setAside = 0;
  for (const [resource, snapshot] of [
    ['shop', lookUps.shops],
    ['register', lookUps.registers],
    ['employee', lookUps.employees],
    ['paymentType', lookUps.paymentTypes],
  ] as const) {
    const rows = snapshot instanceof Rejected ? [refusal(snapshot, calendars)] : unreadable(snapshot, calendars);
    if (rows.length > 0) await recordSetAside(trx, scope, resource, rows, lookUps.requestedAt);
    await resolveOthers(trx, scope, resource, lookUps.requestedAt);
    setAside += snapshot instanceof Rejected ? 0 : rows.length;
  }
  return setAside;
}

function unreadable({ records, documents }: Snapshot<unknown>, calendars: Calendars): SetAsideRow[] {
  return records.flatMap((record, index) => (record.ok ? [] : [setAsideRow(record, documents[index], calendars)]));
}

/** A problem without a document: the whole table was refused, for this reason. */
function refusal({ code, message }: Rejected, calendars: Calendars): SetAsideRow {
  const about = { ok: false, code: 'bad_shape', path: '', message, id: null, shopId: null, readableTime: null } as const;
  return { ...setAsideRow(about, { refused: code }, calendars), code };
}

const Address = z.object({
  physical_country_id: z.string().nullish(),
  physical_state: z.string().nullish(),
  Contact: z
    .object({ Addresses: z.object({ ContactAddress: z.unknown() }) })
    .optional()
    .catch(undefined),
});
const ContactAddress = z.object({
  countryCode: z.string().nullish(),
  stateCode: z.string().nullish(),
  state: z.string().nullish(),
});

/** Where a shop is by its own address: the X-Series' outlet has it, the R-Series' shop its contact (R §7.1, X §8.2). */
export function addressOf(document: unknown): { readonly country: string | null; readonly region: string | null } {
  const parsed = Address.safeParse(document);
  if (!parsed.success) return { country: null, region: null };
  const { physical_country_id: ofX, physical_state: stateOfX, Contact } = parsed.data;
  if (ofX !== undefined) return { country: code(ofX), region: code(stateOfX) };
  // One address is not a list (R §5).
  const [first] = [Contact?.Addresses.ContactAddress].flat();
  const address = ContactAddress.safeParse(first);
  if (!address.success) return { country: null, region: null };
  const { countryCode, stateCode, state } = address.data;
  return { country: code(countryCode), region: code(stateCode) ?? code(state) };
}

function code(text: string | null | undefined): string | null {
  const trimmed = text?.trim().toUpperCase() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** Whole tables are read: what was set aside of one and did not come again is no more. */
async function resolveOthers(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: LedgerScope,
  resource: string,
  requestedAt: Instant,
): Promise<void> {
  await trx
    .updateTable('set_aside')
    .set({ resolved_at: sql`now()` })
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('resource', '=', resource)
    .where('resolved_at', 'is', null)
    .where('seen_at', '<', new Date(requestedAt))
    .execute();
}

interface Read<T> {
  readonly value: T;
  readonly document: unknown;
}

/** The records that could be read, each once: `on conflict` refuses the same key twice. */
function readable<T extends { readonly id: string }>({ records, documents }: Snapshot<T>): readonly Read<T>[] {
  const byId = new Map<string, Read<T>>();
  records.forEach((record, index) => {
    if (record.ok) byId.set(record.value.id, { value: record.value, document: documents[index] });
  });
  return [...byId.values()];
}

async function storeShops(trx: Transaction<Database>, scope: LedgerScope, shops: readonly Read<Shop>[]): Promise<void> {
  const rows = shops.map(({ value, document }) => ({
    ...value,
    problem: value.timeZone !== null && !isTimeZone(value.timeZone) ? 'bad_time_zone' : null,
    document,
    ...addressOf(document),
  }));
  await sql`
    insert into shop (organization_id, pos_account_id, shop_id, name, time_zone, archived, problem, document, country, region)
    select ${scope.organizationId}, ${scope.posAccountId}, id, name, "timeZone", archived, problem, document, country, region
    from jsonb_to_recordset(${json(rows)}::jsonb) as x(id text, name text, "timeZone" text, archived boolean, problem text,
      document jsonb, country text, region text)
    on conflict (organization_id, pos_account_id, shop_id) do update
    set name = excluded.name, time_zone = excluded.time_zone, archived = excluded.archived, problem = excluded.problem,
      document = excluded.document, country = excluded.country, region = excluded.region`.execute(trx);
}

async function storeCalendars(
  trx: Transaction<Database>,
  scope: LedgerScope,
  shops: readonly Shop[],
  calendars: Calendars,
  now: Instant,
): Promise<void> {
  const rows = shops.flatMap((shop) => {
    const stated = shop.timeZone !== null && isTimeZone(shop.timeZone) ? shop.timeZone : null;
    if (!calendars.knows(shop.id)) {
      const row = { ...calendars.fallback, timeZone: stated ?? calendars.fallback.timeZone };
      return [{ shop_id: shop.id, valid_from: FIRST_DAY, time_zone: row.timeZone, day_start_hour: row.dayStartHour }];
    }
    const newest = [...calendars.of(shop.id)].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
    if (stated === null || newest === undefined || newest.timeZone === stated || newest.isOverridden) return [];
    const today = placeOf(now, calendars.of(shop.id)).businessDay;
    const tomorrow = nextDay(today > newest.validFrom ? today : newest.validFrom);
    return [{ shop_id: shop.id, valid_from: tomorrow, time_zone: stated, day_start_hour: newest.dayStartHour }];
  });
  if (rows.length === 0) return;
  await sql`
    insert into shop_calendar (organization_id, pos_account_id, shop_id, valid_from, time_zone, day_start_hour)
    select ${scope.organizationId}, ${scope.posAccountId}, x.*
    from jsonb_to_recordset(${json(rows)}::jsonb) as x(shop_id text, valid_from date, time_zone text, day_start_hour smallint)
    on conflict do nothing`.execute(trx);
}

/** Shops that sold before the till listed them, reckoned in the organization's zone meanwhile, which is not theirs. */
async function guessedZones(
  trx: Transaction<Database>,
  scope: LedgerScope,
  shops: readonly Shop[],
  calendars: Calendars,
): Promise<readonly Shop[]> {
  const wrong = shops.filter(({ id, timeZone }) => {
    const [only, ...others] = calendars.knows(id) ? calendars.of(id) : [];
    if (only === undefined || others.length > 0 || only.isOverridden) return false;
    return timeZone !== null && isTimeZone(timeZone) && timeZone !== only.timeZone;
  });
  if (wrong.length === 0) return [];
  const unlisted = await trx
    .selectFrom('shop')
    .select('shop_id')
    .where('organization_id', '=', scope.organizationId)
    .where('pos_account_id', '=', scope.posAccountId)
    .where('document', 'is', null)
    .where(
      'shop_id',
      'in',
      wrong.map(({ id }) => id),
    )
    .execute();
  return wrong.filter(({ id }) => unlisted.some(({ shop_id }) => shop_id === id));
}

/** Gives each its own zone from the beginning, and puts what it sold meanwhile where it belongs (D1). */
async function correctZones(trx: Transaction<Database>, scope: LedgerScope, shops: readonly Shop[]): Promise<void> {
  if (shops.length === 0) return;
  const { organizationId, posAccountId } = scope;
  // Outside a run a page may be under way that reckons by the guess.
  if (scope.runId === null) await breakLease(trx, scope);
  for (const { id, timeZone } of shops) {
    await sql`
      update shop_calendar set time_zone = ${timeZone}
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and shop_id = ${id}`.execute(trx);
  }
  const calendars = await readCalendars(trx, organizationId, posAccountId);
  const { minorDigits } = calendars;
  for (const { id } of shops) {
    const calendar = calendars.of(id);
    await rebucketSales(trx, { organizationId, posAccountId, shopId: id, from: FIRST_DAY, calendar, minorDigits });
  }
}

async function storeRegisters(trx: Transaction<Database>, scope: LedgerScope, rows: readonly Read<Register>[]): Promise<void> {
  await sql`
    insert into register (organization_id, pos_account_id, register_id, shop_id, name, archived, document)
    select ${scope.organizationId}, ${scope.posAccountId}, id, "shopId", name, archived, document
    from jsonb_to_recordset(${flat(rows)}::jsonb) as x(id text, "shopId" text, name text, archived boolean, document jsonb)
    on conflict (organization_id, pos_account_id, register_id) do update
    set shop_id = excluded.shop_id, name = excluded.name, archived = excluded.archived, document = excluded.document`.execute(
    trx,
  );
}

async function storeEmployees(trx: Transaction<Database>, scope: LedgerScope, rows: readonly Read<Employee>[]): Promise<void> {
  await sql`
    insert into employee (organization_id, pos_account_id, employee_id, name, archived, document)
    select ${scope.organizationId}, ${scope.posAccountId}, id, name, archived, document
    from jsonb_to_recordset(${flat(rows)}::jsonb) as x(id text, name text, archived boolean, document jsonb)
    on conflict (organization_id, pos_account_id, employee_id) do update
    set name = excluded.name, archived = excluded.archived, document = excluded.document`.execute(trx);
}

async function storePaymentTypes(
  trx: Transaction<Database>,
  scope: LedgerScope,
  rows: readonly Read<PaymentType>[],
): Promise<void> {
  await sql`
    insert into payment_type (organization_id, pos_account_id, payment_type_id, name, kind, archived)
    select ${scope.organizationId}, ${scope.posAccountId}, id, name, kind, archived
    from jsonb_to_recordset(${flat(rows)}::jsonb) as x(id text, name text, kind text, archived boolean)
    on conflict (organization_id, pos_account_id, payment_type_id) do update
    set name = excluded.name, kind = excluded.kind, archived = excluded.archived`.execute(trx);
}

function flat<T>(rows: readonly Read<T>[]): string {
  return json(rows.map(({ value, document }) => ({ ...value, document })));
}

/** `jsonb` refuses NUL and lone surrogates, which JSON text holds as escapes. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\\u(?:0000|d[89a-f][0-9a-f]{2})/giu, String.raw`\ufffd`);
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
