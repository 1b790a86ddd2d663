import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { businessDayOf, DAY_MS, daysBetween } from '../ledger/figure/business-day.ts';
import { type Coverage, type CoverageFacts, coverageOf, GRACE_MS, worstCoverage } from '../ledger/figure/coverage.ts';
import { contains, type DatedMapping } from '../stores/mapping.ts';
import { isClosedByHours, type OpeningHours, openingHours } from '../stores/opening-hours.ts';
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
  /** Only sources in this currency: others have no part in an answer in it. All when left out. */
  readonly currency?: string;
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
  readonly #longBegun: string;
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
    this.#longBegun = new Date(now - DAY_MS).toISOString().slice(0, 10);
    this.#byShopDay = byShopDay;
    this.#mappings = Map.groupBy(mappings, (mapping) => mapping.departmentId);
    this.#shopByKey = new Map(shops.map((shop) => [shopKey(shop), shop]));
    this.#wholeShop = Map.groupBy(
      mappings.filter((mapping) => mapping.registerId === null),
      shopKey,
    );
  }

  static async read(trx: Transaction<Database>, range: Range): Promise<CoverageBook> {
    const all = await readShopDays(trx, range.organizationId);
    const shops = range.currency === undefined ? all : all.filter((shop) => shop.currency === range.currency);
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
    // The day before yesterday has begun wherever the shop is and whenever its days start.
    if (day < this.#longBegun) return sources.length > 0;
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
  const closed = await closedDays(trx, range);
  const stated = await statedHours(trx, range.organizationId);
  const unsummed = await unsummedDays(trx, range);
  const doubtful = new Map<string, CoverageFacts & ShopDayKey>();
  const result = new Map<string, Coverage>();
  const days = daysBetween(range.from, range.to);
  for (const shop of shops) {
    const input = inputs.get(shop.posAccountId);
    const setAside = setAsideOf(input, shop);
    const hours = stated.get(shopKey(shop)) ?? [];
    for (const day of days) {
      const key = { posAccountId: shop.posAccountId, shopId: shop.shopId, day };
      const id = dayKey(key);
      const bounds = book.bounds(day, shop.calendar);
      const facts: CoverageFacts & ShopDayKey = {
        ...key,
        ...bounds,
        now: range.now,
        historyReadFrom: input === undefined || input.historyDoneAt === null ? null : (input.historyFloor ?? ALWAYS),
        salesReadUntil: input?.salesCaughtUpTo ?? null,
        lookUpsRead: (input?.lookUpsReadAt ?? null) !== null,
        unsummed: unsummed.has(id),
        ...gapsOn(input, shop.shopId, bounds),
        setAside: setAside.byDay.get(day) ?? 0,
        undatedSetAside: setAside.undated,
        confirmed: false,
        storedSales: 0,
        countedSales: 0,
        markedClosed: closed.has(id) || isClosedByHours(hours, day),
      };
      const coverage = coverageOf(facts);
      result.set(id, coverage);
      // Whether there are sales decides only between missing and partial, and between closed and open: the others are not asked about.
      if (coverage.state === 'missing' || coverage.state === 'closed') doubtful.set(id, facts);
    }
  }
  for (const { id, counted } of await daysWithSales(trx, range.organizationId, [...doubtful.values()])) {
    const facts = doubtful.get(id);
    if (facts !== undefined) result.set(id, coverageOf({ ...facts, storedSales: 1, countedSales: counted ? 1 : 0 }));
  }
  return result;
}

/** Those of the shop-days that have a sale of any state, and whether one of them counts: a probe of the day's index each. */
async function daysWithSales(
  trx: Transaction<Database>,
  organizationId: string,
  wanted: readonly ShopDayKey[],
): Promise<{ id: string; counted: boolean }[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<ShopDayKey & { counted: boolean }>`
    select wanted.pos_account_id as "posAccountId", wanted.shop_id as "shopId", wanted.business_day as day, found.counted
    from unnest(
      ${wanted.map((key) => key.posAccountId)}::uuid[],
      ${wanted.map((key) => key.shopId)}::text[],
      ${wanted.map((key) => key.day)}::date[]
    ) as wanted (pos_account_id, shop_id, business_day)
    cross join lateral (
      select sale.state = 'completed' as counted from sale
      where sale.organization_id = ${organizationId} and sale.pos_account_id = wanted.pos_account_id
        and sale.shop_id = wanted.shop_id and sale.business_day = wanted.business_day
      order by sale.state = 'completed' desc
      limit 1
    ) found`.execute(trx);
  return rows.map((row) => ({ id: dayKey(row), counted: row.counted }));
}

/** What is stated of every shop's week; shops of which nothing is stated are absent. */
async function statedHours(trx: Transaction<Database>, organizationId: string): Promise<Map<string, OpeningHours[]>> {
  const rows = await trx
    .selectFrom('opening_hours')
    .select(['pos_account_id as posAccountId', 'shop_id as shopId', 'valid_from as from', 'hours'])
    .where('organization_id', '=', organizationId)
    .orderBy('valid_from')
    .execute();
  const shops = Map.groupBy(rows, shopKey);
  return new Map([...shops].map(([key, ofShop]) => [key, ofShop.map((row) => openingHours.parse(row))]));
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

/** Days whose receipts were stored and whose sums have not caught up. */
async function unsummedDays(trx: Transaction<Database>, range: Range): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('dirty_day')
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
  { shopId, calendar }: ShopDays,
): { readonly byDay: ReadonlyMap<string, number>; readonly undated: number } {
  const byDay = new Map<string, number>();
  let undated = 0;
  for (const document of input?.setAside ?? []) {
    if (document.shopId !== null && document.shopId !== shopId) continue;
    const day = document.time === null ? document.day : businessDayOf(document.time, calendar);
    if (day === null) undated += 1;
    else byDay.set(day, (byDay.get(day) ?? 0) + 1);
  }
  return { byDay, undated };
}

/** Whether a day, with the time in which tills hand in late, was left unread: by a shop that is frozen still, or otherwise. */
function gapsOn(
  input: AccountCoverage | undefined,
  shopId: string,
  { start, end }: { readonly start: Instant; readonly end: Instant },
): Pick<CoverageFacts, 'frozen' | 'inGap'> {
  const gaps = (input?.gaps ?? []).filter(
    (gap) =>
      (gap.shopId === null || gap.shopId === shopId) && gap.from < end + GRACE_MS && (gap.until === null || gap.until > start),
  );
  return { frozen: gaps.some(({ until }) => until === null), inGap: gaps.some(({ until }) => until !== null) };
}

function shopKey({ posAccountId, shopId }: { readonly posAccountId: string; readonly shopId: string }): string {
  return `${posAccountId}/${shopId}`;
}

function dayKey({ posAccountId, shopId, day }: ShopDayKey): string {
  return `${posAccountId}/${shopId}/${day}`;
}
