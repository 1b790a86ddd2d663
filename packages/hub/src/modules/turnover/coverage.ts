import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { addDays, DAY_MS, daysBetween } from '../ledger/figure/business-day.ts';
import { type Coverage, worstCoverage } from '../ledger/figure/coverage.ts';
import { contains, type DatedMapping, type Period, without } from '../stores/mapping.ts';
import type { OpeningHours } from '../stores/opening-hours.ts';
import { type AccountCoverage, coverageInputs } from '../sync/coverage-inputs.ts';
import { readScene, type Scene } from './scene.ts';
import { type CoverageLine, type CoverageRange, readShopCoverage } from './shop-coverage.ts';
import { DayBook, shopKey, type ShopDays } from './shop-days.ts';

export type { Coverage };

interface Range extends CoverageRange {
  /** Only sources in this currency: others have no part in an answer in it. All when left out. */
  readonly currency?: string;
}

interface ShopDayKey {
  readonly posAccountId: string;
  readonly shopId: string;
  readonly day: string;
}

/** A shop and when it is a source. */
interface Source extends Period {
  readonly shop: ShopDays;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

/** What coverage is told from. */
interface Known {
  readonly inputs: readonly AccountCoverage[];
  readonly scene: Scene;
}

/** How far everything was read, and then the scene: what came in between is not taken for read. */
export async function readKnown(trx: Transaction<Database>, range: Omit<CoverageRange, 'now'>): Promise<Known> {
  const inputs = await coverageInputs(trx);
  return { inputs, scene: await readScene(trx, range) };
}

/** How far each shop's and department's days of a range can be trusted (D21), read once and asked often. */
export class CoverageBook {
  readonly shops: readonly ShopDays[];
  readonly days: DayBook;
  readonly now: Instant;
  readonly mappings: readonly DatedMapping[];
  readonly #first: number;
  readonly #range: Days;
  readonly #longBegun: string;
  readonly #lines: ReadonlyMap<ShopDays, CoverageLine>;
  readonly #openingHours: Scene['openingHours'];
  readonly #shopByKey: ReadonlyMap<string, ShopDays>;
  readonly #byDepartment: ReadonlyMap<string, readonly Source[]>;
  /** By first and last day. */
  readonly #spans = new Map<string, Map<string, Map<CoverageLine, Coverage | null>>>();
  #unmapped: readonly Source[] | undefined;

  private constructor(
    shops: readonly ShopDays[],
    days: DayBook,
    range: Range,
    lines: ReadonlyMap<ShopDays, CoverageLine>,
    { mappings, openingHours }: Scene,
  ) {
    this.shops = shops;
    this.days = days;
    this.now = range.now;
    this.mappings = mappings;
    this.#first = dayNumber(range.from);
    this.#range = range;
    this.#longBegun = new Date(range.now - DAY_MS).toISOString().slice(0, 10);
    this.#lines = lines;
    this.#openingHours = openingHours;
    this.#shopByKey = new Map(shops.map((shop) => [shopKey(shop), shop]));
    const byDepartment = new Map<string, Source[]>();
    for (const mapping of mappings) {
      const shop = this.#shopByKey.get(shopKey(mapping));
      if (shop === undefined) continue;
      const sources = byDepartment.get(mapping.departmentId) ?? [];
      sources.push({ shop, from: mapping.from, until: mapping.until });
      byDepartment.set(mapping.departmentId, sources);
    }
    this.#byDepartment = byDepartment;
  }

  static async read(trx: Transaction<Database>, range: Range): Promise<CoverageBook> {
    return CoverageBook.of(trx, await readKnown(trx, range), range);
  }

  /** The same of what was read already for these days. */
  static async of(trx: Transaction<Database>, known: Known, range: Range): Promise<CoverageBook> {
    const { scene } = known;
    const shops = range.currency === undefined ? scene.shops : scene.shops.filter((shop) => shop.currency === range.currency);
    const days = new DayBook();
    const lines = await readShopCoverage(trx, range, shops, { ...known, book: days });
    return new CoverageBook(shops, days, range, lines, scene);
  }

  shopDay({ day, ...key }: ShopDayKey): Coverage | null {
    const shop = this.#shopByKey.get(shopKey(key));
    return shop === undefined ? null : this.#on(shop, day);
  }

  /** What is stated of a shop's week; null: nothing. */
  openingHours(shop: ShopDays): readonly OpeningHours[] | null {
    return this.#openingHours.get(shopKey(shop)) ?? null;
  }

  /** The shops that fed these departments on a day, through a mapping of the whole shop or of a register. */
  sources(departmentIds: readonly string[], day: string): ShopDays[] {
    const found = new Set<ShopDays>();
    for (const source of this.#sourcesOf(departmentIds)) if (contains(source, day)) found.add(source.shop);
    return [...found];
  }

  /** The shops of which something may have gone unmapped on a day: those not mapped as a whole. */
  unmappedSources(day: string): ShopDays[] {
    return this.#sourcesOf(null).flatMap((source) => (contains(source, day) ? source.shop : []));
  }

  /** The worst of the sources; null where there is none: not applicable. */
  worst(sources: readonly ShopDays[], day: string): Coverage | null {
    // The same of many shops counts once.
    const found = new Set<Coverage>();
    for (const shop of sources) {
      const coverage = this.#on(shop, day);
      if (coverage !== null) found.add(coverage);
    }
    return worstCoverage([...found]);
  }

  /**
   * The worst of every source of these departments (null: of what may have gone unmapped) on every day of a span, and whether one of its days
   * has begun at one of them. A source says nothing of days on which it is not mapped.
   */
  span(
    departmentIds: readonly string[] | null,
    { from, to }: Days,
  ): { readonly coverage: Coverage | null; readonly hasBegun: boolean } {
    const found = new Set<Coverage>();
    let hasBegun = false;
    for (const source of this.#sourcesOf(departmentIds)) {
      const first = source.from > from ? source.from : from;
      const last = source.until !== null && source.until <= to ? addDays(source.until, -1) : to;
      if (last < first) continue;
      const worst = this.#worstBetween(source.shop, first, last);
      if (worst !== null) found.add(worst);
      hasBegun ||= this.hasBegun([source.shop], first);
    }
    return { coverage: worstCoverage([...found]), hasBegun };
  }

  /** The days of the range that are complete for all of these departments together. */
  completeDays(departmentIds: readonly string[]): string[] {
    // Nearly all sources know the same of the same days: each kind is asked once.
    const kinds = new Map<CoverageLine, Map<string, Source>>();
    for (const source of this.#sourcesOf(departmentIds)) {
      const line = this.#lines.get(source.shop);
      if (line === undefined) continue;
      const ofLine = kinds.get(line) ?? new Map<string, Source>();
      kinds.set(line, ofLine.set(`${source.from} ${source.until ?? ''}`, source));
    }
    return daysBetween(this.#range.from, this.#range.to).filter((day, index) => {
      const found = new Set<Coverage>();
      for (const [line, sources] of kinds) {
        const coverage = line[index];
        if (coverage !== undefined && [...sources.values()].some((source) => contains(source, day))) found.add(coverage);
      }
      return worstCoverage([...found])?.state === 'complete';
    });
  }

  /** Whether the day has begun at any of the sources. */
  hasBegun(sources: readonly ShopDays[], day: string): boolean {
    // The day before yesterday has begun wherever the shop is and whenever its days start.
    if (day < this.#longBegun) return sources.length > 0;
    return sources.some((shop) => this.days.bounds(day, shop.calendar).start <= this.now);
  }

  #on(shop: ShopDays, day: string): Coverage | null {
    return this.#lines.get(shop)?.[dayNumber(day) - this.#first] ?? null;
  }

  /** Shops that share a line share its worst. */
  #worstBetween(shop: ShopDays, from: string, to: string): Coverage | null {
    const line = this.#lines.get(shop);
    if (line === undefined) return null;
    const since = this.#spans.get(from) ?? new Map<string, Map<CoverageLine, Coverage | null>>();
    this.#spans.set(from, since);
    const known = since.get(to) ?? new Map<CoverageLine, Coverage | null>();
    since.set(to, known);
    let worst = known.get(line);
    if (worst === undefined) {
      const first = Math.max(0, dayNumber(from) - this.#first);
      worst = worstCoverage([...new Set(line.slice(first, dayNumber(to) - this.#first + 1))]);
      known.set(line, worst);
    }
    return worst;
  }

  #sourcesOf(departmentIds: readonly string[] | null): readonly Source[] {
    if (departmentIds === null) return (this.#unmapped ??= this.#unmappedPeriods());
    const [only, ...others] = departmentIds;
    if (only !== undefined && others.length === 0) return this.#byDepartment.get(only) ?? [];
    return departmentIds.flatMap((id) => this.#byDepartment.get(id) ?? []);
  }

  /** Of every shop what its mappings as a whole leave of the range. */
  #unmappedPeriods(): Source[] {
    const whole = Map.groupBy(
      this.mappings.filter((mapping) => mapping.registerId === null),
      shopKey,
    );
    const range: Period = { from: this.#range.from, until: addDays(this.#range.to, 1) };
    return this.shops.flatMap((shop) => {
      let left: Period[] = [range];
      for (const mapping of whole.get(shopKey(shop)) ?? []) left = left.flatMap((period) => without(period, mapping));
      return left.map((period) => ({ shop, ...period }));
    });
  }
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}
