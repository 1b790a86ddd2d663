/** Makes a world: plans its trade, plays the golden names, and answers what is there at any moment. */
import { due } from './basket.ts';
import { makeCategories, makeItems } from './catalogue.ts';
import type { OfficeEvent, SaleEvent, TillEvent, VoidSale } from './events.ts';
import { LONG_WORLD_DAYS, playGolden, R_SCRIPTS } from './golden-trade.ts';
import { ringUpOf } from './history.ts';
import { Office } from './office.ts';
import { checkOptions } from './options.ts';
import { checkSale } from './play.ts';
import { LineNumbers, recordOf } from './record.ts';
import { SaleBook } from './sale-book.ts';
import type { Shop } from './shops.ts';
import {
  CURRENCY,
  HOME_ZONE,
  LAST_DAY,
  LATE_EDITS_FROM,
  makePopUp,
  makeRegisters,
  makeShops,
  MINOR_DIGITS,
  PAYMENT_TYPES,
  TAX_CATEGORIES,
  TAX_CLASSES,
  WORLD_END,
} from './shops.ts';
import { planTrade } from './trade.ts';
import { TruthBook } from './truth.ts';
import type {
  EpochMs,
  RegisterRecord,
  SaleRecord,
  SaleVoidRecord,
  Truth,
  TruthRange,
  World,
  WorldOptions,
  WorldState,
} from './types.ts';
import { createXWorld } from './x/create.ts';
import type { XWorld } from './x-types.ts';
import { dayText, readInstant, zone } from './zone.ts';

/** Ids of planned voids leave room for played ones in between, so that ids follow time. */
const VOID_ID_STEP = 1000;
/** At most this share of the sales is played by scripts: a small world is still mostly ordinary. */
const SCRIPTED_SHARE = 0.5;

/** A seeded business; the same options make the same world. Throws `RangeError` on options that make none. */
export function createWorld(options: WorldOptions = {}): World {
  const { seed = 1, days = 90, sales = 20_000, customers = 5000, shops: shopCount = 3, voidedStaysCompleted = false } = options;
  checkOptions(options);

  const firstDay = LAST_DAY - days + 1;
  const trading = makeShops(shopCount);
  const long = days >= LONG_WORLD_DAYS && sales >= 300;
  const popUp = long ? makePopUp(trading, String(shopCount * 2 + 1)) : null;
  const shops = popUp === null ? trading : [...trading, popUp];
  const registers = makeRegisters(shops);
  const mobile = long && shopCount > 1 ? mobileRegister(shopCount) : null;
  if (mobile !== null) registers.push(mobile);
  registers.sort((a, b) => Number(a.id) - Number(b.id));
  const items = makeItems(seed);
  const golden = playGolden(
    { shops: trading, popUp, mobileRegister: mobile?.id ?? '', items, customers, firstDay, lastDay: LAST_DAY, due },
    Math.floor(sales * SCRIPTED_SHARE),
    R_SCRIPTS,
  );
  const plan = planTrade(seed, trading, firstDay, LAST_DAY, sales - golden.sales.length);
  const book = new SaleBook({ seed, plan, items, customers, shops: shopCount }, golden.sales);
  const office = new Office(seed, shops, registers, customers, golden.office);
  return new SeededWorld({ options, seed, shops, registers, items, firstDay, voidedStaysCompleted, book, office });
}

interface Parts {
  readonly options: WorldOptions;
  readonly seed: number;
  readonly shops: readonly Shop[];
  readonly registers: readonly RegisterRecord[];
  readonly items: ReturnType<typeof makeItems>;
  readonly firstDay: number;
  readonly voidedStaysCompleted: boolean;
  readonly book: SaleBook;
  readonly office: Office;
}

class SeededWorld implements World {
  readonly seed: number;
  readonly currency = CURRENCY;
  readonly minorDigits = MINOR_DIGITS;
  readonly homeZone = HOME_ZONE;
  readonly lateEditsFrom = LATE_EDITS_FROM;
  readonly window: World['window'];
  readonly #parts: Parts;
  readonly #shopById: ReadonlyMap<string, Shop>;
  readonly #itemById: ReadonlyMap<string, Parts['items'][number]>;
  readonly #categories = makeCategories();
  #x: XWorld | null = null;
  #plannedVoids: SaleVoidRecord[] | null = null;
  #playedVoids: SaleVoidRecord[] = [];
  #truth: { readonly key: string; readonly book: TruthBook } | null = null;

  constructor(parts: Parts) {
    this.seed = parts.seed;
    this.#parts = parts;
    this.#shopById = new Map(parts.shops.map((shop) => [shop.id, shop]));
    this.#itemById = new Map(parts.items.map((item) => [item.id, item]));
    const starts = parts.shops.map((shop) => zone(shop.timeZone).instant(parts.firstDay, shop.dayStartHour * 3600));
    this.window = { from: Math.min(...starts), until: WORLD_END, firstDay: dayText(parts.firstDay), lastDay: dayText(LAST_DAY) };
  }

  get x(): XWorld {
    this.#x ??= createXWorld(this.#parts.options);
    return this.#x;
  }

  at(now: EpochMs): WorldState {
    const { book, office, items } = this.#parts;
    return {
      now,
      shops: () => office.at(now).shops,
      registers: () => office.at(now).registers,
      employees: () => office.employees,
      paymentTypes: () => PAYMENT_TYPES,
      taxCategories: () => TAX_CATEGORIES,
      taxClasses: () => TAX_CLASSES,
      categories: () => this.#categories,
      items: () => items,
      customers: () => office.at(now).customers,
      saleVoids: () => this.#voids().filter((row) => row.createTime <= now),
      saleCount: () => book.count(now),
      sale: (id) => this.#record(id, now),
      walk: (walk) => book.walk(walk, now),
    };
  }

  play(events: readonly TillEvent[]): void {
    const { book, office } = this.#parts;
    const bySale = new Map<string, SaleEvent[]>();
    const behind: OfficeEvent[] = [];
    for (const event of events) {
      if (event.event === 'ring_up' || event.event === 'edit' || event.event === 'void') {
        bySale.set(event.sale, [...(bySale.get(event.sale) ?? []), event]);
      } else behind.push(event);
    }
    // First everything is checked, so that a bad event leaves nothing behind.
    office.check(behind);
    const wanted = new Map<string, readonly SaleEvent[]>();
    const known = (name: string): boolean => book.id(name) !== undefined || bySale.has(name);
    for (const [name, added] of bySale) {
      const id = book.id(name);
      const all = inOrder([...(id === undefined ? [] : book.events(id)), ...added]);
      checkSale(all, { knowsSale: known, hasShop: (shop) => this.#shopById.has(shop) });
      wanted.set(name, all);
    }
    office.add(behind);
    this.#truth = null;
    for (const [name, all] of wanted) book.put(name, all);
    for (const event of events) if (event.event === 'void') this.#addVoid(event);
  }

  saleId(name: string): number | undefined {
    return this.#parts.book.id(name);
  }

  truth(now: EpochMs, range: TruthRange = {}): Truth {
    const { book } = this.#parts;
    const key = `${book.revision} ${book.versionCount(now)}`;
    if (this.#truth?.key !== key) {
      const made = new TruthBook(this.#parts.shops, CURRENCY, MINOR_DIGITS);
      for (let id = 1; id <= book.last; id += 1) made.add(book.events(id), now);
      this.#truth = { key, book: made };
    }
    return this.#truth.book.result(range);
  }

  golden(now: EpochMs = Number.POSITIVE_INFINITY): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const event of [...this.#parts.book.told(), ...this.#parts.office.told()]) {
      if (event.golden === undefined || readInstant(event.at) > now) continue;
      counts[event.golden] = (counts[event.golden] ?? 0) + 1;
    }
    return counts;
  }

  reset(): void {
    this.#parts.book.reset();
    this.#parts.office.reset();
    this.#playedVoids = [];
    this.#truth = null;
    this.#x?.reset();
  }

  #record(id: number, now: EpochMs): SaleRecord | undefined {
    const { book, voidedStaysCompleted } = this.#parts;
    const seen = book.seen(id, now);
    if (seen === null) return undefined;
    return recordOf(seen.events, seen.version, seen.number, {
      saleId: id,
      voidedStaysCompleted,
      taxOf: (shop) => this.#shop(shop),
      item: (item) => this.#itemById.get(item),
      lineId: (reference) => this.#lineId(reference),
    });
  }

  #shop(id: string): Shop {
    const shop = this.#shopById.get(id);
    if (shop === undefined) throw new RangeError(`no shop ${JSON.stringify(id)}`);
    return shop;
  }

  /** `"<sale>/<line>"`: the line may have gone since, its id has not. */
  #lineId(reference: string): number | null {
    const slash = reference.lastIndexOf('/');
    const id = this.#parts.book.id(reference.slice(0, slash));
    if (id === undefined) return null;
    const numbers = new LineNumbers();
    for (const event of this.#parts.book.events(id))
      if (event.event !== 'void' && event.lines !== undefined) numbers.see(event.lines);
    const number = numbers.of(reference.slice(slash + 1));
    return number === undefined ? null : id * 100 + number;
  }

  #voids(): SaleVoidRecord[] {
    return [...this.#planned(), ...this.#playedVoids].sort((a, b) => a.id - b.id);
  }

  #planned(): SaleVoidRecord[] {
    if (this.#plannedVoids === null) {
      const { book } = this.#parts;
      const found: Omit<SaleVoidRecord, 'id'>[] = [];
      for (const id of book.plannedVoids()) {
        const events = book.plannedEvents(id);
        const event = events.find((candidate) => candidate.event === 'void');
        if (event !== undefined) found.push(voidRow(event, id, ringUpOf(events).shop));
      }
      found.sort((a, b) => a.createTime - b.createTime || a.saleId - b.saleId);
      this.#plannedVoids = found.map((row, index) => ({ id: (index + 1) * VOID_ID_STEP, ...row }));
    }
    return this.#plannedVoids;
  }

  #addVoid(event: VoidSale): void {
    const { book } = this.#parts;
    const id = book.id(event.sale) ?? 0;
    const row = voidRow(event, id, ringUpOf(book.events(id)).shop);
    const before = this.#planned().filter((other) => other.createTime <= row.createTime).length * VOID_ID_STEP;
    const last = this.#playedVoids.reduce(
      (most, other) => (other.id >= before && other.id < before + VOID_ID_STEP ? Math.max(most, other.id) : most),
      before,
    );
    this.#playedVoids.push({ id: last + 1, ...row });
  }
}

function voidRow(event: VoidSale, saleId: number, shopId: string): Omit<SaleVoidRecord, 'id'> {
  return { createTime: readInstant(event.at), reason: event.reason ?? '', saleId, employeeId: event.employee ?? null, shopId };
}

/** The ring-up first, then by time; equal times as they came. */
function inOrder(events: readonly SaleEvent[]): SaleEvent[] {
  const rank = (event: SaleEvent): number => (event.event === 'ring_up' ? Number.NEGATIVE_INFINITY : readInstant(event.at));
  return [...events].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

function mobileRegister(shopCount: number): RegisterRecord {
  return { id: String(shopCount * 2 + 2), name: 'Mobile till', shopId: '1', archived: false, tipEnabled: false };
}
