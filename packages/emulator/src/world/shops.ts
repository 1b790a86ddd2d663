/**
 * The business: its shops, tills, staff, ways of paying and taxes. Three shops in three zones, the third with a business day from 05:00;
 * more shops repeat the zones.
 */
import type { TenderKind } from './events.ts';
import type { EmployeeRecord, PaymentTypeRecord, RegisterRecord, TaxCategoryRecord, TaxClassRecord } from './types.ts';
import { dayNumber } from './zone.ts';

/** The account's currency: one for all shops. */
export const CURRENCY = 'DKK';
export const MINOR_DIGITS = 2;
export const HOME_ZONE = 'Europe/Copenhagen';
/** The last day of trade, in days since 1970. */
export const LAST_DAY = dayNumber('2026-11-23');
/** Everything, late edits too, has happened. The last day has ended in all zones. */
export const WORLD_END = Date.parse('2026-11-24T06:00:00Z');
/** All ordinary trade has happened, and no late edit yet. */
export const LATE_EDITS_FROM = Date.parse('2026-11-24T05:15:00Z');
/** When the business was set up, long before any trade. */
export const FOUNDED = Date.parse('2024-03-01T09:00:00Z');

/** A shop as the world plans it: more than the POS knows. */
export interface Shop {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly dayStartHour: number;
  readonly taxCategoryId: string;
  readonly taxInclusive: boolean;
  readonly rates: readonly [string, string];
  readonly reducedRates: readonly [string, string];
  /** Coins cash is rounded to, in cents; 1 is none. */
  readonly cashStep: number;
  readonly tips: boolean;
  /** Share of trade against the others. */
  readonly weight: number;
  /** By weekday from Sunday. */
  readonly week: readonly number[];
  /** First hour of trade, and the pull of each hour from there; hours after 23 are those of the night. */
  readonly opens: number;
  readonly hours: readonly number[];
  readonly registers: readonly string[];
  readonly employees: readonly string[];
}

interface Kind {
  readonly name: string;
  readonly city: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly dayStartHour: number;
  readonly tax1Name: string;
  readonly tax2Name: string;
  readonly taxInclusive: boolean;
  readonly rates: readonly [string, string];
  readonly reducedRates: readonly [string, string];
  readonly cashStep: number;
  readonly tips: boolean;
  readonly weight: number;
  readonly week: readonly number[];
  readonly opens: number;
  readonly hours: readonly number[];
}

const KINDS: readonly Kind[] = [
  {
    name: 'Harbour',
    city: 'København',
    countryCode: 'DK',
    timeZone: 'Europe/Copenhagen',
    dayStartHour: 0,
    tax1Name: 'Moms',
    tax2Name: '',
    taxInclusive: false,
    rates: ['0.25', '0'],
    reducedRates: ['0', '0'],
    cashStep: 50,
    tips: false,
    weight: 1,
    week: [0.35, 0.8, 0.8, 0.9, 1, 1.4, 1.7],
    opens: 9,
    hours: [2, 4, 6, 8, 7, 6, 7, 9, 8, 4, 2],
  },
  {
    name: 'Bleecker',
    city: 'New York',
    countryCode: 'US',
    timeZone: 'America/New_York',
    dayStartHour: 0,
    tax1Name: 'State',
    tax2Name: 'City',
    taxInclusive: false,
    rates: ['0.04', '0.04875'],
    reducedRates: ['0', '0.04875'],
    cashStep: 1,
    tips: true,
    weight: 0.8,
    week: [1.1, 0.7, 0.8, 0.9, 1, 1.2, 1.5],
    opens: 10,
    hours: [3, 5, 7, 7, 6, 6, 7, 8, 7, 5, 2],
  },
  {
    name: 'Rundle',
    city: 'Adelaide',
    countryCode: 'AU',
    timeZone: 'Australia/Adelaide',
    dayStartHour: 5,
    tax1Name: 'GST',
    tax2Name: '',
    taxInclusive: true,
    rates: ['0.1', '0'],
    reducedRates: ['0', '0'],
    cashStep: 5,
    tips: false,
    weight: 0.7,
    week: [0.9, 0.6, 0.7, 0.9, 1.1, 1.6, 1.7],
    opens: 11,
    hours: [3, 6, 6, 4, 3, 3, 5, 7, 8, 8, 7, 6, 5, 3, 2],
  },
];

function kindOf(index: number): Kind {
  const kind = KINDS[index % KINDS.length];
  if (kind === undefined) throw new RangeError(`no shop ${index}`);
  return kind;
}

/** Tills of a shop: the first two count through all shops, three more come after those, the pop-up's and the carried one. */
function registerIds(index: number, shops: number): string[] {
  const more = shops * 2 + 3 + index * 3;
  return [index * 2 + 1, index * 2 + 2, more, more + 1, more + 2].map(String);
}

/** The shops that trade to the end. Ids count from 1, five tills and four people each. */
export function makeShops(count: number): Shop[] {
  return Array.from({ length: count }, (_unused, index) => {
    const kind = kindOf(index);
    const round = Math.floor(index / KINDS.length);
    const id = String(index + 1);
    return {
      id,
      name: round === 0 ? kind.name : `${kind.name} ${round + 1}`,
      city: kind.city,
      countryCode: kind.countryCode,
      timeZone: kind.timeZone,
      // Only the third shop keeps late hours; its repetitions start at midnight like everybody.
      dayStartHour: index < KINDS.length ? kind.dayStartHour : 0,
      taxCategoryId: String((index % KINDS.length) + 1),
      taxInclusive: kind.taxInclusive,
      rates: kind.rates,
      reducedRates: kind.reducedRates,
      cashStep: kind.cashStep,
      tips: kind.tips,
      weight: kind.weight / (round + 1),
      week: kind.week,
      opens: kind.opens,
      // A day that starts at midnight does not trade past it.
      hours: index < KINDS.length ? kind.hours : kind.hours.slice(0, 24 - kind.opens),
      registers: registerIds(index, count),
      employees: [1, 2, 3, 4].map((n) => String(index * 4 + n)),
    };
  });
}

/** The shop that closed early, as the last one: it has its own till and borrows the first shop's people. */
export function makePopUp(shops: readonly Shop[], registerId: string): Shop | null {
  const first = shops[0];
  if (first === undefined) return null;
  return {
    ...first,
    id: String(shops.length + 1),
    name: 'Summer pop-up',
    weight: 0,
    registers: [registerId],
  };
}

/** Tills by name; the pop-up's and the one that is carried about come last. */
export function makeRegisters(shops: readonly Shop[]): RegisterRecord[] {
  return shops.flatMap((shop) =>
    shop.registers.map((id, index) => ({
      id,
      name: `${shop.name} ${index + 1}`,
      shopId: shop.id,
      archived: false,
      tipEnabled: shop.tips,
    })),
  );
}

const FIRST_NAMES = ['Ada', 'Bo', 'Carla', 'Dag', 'Esme', 'Finn', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Kaya', 'Leo'];
const LAST_NAMES = ['Holm', 'Rivera', 'Walsh', 'Lund', 'Okafor', 'Marsh', 'Dahl', 'Pereira', 'Quist', 'Stone', 'Vinter', 'Young'];

/** Four people a shop; the last of each has left. */
export function makeEmployees(shops: readonly Shop[]): EmployeeRecord[] {
  return shops.flatMap((shop) =>
    shop.employees.map((id, index) => ({
      id,
      firstName: FIRST_NAMES[Number(id) % FIRST_NAMES.length] ?? 'Ada',
      lastName: LAST_NAMES[(Number(id) * 5) % LAST_NAMES.length] ?? 'Holm',
      archived: index === 3,
      limitToShopId: index === 0 ? null : shop.id,
      timeStamp: FOUNDED,
    })),
  );
}

/** The account's ways of paying, one of each kind, with the ids the POS usually gives them. */
export const PAYMENT_TYPES: readonly PaymentTypeRecord[] = [
  { id: '1', name: 'Cash', kind: 'cash', type: 'cash', archived: false },
  { id: '2', name: 'Check', kind: 'check', type: 'user defined', archived: false },
  { id: '3', name: 'Credit Card', kind: 'card', type: 'credit card', archived: false },
  { id: '4', name: 'Credit Account', kind: 'credit_account', type: 'credit account', archived: false },
  { id: '5', name: 'Gift Card', kind: 'gift_card', type: 'gift card', archived: false },
  { id: '6', name: 'eCom', kind: 'ecom', type: 'ecom', archived: false },
];

const TYPE_IDS = new Map(PAYMENT_TYPES.map((type) => [type.kind, type.id]));

/** POS id of a tender kind. */
export function paymentTypeId(kind: TenderKind): string {
  const id = TYPE_IDS.get(kind);
  if (id === undefined) throw new RangeError(`no payment type ${JSON.stringify(kind)}`);
  return id;
}

/** Goods, work, and goods taxed less. */
export const TAX_CLASSES: readonly TaxClassRecord[] = [
  { id: '1', name: 'Item' },
  { id: '2', name: 'Labor' },
  { id: '3', name: 'Reduced' },
];

/** One category of rates for each kind of shop. */
export const TAX_CATEGORIES: readonly TaxCategoryRecord[] = KINDS.map((kind, index) => ({
  id: String(index + 1),
  taxInclusive: kind.taxInclusive,
  tax1Name: kind.tax1Name,
  tax2Name: kind.tax2Name,
  rates: kind.rates,
  classes: [{ id: String(index + 1), taxClassId: '3', rates: kind.reducedRates }],
  timeStamp: FOUNDED,
}));
