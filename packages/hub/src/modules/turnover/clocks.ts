import { addDays } from '../ledger/figure/business-day.ts';
import { calendarSpans } from '../ledger/figure/calendar.ts';
import { type DatedMapping, type Period, without } from '../stores/mapping.ts';
import { type Days, type MappedPiece, mappedPieces } from './mapped-pieces.ts';
import { shopKey, type ShopDays } from './shop-days.ts';

/** An account whose shops are read together, by the clock that most of them have. */
interface Together {
  readonly posAccountId: string;
  /** Every shop we have been told of. */
  readonly shopIds: readonly string[];
  readonly zone: number;
}

interface SignedPiece extends MappedPiece {
  /** -1: taken out of what was read together. */
  readonly sign: 1 | -1;
  readonly zone: number;
}

/** What is asked of the clock, as few ranges as say it: accounts together, and pieces of shops added or taken out. */
export interface Clocks {
  /** What the `zone` of the others is an index into. */
  readonly zones: readonly string[];
  readonly together: readonly Together[];
  readonly pieces: readonly SignedPiece[];
}

/**
 * Which hours belong to these departments. Where most shops of an account belong to them as a whole and share one clock, the account is read
 * together and every other shop of it is taken out again, to be added by its own mapping and clock; else each shop is read by itself. Pure.
 */
export function clocksOf(
  mappings: readonly DatedMapping[],
  departmentIds: readonly string[],
  shops: readonly ShopDays[],
  range: Days,
): Clocks {
  const wanted = new Set(departmentIds);
  const byShop = Map.groupBy(mappings, shopKey);
  const piecesByShop = Map.groupBy(mappedPieces(mappings, departmentIds, shops, range), shopKey);
  const zones = new Map<string, number>();
  const zoneOf = (name: string): number => {
    const zone = zones.get(name) ?? zones.size;
    zones.set(name, zone);
    return zone;
  };
  const together: Together[] = [];
  const pieces: SignedPiece[] = [];
  for (const [posAccountId, ofAccount] of Map.groupBy(shops, (shop) => shop.posAccountId)) {
    const clocks = Map.groupBy(
      ofAccount.filter((shop) => isWhole(byShop.get(shopKey(shop)) ?? [], wanted, range)),
      (shop) => onlyZone(shop, range),
    );
    clocks.delete(null);
    const [usual = null, whole = []] = [...clocks].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
    const others = ofAccount.filter((shop) => !whole.includes(shop));
    const isTogether = usual !== null && whole.length > others.length;
    if (isTogether) together.push({ posAccountId, shopIds: ofAccount.map(({ shopId }) => shopId), zone: zoneOf(usual) });
    for (const shop of isTogether ? others : ofAccount) {
      if (isTogether) {
        const all = { posAccountId, shopId: shop.shopId, registerId: null, excluded: null, ...range, timeZone: usual };
        pieces.push({ ...all, sign: -1, zone: zoneOf(usual) });
      }
      for (const piece of piecesByShop.get(shopKey(shop)) ?? []) pieces.push({ ...piece, sign: 1, zone: zoneOf(piece.timeZone) });
    }
  }
  return { zones: [...zones.keys()], together, pieces };
}

/** Whether all that a shop sells in the range goes to these departments, whichever it is of them. */
function isWhole(ofShop: readonly DatedMapping[], wanted: ReadonlySet<string>, { from, to }: Days): boolean {
  let left: Period[] = [{ from, until: addDays(to, 1) }];
  for (const mapping of ofShop) {
    if (!wanted.has(mapping.departmentId)) return false;
    if (mapping.registerId === null) left = left.flatMap((period) => without(period, mapping));
  }
  return left.length === 0;
}

/** The zone of a shop on all days of the range; null where it changes. */
function onlyZone({ calendar }: ShopDays, { from, to }: Days): string | null {
  const spans = calendarSpans(calendar);
  const inRange = spans.filter(
    ({ validFrom, validUntil }, index) =>
      (validFrom <= to || index === spans.length - 1) && (validUntil === null || validUntil > from),
  );
  const [only, ...more] = new Set(inRange.map(({ timeZone }) => timeZone));
  return only === undefined || more.length > 0 ? null : only;
}
