/** From rows of the ledger to the amounts and heads that receipts show. Pure. */
import { minorDigitsOf } from './currency.ts';
import { isQuantity, PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import type { ReceiptRow } from './queries-receipts.ts';
import type { ReceiptListItem } from './schemas.ts';
import { quantityText } from '../turnover/values.ts';

export type Amounts = Record<string, number | string>;

interface Summed {
  readonly [measure: string]: unknown;
  readonly payment_types: readonly { readonly type: string; readonly payments: number }[] | null;
}

/** Every measure that is not 0, payments by type among them; quantities as decimal text. */
export function amountsOf(row: Summed): Amounts {
  const amounts: Amounts = {};
  for (const name of [...SALE_MEASURES, ...PAYMENT_MEASURES]) {
    const value = row[name];
    if (typeof value === 'number' && value !== 0) amounts[name] = isQuantity(name) ? quantityText(value) : value;
  }
  const types = new Map<string, number>();
  for (const { type, payments } of row.payment_types ?? []) types.set(type, (types.get(type) ?? 0) + payments);
  for (const [type, payments] of types) if (payments !== 0) amounts[`payments:${type}`] = payments;
  return amounts;
}

/** What the list and the receipt itself both show. */
export function headOf(row: ReceiptRow): Omit<ReceiptListItem, 'figure'> {
  return {
    posAccountId: row.pos_account_id,
    saleId: row.sale_id,
    number: row.number,
    shopId: row.shop_id,
    shopName: row.shop_name ?? row.shop_id,
    registerId: row.register_id,
    registerName: row.register_name,
    state: row.state,
    occurredAt: row.occurred_at.toISOString(),
    timeZone: row.time_zone,
    businessDay: row.business_day,
    hour: row.hour.toISOString(),
    total: row.total,
    currency: row.currency,
    minorDigits: minorDigitsOf(row.currency),
    versions: row.version,
    problem: row.problem,
  };
}
