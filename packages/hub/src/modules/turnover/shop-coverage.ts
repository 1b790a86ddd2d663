import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { businessDayOf, daysBetween } from '../ledger/figure/business-day.ts';
import { type Coverage, type CoverageFacts, coverageOf, GRACE_MS } from '../ledger/figure/coverage.ts';
import { isClosedByHours, type OpeningHours } from '../stores/opening-hours.ts';
import type { AccountCoverage, Doubt } from '../sync/coverage-inputs.ts';
import type { Scene } from './scene.ts';
import { type DayBook, shopKey, type ShopDays } from './shop-days.ts';

/** Nothing of a document set aside can be told from the beginning of time on. */
const ALWAYS = Number.NEGATIVE_INFINITY as Instant;

export interface CoverageRange {
  readonly organizationId: string;
  readonly from: string;
  readonly to: string;
  readonly now: Instant;
}

/** How far each day of a range can be trusted, in the order of the days. Shops of which the same is known share one. */
export type CoverageLine = readonly Coverage[];

/**
 * The line of every shop. Nearly all shops of an account know the same of every day (one calendar, no marks): such a line is reckoned once,
 * and a shop of its own kind differs from it on a few days.
 */
export async function readShopCoverage(
  trx: Transaction<Database>,
  range: CoverageRange,
  shops: readonly ShopDays[],
  known: { readonly scene: Scene; readonly inputs: readonly AccountCoverage[]; readonly book: DayBook },
): Promise<ReadonlyMap<ShopDays, CoverageLine>> {
  const { scene, book } = known;
  const inputs = new Map(known.inputs.map((input) => [input.posAccountId, input]));
  const doubts = doubtsByShop(known.inputs);
  const lines = new LineBook(range, book);
  const result = new Map<ShopDays, CoverageLine>();
  const doubtful: { readonly shop: ShopDays; readonly index: number; readonly facts: CoverageFacts }[] = [];
  for (const shop of shops) {
    const key = shopKey(shop);
    const { line, factsOn } = lines.of(shop, {
      input: inputs.get(shop.posAccountId),
      hours: scene.openingHours.get(key) ?? [],
      setAside: setAsideOf(doubts.get(key) ?? [], doubts.get(shopKey({ ...shop, shopId: '' })) ?? [], shop),
      closed: scene.closed.get(key),
      unsummed: scene.unsummed.get(key),
    });
    result.set(shop, line);
    // Whether there are sales decides only between missing and partial, and between closed and open: the others are not asked about.
    for (const [index, { state }] of line.entries()) {
      if (state === 'missing' || state === 'closed') doubtful.push({ shop, index, facts: factsOn(index) });
    }
  }
  const found = await daysWithSales(
    trx,
    range.organizationId,
    doubtful.map(({ shop, index }) => ({ shop, day: lines.days[index] ?? range.from })),
  );
  const own = new Map<ShopDays, Coverage[]>();
  for (const { place, counted } of found) {
    const doubt = doubtful[place];
    if (doubt === undefined) continue;
    const line = own.get(doubt.shop) ?? [...(result.get(doubt.shop) ?? [])];
    line[doubt.index] = coverageOf({ ...doubt.facts, storedSales: 1, countedSales: counted ? 1 : 0 });
    own.set(doubt.shop, line);
  }
  for (const [shop, line] of own) result.set(shop, line);
  return result;
}

interface Known {
  readonly input: AccountCoverage | undefined;
  readonly hours: readonly OpeningHours[];
  readonly setAside: SetAsideDays;
  readonly closed: ReadonlySet<string> | undefined;
  readonly unsummed: ReadonlySet<string> | undefined;
}

/** Lines by what is known of whole shops; what is known of single days of a shop is laid over a copy. */
class LineBook {
  readonly days: readonly string[];
  readonly #position: ReadonlyMap<string, number>;
  readonly #range: CoverageRange;
  readonly #book: DayBook;
  readonly #shared = new Map<string, CoverageLine>();

  constructor(range: CoverageRange, book: DayBook) {
    this.days = daysBetween(range.from, range.to);
    this.#position = new Map(this.days.map((day, index) => [day, index]));
    this.#range = range;
    this.#book = book;
  }

  of(shop: ShopDays, known: Known): { readonly line: CoverageLine; readonly factsOn: (index: number) => CoverageFacts } {
    const gaps = (known.input?.gaps ?? []).filter((gap) => gap.shopId === null || gap.shopId === shop.shopId);
    const factsOn = (index: number) => this.#facts(shop, known, gaps, this.days[index] ?? '');
    const alike = [shop.posAccountId, calendarKey(shop), known.hours, gaps, known.setAside.undated > 0];
    const key = JSON.stringify(alike);
    let line = this.#shared.get(key);
    if (line === undefined) {
      const usual: Known = {
        ...known,
        setAside: { ...known.setAside, byDay: new Map() },
        closed: undefined,
        unsummed: undefined,
      };
      line = this.days.map((day) => coverageOf(this.#facts(shop, usual, gaps, day)));
      this.#shared.set(key, line);
    }
    const unusual = [...(known.closed ?? []), ...(known.unsummed ?? []), ...known.setAside.byDay.keys()];
    if (unusual.length === 0) return { line, factsOn };
    const own = [...line];
    for (const day of unusual) {
      const index = this.#position.get(day);
      if (index !== undefined) own[index] = coverageOf(factsOn(index));
    }
    return { line: own, factsOn };
  }

  #facts(shop: ShopDays, { input, ...known }: Known, gaps: AccountCoverage['gaps'], day: string): CoverageFacts {
    const bounds = this.#book.bounds(day, shop.calendar);
    // A day, with the time in which tills hand in late, that was left unread: by a shop that is frozen still, or otherwise.
    const unread = gaps.filter((gap) => gap.from < bounds.end + GRACE_MS && (gap.until === null || gap.until > bounds.start));
    return {
      ...bounds,
      now: this.#range.now,
      historyReadFrom: input === undefined || input.historyDoneAt === null ? null : (input.historyFloor ?? ALWAYS),
      salesReadUntil: input?.salesCaughtUpTo ?? null,
      lookUpsRead: (input?.lookUpsReadAt ?? null) !== null,
      unsummed: known.unsummed?.has(day) ?? false,
      frozen: unread.some(({ until }) => until === null),
      inGap: unread.some(({ until }) => until !== null),
      // What was changed in earlier days during a stretch left unread is not known until the day is read again.
      changesUnread: gaps.some(
        (gap) =>
          gap.until !== null &&
          gap.from >= bounds.end + GRACE_MS &&
          !gap.reread.some(([from, until]) => from <= bounds.start && bounds.end <= until),
      ),
      setAside: known.setAside.byDay.get(day) ?? 0,
      undatedSetAside: known.setAside.undated,
      confirmed: false,
      storedSales: 0,
      countedSales: 0,
      markedClosed: (known.closed?.has(day) ?? false) || isClosedByHours(known.hours, day),
    };
  }
}

/** Those of the shop-days that have a sale of any state, and whether one of them counts: a probe of the day's index each. */
async function daysWithSales(
  trx: Transaction<Database>,
  organizationId: string,
  wanted: readonly { readonly shop: ShopDays; readonly day: string }[],
): Promise<{ place: number; counted: boolean }[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ place: number; counted: boolean }>`
    select (wanted.place - 1)::int as place, found.counted
    from unnest(
      ${wanted.map(({ shop }) => shop.posAccountId)}::uuid[],
      ${wanted.map(({ shop }) => shop.shopId)}::text[],
      ${wanted.map(({ day }) => day)}::date[]
    ) with ordinality as wanted (pos_account_id, shop_id, business_day, place)
    cross join lateral (
      select sale.state = 'completed' as counted from sale
      where sale.organization_id = ${organizationId} and sale.pos_account_id = wanted.pos_account_id
        and sale.shop_id = wanted.shop_id and sale.business_day = wanted.business_day
      order by sale.state = 'completed' desc
      limit 1
    ) found`.execute(trx);
  return rows;
}

interface SetAsideDays {
  readonly byDay: ReadonlyMap<string, number>;
  readonly undated: number;
}

/** What could not be read, by shop; of no readable shop under an empty id. */
function doubtsByShop(inputs: readonly AccountCoverage[]): ReadonlyMap<string, readonly Doubt[]> {
  const all = inputs.flatMap(({ posAccountId, setAside }) => setAside.map((doubt) => ({ posAccountId, doubt })));
  const grouped = Map.groupBy(all, ({ posAccountId, doubt }) => shopKey({ posAccountId, shopId: doubt.shopId ?? '' }));
  return new Map([...grouped].map(([key, ofShop]) => [key, ofShop.map(({ doubt }) => doubt)]));
}

/** D22: of this shop, and of none that could be read, which may be any. */
function setAsideOf(own: readonly Doubt[], anywhere: readonly Doubt[], { calendar }: ShopDays): SetAsideDays {
  const byDay = new Map<string, number>();
  let undated = 0;
  for (const documents of [own, anywhere]) {
    for (const document of documents) {
      const day = document.time === null ? document.day : businessDayOf(document.time, calendar);
      if (day === null) undated += 1;
      else byDay.set(day, (byDay.get(day) ?? 0) + 1);
    }
  }
  return { byDay, undated };
}

function calendarKey({ calendar }: ShopDays) {
  return calendar.map((row) => [row.validFrom, row.timeZone, row.dayStartHour]);
}
