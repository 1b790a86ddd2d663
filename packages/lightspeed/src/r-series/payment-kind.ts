import type { PaymentKind } from '../model.ts';
import { readText } from './read.ts';
import type { Fields } from './read.ts';

/** The kind of a PaymentType record by its `type` (R §7.7); names and ids are the merchant's own and say nothing. Null without a record or type. */
export function paymentKindOf(paymentType: Fields | null): PaymentKind | null {
  if (paymentType === null) return null;
  const type = readText(paymentType, 'type').trim().toLowerCase();
  return type === '' ? null : (KINDS.get(type) ?? 'other');
}

const KINDS: ReadonlyMap<string, PaymentKind> = new Map([
  ['cash', 'cash'],
  ['credit card', 'card'],
  ['credit account', 'credit_account'],
  ['gift card', 'gift_card'],
  ['ecom', 'ecom'],
  ['adjustment', 'adjustment'],
]);
