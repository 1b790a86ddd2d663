/**
 * Everything that changes the retailer, in one order: each commit raises what it touches to a version of its own. Planned commits stand
 * in flat arrays, made from times alone, so that a page of sales costs its own sales, wherever it lies; played ones lie between them.
 */
import type { SaleEvent } from '../events.ts';
import type { EpochMs } from '../types.ts';
import type { XSaleWalk } from '../x-types.ts';
import { readInstant } from '../zone.ts';
import type { XOrdinary } from './ordinary.ts';
import { originOf, xDates, xOrdinaryEvents, xOrdinaryIndex, xTimes } from './ordinary.ts';
import type { Told } from './ticket.ts';
import { ticketOf } from './ticket.ts';
import { commitVersion, firstRankAfter, SETUP_LAST, SLOT } from './versions.ts';

/** Something the back office does; what, the office knows by the number. */
export interface OfficeCommit {
  readonly from: EpochMs;
  readonly office: number;
}

/** A commit as it is handed on. Exactly one of `sale` and `office` is a number from 1 (from 0 for the office). */
export interface Commit {
  readonly rank: number;
  readonly from: EpochMs;
  readonly sale: number | null;
  readonly office: number | null;
}

/** How far a reader of commits has come. */
export interface LogPlace {
  planned: number;
  played: number;
}

/** Where a sale stands in the feed. */
export interface SalePlace {
  readonly number: number;
  readonly version: number;
  readonly updatedAt: EpochMs;
}

interface Planned {
  readonly from: Float64Array;
  /** Sale of each commit, 0 for none. */
  readonly sale: Uint32Array;
  /** The sale it gives something back of, 0 for none. */
  readonly original: Uint32Array;
  readonly office: Int32Array;
  /** Entries are commit × 2, or × 2 + 1 for the original; −1 is none. */
  readonly next: Int32Array;
  readonly first: Int32Array;
  /** When sales were first told, ascending. */
  readonly births: Float64Array;
}

interface Played {
  readonly from: EpochMs;
  readonly sale: number;
  readonly original: number;
  readonly office: number;
  readonly event: SaleEvent | null;
}

/** All sales with their versions. Numbers count from 1: ordinary ones, scripted ones, played ones. */
export class XLog {
  readonly #ordinary: XOrdinary;
  readonly #scripted: readonly (readonly SaleEvent[])[];
  readonly #offices: readonly OfficeCommit[];
  readonly #names = new Map<string, number>();
  readonly #plannedCount: number;
  #planned: Planned | null = null;
  #dates: { readonly date: Float64Array; readonly sale: Uint32Array } | null = null;
  /** By time, then as they came. */
  #played: Played[] = [];
  /** Sales that anything was played on. */
  #touched = new Set<number>();
  #last: number;
  /** Where each play was put, by revision; −1 is a reset. */
  #insertions: { readonly place: number; readonly from: EpochMs }[] = [];

  constructor(ordinary: XOrdinary, scripted: readonly (readonly SaleEvent[])[], offices: readonly OfficeCommit[]) {
    this.#ordinary = ordinary;
    this.#scripted = scripted;
    this.#offices = offices;
    for (const [place, events] of scripted.entries()) {
      this.#names.set(events[0]?.sale ?? '', ordinary.openings.count + place + 1);
    }
    this.#plannedCount = ordinary.openings.count + scripted.length;
    this.#last = this.#plannedCount;
  }

  /** Changes with every play. */
  get revision(): number {
    return this.#insertions.length;
  }

  /** Is all that was played since a revision to be read after a place that was reached at a moment? */
  isAppended(revision: number, now: EpochMs, place: LogPlace): boolean {
    return this.#insertions.slice(revision).every((one) => one.place >= place.played && one.from >= now);
  }

  /** The highest number given. */
  get last(): number {
    return this.#last;
  }

  /** Number of a sale by its event name. */
  number(name: string): number | undefined {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const index = xOrdinaryIndex(name);
    return index === null || index >= this.#ordinary.openings.count ? undefined : index + 1;
  }

  /** All events of a sale with the times at which the POS hears of them, in that order; empty when there is no such sale. */
  told(number: number): Told[] {
    const planned = this.#plannedEvents(number).map((event) => ({ event, from: 0 }));
    const told: Told[] = [];
    if (planned.length > 0) {
      const columns = this.#columns();
      let next = 0;
      for (let entry = columns.first[number] ?? -1; entry >= 0; entry = columns.next[entry] ?? -1) {
        const event = planned[next]?.event;
        if (entry % 2 === 1 || event === undefined) continue;
        told.push({ event, from: columns.from[entry >> 1] ?? 0 });
        next += 1;
      }
    }
    if (!this.#touched.has(number)) return told;
    for (const { sale, event, from } of this.#played) if (sale === number && event !== null) told.push({ event, from });
    return told.sort((a, b) => a.from - b.from);
  }

  /** Sales that give back something of this one, as of a moment. */
  returnsOf(number: number, now: EpochMs): number[] {
    const columns = this.#columns();
    const visible = this.#until(now);
    const found: number[] = [];
    for (let entry = columns.first[number] ?? -1; entry >= 0 && entry >> 1 < visible; entry = columns.next[entry] ?? -1) {
      if (entry % 2 === 1) found.push(columns.sale[entry >> 1] ?? 0);
    }
    if (this.#touched.has(number)) {
      for (const played of this.#played) if (played.original === number && played.from <= now) found.push(played.sale);
    }
    return found;
  }

  /** Where a sale stands at a moment, undefined while the POS has not heard of it. */
  place(number: number, now: EpochMs): SalePlace | undefined {
    const columns = this.#columns();
    const visible = this.#until(now);
    let place: SalePlace | undefined;
    for (let entry = columns.first[number] ?? -1; entry >= 0 && entry >> 1 < visible; entry = columns.next[entry] ?? -1) {
      place = this.#placeOf(columns, number, entry);
    }
    if (!this.#touched.has(number)) return place;
    for (const [position, played] of this.#played.entries()) {
      if (played.from > now) break;
      const slot = played.sale === number ? SLOT.sale : played.original === number ? SLOT.original : null;
      if (slot === null) continue;
      const version = commitVersion(this.#playedRank(position), slot);
      if (place === undefined || version > place.version) place = { number, version, updatedAt: played.from };
    }
    return place;
  }

  /** When the POS first had a sale. */
  born(number: number): EpochMs {
    const entry = this.#columns().first[number] ?? -1;
    if (number <= this.#plannedCount && entry >= 0) return this.#columns().from[entry >> 1] ?? 0;
    return this.#played.find((played) => played.sale === number)?.from ?? 0;
  }

  /** The outlet of a sale, as events name it. */
  shop(number: number): string {
    const index = number - 1;
    const { openings } = this.#ordinary;
    if (index < openings.count) return openings.shopOf(index).id;
    const [first] = this.#scripted[index - openings.count] ?? this.told(number).map(({ event }) => event);
    return first?.event === 'ring_up' ? first.shop : '';
  }

  /** How many sales the POS has. */
  count(now: EpochMs): number {
    let count = lowerBound(this.#columns().births, now + 1);
    for (const number of this.#touched) if (number > this.#plannedCount && this.born(number) <= now) count += 1;
    return count;
  }

  /** Ascending by version; deleted sales too. */
  *walk({ after = 0, before = Number.POSITIVE_INFINITY }: XSaleWalk, now: EpochMs): Generator<SalePlace> {
    const extra = [...this.#touched]
      .map((number) => this.place(number, now))
      .filter((place) => place !== undefined)
      .filter((place) => place.version > after && place.version < before)
      .sort((a, b) => a.version - b.version);
    let next = 0;
    for (const place of this.#walkPlanned(after, before, now)) {
      for (let other = extra[next]; other !== undefined && other.version < place.version; other = extra[next]) {
        yield other;
        next += 1;
      }
      yield place;
    }
    yield* extra.slice(next);
  }

  /** Sales dated in [from, until), by that date. */
  *dated(from: EpochMs, until: EpochMs, now: EpochMs): Generator<SalePlace> {
    const { date, sale } = this.#dated();
    const found: { readonly date: EpochMs; readonly number: number }[] = [];
    for (let place = lowerBound(date, from); place < date.length && (date[place] ?? 0) < until; place += 1) {
      const number = sale[place] ?? 0;
      if (!this.#touched.has(number)) found.push({ date: date[place] ?? 0, number });
    }
    for (const number of this.#touched) {
      const ticket = ticketOf(this.told(number), now);
      if (ticket !== null && ticket.saleDate >= from && ticket.saleDate < until) found.push({ date: ticket.saleDate, number });
    }
    found.sort((a, b) => a.date - b.date || a.number - b.number);
    for (const one of found) {
      const place = this.place(one.number, now);
      if (place === undefined) continue;
      if (ticketOf(this.told(one.number), now)?.saleDate === one.date) yield place;
    }
  }

  /** The highest version visible at a moment. */
  versionAt(moment: EpochMs): number {
    const rank = this.#until(moment) + this.#playedUntil(moment);
    return rank === 0 ? SETUP_LAST : commitVersion(rank - 1, 255);
  }

  /** Commits from a place on up to a moment, in their order; the place is moved along. */
  *commits(place: LogPlace, now: EpochMs): Generator<Commit> {
    const columns = this.#columns();
    const visible = this.#until(now);
    for (;;) {
      const played = this.#played[place.played];
      const isPlayed = played !== undefined && played.from <= now;
      const plannedFrom = place.planned < visible ? (columns.from[place.planned] ?? 0) : Number.POSITIVE_INFINITY;
      if (isPlayed && played.from < plannedFrom) {
        const rank = this.#playedRank(place.played);
        place.played += 1;
        const isSale = played.sale > 0;
        yield { rank, from: played.from, sale: isSale ? played.sale : null, office: isSale ? null : played.office };
      } else if (place.planned < visible) {
        const commit = place.planned;
        place.planned += 1;
        const sale = columns.sale[commit] ?? 0;
        const office = columns.office[commit] ?? 0;
        yield {
          rank: this.#rank(columns, commit),
          from: plannedFrom,
          sale: sale > 0 ? sale : null,
          office: sale > 0 ? null : office,
        };
      } else return;
    }
  }

  /** Adds an event of a sale, checked by the caller; the sale is new when its name is. */
  playSale(event: SaleEvent, from: EpochMs, original: string | null): void {
    let sale = this.number(event.sale);
    if (sale === undefined) {
      this.#last += 1;
      sale = this.#last;
      this.#names.set(event.sale, sale);
    }
    const other = original === null ? 0 : (this.number(original) ?? 0);
    this.#touched.add(sale);
    if (other > 0) this.#touched.add(other);
    this.#insert({ from, sale, original: other, office: -1, event });
  }

  /** Adds something the back office did. */
  playOffice(office: number, from: EpochMs): void {
    this.#insert({ from, sale: 0, original: 0, office, event: null });
  }

  /** Forgets all that was played. */
  reset(): void {
    for (const [name, number] of this.#names) if (number > this.#plannedCount) this.#names.delete(name);
    this.#played = [];
    this.#touched = new Set();
    this.#last = this.#plannedCount;
    this.#insertions.push({ place: -1, from: Number.NEGATIVE_INFINITY });
  }

  /** Events of scripted and played sales, for counting golden names. */
  *toldOf(): Generator<Told> {
    for (const events of this.#scripted) for (const event of events) yield { event, from: readInstant(event.at) };
    for (const { event, from } of this.#played) if (event !== null) yield { event, from };
  }

  #insert(played: Played): void {
    const place = this.#played.findLastIndex((other) => other.from <= played.from) + 1;
    this.#played.splice(place, 0, played);
    this.#insertions.push({ place, from: played.from });
  }

  *#walkPlanned(after: number, before: number, now: EpochMs): Generator<SalePlace> {
    const columns = this.#columns();
    const visible = this.#until(now);
    const wanted = firstRankAfter(after);
    let low = 0;
    let high = visible;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rank(columns, middle) < wanted) low = middle + 1;
      else high = middle;
    }
    for (let commit = low; commit < visible; commit += 1) {
      for (let role = 0; role < 2; role += 1) {
        const number = (role === 0 ? columns.sale[commit] : columns.original[commit]) ?? 0;
        if (number === 0 || this.#touched.has(number)) continue;
        const next = columns.next[commit * 2 + role] ?? -1;
        if (next >= 0 && next >> 1 < visible) continue;
        const place = this.#placeOf(columns, number, commit * 2 + role);
        if (place.version <= after) continue;
        if (place.version >= before) return;
        yield place;
      }
    }
  }

  #placeOf(columns: Planned, number: number, entry: number): SalePlace {
    const commit = entry >> 1;
    const slot = entry % 2 === 0 ? SLOT.sale : SLOT.original;
    return { number, version: commitVersion(this.#rank(columns, commit), slot), updatedAt: columns.from[commit] ?? 0 };
  }

  /** How many commits are before a planned one: those planned, and those played earlier. */
  #rank(columns: Planned, commit: number): number {
    return this.#played.length === 0 ? commit : commit + this.#playedUntil((columns.from[commit] ?? 0) - 1);
  }

  #playedRank(position: number): number {
    return position + this.#until(this.#played[position]?.from ?? 0);
  }

  /** How many planned commits are visible at a moment. */
  #until(now: EpochMs): number {
    return lowerBound(this.#columns().from, now + 1);
  }

  #playedUntil(now: EpochMs): number {
    let low = 0;
    let high = this.#played.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#played[middle]?.from ?? 0) <= now) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #plannedEvents(number: number): readonly SaleEvent[] {
    const count = this.#ordinary.openings.count;
    if (number < 1 || number > this.#plannedCount) return [];
    return number <= count ? xOrdinaryEvents(this.#ordinary, number - 1) : (this.#scripted[number - count - 1] ?? []);
  }

  #columns(): Planned {
    this.#planned ??= this.#makeColumns();
    return this.#planned;
  }

  #makeColumns(): Planned {
    const from: number[] = [];
    const sale: number[] = [];
    const original: number[] = [];
    const office: number[] = [];
    const put = (at: EpochMs, of: number, gives: number, does: number): void => {
      from.push(at);
      sale.push(of);
      original.push(gives);
      office.push(does);
    };
    for (const commit of this.#offices) put(commit.from, 0, 0, commit.office);
    const count = this.#ordinary.openings.count;
    for (let index = 0; index < count; index += 1) {
      for (const [step, at] of xTimes(this.#ordinary, index).told.entries()) {
        const origin = step === 0 ? originOf(this.#ordinary, index) : null;
        put(at, index + 1, origin === null ? 0 : origin + 1, -1);
      }
    }
    for (const [place, events] of this.#scripted.entries()) {
      for (const event of events) {
        const gives = originalOf(event);
        put(readInstant(event.at), count + place + 1, gives === null ? 0 : (this.number(gives) ?? 0), -1);
      }
    }
    const order = new Uint32Array(from.length).map((_unused, index) => index);
    order.sort((a, b) => (from[a] ?? 0) - (from[b] ?? 0) || a - b);
    const planned: Planned = {
      from: Float64Array.from(order, (place) => from[place] ?? 0),
      sale: Uint32Array.from(order, (place) => sale[place] ?? 0),
      original: Uint32Array.from(order, (place) => original[place] ?? 0),
      office: Int32Array.from(order, (place) => office[place] ?? 0),
      next: new Int32Array(from.length * 2).fill(-1),
      first: new Int32Array(this.#plannedCount + 1).fill(-1),
      births: new Float64Array(this.#plannedCount),
    };
    const latest = new Int32Array(this.#plannedCount + 1).fill(-1);
    let births = 0;
    for (let entry = 0; entry < from.length * 2; entry += 1) {
      const number = (entry % 2 === 0 ? planned.sale[entry >> 1] : planned.original[entry >> 1]) ?? 0;
      if (number === 0) continue;
      const before = latest[number] ?? -1;
      if (before >= 0) planned.next[before] = entry;
      else {
        planned.first[number] = entry;
        planned.births[births] = planned.from[entry >> 1] ?? 0;
        births += 1;
      }
      latest[number] = entry;
    }
    return planned;
  }

  #dated(): { readonly date: Float64Array; readonly sale: Uint32Array } {
    if (this.#dates !== null) return this.#dates;
    const rows: [number, number][] = [];
    const count = this.#ordinary.openings.count;
    for (let index = 0; index < count; index += 1) {
      for (const date of xDates(xTimes(this.#ordinary, index))) rows.push([date, index + 1]);
    }
    for (const [place] of this.#scripted.entries()) {
      const told = this.told(count + place + 1);
      const dates = new Set(told.map(({ from }) => ticketOf(told, from)?.saleDate ?? 0));
      for (const date of dates) rows.push([date, count + place + 1]);
    }
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    this.#dates = { date: Float64Array.from(rows, (row) => row[0]), sale: Uint32Array.from(rows, (row) => row[1]) };
    return this.#dates;
  }
}

/** The sale whose lines a ring-up gives back, by name. */
export function originalOf(event: SaleEvent): string | null {
  if (event.event !== 'ring_up') return null;
  const line = event.lines.find((one) => one.returns !== undefined)?.returns;
  return line === undefined ? null : line.slice(0, line.lastIndexOf('/'));
}

/** First place whose value is not below. */
function lowerBound(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
