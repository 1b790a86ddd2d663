/** The retailer's look-ups as of a moment: as they were set up, changed by what the back office did up to then. */
import { makeCustomer, NO_CONTACT } from '../customers.ts';
import type { OfficeEvent } from '../events.ts';
import { dice } from '../random.ts';
import type { Shop } from '../shops.ts';
import { CURRENCY, FOUNDED, LATE_EDITS_FROM } from '../shops.ts';
import type { CustomerRecord, EpochMs } from '../types.ts';
import type {
  XConsignment,
  XCustomer,
  XCustomerGroup,
  XOutlet,
  XPaymentType,
  XProduct,
  XRegister,
  XTax,
  XUser,
} from '../x-types.ts';
import { businessDay, dayNumber, instantText, readInstant, zone } from '../zone.ts';
import type { Taxes, TaxPlan, Till } from './business.ts';
import { makeUsers, paymentTypeOf, WALK_IN, X_PAYMENT_TYPES } from './business.ts';
import type { Catalogue } from './catalogue.ts';
import { GROUP_ALL, GROUP_VIP } from './catalogue.ts';
import type { XIds } from './ids.ts';
import type { OfficeCommit, XLog } from './log.ts';
import { invoicePrefix } from './record.ts';
import { commitVersion, setupVersion, SLOT } from './versions.ts';

const DAY = 86_400_000;
/** Tills go on beginning their days for so long after the trade that is planned. */
const DAYS_AFTER = 60;

/** Something the back office does. */
export type Doing =
  | { readonly kind: 'event'; readonly event: OfficeEvent }
  /** The tills of an outlet begin a day. */
  | { readonly kind: 'session'; readonly shop: string; readonly day: number }
  | { readonly kind: 'consignment'; readonly number: number }
  | { readonly kind: 'tax'; readonly tax: TaxPlan };

/** A customer as changed by the back office. */
export interface CustomerChange {
  readonly record: CustomerRecord;
  readonly deletedAt: EpochMs | null;
  readonly version: number;
}

/** What the office knows at a moment. Lists are ascending by version. */
export interface XOfficeView {
  readonly outlets: readonly XOutlet[];
  readonly registers: readonly XRegister[];
  readonly paymentTypes: readonly XPaymentType[];
  readonly taxes: readonly XTax[];
  readonly products: readonly XProduct[];
  readonly consignments: readonly XConsignment[];
  /** Stock that consignments brought, by `item/shop`. */
  readonly received: ReadonlyMap<string, { readonly version: number; readonly count: number }>;
  readonly customers: ReadonlyMap<number, CustomerChange>;
  /** Sessions that began when a till was opened by hand, ascending, by till. */
  readonly openings: ReadonlyMap<string, readonly Opening[]>;
}

interface Opening {
  readonly day: number;
  readonly at: EpochMs;
  readonly sessionId: string;
}

/** What the office is made from. */
export interface XOfficePlan {
  readonly seed: number;
  readonly ids: XIds;
  readonly outlets: readonly Shop[];
  readonly tills: readonly Till[];
  readonly customers: number;
  readonly catalogue: Catalogue;
  readonly taxes: Taxes;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly golden: readonly OfficeEvent[];
}

/** The back office. */
export class XOffice {
  readonly users: readonly XUser[];
  readonly groups: readonly XCustomerGroup[];
  readonly #plan: XOfficePlan;
  readonly #planned: number;
  #doings: Doing[] = [];
  #hasOpenings = false;
  #froms: EpochMs[] = [];
  readonly #consignments: readonly ConsignmentPlan[];
  #renames: { readonly number: number; readonly at: EpochMs; readonly name: string }[] | null = null;
  #view: { readonly key: string; readonly view: XOfficeView } | null = null;

  constructor(plan: XOfficePlan) {
    this.#plan = plan;
    this.users = makeUsers(plan.ids, plan.outlets);
    this.groups = [
      { number: GROUP_ALL, name: 'All Customers', groupCode: '1111111111' },
      { number: GROUP_VIP, name: 'Members', groupCode: 'members' },
    ].map(({ number, name, groupCode }) => ({
      id: plan.ids.of('customer_group', number),
      version: setupVersion('customer_group', number - 1),
      deletedAt: null,
      name,
      groupCode,
      createdAt: FOUNDED,
      updatedAt: FOUNDED,
    }));
    this.#consignments = planConsignments(plan);
    const dated = [...this.#planSessions(), ...this.#planEvents(), ...this.#planConsignments()].sort((a, b) => a[0] - b[0]);
    for (const [from, doing] of dated) {
      this.#froms.push(from);
      this.#doings.push(doing);
    }
    this.#planned = dated.length;
  }

  /** The planned commits, in order. */
  get commits(): OfficeCommit[] {
    return this.#froms.slice(0, this.#planned).map((from, office) => ({ from, office }));
  }

  /** Office events with golden names among those planned and played. */
  *told(): Generator<{ readonly event: OfficeEvent }> {
    for (const doing of this.#doings) if (doing.kind === 'event') yield doing;
  }

  /** What the look-ups say at a moment. */
  at(now: EpochMs, log: XLog): XOfficeView {
    const key = `${log.revision}/${this.#froms.filter((from) => from <= now).length}`;
    if (this.#view?.key === key) return this.#view.view;
    const view = this.#replay(now, log);
    this.#view = { key, view };
    return view;
  }

  /** Throws `RangeError` when an event names what is not there. */
  check(events: readonly OfficeEvent[]): void {
    const { outlets, tills, catalogue } = this.#plan;
    const known = new Set<string>();
    for (const event of [...this.#doings.flatMap((one) => (one.kind === 'event' ? [one.event] : [])), ...events]) {
      readInstant(event.at);
      const mustBe = (what: string, isThere: boolean): void => {
        if (!isThere) throw new RangeError(`no ${what} for ${event.event}`);
      };
      const hasCustomer = (id: string): boolean => isNumber(id) && (Number(id) <= this.#plan.customers || known.has(id));
      switch (event.event) {
        case 'move_register':
          mustBe(
            'register',
            tills.some((till) => till.id === event.register),
          );
          mustBe(
            'shop',
            outlets.some((outlet) => outlet.id === event.shop),
          );
          break;
        case 'archive_shop':
          mustBe(
            'shop',
            outlets.some((outlet) => outlet.id === event.shop),
          );
          break;
        case 'save_customer':
          mustBe('customer', event.customer !== undefined && isNumber(event.customer));
          known.add(event.customer ?? '');
          break;
        case 'merge_customers':
          mustBe('customer', hasCustomer(event.customer) && hasCustomer(event.into));
          break;
        case 'erase_customer':
          mustBe('customer', hasCustomer(event.customer));
          break;
        case 'delete_product':
          mustBe(
            'product',
            catalogue.items.some((item) => item.id === event.item),
          );
          break;
        case 'rename_payment_type':
          paymentTypeOf(event.tender);
          break;
        case 'open_register':
        case 'close_register':
          mustBe(
            'register',
            tills.some((till) => till.id === event.register),
          );
          break;
      }
    }
  }

  /** A customer without an id gets the next one. */
  withIds(events: readonly OfficeEvent[]): OfficeEvent[] {
    let last = this.#plan.customers;
    for (const doing of this.#doings) {
      if (doing.kind === 'event' && doing.event.event === 'save_customer')
        last = Math.max(last, Number(doing.event.customer ?? 0));
    }
    return events.map((event) => {
      if (event.event !== 'save_customer') return event;
      if (event.customer !== undefined) {
        last = Math.max(last, Number(event.customer));
        return event;
      }
      last += 1;
      return { ...event, customer: String(last) };
    });
  }

  /** Takes something done, and gives it a number. */
  add(doing: Doing, from: EpochMs): number {
    this.#hasOpenings ||= doing.kind === 'event' && doing.event.event === 'open_register';
    this.#doings.push(doing);
    this.#froms.push(from);
    this.#renames = null;
    return this.#doings.length - 1;
  }

  /** Forgets all that was played. */
  reset(): void {
    this.#doings = this.#doings.slice(0, this.#planned);
    this.#froms = this.#froms.slice(0, this.#planned);
    this.#renames = null;
    this.#hasOpenings = false;
    this.#view = null;
  }

  /** Id of the session a till of a shop was in at a moment, as known now. */
  session(register: number, shop: Shop, at: EpochMs, now: EpochMs, log: XLog): string {
    const day = sessionDay(shop, at);
    const opened = this.#hasOpenings
      ? this.at(now, log)
          .openings.get(String(register))
          ?.findLast((one) => one.day === day && one.at <= at)
      : undefined;
    return opened?.sessionId ?? sessionOf(this.#plan.ids, register, day).sessionId;
  }

  /** What a way of paying was called at a moment. */
  paymentName(number: number, at: EpochMs): string {
    this.#renames ??= this.#doings.flatMap((doing) =>
      doing.kind === 'event' && doing.event.event === 'rename_payment_type'
        ? [{ number: paymentTypeOf(doing.event.tender).number, at: readInstant(doing.event.at), name: doing.event.name }]
        : [],
    );
    const last = this.#renames.findLast((one) => one.number === number && one.at <= at);
    return last?.name ?? X_PAYMENT_TYPES[number - 1]?.name ?? '';
  }

  /** A customer as set up; null for numbers that were not. */
  customerAtStart(number: number): CustomerRecord | null {
    return number >= 1 && number <= this.#plan.customers ? makeCustomer(this.#plan.seed, number, this.#plan.outlets) : null;
  }

  /** The row of a customer, without what sales did to it. */
  customerRow(number: number, record: CustomerRecord | null, change: CustomerChange | undefined): XCustomer {
    const { ids, seed } = this.#plan;
    const roll = dice(seed, 22, number);
    const isWalkIn = number === WALK_IN;
    const person = change?.record ?? record;
    const name = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
    const firstName = isWalkIn ? null : name(person?.firstName);
    const contact = person?.contact ?? NO_CONTACT;
    return {
      id: ids.of('customer', number),
      version: Math.max(change?.version ?? 0, setupVersion('customer', number)),
      deletedAt: change?.deletedAt ?? null,
      customerCode: isWalkIn ? 'WALKIN' : `${firstName ?? 'Customer'}-${(0x1000 + number * 7).toString(36).toUpperCase()}`,
      firstName,
      lastName: isWalkIn ? null : name(person?.lastName),
      companyName: name(person?.company),
      email: contact.email,
      phone: contact.homePhone,
      mobile: contact.mobile,
      customerGroupId: ids.of('customer_group', !isWalkIn && number % 10 === 0 ? GROUP_VIP : GROUP_ALL),
      dateOfBirth: !isWalkIn && roll.chance(0.3) ? `19${50 + roll.int(50)}-0${1 + roll.int(9)}-1${roll.int(10)}` : null,
      gender: isWalkIn ? null : roll.pick(['F', 'M', null]),
      enableLoyalty: !isWalkIn,
      loyaltyBalance: 0,
      balance: 0,
      onAccountLimit: !isWalkIn && roll.chance(0.1) ? 5000 : null,
      yearToDate: 0,
      doNotEmail: contact.noEmail,
      enablePromotionalSms: !contact.noPhone,
      note: null,
      physical: {
        address1: contact.address1,
        address2: null,
        suburb: null,
        city: contact.city,
        postcode: contact.zip,
        state: null,
        countryCode: contact.countryCode,
      },
      mergedInto: person?.mergedInto == null ? null : ids.of('customer', Number(person.mergedInto)),
      createdAt: person?.createTime ?? FOUNDED,
      updatedAt: Math.max(person?.timeStamp ?? FOUNDED, person?.createTime ?? FOUNDED),
    };
  }

  #replay(now: EpochMs, log: XLog): XOfficeView {
    const { ids, outlets: shops, tills, taxes, catalogue } = this.#plan;
    const outlets = new Map(shops.map((shop, index) => [shop.id, outletRow(this.#plan, shop, index)]));
    const registers = new Map(tills.map((till, index) => [till.id, registerRow(ids, till, index)]));
    const types = new Map(X_PAYMENT_TYPES.map((type, index) => [type.number, paymentTypeRow(ids, type, index)]));
    const products = new Map(catalogue.products.map((product) => [product.id, product]));
    const taxRows = taxes.all.slice(0, taxes.known).map((tax, index) => taxRow(ids, tax, setupVersion('tax', index), shops[0]));
    const customers = new Map<number, CustomerChange>();
    const consignments = new Map<number, XConsignment>();
    const received = new Map<string, { version: number; count: number }>();
    const openings = new Map<string, Opening[]>();
    const customer = (id: string, at: EpochMs): CustomerRecord =>
      customers.get(Number(id))?.record ?? this.customerAtStart(Number(id)) ?? newCustomer(id, at);
    for (const commit of log.commits({ planned: 0, played: 0 }, now)) {
      const doing = commit.office === null ? undefined : this.#doings[commit.office];
      if (doing === undefined) continue;
      const version = commitVersion(commit.rank, SLOT.office);
      if (doing.kind === 'session') {
        let slot = 0;
        for (const [id, register] of registers) {
          if (register.outletId !== ids.of('outlet', Number(doing.shop)) || register.deletedAt !== null) continue;
          const { sessionId, sessionNumber } = sessionOf(ids, Number(id), doing.day);
          const session = { sessionId, sessionNumber: sessionNumber + (openings.get(id)?.length ?? 0) };
          registers.set(id, { ...register, ...session, ...OPEN, version: version + slot, openedAt: commit.from });
          slot += 1;
        }
        continue;
      }
      if (doing.kind === 'tax') {
        taxRows.push(taxRow(ids, doing.tax, version, shops[0]));
        continue;
      }
      if (doing.kind === 'consignment') {
        const plan = this.#consignments[doing.number];
        if (plan === undefined) continue;
        const row = consignmentRow(ids, catalogue, plan, doing.number, commit.from, version);
        consignments.set(doing.number, row);
        if (row.receivedAt === null || row.type === 'STOCKTAKE' || row.status === 'CANCELLED') continue;
        for (const [index, [item, count]] of plan.goods.entries()) {
          const key = `${item}/${plan.shop}`;
          const sign = plan.type === 'RETURN' ? -1 : 1;
          const before = received.get(key)?.count ?? 0;
          received.set(key, { version: version + 10 + index, count: before + sign * count });
        }
        continue;
      }
      const { event } = doing;
      const at = readInstant(event.at);
      switch (event.event) {
        case 'move_register': {
          const register = registers.get(event.register);
          if (register !== undefined)
            registers.set(event.register, { ...register, version, outletId: ids.of('outlet', Number(event.shop)) });
          break;
        }
        case 'archive_shop': {
          const outlet = outlets.get(event.shop);
          if (outlet !== undefined) outlets.set(event.shop, { ...outlet, version, deletedAt: at });
          let slot = 1;
          for (const [id, register] of registers) {
            if (register.outletId !== outlet?.id) continue;
            registers.set(id, { ...register, version: version + slot, deletedAt: at, isOpen: false, closedAt: at });
            slot += 1;
          }
          break;
        }
        case 'save_customer': {
          const id = event.customer ?? '';
          const old = customer(id, at);
          const contact = { ...old.contact };
          if (event.email !== undefined) contact.email = event.email;
          if (event.mobile !== undefined) contact.mobile = event.mobile;
          contact.noEmail = event.noEmail ?? contact.noEmail;
          contact.noPhone = event.noPhone ?? contact.noPhone;
          const { firstName = old.firstName, lastName = old.lastName } = event;
          const deletedAt = customers.get(Number(id))?.deletedAt ?? null;
          customers.set(Number(id), { record: { ...old, firstName, lastName, contact, timeStamp: at }, deletedAt, version });
          break;
        }
        case 'merge_customers': {
          const record = { ...customer(event.customer, at), mergedInto: event.into, timeStamp: at };
          customers.set(Number(event.customer), { record, deletedAt: at, version });
          const into = customer(event.into, at);
          const deletedAt = customers.get(Number(event.into))?.deletedAt ?? null;
          customers.set(Number(event.into), { record: { ...into, timeStamp: at }, deletedAt, version: version + 1 });
          break;
        }
        case 'erase_customer': {
          const blank = { firstName: '', lastName: '', company: '', contact: NO_CONTACT, erased: true, timeStamp: at };
          customers.set(Number(event.customer), {
            record: { ...customer(event.customer, at), ...blank },
            deletedAt: at,
            version,
          });
          break;
        }
        case 'delete_product': {
          const product = products.get(ids.of('product', Number(event.item)));
          if (product !== undefined)
            products.set(product.id, { ...product, version, deletedAt: at, active: false, updatedAt: at });
          break;
        }
        case 'rename_payment_type': {
          const { number } = paymentTypeOf(event.tender);
          const type = types.get(number);
          if (type !== undefined) types.set(number, { ...type, version, name: event.name, nameChangedByUser: true });
          break;
        }
        case 'open_register': {
          const register = registers.get(event.register);
          if (register === undefined || register.isOpen || register.deletedAt !== null) break;
          const before = openings.get(event.register) ?? [];
          const shop = shops.find((one) => ids.of('outlet', Number(one.id)) === register.outletId);
          const day = shop === undefined ? FOUNDED_ON : sessionDay(shop, at);
          const { sessionId } = sessionOf(ids, Number(event.register), day, before.length + 1);
          openings.set(event.register, [...before, { day, at, sessionId }]);
          const session = { sessionId, sessionNumber: register.sessionNumber + 1 };
          registers.set(event.register, { ...register, ...session, ...OPEN, version, openedAt: at });
          break;
        }
        case 'close_register': {
          const register = registers.get(event.register);
          if (register?.isOpen !== true) break;
          const { counted = {} } = event;
          registers.set(event.register, { ...register, version, isOpen: false, closedAt: at, counted });
          break;
        }
      }
    }
    return {
      outlets: byVersion([...outlets.values()]),
      registers: byVersion([...registers.values()]),
      paymentTypes: byVersion([...types.values()]),
      taxes: byVersion(taxRows),
      products: byVersion([...products.values()]),
      consignments: byVersion([...consignments.values()]),
      received,
      customers,
      openings,
    };
  }

  #planSessions(): [EpochMs, Doing][] {
    const { outlets, firstDay, lastDay } = this.#plan;
    return outlets.flatMap((shop) => {
      const clock = zone(shop.timeZone);
      return Array.from({ length: lastDay + DAYS_AFTER - firstDay + 1 }, (_unused, index): [EpochMs, Doing] => {
        const day = firstDay + index;
        return [clock.instant(day, shop.dayStartHour * 3600), { kind: 'session', shop: shop.id, day }];
      });
    });
  }

  /** Golden names of the office, and the small changes of every week. */
  #planEvents(): [EpochMs, Doing][] {
    const { golden, seed, customers, catalogue, firstDay, lastDay } = this.#plan;
    const days = lastDay - firstDay + 1;
    const events: OfficeEvent[] = [...golden];
    const moment = (roll: ReturnType<typeof dice>): string =>
      instantText(Math.min((firstDay + roll.int(days)) * DAY + 1000 * (28_800 + roll.int(36_000)), LATE_EDITS_FROM - DAY));
    // Not those whom a golden name merges or erases.
    for (let number = 97; number <= customers - 4; number += 97) {
      const roll = dice(seed, 23, number);
      events.push({ event: 'save_customer', customer: String(number), at: moment(roll), email: `moved.${number}@example.test` });
    }
    const roll = dice(seed, 24, 0);
    for (const item of catalogue.items.filter((one, index) => !one.archived && index > 100 && index % 50 === 7)) {
      events.push({ event: 'delete_product', item: item.id, at: moment(roll) });
    }
    if (days > 10) {
      const at = instantText((firstDay + Math.floor(days / 2)) * DAY + 8 * 3_600_000);
      events.push({ event: 'rename_payment_type', tender: 'card', name: 'Card', at });
    }
    return events.map((event) => [readInstant(event.at), { kind: 'event', event }]);
  }

  #planConsignments(): [EpochMs, Doing][] {
    return this.#consignments.flatMap((plan, number) =>
      plan.steps.map((from): [EpochMs, Doing] => [from, { kind: 'consignment', number }]),
    );
  }
}

const FOUNDED_ON = dayNumber('2024-03-01');

/** An open till. */
const OPEN = { isOpen: true, closedAt: null, counted: {} } as const;

/** Numbers of the sessions that were opened by hand begin at multiples of this. */
const OPENINGS = 1_000_000_000;

/** Session of a till on a business day of its outlet; `opening`: of its so many-th opening by hand. */
function sessionOf(ids: XIds, register: number, day: number, opening = 0): { sessionId: string; sessionNumber: number } {
  return {
    sessionId: ids.of('session', opening * OPENINGS + day * 10_000 + register),
    sessionNumber: day - FOUNDED_ON + opening,
  };
}

/** Business day of an outlet. */
const sessionDay = (shop: Shop, at: EpochMs): number => businessDay(at, zone(shop.timeZone), shop.dayStartHour);

/** Ascending by version. */
export const byVersion = <Row extends { readonly version: number }>(rows: Row[]): Row[] =>
  rows.sort((a, b) => a.version - b.version);

const isNumber = (id: string): boolean => /^[1-9]\d*$/.test(id);

function outletRow({ ids, taxes }: XOfficePlan, shop: Shop, index: number): XOutlet {
  return {
    id: ids.of('outlet', Number(shop.id)),
    version: setupVersion('outlet', index),
    deletedAt: null,
    name: shop.name,
    timeZone: shop.timeZone,
    dayStartHour: shop.dayStartHour,
    currency: CURRENCY,
    currencySymbol: 'kr.',
    displayPrices: shop.taxInclusive ? 'inclusive' : 'exclusive',
    defaultTaxId: ids.of('tax', taxes.of(shop.rates).number),
    address: `${index + 1} Example Quay`,
    city: shop.city,
    postcode: String(1000 + 37 * index),
    countryCode: shop.countryCode,
    email: `outlet-${shop.id}@tidethread.example.test`,
    phone: `+45 5550 01${String(index).padStart(2, '0')}`,
  };
}

function registerRow(ids: XIds, till: Till, index: number): XRegister {
  return {
    id: ids.of('register', Number(till.id)),
    version: setupVersion('register', index),
    deletedAt: null,
    name: till.name,
    outletId: ids.of('outlet', Number(till.shopId)),
    ...OPEN,
    openedAt: FOUNDED,
    ...sessionOf(ids, Number(till.id), FOUNDED_ON),
    invoicePrefix: invoicePrefix(Number(till.id)),
    invoiceSuffix: '',
    invoiceSequence: 1000,
    cashPaymentTypeId: ids.of('payment_type', paymentTypeOf('cash').number),
  };
}

function paymentTypeRow(ids: XIds, type: (typeof X_PAYMENT_TYPES)[number], index: number): XPaymentType {
  return {
    id: ids.of('payment_type', type.number),
    version: setupVersion('payment_type', index),
    deletedAt: null,
    name: type.name,
    typeId: type.typeId,
    internal: type.internal,
    nameChangedByUser: false,
  };
}

function taxRow(ids: XIds, tax: TaxPlan, version: number, first: Shop | undefined): XTax {
  const rates = tax.rates.map(({ number, name, rate }) => ({ id: ids.of('tax_rate', number), name, rate: Number(rate) }));
  const isDefault = tax.rates.map((rate) => rate.rate).join() === first?.rates.filter((rate) => rate !== '0').join();
  return { id: ids.of('tax', tax.number), version, deletedAt: null, name: tax.name, isDefault, rates };
}

function newCustomer(id: string, at: EpochMs): CustomerRecord {
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
    creditAccountId: null,
    contact: { ...NO_CONTACT, noEmail: false, noPhone: true },
  };
}

interface ConsignmentPlan {
  readonly type: XConsignment['type'];
  readonly shop: string;
  readonly from: string | null;
  readonly isCancelled: boolean;
  /** Written down, sent, arrived. */
  readonly steps: readonly EpochMs[];
  /** Items with counts. */
  readonly goods: readonly (readonly [string, number])[];
}

function planConsignments({ seed, outlets, catalogue, firstDay, lastDay }: XOfficePlan): ConsignmentPlan[] {
  const trading = outlets.filter((outlet) => outlet.weight > 0);
  const goods = catalogue.items.filter((item) => !item.archived && item.itemType === 'default');
  const plans: ConsignmentPlan[] = [];
  for (let day = firstDay + 1; day < lastDay - 4; day += 3) {
    const roll = dice(seed, 25, day - firstDay);
    const shop = roll.pick(trading);
    const other = roll.pick(trading);
    const chance = roll.next();
    const type = chance < 0.6 ? 'SUPPLIER' : chance < 0.8 && other !== shop ? 'OUTLET' : chance < 0.9 ? 'STOCKTAKE' : 'RETURN';
    const at = zone(shop.timeZone).instant(day, 8 * 3600 + roll.int(3600));
    const lines = new Map<string, number>();
    for (let n = 0; n < 4 + roll.int(6); n += 1) lines.set(roll.pick(goods).id, 5 + roll.int(20));
    plans.push({
      type,
      shop: shop.id,
      from: type === 'OUTLET' ? other.id : null,
      isCancelled: roll.chance(0.05),
      steps: [at, at + 3 * 3_600_000, ...(roll.chance(0.85) ? [at + (1 + roll.int(3)) * DAY] : [])],
      goods: [...lines],
    });
  }
  return plans;
}

function consignmentRow(
  ids: XIds,
  catalogue: Catalogue,
  plan: ConsignmentPlan,
  number: number,
  now: EpochMs,
  version: number,
): XConsignment {
  const step = plan.steps.filter((at) => at <= now).length;
  const isDone = step >= 3;
  const done = plan.type === 'STOCKTAKE' ? 'STOCKTAKE_COMPLETE' : plan.isCancelled ? 'CANCELLED' : 'RECEIVED';
  const item = new Map(catalogue.items.map((one) => [one.id, one]));
  return {
    id: ids.of('consignment', number + 1),
    version,
    deletedAt: null,
    name: `${plan.type.charAt(0)}${plan.type.slice(1).toLowerCase()} ${number + 1}`,
    type: plan.type,
    status: isDone ? done : step === 2 ? 'SENT' : 'OPEN',
    outletId: ids.of('outlet', Number(plan.shop)),
    sourceOutletId: plan.from === null ? null : ids.of('outlet', Number(plan.from)),
    supplierId: plan.type === 'SUPPLIER' ? ids.of('supplier', 1 + (number % 5)) : null,
    reference: `PO-${1000 + number}`,
    createdAt: plan.steps[0] ?? now,
    updatedAt: now,
    receivedAt: isDone ? now : null,
    products: plan.goods.map(([id, count], index) => ({
      id: ids.of('consignment_product', number * 100 + index),
      productId: ids.of('product', Number(id)),
      sequence: index,
      count,
      received: isDone && !plan.isCancelled ? count : null,
      cost: Number(item.get(id)?.cost ?? 0),
    })),
  };
}
