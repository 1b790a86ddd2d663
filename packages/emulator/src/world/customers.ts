/** The people who buy: made from the seed by number, with the contacts and the doubles a real list has. */
import { dice } from './random.ts';
import type { Shop } from './shops.ts';
import { FOUNDED } from './shops.ts';
import type { ContactRecord, CustomerRecord } from './types.ts';

const FIRST = [
  'Alma', 'Anton', 'Beatrix', 'Carl', 'Clara', 'David', 'Ella', 'Emil', 'Frida', 'Gustav', 'Hannah', 'Ida', 'Jack', 'Jane', 'Karl',
  'Laura', 'Malthe', 'Nora', 'Oscar', 'Paula', 'Ruth', 'Søren', 'Thea', 'Una', 'Victor', 'William', 'Yasmin', 'Zoe',
]; // prettier-ignore
const LAST = [
  'Andersen', 'Bach', 'Carter', 'Dam', 'Evans', 'Friis', 'Green', 'Hansen', 'Iversen', 'Jensen', 'Kelly', 'Larsen', 'Møller', 'Nguyen',
  'Olsen', 'Price', 'Rossi', 'Schmidt', 'Taylor', 'Voss', 'White', 'Østergaard',
]; // prettier-ignore
const DIALLING: Readonly<Record<string, string>> = { DK: '+45 55', US: '+1 212 555 ', AU: '+61 8 5550 ' };

/** Nobody's contact: what an erased customer has. */
export const NO_CONTACT: ContactRecord = {
  email: null,
  mobile: null,
  homePhone: null,
  address1: null,
  city: null,
  zip: null,
  countryCode: null,
  noEmail: true,
  noPhone: true,
  noMail: true,
};

/** Customer number `id`; every fiftieth shares the e-mail or the phone of the one before. */
export function makeCustomer(seed: number, id: number, shops: readonly Shop[]): CustomerRecord {
  const double = id > 1 && id % 50 === 0;
  const roll = dice(seed, 2, double ? id - 1 : id);
  const firstName = roll.pick(FIRST);
  const lastName = roll.pick(LAST);
  const shop = shops[(id - 1) % Math.max(1, shops.length)];
  const number = double ? id - 1 : id;
  const country = shop?.countryCode ?? 'DK';
  const email = roll.chance(0.7) ? `${plain(firstName)}.${plain(lastName)}.${number}@example.test` : null;
  const mobile = roll.chance(0.6) ? `${DIALLING[country] ?? '+45 55'}${String(100_000 + number).slice(-6)}` : null;
  const createTime = FOUNDED + 60_000 * roll.int(900 * 24 * 60);
  return {
    id: String(id),
    firstName,
    lastName,
    company: roll.chance(0.05) ? `${lastName} & Co` : '',
    archived: false,
    erased: false,
    mergedInto: null,
    createTime,
    timeStamp: createTime,
    creditAccountId: String(id),
    contact: {
      email: double && email !== null ? email.toUpperCase() : email,
      mobile,
      homePhone: roll.chance(0.1) ? `${DIALLING[country] ?? '+45 55'}${String(300_000 + number).slice(-6)}` : null,
      address1: roll.chance(0.5) ? `${1 + roll.int(140)} Example Street` : null,
      city: shop?.city ?? null,
      zip: String(1000 + roll.int(8999)),
      countryCode: country,
      noEmail: roll.chance(0.4),
      noPhone: roll.chance(0.7),
      noMail: roll.chance(0.8),
    },
  };
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/ø/g, 'oe')
    .replace(/[^a-z]/g, '');
