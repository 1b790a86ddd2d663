/** Sums of measures by shop × register × business day × hour (D17–D19). */
import { millionthsText } from './exact.ts';
import type { EpochMs, Truth, TruthCell, TruthRange } from './types.ts';
import type { Zone } from './zone.ts';
import { businessDay, dayText, hourStart, instantText, zone } from './zone.ts';

/** What cells must know of a shop. */
export interface CellShop {
  readonly id: string;
  readonly timeZone: string;
  readonly dayStartHour: number;
}

/** Sums by measure: quantities in millionths, everything else in cents or counts. */
export type Measures = Map<string, bigint>;

const QUANTITIES = new Set(['goods_sold', 'goods_returned']);

/** All cells of a business, as they fill. */
export class Cells {
  readonly #currency: string;
  readonly #minorDigits: number;
  readonly #shops: ReadonlyMap<string, CellShop & { readonly clock: Zone }>;
  readonly #cells = new Map<string, { readonly cell: Omit<TruthCell, 'measures'>; readonly measures: Measures }>();

  constructor(shops: readonly CellShop[], currency: string, minorDigits: number) {
    this.#shops = new Map(shops.map((shop) => [shop.id, { ...shop, clock: zone(shop.timeZone) }]));
    this.#currency = currency;
    this.#minorDigits = minorDigits;
  }

  /** The sums of one cell, to add to. Throws `RangeError` for an unknown shop. */
  cell(shopID: string, registerID: string, at: EpochMs): Measures {
    const shop = this.#shops.get(shopID);
    if (shop === undefined) throw new RangeError(`no shop ${JSON.stringify(shopID)}`);
    const hour = hourStart(at, shop.clock);
    // An hour belongs to one business day: days start on whole hours of the wall clock.
    const day = businessDay(at, shop.clock, shop.dayStartHour);
    const key = `${shop.id}|${registerID}|${day}|${hour}`;
    let entry = this.#cells.get(key);
    if (entry === undefined) {
      entry = { cell: { shopID: shop.id, registerID, day: dayText(day), hour: instantText(hour) }, measures: new Map() };
      this.#cells.set(key, entry);
    }
    return entry.measures;
  }

  /** The cells so far, in order of shop, register and hour, with their totals. */
  result(range: TruthRange = {}): Truth {
    const kept = [...this.#cells.values()].filter(
      ({ cell }) => (range.from === undefined || cell.day >= range.from) && (range.to === undefined || cell.day <= range.to),
    );
    const totals: Measures = new Map();
    const cells: TruthCell[] = [];
    for (const { cell, measures } of kept) {
      const shown = readable(measures);
      if (Object.keys(shown).length === 0) continue;
      cells.push({ ...cell, measures: shown });
      for (const [name, value] of measures) plus(totals, name, value);
    }
    cells.sort(
      (a, b) =>
        byId(a.shopID, b.shopID) ||
        byId(a.registerID, b.registerID) ||
        (a.hour < b.hour ? -1 : Number(a.hour > b.hour)) ||
        (a.day < b.day ? -1 : 1),
    );
    return { currency: this.#currency, minorDigits: this.#minorDigits, cells, totals: readable(totals) };
  }
}

/** Adds to a measure; zeros leave no trace. */
export function plus(measures: Measures, name: string, value: bigint): void {
  if (value !== 0n) measures.set(name, (measures.get(name) ?? 0n) + value);
}

/** Adds to a measure and to its twin incl. tax. */
export function both(measures: Measures, name: string, excl: bigint, incl: bigint): void {
  plus(measures, name, excl);
  plus(measures, `${name}_incl`, incl);
}

function readable(measures: Measures): Record<string, number | string> {
  const shown: Record<string, number | string> = {};
  for (const [name, value] of [...measures].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value !== 0n) shown[name] = QUANTITIES.has(name) ? millionthsText(value) : Number(value);
  }
  return shown;
}

/** Numbers as numbers, other ids as text. */
const byId = (a: string, b: string): number => {
  const apart = Number(a) - Number(b);
  return Number.isNaN(apart) ? (a < b ? -1 : Number(a > b)) : apart;
};
