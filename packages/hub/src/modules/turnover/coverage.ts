import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { type Coverage, coverageOf, worstCoverage } from '../ledger/figure/coverage.ts';
import { contains, type DatedMapping } from '../stores/mapping.ts';
import { mappingsBetween } from '../stores/queries.ts';
import { type AccountCoverage, coverageInputs } from '../sync/coverage-inputs.ts';
import { DayBook, readShopDays, type ShopDays } from './shop-days.ts';

export type { Coverage };

/** Nothing of a document set aside can be told from the beginning of time on. */
const ALWAYS = Number.NEGATIVE_INFINITY as Instant;

interface Range {
  readonly organizationId: string;
  readonly from: string;
  readonly to: string;
  readonly now: Instant;
}

interface ShopDayKey {
  readonly posAccountId: string;
  readonly shopId: string;
  readonly day: string;
}

/** How far each shop's and department's days of a range can be trusted (D21), read once and asked often. */
export class CoverageBook {
  readonly shops: readonly ShopDays[];
  readonly days: DayBook;
  readonly now: Instant;
  readonly #byShopDay: ReadonlyMap<string, Coverage>;
  readonly #mappings: ReadonlyMap<string, readonly DatedMapping[]>;
  readonly #wholeShop: ReadonlyMap<string, readonly DatedMapping[]>;
  readonly #shopByKey: ReadonlyMap<string, ShopDays>;

  private constructor(
    shops: readonly ShopDays[],
    days: DayBook,
    now: Instant,
    byShopDay: ReadonlyMap<string, Coverage>,
    mappings: readonly DatedMapping[],
  ) {
    this.shops = shops;
    this.days = days;
    this.now = now;
    this.#byShopDay = byShopDay;
    this.#mappings = Map.groupBy(mappings, (mapping) => mapping.departmentId);
    this.#shopByKey = new Map(shops.map((shop) => [shopKey(shop), shop]));
    this.#wholeShop = Map.groupBy(
      mappings.filter((mapping) => mapping.registerId === null),
      shopKey,
    );
  }

  static async read(trx: Transaction<Database>, range: Range): Promise<CoverageBook> {
    const shops = await readShopDays(trx, range.organizationId);
    const days = new DayBook();
    const mappings = await mappingsBetween(trx, range.organizationId, range.from, range.to);
    const byShopDay = await readShopDayCoverage(trx, range, shops, days);
    return new CoverageBook(shops, days, range.now, byShopDay, mappings);
  }

  shopDay(key: ShopDayKey): Coverage | null {
    return this.#byShopDay.get(dayKey(key)) ?? null;
  }

  /** The shops that fed these departments on a day, through a mapping of the whole shop or of a register. */
  sources(departmentIds: readonly string[], day: string): ShopDays[] {
    const found = new Set<ShopDays>();
    for (const id of departmentIds) {
      for (const mapping of this.#mappings.get(id) ?? []) {
        const shop = contains(mapping, day) ? this.#shopByKey.get(shopKey(mapping)) : undefined;
        if (shop !== undefined) found.add(shop);
      }
    }
    return [...found];
  }

  /** The shops of which something may have gone unmapped on a day: those not mapped as a whole. */
  unmappedSources(day: string): ShopDays[] {
    return this.shops.filter((shop) => !(this.#wholeShop.get(shopKey(shop)) ?? []).some((mapping) => contains(mapping, day)));
  }

  /** The worst of the sources; null where there is none: not applicable. */
  worst(sources: readonly ShopDays[], day: string): Coverage | null {
    return worstCoverage(
      sources.flatMap((shop) => this.#byShopDay.get(dayKey({ posAccountId: shop.posAccountId, shopId: shop.shopId, day })) ?? []),
    );
  }

  /** Whether the day has begun at any of the sources. */
  hasBegun(sources: readonly ShopDays[], day: string): boolean {
    return sources.some((shop) => this.days.bounds(day, shop.calendar).start <= this.now);
  }
}

async function readShopDayCoverage(
  trx: Transaction<Database>,
  range: Range,
  shops: readonly ShopDays[],
  book: DayBook,
): Promise<Map<string, Coverage>> {
  const inputs = new Map((await coverageInputs(trx)).map((input) => [input.posAccountId, input]));
  const counted = await countedSales(trx, range);
  const closed = await closedDays(trx, range);
  const facts = new Map<string, Parameters<typeof coverageOf>[0] & { readonly key: ShopDayKey }>();
  const result = new Map<string, Coverage>();
  for (const shop of shops) {
    const input = inputs.get(shop.posAccountId);
    const setAside = setAsideOf(input, shop.shopId);
    for (const day of daysOf(range)) {
      const key = { posAccountId: shop.posAccountId, shopId: shop.shopId, day };
      const id = dayKey(key);
      const countedSales = counted.get(id) ?? 0;
      const known = {
        key,
        ...book.bounds(day, shop.calendar),
        now: range.now,
        historyReadFrom: input === undefined || input.historyDoneAt === null ? null : (input.historyFloor ?? ALWAYS),
        salesReadUntil: input?.salesCaughtUpTo ?? null,
        lookUpsRead: (input?.lookUpsReadAt ?? null) !== null,
        setAside: setAside.byDay.get(day) ?? 0,
        undatedSetAside: setAside.undated,
        confirmed: false,
        storedSales: countedSales,
        countedSales,
        markedClosed: closed.has(id),
      };
      const coverage = coverageOf(known);
      result.set(id, coverage);
      if (coverage.state === 'missing') facts.set(id, known);
    }
  }
  // Only where a day would be called missing does it matter that an open or voided sale of it is here: the others are not asked about.
  for (const id of await daysWithSales(
    trx,
    range,
    [...facts.values()].map((known) => known.key),
  )) {
    const known = facts.get(id);
    if (known !== undefined) result.set(id, coverageOf({ ...known, storedSales: 1 }));
  }
  return result;
}

/** Receipts that count, a shop and day, from the facts. */
async function countedSales(trx: Transaction<Database>, range: Range): Promise<Map<string, number>> {
  const { rows } = await sql<{ pos_account_id: string; shop_id: string; business_day: string; counted: number }>`
    select shop.pos_account_id, shop.shop_id, part.business_day, part.counted
    from shop
    cross join lateral (
      select fact.business_day,
        (sum(fact.transactions) + sum(fact.return_transactions) + sum(fact.other_transactions))::bigint as counted
      from fact
      where fact.organization_id = ${range.organizationId} and fact.pos_account_id = shop.pos_account_id
        and fact.shop_id = shop.shop_id and fact.business_day between ${range.from}::date and ${range.to}::date
      group by fact.business_day
    ) part
    where shop.organization_id = ${range.organizationId}`.execute(trx);
  return new Map(
    rows.map((row) => [dayKey({ posAccountId: row.pos_account_id, shopId: row.shop_id, day: row.business_day }), row.counted]),
  );
}

async function daysWithSales(trx: Transaction<Database>, range: Range, wanted: readonly ShopDayKey[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ pos_account_id: string; shop_id: string; business_day: string }>`
    select wanted.pos_account_id, wanted.shop_id, wanted.business_day
    from unnest(
      ${wanted.map((key) => key.posAccountId)}::uuid[],
      ${wanted.map((key) => key.shopId)}::text[],
      ${wanted.map((key) => key.day)}::date[]
    ) as wanted (pos_account_id, shop_id, business_day)
    where exists (
      select 1 from sale
      where sale.organization_id = ${range.organizationId} and sale.pos_account_id = wanted.pos_account_id
        and sale.shop_id = wanted.shop_id and sale.business_day = wanted.business_day
    )`.execute(trx);
  return rows.map((row) => dayKey({ posAccountId: row.pos_account_id, shopId: row.shop_id, day: row.business_day }));
}

async function closedDays(trx: Transaction<Database>, range: Range): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('closed_day')
    .select(['pos_account_id as posAccountId', 'shop_id as shopId', 'business_day as day'])
    .where('organization_id', '=', range.organizationId)
    .where('business_day', '>=', range.from)
    .where('business_day', '<=', range.to)
    .execute();
  return new Set(rows.map(dayKey));
}

/** D22: of this shop, and of none that could be read, which may be any. */
function setAsideOf(
  input: AccountCoverage | undefined,
  shopId: string,
): { readonly byDay: ReadonlyMap<string, number>; readonly undated: number } {
  const byDay = new Map<string, number>();
  let undated = 0;
  for (const document of input?.setAside ?? []) {
    if (document.shopId !== null && document.shopId !== shopId) continue;
    if (document.day === null) undated += 1;
    else byDay.set(document.day, (byDay.get(document.day) ?? 0) + 1);
  }
  return { byDay, undated };
}

function* daysOf({ from, to }: Range): Generator<string> {
  const end = Date.parse(`${to}T00:00:00Z`);
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= end; at += 86_400_000) yield new Date(at).toISOString().slice(0, 10);
}

function shopKey({ posAccountId, shopId }: { readonly posAccountId: string; readonly shopId: string }): string {
  return `${posAccountId}/${shopId}`;
}

function dayKey({ posAccountId, shopId, day }: ShopDayKey): string {
  return `${posAccountId}/${shopId}/${day}`;
}
