import { compareAmounts, signOf } from '../amount.ts';
import type { Amount } from '../amount.ts';
import type { LineKind, PaymentKind } from '../model.ts';

/** What D8 looks at in a line. */
export interface LineFacts {
  readonly id: string;
  /** False for a reservation that is not on a sale (`saleID 0`). */
  readonly attached: boolean;
  readonly isFee: boolean;
  /** The line itself carries a SaleAccounts bridge. */
  readonly hasBridge: boolean;
  /** `itemID 0`. */
  readonly isMiscellaneous: boolean;
  readonly quantitySign: -1 | 0 | 1;
  readonly priceSign: -1 | 0 | 1;
  /** quantity × price. */
  readonly subtotal: Amount;
}

/** What D8 looks at in a payment. */
export interface PaymentFacts {
  readonly kind: PaymentKind;
  readonly amount: Amount;
  readonly archived: boolean;
  readonly bridgedLineIds: readonly string[];
}

/** The kind of each line, by D8: the first rule that matches wins. Archived payments prove nothing. */
export function lineKinds(lines: readonly LineFacts[], payments: readonly PaymentFacts[]): LineKind[] {
  let soldGiftCard = false;
  // A bridge to a credit account is a customer's credit, not a gift card.
  const bridged: string[] = [];
  // Each credit given explains one line only.
  const credits: Amount[] = [];
  for (const { kind, amount, archived, bridgedLineIds } of payments) {
    if (archived) continue;
    if (kind === 'gift_card' && signOf(amount) < 0) soldGiftCard = true;
    if (kind === 'credit_account' && signOf(amount) < 0) credits.push(amount);
    if (kind !== 'credit_account' && bridgedLineIds.length > 0) bridged.push(...bridgedLineIds);
  }
  return lines.map((line): LineKind => {
    if (!line.attached) return 'ignored';
    if (line.isFee) return 'fee';
    if (line.hasBridge || bridged.includes(line.id)) return 'gift_card';
    if (line.isMiscellaneous && line.priceSign === 0 && soldGiftCard) return 'gift_card';
    if (line.quantitySign > 0 && line.priceSign < 0)
      return line.isMiscellaneous && takeCredit(credits, line.subtotal) ? 'store_credit' : 'discount';
    return line.quantitySign < 0 ? 'return' : 'goods';
  });
}

function takeCredit(credits: Amount[], amount: Amount): boolean {
  const at = credits.findIndex((credit) => compareAmounts(credit, amount) === 0);
  if (at >= 0) credits.splice(at, 1);
  return at >= 0;
}
