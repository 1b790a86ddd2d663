import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import { AppError } from '../../../platform/errors.ts';
import { minorDigitsOf } from '../../ledger/currency.ts';
import { listDepartments, mappingsBetween } from '../../stores/queries.ts';
import { assigned, type HistoricMapping, listMappingChanges, type MappingChange } from '../../stores/mapping-history.ts';
import type { Period } from '../../stores/mapping.ts';
import { CoverageBook } from '../coverage.ts';
import { chooseCurrency, readOrganization } from '../currency.ts';
import { plannersMeasure, readTurnoverSettings } from '../settings.ts';
import { authorOf, momentText, type Reader } from './list-changes.ts';
import { nameReceipts, type StoredReceipt } from './receipts.ts';
import type { Author, DayLog, DayLogItem } from './schemas.ts';

export interface DayLogOf {
  readonly day: string;
  readonly department?: string | undefined;
  readonly posAccount?: string | undefined;
  readonly shop?: string | undefined;
}

/** Mapping changes looked through for a day: far more than anybody makes. */
const MAPPING_CHANGES_MOST = 2000;

/**
 * P5: what brought a day's turnover (a department's, a shop's, or all that the reader may see), step by step: every import that had something for it, with the turnover after it, and every change of a
 * setting that moved it. Each step is reckoned with the mapping of its moment.
 *
 * @throws AppError `not_found` for a department or shop that is none, or not the reader's.
 */
export async function readDayLog(
  trx: Transaction<Database>,
  organizationId: string,
  of: DayLogOf,
  reader: Reader,
  now: Instant,
): Promise<DayLog> {
  const settings = await readTurnoverSettings(trx, organizationId);
  const measure = plannersMeasure(settings);
  const scene = await openScene(trx, organizationId, of, reader);
  const rows = (await imports(trx, organizationId, of, measure)).filter(({ currency }) => currency === scene.currency);
  const causes = await changesOfDay(trx, organizationId, of.day);
  const named = await nameReceipts(
    trx,
    organizationId,
    reader.mayReadReceipts ? causes.map((one) => ({ posAccountId: one.pos_account_id, receipts: one.receipts })) : [],
  );
  const items: DayLogItem[] = [];
  const known = new Map<string, ImportRow>();
  let before: number | null = null;
  for (const step of stepsOf(rows, scene.mappingChanges)) {
    for (const row of step.rows) known.set(placeKey(row), row);
    const mine = [...known.values()].filter((row) => scene.has(row, step.at));
    const isMine = step.rows.some((row) => scene.has(row, step.at)) || step.mapping !== null;
    if (!isMine) continue;
    const turnover = mine.reduce((sum, row) => sum + row.turnover, 0);
    const change = before === null ? null : turnover - before;
    if (step.mapping !== null && turnover === (before ?? 0)) continue;
    const own = causes.filter((cause) => step.rows.some((row) => isCauseOf(cause, row)) && scene.has(cause, step.at));
    // The figure was theirs then; a receipt is read by whom its register belongs to now, here as everywhere (D20).
    const shown = own.filter((one) => reader.departmentIds === null || scene.has(one));
    const [setting] = own.filter((cause) => cause.author !== null);
    const cause = step.mapping === null ? mergedCause(own) : 'mapping';
    items.push({
      at: step.at,
      source:
        step.mapping !== null
          ? 'mapping'
          : setting !== undefined
            ? setting.cause === 'left_out'
              ? 'left_out'
              : 'calendar'
            : before === null
              ? 'first_import'
              : 'import',
      runId: step.rows[0]?.run_id ?? null,
      running: step.rows.some((row) => row.running),
      turnover,
      change,
      transactions: mine.reduce((sum, row) => sum + row.transactions, 0),
      cause,
      receipts: reader.mayReadReceipts ? shown.flatMap((one) => named(one.pos_account_id, one.receipts)) : [],
      receiptCount: shown.reduce((sum, one) => sum + one.receipt_count, 0),
      author: step.mapping?.author ?? authorOf(setting?.author ?? null),
    });
    before = turnover;
  }
  const shops = [...scene.shopsNow];
  const book = await CoverageBook.read(trx, { organizationId, from: of.day, to: of.day, now, currency: scene.currency });
  const sources = book.shops.filter((shop) =>
    shops.some((one) => one.posAccountId === shop.posAccountId && one.shopId === shop.shopId),
  );
  return {
    day: of.day,
    currency: scene.currency,
    minorDigits: minorDigitsOf(scene.currency),
    measure,
    coverage: book.worst(sources, of.day)?.state ?? 'not_applicable',
    turnover: await turnoverNow(trx, organizationId, of.day, measure, scene),
    lastReadAt: await lastRead(trx, organizationId, of.day, shops),
    items: items.toReversed(),
  };
}

interface Place {
  readonly pos_account_id: string;
  readonly shop_id: string;
  readonly register_id: string;
}

interface ShopKey {
  readonly posAccountId: string;
  readonly shopId: string;
}

interface Scene {
  readonly currency: string;
  readonly mappingChanges: readonly MappingChange[];
  /** The shops that feed it now. */
  readonly shopsNow: readonly ShopKey[];
  /** Whether a register's figures of the day were the department's (or shop's) at a moment; the present when left out. */
  readonly has: (place: Place, at?: string) => boolean;
}

async function openScene(trx: Transaction<Database>, organizationId: string, of: DayLogOf, reader: Reader): Promise<Scene> {
  const { currency } = chooseCurrency(await readOrganization(trx, organizationId));
  if (of.shop !== undefined)
    return shopScene(trx, organizationId, { posAccountId: of.posAccount ?? '', shopId: of.shop }, reader);
  if (of.department !== undefined) {
    const { department } = of;
    const isTheirs = reader.departmentIds === null || reader.departmentIds.includes(department);
    const departments = await listDepartments(trx, organizationId);
    if (!isTheirs || !departments.some((one) => one.id === department)) {
      throw new AppError('not_found', 'There is no such department.');
    }
    return departmentScene(trx, organizationId, { day: of.day, currency, departments: new Set([department]) });
  }
  if (reader.departmentIds !== null) {
    return departmentScene(trx, organizationId, { day: of.day, currency, departments: new Set(reader.departmentIds) });
  }
  // Everything, mapped or not: no mapping moves it.
  return { currency, mappingChanges: [], shopsNow: await shopsIn(trx, organizationId, currency), has: () => true };
}

async function shopScene(trx: Transaction<Database>, organizationId: string, key: ShopKey, reader: Reader): Promise<Scene> {
  const account = await trx
    .selectFrom('shop')
    .innerJoin('pos_account', (join) =>
      join.onRef('pos_account.organization_id', '=', 'shop.organization_id').onRef('pos_account.id', '=', 'shop.pos_account_id'),
    )
    .select('pos_account.currency')
    .where('shop.organization_id', '=', organizationId)
    .where('shop.pos_account_id', '=', key.posAccountId)
    .where('shop.shop_id', '=', key.shopId)
    .executeTakeFirst();
  // A member limited to departments asks by department: part of a shop may be another's.
  if (account === undefined || reader.departmentIds !== null) throw new AppError('not_found', 'There is no such shop.');
  return {
    currency: account.currency,
    mappingChanges: [],
    shopsNow: [key],
    has: (place) => place.pos_account_id === key.posAccountId && place.shop_id === key.shopId,
  };
}

async function departmentScene(
  trx: Transaction<Database>,
  organizationId: string,
  { day, currency, departments }: { readonly day: string; readonly currency: string; readonly departments: ReadonlySet<string> },
): Promise<Scene> {
  const mappings = await mappingsBetween(trx, organizationId, day, day);
  const changes = await listMappingChanges(trx, organizationId, {
    from: day,
    to: day,
    departmentIds: null,
    after: null,
    limit: MAPPING_CHANGES_MOST,
  });
  const oldestFirst = changes.toReversed();
  const isOne = (departmentId: string | null | undefined) =>
    departmentId !== null && departmentId !== undefined && departments.has(departmentId);
  const mappingsAt = (
    place: Place,
    at: string | undefined,
  ): readonly (Pick<HistoricMapping, 'registerId' | 'departmentId'> & Period)[] =>
    (at === undefined
      ? undefined
      : oldestFirst.find((one) => one.at > at && one.posAccountId === place.pos_account_id && one.shopId === place.shop_id)
          ?.before) ?? mappings.filter((one) => one.posAccountId === place.pos_account_id && one.shopId === place.shop_id);
  const counted = new Set((await shopsIn(trx, organizationId, currency)).map(shopText));
  return {
    currency,
    mappingChanges: oldestFirst.filter((one) => [...one.before, ...one.after].some(({ departmentId }) => isOne(departmentId))),
    // Shops of another currency are never added to it.
    shopsNow: mappings.filter((one) => isOne(one.departmentId) && counted.has(shopText(one))),
    has: (place, at) => isOne(assigned(mappingsAt(place, at), place.register_id, day)?.departmentId),
  };
}

/** Every shop whose account has this currency. */
async function shopsIn(trx: Transaction<Database>, organizationId: string, currency: string): Promise<ShopKey[]> {
  const { rows } = await sql<ShopKey>`
    select shop.pos_account_id as "posAccountId", shop.shop_id as "shopId" from pos_account account
    join shop on shop.organization_id = account.organization_id and shop.pos_account_id = account.id
    where account.organization_id = ${organizationId} and account.currency = ${currency}`.execute(trx);
  return rows;
}

function shopText({ posAccountId, shopId }: ShopKey): string {
  return `${posAccountId}/${shopId}`;
}

interface ImportRow extends Place {
  readonly entry: string;
  readonly run_id: string | null;
  readonly running: boolean;
  readonly at: string;
  readonly currency: string;
  readonly turnover: number;
  readonly transactions: number;
}

async function imports(
  trx: Transaction<Database>,
  organizationId: string,
  { day, posAccount, shop }: DayLogOf,
  measure: 'net_sales' | 'net_sales_incl',
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select i.pos_account_id, i.shop_id, i.register_id, i.entry, i.run_id, ${momentText(sql`i.at`)} as at,
      i.entry = '00000000-0000-0000-0000-000000000000' and i.run_id is not null as running, account.currency,
      ${sql.ref(`i.${measure}`)} as turnover, i.transactions
    from pos_account account
    join shop on shop.organization_id = account.organization_id and shop.pos_account_id = account.id
    join turnover_import i on i.organization_id = shop.organization_id and i.pos_account_id = shop.pos_account_id
      and i.shop_id = shop.shop_id and i.business_day = ${day}::date
    where account.organization_id = ${organizationId}
      and (${posAccount ?? null}::uuid is null or account.id = ${posAccount ?? null}::uuid)
      and (${shop ?? null}::text is null or shop.shop_id = ${shop ?? null}::text)
    order by i.at, i.entry`.execute(trx);
  return rows;
}

interface Step {
  readonly at: string;
  readonly rows: readonly ImportRow[];
  readonly mapping: MappingChange | null;
}

/** One step an import of an account, one a change of mapping, in the order of time. */
function stepsOf(rows: readonly ImportRow[], mappingChanges: readonly MappingChange[]): Step[] {
  const imported = [...Map.groupBy(rows, (row) => `${row.pos_account_id}/${row.entry}`).values()].map((group): Step => ({
    at:
      group
        .map((row) => row.at)
        .toSorted()
        .at(-1) ?? '',
    rows: group,
    mapping: null,
  }));
  const mapped = mappingChanges.map((mapping): Step => ({ at: mapping.at, rows: [], mapping }));
  return [...imported, ...mapped].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

interface DayChange extends Place {
  readonly run_id: string | null;
  readonly at: string;
  readonly cause: NonNullable<DayLogItem['cause']>;
  readonly author: { kind: NonNullable<Author>['kind']; id: string | null; name?: string } | null;
  readonly receipts: readonly StoredReceipt[];
  readonly receipt_count: number;
}

async function changesOfDay(trx: Transaction<Database>, organizationId: string, day: string): Promise<DayChange[]> {
  const { rows } = await sql<DayChange>`
    select c.pos_account_id, c.shop_id, c.register_id, c.run_id, ${momentText(sql`c.at`)} as at, c.cause, c.author, c.receipts,
      c.receipt_count
    from turnover_change c where c.organization_id = ${organizationId} and c.business_day = ${day}::date`.execute(trx);
  return rows;
}

/** A change belongs to the import of its run, or (without one) to the sum that wrote both in one transaction. */
function isCauseOf(cause: DayChange, row: ImportRow): boolean {
  if (placeKey(cause) !== placeKey(row)) return false;
  return cause.run_id === null ? cause.at === row.at : cause.run_id === row.run_id;
}

function mergedCause(causes: readonly DayChange[]): DayLogItem['cause'] {
  const [first, ...others] = new Set(causes.map(({ cause }) => cause));
  if (first === undefined) return null;
  return others.length === 0 ? first : 'several';
}

function placeKey({ pos_account_id, shop_id, register_id }: Place): string {
  return JSON.stringify([pos_account_id, shop_id, register_id]);
}

async function turnoverNow(
  trx: Transaction<Database>,
  organizationId: string,
  day: string,
  measure: 'net_sales' | 'net_sales_incl',
  scene: Scene,
): Promise<number | null> {
  const shops = [...new Map(scene.shopsNow.map((shop) => [`${shop.posAccountId}/${shop.shopId}`, shop])).values()];
  if (shops.length === 0) return null;
  const { rows } = await sql<Place & { turnover: number }>`
    select f.pos_account_id, f.shop_id, f.register_id, ${sql.ref(`f.${measure}`)} as turnover
    from ${wanted(shops)}
    join fact_day f on f.organization_id = ${organizationId} and f.pos_account_id = wanted.pos_account_id
      and f.shop_id = wanted.shop_id and f.business_day = ${day}::date`.execute(trx);
  return rows.filter((row) => scene.has(row)).reduce((sum, row) => sum + row.turnover, 0);
}

async function lastRead(
  trx: Transaction<Database>,
  organizationId: string,
  day: string,
  shops: readonly ShopKey[],
): Promise<string | null> {
  if (shops.length === 0) return null;
  const { rows } = await sql<{ at: Date | null }>`
    select max(sale.seen_at) as at from ${wanted(shops)}
    join sale on sale.organization_id = ${organizationId} and sale.pos_account_id = wanted.pos_account_id
      and sale.shop_id = wanted.shop_id and sale.business_day = ${day}::date`.execute(trx);
  return rows[0]?.at?.toISOString() ?? null;
}

function wanted(shops: readonly ShopKey[]) {
  return sql`unnest(${shops.map((shop) => shop.posAccountId)}::uuid[], ${shops.map((shop) => shop.shopId)}::text[])
    as wanted (pos_account_id, shop_id)`;
}
