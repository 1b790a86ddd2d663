/** The look-ups of the world as of a moment: the plan's, changed by what the back office did up to then. */
import type { OfficeEvent } from './events.ts';
import { makeCustomer, NO_CONTACT } from './customers.ts';
import type { Shop } from './shops.ts';
import { FOUNDED, makeEmployees } from './shops.ts';
import type { CustomerRecord, EmployeeRecord, EpochMs, RegisterRecord, ShopRecord } from './types.ts';
import { readInstant } from './zone.ts';

/** Look-ups as of a moment. */
export interface OfficeView {
  readonly shops: readonly ShopRecord[];
  readonly registers: readonly RegisterRecord[];
  readonly customers: readonly CustomerRecord[];
}

interface Dated {
  readonly at: EpochMs;
  readonly event: OfficeEvent;
}

/** The back office: shops, tills and customers with their changes. */
export class Office {
  readonly employees: readonly EmployeeRecord[];
  readonly #seed: number;
  readonly #shops: readonly Shop[];
  readonly #registers: readonly RegisterRecord[];
  readonly #count: number;
  readonly #planned: readonly Dated[];
  #events: readonly Dated[];
  #customers: readonly CustomerRecord[] | null = null;
  #view: { readonly seen: number; readonly view: OfficeView } | null = null;

  constructor(
    seed: number,
    shops: readonly Shop[],
    registers: readonly RegisterRecord[],
    customers: number,
    planned: readonly OfficeEvent[],
  ) {
    this.#seed = seed;
    this.#shops = shops;
    this.#registers = registers;
    this.#count = customers;
    this.#planned = inOrder(planned.map((event) => ({ at: readInstant(event.at), event })));
    this.#events = this.#planned;
    this.employees = makeEmployees(shops.filter((shop) => shop.weight > 0));
  }

  /** What the look-ups say at a moment. Made anew only when something happened in between. */
  at(now: EpochMs): OfficeView {
    const seen = this.#events.filter((dated) => dated.at <= now);
    if (this.#view?.seen === seen.length) return this.#view.view;
    const view = this.#replay(seen);
    this.#view = { seen: seen.length, view };
    return view;
  }

  /** Events by time, those still to come too. */
  told(): readonly OfficeEvent[] {
    return this.#events.map((dated) => dated.event);
  }

  /** Throws `RangeError` when one of the events names what does not exist. */
  check(events: readonly OfficeEvent[]): void {
    const known = this.#withIds(events);
    this.#replay(inOrder([...this.#events, ...known]));
  }

  /** Takes checked events. */
  add(events: readonly OfficeEvent[]): void {
    this.#events = inOrder([...this.#events, ...this.#withIds(events)]);
    this.#view = null;
  }

  /** Forgets all that was played. */
  reset(): void {
    this.#events = this.#planned;
    this.#view = null;
  }

  /** A customer without an id gets the next one when it is played, so that its id never depends on the clock. */
  #withIds(events: readonly OfficeEvent[]): Dated[] {
    let last = this.#count;
    const named = [...this.#events.map((dated) => dated.event), ...events];
    for (const event of named) if (event.event === 'save_customer') last = Math.max(last, Number(event.customer ?? 0));
    return events.map((event) => {
      if (event.event !== 'save_customer' || event.customer !== undefined) return { at: readInstant(event.at), event };
      last += 1;
      return { at: readInstant(event.at), event: { ...event, customer: String(last) } };
    });
  }

  #replay(events: readonly Dated[]): OfficeView {
    this.#customers ??= Array.from({ length: this.#count }, (_unused, index) => makeCustomer(this.#seed, index + 1, this.#shops));
    const shops = new Map(this.#shops.map((shop) => [shop.id, shopRecord(shop)]));
    const registers = new Map(this.#registers.map((register) => [register.id, register]));
    const changed = new Map<string, CustomerRecord>();
    const customer = (id: string): CustomerRecord => {
      const found = changed.get(id) ?? this.#customers?.[Number(id) - 1];
      if (found === undefined) throw new RangeError(`no customer ${JSON.stringify(id)}`);
      return found;
    };
    for (const { at, event } of events) {
      switch (event.event) {
        case 'delete_product':
        case 'rename_payment_type':
        case 'open_register':
        case 'close_register':
          throw new RangeError(`the R-Series knows no ${event.event}`);
        case 'move_register': {
          const register = registers.get(event.register);
          if (register === undefined) throw new RangeError(`no register ${JSON.stringify(event.register)}`);
          if (!shops.has(event.shop)) throw new RangeError(`no shop ${JSON.stringify(event.shop)}`);
          registers.set(event.register, { ...register, shopId: event.shop });
          break;
        }
        case 'archive_shop': {
          const shop = shops.get(event.shop);
          if (shop === undefined) throw new RangeError(`no shop ${JSON.stringify(event.shop)}`);
          shops.set(event.shop, { ...shop, archived: true, timeStamp: at });
          break;
        }
        case 'save_customer': {
          const id = event.customer ?? '';
          const old = changed.get(id) ?? this.#customers[Number(id) - 1] ?? newCustomer(id, at);
          const contact = { ...old.contact };
          if (event.email !== undefined) contact.email = event.email;
          if (event.mobile !== undefined) contact.mobile = event.mobile;
          contact.noEmail = event.noEmail ?? contact.noEmail;
          contact.noPhone = event.noPhone ?? contact.noPhone;
          const { firstName = old.firstName, lastName = old.lastName, company = old.company, archived = old.archived } = event;
          changed.set(id, { ...old, firstName, lastName, company, archived, contact, timeStamp: at });
          break;
        }
        case 'merge_customers': {
          customer(event.into);
          changed.set(event.customer, { ...customer(event.customer), archived: true, mergedInto: event.into, timeStamp: at });
          break;
        }
        case 'erase_customer': {
          const name = { firstName: 'Customer', lastName: event.customer, company: '' };
          const old = customer(event.customer);
          changed.set(event.customer, { ...old, ...name, contact: NO_CONTACT, archived: true, erased: true, timeStamp: at });
          break;
        }
      }
    }
    return {
      shops: [...shops.values()],
      registers: [...registers.values()],
      customers: changed.size === 0 ? this.#customers : withChanges(this.#customers, changed),
    };
  }
}

const inOrder = (events: Dated[]): Dated[] => [...events].sort((a, b) => a.at - b.at);

function withChanges(customers: readonly CustomerRecord[], changed: ReadonlyMap<string, CustomerRecord>): CustomerRecord[] {
  const kept = customers.map((row) => changed.get(row.id) ?? row);
  const added = [...changed.values()].filter((row) => Number(row.id) > customers.length);
  return [...kept, ...added.sort((a, b) => Number(a.id) - Number(b.id))];
}

function shopRecord(shop: Shop): ShopRecord {
  const { id, name, timeZone, dayStartHour, taxCategoryId, city, countryCode } = shop;
  return { id, name, timeZone, dayStartHour, archived: false, timeStamp: FOUNDED, taxCategoryId, city, countryCode };
}

function newCustomer(id: string, at: EpochMs): CustomerRecord {
  if (!/^[1-9]\d*$/.test(id)) throw new RangeError(`not a customer id: ${JSON.stringify(id)}`);
  return {
    id,
    firstName: '',
    lastName: '',
    company: '',
    archived: false,
    erased: false,
    mergedInto: null,
    createTime: at,
    timeStamp: at,
    creditAccountId: id,
    contact: NO_CONTACT,
  };
}
