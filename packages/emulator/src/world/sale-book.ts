/**
 * All sales of a world, found by id, by name and in any order of time, without holding their contents: ordinary sales are rolled when
 * asked for, scripted ones are kept, played ones lie on top.
 *
 * For the planned sales each version's stamps stand in flat arrays, about two versions a sale; an order is a sorted list of version
 * numbers, made when first asked for. A played sale leaves the arrays and is looked at by itself.
 */
import type { SaleEvent } from './events.ts';
import type { Version } from './history.ts';
import { ringUpOf, versionAt, versionsOf } from './history.ts';
import type { Ordinary } from './ordinary.ts';
import { ordinaryEvents, ordinaryIndex } from './ordinary.ts';
import type { EpochMs, SaleOrder, SaleStamps, SaleWalk } from './types.ts';

type TimeOrder = Exclude<SaleOrder, 'id' | 'createTime'>;

interface Columns {
  readonly from: Float64Array;
  readonly timeStamp: Float64Array;
  /** NaN is none. */
  readonly completeTime: Float64Array;
  readonly sale: Uint32Array;
  /** First version of each sale, and one past the last. */
  readonly first: Uint32Array;
}

interface Played {
  readonly events: readonly SaleEvent[];
  readonly versions: readonly Version[];
}

/** The sales of a world. Ids count from 1: planned ones in the order of opening, played ones after them in the order of playing. */
export class SaleBook {
  readonly #ordinary: Ordinary;
  readonly #scripted: readonly (readonly SaleEvent[])[];
  readonly #planned: number;
  /** Per id − 1: number of the ordinary sale, or −1 − place among the scripted. */
  readonly #content: Int32Array;
  readonly #ordinaryIds: Uint32Array;
  readonly #names = new Map<string, number>();
  #played = new Map<number, Played>();
  #last: number;
  #columns: Columns | null = null;
  readonly #orders = new Map<TimeOrder, Uint32Array>();
  #revision = 0;

  constructor(ordinary: Ordinary, scripted: readonly (readonly SaleEvent[])[]) {
    this.#ordinary = ordinary;
    const opened = scripted.map((events) => versionsOf(events)[0]?.from ?? 0);
    const order = [...scripted.keys()].sort((a, b) => (opened[a] ?? 0) - (opened[b] ?? 0) || a - b);
    this.#scripted = scripted;
    this.#planned = ordinary.plan.count + scripted.length;
    this.#content = new Int32Array(this.#planned);
    this.#ordinaryIds = new Uint32Array(ordinary.plan.count);
    let next = 0;
    let index = 0;
    for (const place of order) {
      while (index < ordinary.plan.count && ordinary.plan.opened(index) <= (opened[place] ?? 0))
        this.#putOrdinary(index++, next++);
      this.#content[next] = -1 - place;
      const events = scripted[place] ?? [];
      this.#names.set(ringUpOf(events).sale, next + 1);
      next += 1;
    }
    while (index < ordinary.plan.count) this.#putOrdinary(index++, next++);
    this.#last = this.#planned;
  }

  #putOrdinary(index: number, place: number): void {
    this.#content[place] = index;
    this.#ordinaryIds[index] = place + 1;
  }

  /** Changes with every play; with the number of visible versions it tells whether anything is new. */
  get revision(): number {
    return this.#revision;
  }

  /** Highest id ever given. */
  get last(): number {
    return this.#last;
  }

  /** Id of a sale by its event name. */
  id(name: string): number | undefined {
    const scripted = this.#names.get(name);
    if (scripted !== undefined) return scripted;
    const index = ordinaryIndex(name);
    return index === null || index >= this.#ordinaryIds.length ? undefined : this.#ordinaryIds[index];
  }

  /** All events of a sale, those still to come too; empty when there is no such id. */
  events(id: number): readonly SaleEvent[] {
    const played = this.#played.get(id);
    return played === undefined ? this.plannedEvents(id) : played.events;
  }

  /** Events of a planned sale as planned, whatever was played on top. */
  plannedEvents(id: number): readonly SaleEvent[] {
    const content = this.#content[id - 1];
    if (content === undefined) return [];
    return content >= 0 ? ordinaryEvents(this.#ordinary, content) : (this.#scripted[-1 - content] ?? []);
  }

  /** Ids of planned sales that are voided sooner or later. */
  *plannedVoids(): Generator<number> {
    for (const [place, content] of this.#content.entries()) {
      const nature = content >= 0 ? this.#ordinary.plan.times(content).nature : null;
      const scripted = nature === null && this.#scripted[-1 - content]?.some((event) => event.event === 'void') === true;
      if (scripted || nature === 'voided' || nature === 'late_void') yield place + 1;
    }
  }

  /** Stamps of a sale as of a moment, undefined when it is not there yet. */
  stamps(id: number, now: EpochMs): SaleStamps | undefined {
    const played = this.#played.get(id);
    if (played !== undefined) return playedStamps(id, played, now);
    if (id < 1 || id > this.#planned) return undefined;
    const columns = this.#cols();
    const first = columns.first[id - 1] ?? 0;
    for (let version = (columns.first[id] ?? 0) - 1; version >= first; version -= 1) {
      if ((columns.from[version] ?? 0) <= now) return this.#stampsOf(columns, version);
    }
    return undefined;
  }

  /** A sale's events and its version at a moment, numbered from 1; null when it is not there yet. */
  seen(id: number, now: EpochMs): { events: readonly SaleEvent[]; version: Version; number: number } | null {
    const played = this.#played.get(id);
    const events = played?.events ?? this.plannedEvents(id);
    if (events.length === 0) return null;
    const at = versionAt(played?.versions ?? versionsOf(events), now);
    return at === null ? null : { events, ...at };
  }

  /** How many sales are visible. */
  count(now: EpochMs): number {
    let count = this.#plannedVisible(now);
    for (const [id, played] of this.#played) if (id > this.#planned && playedStamps(id, played, now) !== undefined) count += 1;
    return count;
  }

  /** How many versions are visible: grows whenever anything becomes visible. */
  versionCount(now: EpochMs): number {
    const columns = this.#cols();
    let count = lowerBound(this.#order('updateTime'), columns.from, now + 1);
    for (const played of this.#played.values()) count += played.versions.filter((version) => version.from <= now).length;
    return count;
  }

  /** Walks the visible sales in an order. */
  *walk(walk: SaleWalk, now: EpochMs): Generator<SaleStamps> {
    const sign = walk.descending === true ? -1 : 1;
    const extra = [...this.#played]
      .map(([id, played]) => playedStamps(id, played, now))
      .filter((stamps) => stamps !== undefined)
      .filter((stamps) => isWithin(stamps, walk, sign))
      .sort((a, b) => sign * compare(a, b, walk.order));
    let next = 0;
    for (const stamps of this.#walkPlanned(walk, now, sign)) {
      for (let other = extra[next]; other !== undefined && sign * compare(other, stamps, walk.order) < 0; other = extra[next]) {
        yield other;
        next += 1;
      }
      yield stamps;
    }
    yield* extra.slice(next);
  }

  /** Adds events of one sale, checked by the caller; the sale is new when its name is. */
  put(name: string, events: readonly SaleEvent[]): void {
    const versions = versionsOf(events);
    let id = this.id(name);
    if (id === undefined) {
      this.#last += 1;
      id = this.#last;
      this.#names.set(name, id);
    }
    this.#played.set(id, { events, versions });
    this.#revision += 1;
  }

  /** Forgets all that was played. */
  reset(): void {
    for (const [name, id] of this.#names) if (id > this.#planned) this.#names.delete(name);
    this.#played = new Map();
    this.#last = this.#planned;
    this.#revision += 1;
  }

  /** Events of scripted and played sales, for counting golden names. */
  *told(): Generator<SaleEvent> {
    for (const [index, events] of this.#scripted.entries()) {
      const id = this.#names.get(ringUpOf(events).sale) ?? -1 - index;
      if (!this.#played.has(id)) yield* events;
    }
    for (const played of this.#played.values()) yield* played.events;
  }

  *#walkPlanned(walk: SaleWalk, now: EpochMs, sign: number): Generator<SaleStamps> {
    // Ids are in the order of opening, so the order of creation is that of ids.
    if (walk.order === 'id' || walk.order === 'createTime') {
      const visible = this.#plannedVisible(now);
      for (let id = this.#firstId(walk, visible, sign); id >= 1 && id <= visible; id += sign) {
        const stamps = this.#played.has(id) ? undefined : this.stamps(id, now);
        if (stamps !== undefined && isWithin(stamps, walk, sign)) yield stamps;
      }
      return;
    }
    const columns = this.#cols();
    const order = this.#order(walk.order);
    const values = walk.order === 'updateTime' ? columns.from : columns[walk.order];
    // No visible stamp is later than now.
    const bound = sign < 0 ? Math.min(walk.from ?? now, now) + 1 : (walk.from ?? Number.NEGATIVE_INFINITY);
    const start = lowerBound(order, values, bound) - (sign < 0 ? 1 : 0);
    for (let place = start; place >= 0 && place < order.length; place += sign) {
      const version = order[place] ?? 0;
      if (sign > 0 && (values[version] ?? 0) > now) return;
      if ((columns.from[version] ?? 0) > now) continue;
      const sale = columns.sale[version] ?? 0;
      const isLast = version + 1 === columns.first[sale + 1];
      if (!isLast && (columns.from[version + 1] ?? 0) <= now) continue;
      if (this.#played.has(sale + 1)) continue;
      const stamps = this.#stampsOf(columns, version);
      if (isWithin(stamps, walk, sign)) yield stamps;
    }
  }

  /** Where a walk by id begins; a walk by time of creation finds its place by halving. */
  #firstId(walk: SaleWalk, visible: number, sign: number): number {
    const from = walk.order === 'id' ? (walk.from ?? walk.afterId) : walk.from;
    if (from === undefined) return sign > 0 ? 1 : visible;
    if (walk.order === 'id') return sign > 0 ? Math.max(1, from) : Math.min(visible, from);
    return sign > 0 ? this.#openedBefore(from) + 1 : Math.min(visible, this.#openedBefore(from + 1));
  }

  /** How many planned sales are open or done: those with ids up to this number. */
  #plannedVisible(now: EpochMs): number {
    return this.#openedBefore(now + 1);
  }

  /** How many planned sales were opened before a moment. */
  #openedBefore(moment: EpochMs): number {
    const columns = this.#cols();
    let low = 0;
    let high = this.#planned;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((columns.from[columns.first[middle] ?? 0] ?? 0) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #stampsOf(columns: Columns, version: number): SaleStamps {
    const sale = columns.sale[version] ?? 0;
    const first = columns.first[sale] ?? 0;
    const complete = columns.completeTime[version] ?? Number.NaN;
    return {
      id: sale + 1,
      version: version - first + 1,
      createTime: columns.from[first] ?? 0,
      timeStamp: columns.timeStamp[version] ?? 0,
      updateTime: columns.from[version] ?? 0,
      completeTime: Number.isNaN(complete) ? null : complete,
    };
  }

  #order(order: TimeOrder): Uint32Array {
    const known = this.#orders.get(order);
    if (known !== undefined) return known;
    const columns = this.#cols();
    const values = order === 'updateTime' ? columns.from : columns[order];
    let all = new Uint32Array(values.length).map((_unused, index) => index);
    if (order === 'completeTime') all = all.filter((version) => !Number.isNaN(values[version] ?? Number.NaN));
    // Versions stand by sale, so their own number breaks ties by id.
    all.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
    this.#orders.set(order, all);
    return all;
  }

  #cols(): Columns {
    this.#columns ??= this.#makeColumns();
    return this.#columns;
  }

  #makeColumns(): Columns {
    const rows: { from: number[]; timeStamp: number[]; completeTime: number[]; sale: number[] } = {
      from: [],
      timeStamp: [],
      completeTime: [],
      sale: [],
    };
    const first = new Uint32Array(this.#planned + 1);
    for (let place = 0; place < this.#planned; place += 1) {
      first[place] = rows.from.length;
      const content = this.#content[place] ?? 0;
      const versions = content >= 0 ? ordinaryVersions(this.#ordinary, content) : versionsOf(this.#scripted[-1 - content] ?? []);
      for (const version of versions) {
        rows.from.push(version.from);
        rows.timeStamp.push(version.timeStamp);
        rows.completeTime.push(version.completeTime ?? Number.NaN);
        rows.sale.push(place);
      }
    }
    first[this.#planned] = rows.from.length;
    return {
      from: Float64Array.from(rows.from),
      timeStamp: Float64Array.from(rows.timeStamp),
      completeTime: Float64Array.from(rows.completeTime),
      sale: Uint32Array.from(rows.sale),
      first,
    };
  }
}

/** The versions of an ordinary sale by its times alone: the same as of its events, which need not be rolled. */
export function ordinaryVersions(ordinary: Ordinary, index: number): Version[] {
  const { nature, opened, at, after } = ordinary.plan.times(index);
  const completes = nature !== 'parked' && nature !== 'overnight';
  const versions: Version[] = [
    { from: opened, timeStamp: opened, completeTime: null, events: 0 },
    { from: at, timeStamp: at, completeTime: completes && nature !== 'undated' ? at : null, events: 1 },
  ];
  if (after === null) return versions;
  const completed = nature === 'overnight' ? after : at;
  versions.push({ from: after, timeStamp: completed, completeTime: completed, events: 2 });
  return versions;
}

function playedStamps(id: number, played: Played, now: EpochMs): SaleStamps | undefined {
  const seen = versionAt(played.versions, now);
  if (seen === null) return undefined;
  return {
    id,
    version: seen.number,
    createTime: played.versions[0]?.from ?? seen.version.from,
    timeStamp: seen.version.timeStamp,
    updateTime: seen.version.from,
    completeTime: seen.version.completeTime,
  };
}

const valueOf = (stamps: SaleStamps, order: SaleOrder): number | null => stamps[order];

function isWithin(stamps: SaleStamps, walk: SaleWalk, sign: number): boolean {
  const value = valueOf(stamps, walk.order);
  if (value === null) return false;
  if (walk.from === undefined) return walk.afterId === undefined || sign * (stamps.id - walk.afterId) > 0;
  const ahead = sign * (value - walk.from);
  return ahead > 0 || (ahead === 0 && (walk.afterId === undefined || sign * (stamps.id - walk.afterId) > 0));
}

const compare = (a: SaleStamps, b: SaleStamps, order: SaleOrder): number =>
  (valueOf(a, order) ?? 0) - (valueOf(b, order) ?? 0) || a.id - b.id;

/** First place in an order whose value is not below. */
function lowerBound(order: Uint32Array, values: Float64Array, value: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[order[middle] ?? 0] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
