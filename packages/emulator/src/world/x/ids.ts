/**
 * The retailer's ids: UUIDs made from the seed, a kind and a number, so that the number can be read back from them. Sale ids have the odd
 * groups of a till's own (X §6). Ids of one kind sort as their numbers do.
 */
const KINDS = [
  'retailer', 'outlet', 'register', 'user', 'payment_type', 'tax', 'tax_rate', 'outlet_tax', 'customer', 'customer_group', 'product',
  'product_type', 'category', 'brand', 'tag', 'supplier', 'inventory', 'price_book', 'price_book_product', 'gift_card', 'gift_card_move',
  'store_credit', 'store_credit_move', 'promotion', 'consignment', 'consignment_product', 'sale', 'line', 'payment', 'session', 'charge',
  'variant_attribute', 'family',
] as const; // prettier-ignore

/** What an id is of. */
export type XKind = (typeof KINDS)[number];

/** Makes and reads the ids of one retailer. */
export interface XIds {
  of(kind: XKind, number: number): string;
  /** The sale with this number has the id its client chose. */
  choose(number: number, id: string): void;
  /** Forgets what was chosen. */
  forget(): void;
  /** The number of an id of this kind; undefined for any other text. */
  read(kind: XKind, id: string): number | undefined;
}

/** Numbers of 40 bits are enough for the payments of ten million sales. */
const HIGH = 0x1_0000_0000;

const KEPT_MAX = 5000;
const PASSING: ReadonlySet<XKind> = new Set<XKind>(['sale', 'line', 'payment', 'session', 'charge']);

/** The ids of a seed. */
export function makeIds(seed: number): XIds {
  const tail = (Math.imul(seed ^ 0x5bd1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  const middles = new Map<XKind, string>();
  for (const [place, kind] of KINDS.entries()) {
    const code = (0x10 + place).toString(16);
    middles.set(kind, kind === 'sale' ? `-${code}bc-bcc7-11e4-0a` : `-${code}1a-11f1-a001-0a`);
  }
  const make = (kind: XKind, number: number): string => {
    const low = (number % HIGH).toString(16).padStart(8, '0');
    const high =
      number < HIGH
        ? '00'
        : Math.floor(number / HIGH)
            .toString(16)
            .padStart(2, '0');
    return low + (middles.get(kind) ?? '') + high + tail;
  };
  // Look-ups are named again and again, sales and their parts once.
  const kept = new Map<XKind, string[]>();
  const of = (kind: XKind, number: number): string => {
    if (number >= KEPT_MAX || PASSING.has(kind)) return make(kind, number);
    let row = kept.get(kind);
    if (row === undefined) kept.set(kind, (row = []));
    return (row[number] ??= make(kind, number));
  };
  const chosen = new Map<number, string>();
  const numbers = new Map<string, number>();
  const idOf = (kind: XKind, number: number): string => (kind === 'sale' ? chosen.get(number) : undefined) ?? of(kind, number);
  return {
    of: idOf,
    choose(number, id) {
      chosen.set(number, id);
      numbers.set(id, number);
    },
    forget() {
      chosen.clear();
      numbers.clear();
    },
    read: (kind, id) => {
      const known = kind === 'sale' ? numbers.get(id) : undefined;
      if (known !== undefined) return known;
      const number = Number.parseInt(id.slice(26, 28), 16) * HIGH + Number.parseInt(id.slice(0, 8), 16);
      return Number.isSafeInteger(number) && idOf(kind, number) === id ? number : undefined;
    },
  };
}

/** Whether a text is a UUID, of whatever version: the form of every id of the X-Series. */
export const isUuid = (text: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
