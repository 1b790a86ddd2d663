import type { Emulator, SaleEvent, TicketLine, TicketPayment, TillEvent } from '../../packages/emulator/src/index.ts';
import type { Random } from './random.ts';

type Series = 'r' | 'x';

/** One series' till as the trader knows it. */
interface Book {
  readonly series: Series;
  readonly emulator: Emulator;
  /** Ordinary sales of the world are named so: `t1`, `t2`, … */
  readonly prefix: string;
  readonly sold: Sold[];
  /** Old sales that take no more changes, as far as we have seen. */
  readonly shut: Set<string>;
  rung: number;
}

interface Sold {
  readonly name: string;
  readonly shop: string;
  lines: readonly TicketLine[];
  open: boolean;
  at: number;
}

/** Live trade at both tills: every kind of change, of sales a second and three months old. */
export interface Trade {
  /** Makes `count` changes now, spread over both. @returns how many were made. */
  play(count: number): number;
  readonly mutations: number;
  readonly kinds: Readonly<Record<string, number>>;
}

const SHOPS = ['1', '2', '3'] as const;
const DAY_MS = 86_400_000;
/** Own sales that may still change; older ones are left in peace. */
const KEPT = 400;

export interface TradeNeeds {
  readonly emulator: Emulator;
  readonly random: Random;
  /** Of each series before the trade. */
  readonly sales: number;
  readonly customers: number;
}

export function openTrade({ emulator, random, sales, customers }: TradeNeeds): Trade {
  const books = (['r', 'x'] as const).map((series): Book => {
    return { series, emulator, prefix: series === 'r' ? 't' : 'x', sold: [], shut: new Set(), rung: 0 };
  });
  const kinds: Record<string, number> = {};
  let mutations = 0;

  const one = (book: Book): boolean => {
    const kind = random.pick(KINDS);
    const event = makeEvent(kind, { book, random, sales, customers });
    if (event === null) return false;
    try {
      playOn(book, [event.event]);
    } catch (error) {
      // An old sale may be void already or otherwise not take the change; that is the world's, and shows in the count.
      if (!(error instanceof RangeError)) throw error;
      event.refused();
      return false;
    }
    event.played();
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    mutations += 1;
    return true;
  };

  return {
    play(count) {
      let made = 0;
      for (let attempt = 0; made < count && attempt < count * 4; attempt += 1) if (one(random.pick(books))) made += 1;
      return made;
    },
    get mutations() {
      return mutations;
    },
    kinds,
  };
}

const KINDS = [
  ...Array<'sale'>(7).fill('sale'),
  ...Array<'edit'>(4).fill('edit'),
  ...Array<'old_edit'>(2).fill('old_edit'),
  'void',
  'old_void',
  'return',
  'back_dated',
  'open',
  'complete',
  'customer',
  'customer_change',
] as const;
type Kind = (typeof KINDS)[number];

interface Making {
  readonly book: Book;
  readonly random: Random;
  readonly sales: number;
  readonly customers: number;
}

interface Made {
  readonly event: TillEvent;
  readonly played: () => void;
  readonly refused: () => void;
}

/** What happens next at this till; null when it has nothing to happen to. */
function makeEvent(kind: Kind, making: Making): Made | null {
  switch (kind) {
    case 'sale':
    case 'back_dated':
    case 'open':
      return ringUp(kind, making);
    case 'return':
      return giveBack(making);
    case 'edit':
    case 'complete':
      return edit(kind, making);
    case 'old_edit':
    case 'old_void':
      return change(kind, making);
    case 'void':
      return voidOwn(making);
    default:
      return customer(kind, making);
  }
}

function ringUp(kind: 'sale' | 'back_dated' | 'open', { book, random, customers }: Making): Made {
  const name = nameOf(book);
  const at = now(book);
  const shop = random.pick(SHOPS);
  const lines = makeLines(random, book.rung);
  const event: SaleEvent = {
    event: 'ring_up',
    sale: name,
    at: iso(at),
    shop,
    register: registerOf(shop, random),
    taxInclusive: true,
    ...(random.below(3) === 0 ? { customer: String(1 + random.below(customers)) } : {}),
    ...(kind === 'back_dated' ? { backdatedTo: iso(at - 3_600_000 - random.below(20 * DAY_MS)) } : {}),
    ...(kind === 'open' ? { completed: false } : {}),
    lines,
    payments: kind === 'open' ? [] : paid(lines, random),
  };
  const played = (): void => keep(book, { name, shop, lines, open: kind === 'open', at });
  return { event, played, refused: () => undefined };
}

/** Some of a sale comes back, at any shop. */
function giveBack({ book, random }: Making): Made | null {
  const original = pickSold(book, random, (sold) => !sold.open);
  if (original === null) return null;
  const [line] = original.lines;
  if (line === undefined) return null;
  const name = nameOf(book);
  const at = now(book);
  const shop = random.pick(SHOPS);
  const lines: TicketLine[] = [{ quantity: '-1', price: line.price, returns: `${original.name}/1` }];
  const payments: TicketPayment[] = [{ tender: 'cash', amount: `-${line.price}` }];
  const register = registerOf(shop, random);
  const event: SaleEvent = { event: 'ring_up', sale: name, at: iso(at), shop, register, taxInclusive: true, lines, payments };
  return { event, played: () => undefined, refused: () => undefined };
}

function edit(kind: 'edit' | 'complete', { book, random }: Making): Made | null {
  const sold = pickSold(book, random, ({ open }) => open === (kind === 'complete'));
  if (sold === null) return null;
  const at = Math.max(now(book), sold.at + 1);
  book.rung += 1;
  const lines = makeLines(random, book.rung);
  const event: SaleEvent = {
    event: 'edit',
    sale: sold.name,
    at: iso(at),
    lines,
    payments: paid(lines, random),
    ...(kind === 'complete' ? { completed: true } : {}),
  };
  const played = (): void => {
    sold.lines = lines;
    sold.open = false;
    sold.at = at;
  };
  return { event, played, refused: () => forget(book, sold) };
}

function voidOwn({ book, random }: Making): Made | null {
  const sold = pickSold(book, random, ({ open }) => !open);
  if (sold === null) return null;
  const at = Math.max(now(book), sold.at + 1);
  const gone = (): void => forget(book, sold);
  return { event: { event: 'void', sale: sold.name, at: iso(at), reason: 'Mistake' }, played: gone, refused: gone };
}

/** A sale of the last three months is changed or voided now. */
function change(kind: 'old_edit' | 'old_void', { book, random, sales }: Making): Made | null {
  // Half of them, or so, are ordinary ones.
  const name = `${book.prefix}${1 + random.below(Math.floor(sales / 2))}`;
  if (book.shut.has(name)) return null;
  const at = iso(now(book));
  const shut = (): void => void book.shut.add(name);
  if (kind === 'old_void') return { event: { event: 'void', sale: name, at, reason: 'Mistake' }, played: shut, refused: shut };
  book.rung += 1;
  const lines = makeLines(random, book.rung);
  return {
    event: { event: 'edit', sale: name, at, lines, payments: paid(lines, random) },
    played: () => undefined,
    refused: shut,
  };
}

function customer(kind: 'customer' | 'customer_change', { book, random, customers }: Making): Made {
  book.rung += 1;
  const event: TillEvent = {
    event: 'save_customer',
    at: iso(now(book)),
    ...(kind === 'customer' ? {} : { customer: String(1 + random.below(customers)) }),
    firstName: `Live ${book.rung}`,
    lastName: 'Trade',
    email: `live-${book.rung}@example.test`,
  };
  return { event, played: () => undefined, refused: () => undefined };
}

function playOn({ series, emulator }: Book, events: readonly TillEvent[]): void {
  if (series === 'r') emulator.control.play(events);
  else emulator.control.xSeries?.play(events);
}

/** No two tickets are alike: whatever is counted twice or lost shows. */
function makeLines(random: Random, serial: number): TicketLine[] {
  const count = 1 + random.below(3);
  return Array.from({ length: count }, (_, index) => {
    const cents = 500 + random.below(20_000) + (serial % 97);
    return {
      quantity: String(1 + random.below(3)),
      price: money(cents * 2),
      ...(index === 1 && random.below(2) === 0 ? { discountPercent: '0.5' } : {}),
    };
  });
}

/** Paid exactly, in one or two ways. */
function paid(lines: readonly TicketLine[], random: Random): TicketPayment[] {
  const cents = lines.reduce((sum, { quantity, price, discountPercent }) => {
    const full = Number(quantity) * Math.round(Number(price) * 100);
    return sum + (discountPercent === undefined ? full : full / 2);
  }, 0);
  if (random.below(3) > 0) return [{ tender: random.pick(['cash', 'card'] as const), amount: money(cents) }];
  const part = 100 + random.below(Math.max(1, cents - 200));
  return [
    { tender: 'cash', amount: money(part) },
    { tender: 'card', amount: money(cents - part) },
  ];
}

function pickSold(book: Book, random: Random, fits: (sold: Sold) => boolean): Sold | null {
  const fitting = book.sold.filter(fits);
  return fitting.length === 0 ? null : random.pick(fitting);
}

function keep(book: Book, sold: Sold): void {
  book.sold.push(sold);
  if (book.sold.length > KEPT) book.sold.shift();
}

function forget(book: Book, sold: Sold): void {
  const place = book.sold.indexOf(sold);
  if (place >= 0) book.sold.splice(place, 1);
}

function nameOf(book: Book): string {
  book.rung += 1;
  return `live-${book.rung}`;
}

function registerOf(shop: string, random: Random): string {
  return String(Number(shop) * 2 - random.below(2));
}

function now({ emulator }: Book): number {
  return emulator.control.clock.now();
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
