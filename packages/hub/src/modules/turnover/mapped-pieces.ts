import { addDays } from '../ledger/figure/business-day.ts';
import { calendarSpans } from '../ledger/figure/calendar.ts';
import { type DatedMapping, overlaps, type Period, without } from '../stores/mapping.ts';
import { shopKey, type ShopDays } from './shop-days.ts';

/** Facts that all went the same way: of a shop (or one register of it) between two days, both included, in one time zone. */
export interface MappedPiece {
  readonly posAccountId: string;
  readonly shopId: string;
  /** Null: every register but those excluded. */
  readonly registerId: string | null;
  /** Registers with mappings of their own, which beat the shop's (D20); null: none. */
  readonly excluded: readonly string[] | null;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** Business days, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * What is mapped to these departments, as few ranges of facts as say it: facts of a piece need no mapping joined to them one by one. Pieces do
 * not overlap.
 */
export function mappedPieces(
  mappings: readonly DatedMapping[],
  departmentIds: readonly string[],
  shops: readonly ShopDays[],
  range: Days,
): MappedPiece[] {
  const wanted = new Set(departmentIds);
  const byShop = Map.groupBy(mappings, shopKey);
  return shops.flatMap((shop) => {
    const ofShop = byShop.get(shopKey(shop)) ?? [];
    const ofRegisters = ofShop.filter(({ registerId }) => registerId !== null);
    return ofShop
      .filter(({ departmentId }) => wanted.has(departmentId))
      .flatMap((mapping): (Cut & Pick<MappedPiece, 'registerId'>)[] =>
        mapping.registerId === null
          ? cutAtRegisters(mapping, ofRegisters).map((cut) => ({ registerId: null, ...cut }))
          : [{ from: mapping.from, until: mapping.until, registerId: mapping.registerId, excluded: null }],
      )
      .flatMap((cut) => inZones(shop, cut, range));
  });
}

interface Cut extends Period {
  readonly excluded: readonly string[] | null;
}

/** The time of a shop's mapping, cut where the set of registers that go elsewhere changes. */
function cutAtRegisters(mapping: Period, ofRegisters: readonly DatedMapping[]): Cut[] {
  const others = ofRegisters.filter((other) => overlaps(other, mapping));
  if (others.length === 0) return [{ from: mapping.from, until: mapping.until, excluded: null }];
  const edges = new Set(others.flatMap(({ from, until }) => (until === null ? [from] : [from, until])));
  let cuts: Period[] = [{ from: mapping.from, until: mapping.until }];
  for (const edge of edges) cuts = cuts.flatMap((cut) => cutAt(cut, edge));
  return cuts.map((cut) => {
    const excluded = others.flatMap((other) => (overlaps(other, cut) ? (other.registerId ?? []) : []));
    return { ...cut, excluded: excluded.length === 0 ? null : excluded };
  });
}

function cutAt(period: Period, day: string): Period[] {
  const after = without(period, { from: '0001-01-01', until: day });
  const before = without(period, { from: day, until: null });
  return [...before, ...after];
}

function inZones(shop: ShopDays, cut: Cut & Pick<MappedPiece, 'registerId'>, range: Days): MappedPiece[] {
  const spans = calendarSpans(shop.calendar);
  return spans.flatMap((span, index) => {
    // Days before the first row belong to it as well.
    const since = index === spans.length - 1 ? range.from : span.validFrom;
    const from = latest(range.from, cut.from, since);
    const to = lastBefore(range.to, cut.until, span.validUntil);
    if (to < from) return [];
    const { posAccountId, shopId } = shop;
    return [{ posAccountId, shopId, registerId: cut.registerId, excluded: cut.excluded, from, to, timeZone: span.timeZone }];
  });
}

function latest(...days: readonly string[]): string {
  return days.reduce((a, b) => (a > b ? a : b));
}

/** The last day before every end; an end of null is none. */
function lastBefore(to: string, ...ends: readonly (string | null)[]): string {
  return ends.reduce<string>((last, until) => {
    const day = until === null ? last : addDays(until, -1);
    return day < last ? day : last;
  }, to);
}
