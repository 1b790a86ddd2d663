import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { readCalendars } from './calendars.ts';
import { type CauseOfSale, causeOfSale, type ChangeCause, oneCause, type TouchedSale } from './change-cause.ts';
import { FIGURE_MEASURES, figuresOfSales } from './dirty-sales.ts';
import { addDays, dayBounds } from './figure/business-day.ts';
import { GRACE_MS } from './figure/coverage.ts';
import { isQuantity } from './figure/measures.ts';
import { runNamed, textArray } from './statement.ts';

type AccountKey = readonly [organizationId: string, posAccountId: string];

interface ShopDay {
  readonly shop_id: string;
  readonly business_day: string;
}

/** A person, token, command or the hub itself: whoever changed a setting that moved figures. */
export interface ChangeAuthor {
  readonly kind: 'person' | 'token' | 'command' | 'system';
  readonly id: string | null;
  readonly name?: string;
}

export interface ChangeContext {
  readonly runId: string | null;
  /** Known beforehand where a setting was changed; else it is told from the receipts. */
  readonly cause?: ChangeCause;
  readonly author?: ChangeAuthor;
}

/** Integer units, or exact text for quantities. */
type Amount = number | string;
type Amounts = Readonly<Record<string, Amount>>;
type Changes = Record<string, readonly [old: Amount, now: Amount]>;

interface RegisterDay extends ShopDay {
  readonly register_id: string;
}

/** A receipt that made a difference, with the difference it made in each measure. */
interface ChangedReceipt {
  readonly saleId: string;
  readonly cause: CauseOfSale;
  readonly changes: Readonly<Record<string, number>>;
}

/** Receipts named with a change; how many there were is told as well. */
const RECEIPTS_MOST = 20;
/** Days so long ago have ended wherever the shop is and whenever its days start. */
const SURELY_ENDED_DAYS = 3;

/**
 * Which days were shown complete before (published), and which have not ended yet.
 *
 * @param publishedUntil How far the account had been read when its facts were last summed; null: its first import has not ended.
 * @param readUntil The same now.
 */
export async function readDayStates<Day extends ShopDay>(
  trx: Transaction<Database>,
  [organizationId, posAccountId]: AccountKey,
  days: readonly Day[],
  publishedUntil: Date | null,
  readUntil: Date | null,
): Promise<{ readonly published: readonly Day[]; readonly running: ReadonlySet<Day> }> {
  const until = readUntil ?? publishedUntil;
  if (until === null) return { published: [], running: new Set() };
  const surely = addDays(until.toISOString().slice(0, 10), -SURELY_ENDED_DAYS);
  const isRecent = days.some((day) => day.business_day > surely);
  const calendars = isRecent ? await readCalendars(trx, organizationId, posAccountId) : null;
  const endedBy = (day: Day, moment: Date): boolean => {
    if (addDays(day.business_day, SURELY_ENDED_DAYS) < moment.toISOString().slice(0, 10)) return true;
    const calendar = calendars?.of(day.shop_id);
    return calendar !== undefined && dayBounds(day.business_day, calendar).end + GRACE_MS <= moment.getTime();
  };
  return {
    published: publishedUntil === null ? [] : days.filter((day) => endedBy(day, publishedUntil)),
    running: new Set(days.filter((day) => !endedBy(day, until))),
  };
}

/** The day figures of published days before they are summed anew. */
export async function daysBefore(
  trx: Transaction<Database>,
  account: AccountKey,
  days: readonly ShopDay[],
): Promise<readonly (RegisterDay & Amounts)[]> {
  if (days.length === 0) return [];
  return runNamed<RegisterDay & Amounts>(trx, 'facts.days', DAYS, [...account, ...daysOf(days)]);
}

/** Writes down what is different in published days now that they are summed, and because of which receipts. */
export async function recordChanges(
  trx: Transaction<Database>,
  account: AccountKey,
  before: readonly (RegisterDay & Amounts)[],
  published: readonly ShopDay[],
  context: ChangeContext,
): Promise<void> {
  const after = await daysBefore(trx, account, published);
  const found = differences(before, after);
  if (found.length === 0) return;
  const touched = await runNamed<TouchedSale & RegisterDay & Amounts>(trx, 'facts.touched', TOUCHED, [
    ...account,
    ...daysOf(published),
    RECEIPTS_MOST,
  ]);
  const bySource = Map.groupBy(touched, registerKey);
  const rows = found.map(({ place, changes }) => {
    const sales = bySource.get(registerKey(place)) ?? [];
    const receipts = sales.map((sale): ChangedReceipt => ({
      saleId: sale.sale_id,
      cause: causeOfSale(sale),
      changes: deltasOf(sale),
    }));
    return {
      place,
      changes,
      receipts,
      receiptCount: sales[0]?.how_many ?? 0,
      cause: context.cause ?? oneCause(receipts.map((receipt) => receipt.cause)),
    };
  });
  const earlier = context.runId === null ? [] : await sameRun(trx, account, published, context.runId);
  const written: NewChange[] = [];
  const replaced: string[] = [];
  for (const row of rows) {
    const known = earlier.find((one) => registerKey(one) === registerKey(row.place));
    if (known === undefined) {
      written.push({ ...row, id: uuidv7() });
      continue;
    }
    // One run, one line: what it changed and changed back again is no change.
    replaced.push(known.id);
    const merged = merge(known, row);
    if (Object.keys(merged.changes).length > 0) written.push({ ...merged, place: row.place, id: uuidv7() });
  }
  if (replaced.length > 0) await runNamed(trx, 'changes.replace', REPLACE, [account[0], `{${replaced.join(',')}}`]);
  await insertChanges(trx, account, written, context);
}

interface NewChange {
  readonly id: string;
  readonly place: RegisterDay;
  readonly changes: Changes;
  readonly receipts: readonly ChangedReceipt[];
  readonly receiptCount: number;
  readonly cause: ChangeCause;
}

function differences(
  before: readonly (RegisterDay & Amounts)[],
  after: readonly (RegisterDay & Amounts)[],
): { place: RegisterDay; changes: Changes }[] {
  const old = new Map(before.map((row) => [registerKey(row), row]));
  const now = new Map(after.map((row) => [registerKey(row), row]));
  const found: { place: RegisterDay; changes: Changes }[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(key), now.get(key)];
    const place = was ?? is;
    if (place === undefined) continue;
    const changes: Changes = {};
    for (const measure of FIGURE_MEASURES) {
      const zero = isQuantity(measure) ? '0' : 0;
      const pair = [was?.[measure] ?? zero, is?.[measure] ?? zero] as const;
      if (Number(pair[0]) !== Number(pair[1])) changes[measure] = pair;
    }
    const { shop_id, business_day, register_id } = place;
    if (Object.keys(changes).length > 0) found.push({ place: { shop_id, business_day, register_id }, changes });
  }
  return found;
}

function deltasOf(sale: Amounts): Record<string, number> {
  const deltas: Record<string, number> = {};
  for (const measure of FIGURE_MEASURES) {
    const delta = Number(sale[measure] ?? 0);
    if (delta !== 0) deltas[measure] = delta;
  }
  return deltas;
}

interface EarlierChange extends RegisterDay {
  readonly id: string;
  readonly changes: Changes;
  readonly receipts: readonly ChangedReceipt[];
  readonly receipt_count: number;
  readonly cause: ChangeCause;
}

async function sameRun(
  trx: Transaction<Database>,
  account: AccountKey,
  days: readonly ShopDay[],
  runId: string,
): Promise<readonly EarlierChange[]> {
  return runNamed<EarlierChange>(trx, 'changes.same_run', SAME_RUN, [...account, ...daysOf(days), runId]);
}

function merge(known: EarlierChange, row: Omit<NewChange, 'id'>): Omit<NewChange, 'id' | 'place'> {
  const changes: Changes = { ...known.changes };
  for (const [measure, [old, now]] of Object.entries(row.changes)) changes[measure] = [known.changes[measure]?.[0] ?? old, now];
  for (const [measure, [old, now]] of Object.entries(changes)) {
    if (Number(old) === Number(now)) delete changes[measure];
  }
  const receipts = new Map(known.receipts.map((receipt) => [receipt.saleId, receipt]));
  for (const receipt of row.receipts) {
    const deltas: Record<string, number> = { ...receipts.get(receipt.saleId)?.changes };
    for (const [measure, delta] of Object.entries(receipt.changes)) deltas[measure] = (deltas[measure] ?? 0) + delta;
    receipts.set(receipt.saleId, { ...receipt, changes: deltas });
  }
  const more = row.receipts.filter((receipt) => !known.receipts.some(({ saleId }) => saleId === receipt.saleId)).length;
  const kept = [...receipts.values()].slice(0, RECEIPTS_MOST);
  return {
    changes,
    receipts: kept,
    receiptCount: known.receipt_count + Math.max(more, row.receiptCount - row.receipts.length),
    cause: oneCause([...new Set([known.cause, row.cause])]),
  };
}

async function insertChanges(
  trx: Transaction<Database>,
  [organizationId, posAccountId]: AccountKey,
  rows: readonly NewChange[],
  context: ChangeContext,
): Promise<void> {
  if (rows.length === 0) return;
  const told = rows.map(({ id, place, cause, changes, receipts, receiptCount }) => ({
    id,
    ...place,
    cause,
    changes,
    receipts,
    receipt_count: receiptCount,
  }));
  const author = context.author === undefined ? null : JSON.stringify(context.author);
  await runNamed(trx, 'changes.insert', INSERT, [organizationId, posAccountId, context.runId, author, JSON.stringify(told)]);
}

function daysOf(days: readonly ShopDay[]): [shops: string, days: string] {
  return [textArray(days.map((day) => day.shop_id)), textArray(days.map((day) => day.business_day))];
}

function registerKey({ shop_id, business_day, register_id }: RegisterDay): string {
  return JSON.stringify([business_day, shop_id, register_id]);
}

const ACCOUNT = 'organization_id = $1::uuid and pos_account_id = $2::uuid';
const WANTED = 'unnest($3::text[], $4::date[]) as wanted (shop_id, business_day)';
const amount = (measure: (typeof FIGURE_MEASURES)[number]): string =>
  isQuantity(measure) ? `trim_scale(${measure})::text as ${measure}` : measure;

const DAYS = `select f.shop_id, f.business_day, f.register_id, ${FIGURE_MEASURES.map(amount).join(', ')}
from ${WANTED} join fact_day f on f.organization_id = $1::uuid and f.pos_account_id = $2::uuid
  and f.shop_id = wanted.shop_id and f.business_day = wanted.business_day`;

// What each receipt adds now less what it added before, by register and day; those that make no difference are left out.
const TOUCHED = `with touched as materialized (
  select d.* from ${WANTED} join dirty_sale d on d.organization_id = $1::uuid and d.pos_account_id = $2::uuid
    and d.shop_id = wanted.shop_id and d.business_day = wanted.business_day
), now as (
  ${figuresOfSales(`${ACCOUNT} and sale_id in (select sale_id from touched)`)}
), delta as (
  select touched.shop_id, touched.business_day, touched.register_id, touched.sale_id,
    touched.transactions + touched.return_transactions + touched.other_transactions > 0 as was_here,
    coalesce(now.transactions + now.return_transactions + now.other_transactions, 0) > 0 as is_here,
    ${FIGURE_MEASURES.map((measure) => `coalesce(now.${measure}, 0) - touched.${measure} as ${measure}`).join(', ')}
  from touched left join now on now.shop_id = touched.shop_id and now.business_day = touched.business_day
    and now.register_id = touched.register_id and now.sale_id = touched.sale_id
), ranked as (
  select *, count(*) over place as how_many,
    row_number() over (place order by abs(net_sales) desc, abs(payments) desc, sale_id) as rank
  from delta
  where (${FIGURE_MEASURES.join(', ')}) is distinct from (${FIGURE_MEASURES.map(() => '0').join(', ')})
  window place as (partition by shop_id, business_day, register_id)
)
select ranked.shop_id, ranked.business_day, ranked.register_id, ranked.sale_id, ranked.was_here, ranked.is_here,
  ranked.how_many, ${FIGURE_MEASURES.map((measure) => `ranked.${measure}::text as ${measure}`).join(', ')},
  sale.state, sale.version, sale.business_day as sale_day, sale.created_at > sale.occurred_at as entered_later
from ranked
left join sale on sale.organization_id = $1::uuid and sale.pos_account_id = $2::uuid and sale.sale_id = ranked.sale_id
where ranked.rank <= $5::int order by ranked.rank`;

const SAME_RUN = `select id, shop_id, business_day, register_id, changes, receipts, receipt_count, cause
from turnover_change where ${ACCOUNT} and run_id = $5::uuid
  and (shop_id, business_day) in (select shop_id, business_day from ${WANTED})`;

const REPLACE = 'delete from turnover_change where organization_id = $1::uuid and id = any($2::uuid[])';

const INSERT = `insert into turnover_change (organization_id, id, at, pos_account_id, shop_id, register_id, business_day, run_id, cause,
  author, changes, receipts, receipt_count)
select $1::uuid, told.id, now(), $2::uuid, told.shop_id, told.register_id, told.business_day, $3::uuid, told.cause, $4::jsonb,
  told.changes, told.receipts, told.receipt_count
from jsonb_to_recordset($5::jsonb) as told (id uuid, shop_id text, register_id text, business_day date, cause text, changes jsonb,
  receipts jsonb, receipt_count integer)`;
