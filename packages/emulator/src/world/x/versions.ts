/**
 * The one counter behind all versions. What was there before any trade has versions of its own range; afterwards each commit (a till's
 * event, or something the back office did) has a block of numbers, and each thing it raises a place in the block.
 */
import type { XKind } from './ids.ts';

/** Versions of what was there at the start begin here, in an order of kinds. */
const SETUP = 30_000_000_000;
const SETUP_ROOM = 10_000_000;
/** Versions of commits begin here. */
const TRADE = 31_000_000_000;
/** Numbers a commit may use: more than a sale has lines. */
const BLOCK = 256;

/** Places of what a commit raises. */
export const SLOT = { sale: 0, original: 1, customer: 2, storeCredit: 3, giftCards: 100, inventory: 150, office: 4 } as const;

const SETUP_ORDER: readonly XKind[] = [
  'retailer', 'tax', 'outlet', 'register', 'user', 'payment_type', 'customer_group', 'product_type', 'category', 'brand', 'tag', 'supplier',
  'product', 'outlet_tax', 'inventory', 'price_book', 'price_book_product', 'promotion', 'customer', 'gift_card',
]; // prettier-ignore

/** Version of row `row` (from 0) of a kind, as it was at the start. */
export const setupVersion = (kind: XKind, row: number): number => SETUP + SETUP_ORDER.indexOf(kind) * SETUP_ROOM + row + 1;

/** Version of a place in the block of the commit with this rank. */
export const commitVersion = (rank: number, slot: number): number => TRADE + rank * BLOCK + slot;

/** The highest version before any commit. */
export const SETUP_LAST = TRADE - 1;

/** How far a rank must have come to be beyond a version: the first rank whose block is not all at or below it. */
export const firstRankAfter = (version: number): number => Math.max(0, Math.floor((version - TRADE + 1) / BLOCK));
