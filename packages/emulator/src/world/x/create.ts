/** Makes the X-Series retailer of a world: plans its trade, plays the golden names, and answers what is there at any moment. */
import type { OfficeEvent, SaleEvent, TillEvent } from '../events.ts';
import { LONG_WORLD_DAYS, playGolden } from '../golden-trade.ts';
import { checkOptions } from '../options.ts';
import type { Shop } from '../shops.ts';
import { CURRENCY, HOME_ZONE, LAST_DAY, LATE_EDITS_FROM, makeRegisters, MINOR_DIGITS, WORLD_END } from '../shops.ts';
import { planOpenings } from '../trade.ts';
import type { EpochMs, Truth, TruthRange, WorldOptions } from '../types.ts';
import type { XSaleRecord, XSaleStamps, XState, XWorld } from '../x-types.ts';
import { dayText, readInstant, zone } from '../zone.ts';
import { Books } from './books.ts';
import type { Till } from './business.ts';
import { makeMarketStall, makeOutlets, paymentTypeOf, Taxes } from './business.ts';
import type { Catalogue } from './catalogue.ts';
import { makeCatalogue } from './catalogue.ts';
import { checkXSale } from './check.ts';
import { X_SCRIPTS } from './golden-trade.ts';
import type { XIds } from './ids.ts';
import { isUuid, makeIds } from './ids.ts';
import { namesOf } from './names.ts';
import type { SalePlace } from './log.ts';
import { originalOf, XLog } from './log.ts';
import { XOffice } from './office.ts';
import { xDue } from './ordinary.ts';
import { xRecordOf } from './record.ts';
import { XShelves } from './shelves.ts';
import type { Told, XTicket } from './ticket.ts';
import { ticketOf } from './ticket.ts';
import { XTruthBook } from './truth.ts';

/** At most this share of the sales is played by scripts. */
const SCRIPTED_SHARE = 0.5;
/** Keeps this trade apart from that of the R-Series account of the same seed. */
const SALT = 0x58_5e_71;

/** A seeded retailer; the same options make the same. Throws `RangeError` on options that make none. */
export function createXWorld(options: WorldOptions = {}): XWorld {
  const { seed = 1, days = 90, sales = 20_000, customers = 5000, shops: count = 3 } = options;
  checkOptions(options);
  const own = seed ^ SALT;
  const ids = makeIds(seed);
  const firstDay = LAST_DAY - days + 1;
  const trading = makeOutlets(count);
  const long = days >= LONG_WORLD_DAYS && sales >= 300;
  const stall = long ? makeMarketStall(trading, String(count * 2 + 1)) : null;
  const outlets = stall === null ? trading : [...trading, stall];
  const tills: Till[] = makeRegisters(outlets);
  const carried = long && count > 1 ? String(count * 2 + 2) : '';
  if (carried !== '') tills.push({ id: carried, name: 'Carried till', shopId: '1' });
  tills.sort((a, b) => Number(a.id) - Number(b.id));
  const taxes = new Taxes();
  const catalogue = makeCatalogue(own, ids, outlets, taxes);
  const { items } = catalogue;
  const golden = playGolden(
    {
      shops: trading,
      popUp: stall,
      mobileRegister: carried,
      items,
      customers,
      firstDay,
      lastDay: LAST_DAY,
      due: (shop, lines, ticketDiscountPercent) => xDue(shop, lines, ticketDiscountPercent),
    },
    Math.floor(sales * SCRIPTED_SHARE),
    X_SCRIPTS,
  );
  const openings = planOpenings(own, trading, firstDay, LAST_DAY, sales - golden.sales.length);
  const giftCards = Math.max(40, Math.ceil(sales / 200));
  const office = new XOffice({
    seed: own, ids, outlets, tills, customers, catalogue, taxes, firstDay, lastDay: LAST_DAY, golden: golden.office,
  }); // prettier-ignore
  const log = new XLog({ seed: own, openings, items, customers, shops: count, giftCards }, golden.sales, office.commits);
  return new XSeededWorld({ seed, own, ids, outlets, tills, taxes, catalogue, firstDay, office, log, customers, giftCards });
}

interface Parts {
  readonly seed: number;
  readonly own: number;
  readonly ids: XIds;
  readonly outlets: readonly Shop[];
  readonly tills: readonly Till[];
  readonly taxes: Taxes;
  readonly catalogue: Catalogue;
  readonly firstDay: number;
  readonly office: XOffice;
  readonly log: XLog;
  readonly customers: number;
  readonly giftCards: number;
}

class XSeededWorld implements XWorld {
  readonly seed: number;
  readonly currency = CURRENCY;
  readonly minorDigits = MINOR_DIGITS;
  readonly homeZone = HOME_ZONE;
  readonly lateEditsFrom = LATE_EDITS_FROM;
  readonly window: XWorld['window'];
  readonly #parts: Parts;
  readonly #outletById: ReadonlyMap<string, Shop>;
  readonly #itemById: ReadonlyMap<string, Catalogue['items'][number]>;
  readonly #tillIds: ReadonlySet<string>;
  readonly #shelves: XShelves;
  #truth: { readonly key: string; readonly book: XTruthBook } | null = null;

  constructor(parts: Parts) {
    this.seed = parts.seed;
    this.#parts = parts;
    this.#outletById = new Map(parts.outlets.map((outlet) => [outlet.id, outlet]));
    this.#itemById = new Map(parts.catalogue.items.map((item) => [item.id, item]));
    this.#tillIds = new Set(parts.tills.map((till) => till.id));
    const books = new Books(parts.log, (shop) => this.#outlet(shop).rates);
    this.#shelves = new XShelves({ ...parts, seed: parts.own, books, ticket: (number, now) => this.#ticket(number, now) });
    const starts = parts.outlets.map((outlet) => zone(outlet.timeZone).instant(parts.firstDay, outlet.dayStartHour * 3600));
    this.window = { from: Math.min(...starts), until: WORLD_END, firstDay: dayText(parts.firstDay), lastDay: dayText(LAST_DAY) };
  }

  at(now: EpochMs): XState {
    const { log, ids } = this.#parts;
    const stamps = (place: SalePlace): XSaleStamps => this.#stamps(place);
    const each = function* (places: Iterable<SalePlace>): Generator<XSaleStamps> {
      for (const place of places) yield stamps(place);
    };
    return {
      now,
      ...this.#shelves.at(now),
      saleCount: () => log.count(now),
      sales: (walk = {}) => each(log.walk(walk, now)),
      salesDated: (from, until) => each(log.dated(from, until, now)),
      sale: (id) => {
        const number = ids.read('sale', id);
        return number === undefined ? undefined : this.#record(number, now);
      },
      versionAt: (moment) => log.versionAt(Math.min(moment, now)),
    };
  }

  play(events: readonly TillEvent[], now: EpochMs = Number.NEGATIVE_INFINITY): void {
    const { log, office, ids, taxes } = this.#parts;
    const told: Told[] = [];
    const behind: OfficeEvent[] = [];
    for (const event of events.map((one) => namesOf(one, ids, (sale) => this.#nameOf(sale)))) {
      if (event.event === 'ring_up' || event.event === 'edit' || event.event === 'void') {
        told.push({ event, from: Math.max(readInstant(event.at), now) });
      } else behind.push(event);
    }
    // First everything is checked, so that a bad event leaves nothing behind.
    const saved = office.withIds(behind);
    office.check(saved);
    const bySale = new Map<string, Told[]>();
    for (const one of told) bySale.set(one.event.sale, [...(bySale.get(one.event.sale) ?? []), one]);
    const knowsSale = (name: string): boolean => log.number(name) !== undefined || bySale.has(name);
    for (const [name, added] of bySale) {
      const number = log.number(name);
      const all = [...(number === undefined ? [] : log.told(number)), ...added].sort((a, b) => a.from - b.from);
      checkXSale(
        all.map((one) => one.event),
        {
          knowsSale,
          hasShop: (shop) => this.#outletById.has(shop),
          hasRegister: (register) => this.#tillIds.has(register),
        },
      );
      ticketOf(all, Number.POSITIVE_INFINITY);
    }
    this.#truth = null;
    for (const event of saved) {
      const from = Math.max(readInstant(event.at), now);
      log.playOffice(office.add({ kind: 'event', event }, from), from);
    }
    for (const { event, from } of told) {
      this.#makeTaxes(event, from, taxes);
      const isNew = log.number(event.sale) === undefined;
      log.playSale(event, from, originalOf(event));
      // A client may choose the id of the sale it rings up (X §7.2).
      if (isNew && isUuid(event.sale)) ids.choose(log.last, event.sale);
    }
  }

  saleId(name: string): string | undefined {
    const number = this.#parts.log.number(name);
    return number === undefined ? undefined : this.#parts.ids.of('sale', number);
  }

  truth(now: EpochMs, range: TruthRange = {}): Truth {
    const { log, ids, outlets } = this.#parts;
    const key = `${log.revision} ${log.versionAt(now)}`;
    if (this.#truth?.key !== key) {
      const shops = new Map(outlets.map((outlet) => [outlet.id, { ...outlet, id: ids.of('outlet', Number(outlet.id)) }]));
      const book = new XTruthBook([...shops.values()], CURRENCY, MINOR_DIGITS, {
        outlet: (name) => {
          const shop = shops.get(name);
          if (shop === undefined) throw new RangeError(`no shop ${JSON.stringify(name)}`);
          return shop;
        },
        registerId: (name, outlet) => ids.of('register', this.#register(name, outlet)),
        paymentTypeId: (tender) => ids.of('payment_type', paymentTypeOf(tender).number),
      });
      for (let number = 1; number <= log.last; number += 1) {
        const ticket = this.#ticket(number, now);
        if (ticket !== null) book.add(ticket);
      }
      this.#truth = { key, book };
    }
    return this.#truth.book.result(range);
  }

  golden(now: EpochMs = Number.POSITIVE_INFINITY): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { event } of [...this.#parts.log.toldOf(), ...this.#parts.office.told()]) {
      if (event.golden === undefined || readInstant(event.at) > now) continue;
      counts[event.golden] = (counts[event.golden] ?? 0) + 1;
    }
    return counts;
  }

  reset(): void {
    this.#parts.log.reset();
    this.#parts.ids.forget();
    this.#parts.office.reset();
    this.#parts.taxes.reset();
    this.#truth = null;
  }

  /** The name a sale was rung up under, also by its id; any other text is a name itself. */
  #nameOf(sale: string): string {
    const { log, ids } = this.#parts;
    const number = isUuid(sale) ? ids.read('sale', sale) : undefined;
    return (number === undefined ? undefined : log.told(number)[0]?.event.sale) ?? sale;
  }

  #ticket(number: number, now: EpochMs): XTicket | null {
    return ticketOf(this.#parts.log.told(number), now);
  }

  #stamps(place: SalePlace): XSaleStamps {
    const { log, ids } = this.#parts;
    return {
      id: ids.of('sale', place.number),
      version: place.version,
      outletId: ids.of('outlet', Number(log.shop(place.number))),
      createdAt: log.born(place.number),
      updatedAt: place.updatedAt,
    };
  }

  #record(number: number, now: EpochMs): XSaleRecord | undefined {
    const { log, ids, own, office, taxes } = this.#parts;
    const place = log.place(number, now);
    const ticket = this.#ticket(number, now);
    if (place === undefined || ticket === null) return undefined;
    return xRecordOf(ticket, {
      ids,
      seed: own,
      place,
      returns: log.returnsOf(number, now),
      rates: this.#outlet(ticket.ring.shop).rates,
      taxOf: (rates) => taxes.of(rates),
      item: (id) => this.#itemById.get(id),
      register: (name, shop) => this.#register(name, shop),
      saleNumber: (name) => log.number(name),
      sessionId: (register, shop, at) => office.session(register, this.#outlet(shop), at, now, log),
      paymentName: (type, at) => office.paymentName(type, at),
    });
  }

  /** A till's number; sales of no till stand at the outlet's first, since the X-Series knows none without. */
  #register(name: string, shop: string): number {
    return Number(name === '' || name === '0' ? (this.#outlet(shop).registers[0] ?? 1) : name);
  }

  #outlet(id: string): Shop {
    const outlet = this.#outletById.get(id);
    if (outlet === undefined) throw new RangeError(`no shop ${JSON.stringify(id)}`);
    return outlet;
  }

  /** Rates nobody charged before make a tax, which the feed shows before the sale that charges it. */
  #makeTaxes(event: SaleEvent, from: EpochMs, taxes: Taxes): void {
    if (event.event === 'void') return;
    const rates = [
      ...(event.event === 'ring_up' && event.taxRates !== undefined ? [event.taxRates] : []),
      ...(event.lines ?? []).flatMap((line) => (line.taxRates === undefined ? [] : [line.taxRates])),
      ...(event.adjustments ?? []).flatMap((one) => (one.taxRates === undefined ? [] : [one.taxRates])),
    ];
    for (const one of rates) {
      const before = taxes.all.length;
      const tax = taxes.of(one);
      if (taxes.all.length > before) this.#parts.log.playOffice(this.#parts.office.add({ kind: 'tax', tax }, from), from);
    }
  }
}
