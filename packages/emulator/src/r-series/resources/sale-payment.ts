import { constant, datetime, flag, id, money, none, text, toMany, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { SalePaymentRow } from '../sale-row.ts';
import type { View } from '../view.ts';
import { trimNumber } from '../wire.ts';
import { ccCharge, isCharged } from './cc-charge.ts';
import { paymentType } from './payment-type.ts';

/** The bridge between a gift card's line, its payment and its account. */
export interface SaleAccountRow extends SalePaymentRow {
  readonly lineId: number;
}

/** R §7.6, end. */
export const saleAccount: Resource<SaleAccountRow> = {
  name: 'SaleAccount',
  idField: 'saleAccountID',
  scopes: [],
  fields: [
    id('saleAccountID', (row) => row.payment.id),
    id('creditAccountID', (row) => row.payment.creditAccountId ?? 0),
    id('salePaymentID', (row) => row.payment.id),
    id('saleLineID', (row) => row.lineId),
  ],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

/** R §7.6. `timeStamp` sorts and filters although the document does not show it. */
export const salePayment: Resource<SalePaymentRow> = {
  name: 'SalePayment',
  idField: 'salePaymentID',
  scopes: ['employee:register', 'employee:register_read', 'employee:cfd'],
  fields: [
    id('salePaymentID', (row) => row.payment.id),
    money('amount', (row) => trimNumber(row.payment.amount)),
    money('tipAmount', (row) => trimNumber(row.payment.tip)),
    datetime('createTime', (row) => row.payment.createTime / 1000),
    flag('archived', (row) => row.payment.archived),
    constant('remoteReference', ''),
    text('paymentID', paymentServiceId),
    id('saleID', (row) => row.sale.stamps.id),
    id('paymentTypeID', (row) => row.payment.paymentTypeId),
    id('ccChargeID', (row) => (isCharged(row) ? row.payment.id : 0)),
    id('refPaymentID', refundedPayment),
    id('registerID', (row) => row.payment.registerId ?? 0),
    id('employeeID', (row) => row.payment.employeeId ?? 0),
    id('creditAccountID', (row) => row.payment.creditAccountId ?? 0),
  ],
  relations: [
    toOne(
      'PaymentType',
      () => paymentType,
      (row, view) => view.paymentType(row.payment.paymentTypeId),
    ),
    toOne(
      'CCCharge',
      () => ccCharge,
      (row) => (isCharged(row) ? row : undefined),
    ),
    toMany('SaleAccounts', () => saleAccount, accountsOf),
    none('Signatures', true),
    none('ProcessingFees', true),
  ],
  sorts: ['salePaymentID', 'timeStamp', 'saleID'],
  archived: 'ignored',
  // Its own stamp is nowhere to be seen: here it is its sale's.
  unshown: [datetime('timeStamp', (row) => row.sale.stamps.timeStamp / 1000)],
};

/** Only the load of a gift card has the bridge to its line. */
function accountsOf(row: SalePaymentRow): readonly SaleAccountRow[] {
  if (!isGiftCardLoad(row.payment)) return [];
  const line = row.sale.record.lines.find((candidate) => candidate.kind === 'gift_card');
  return line === undefined ? [] : [{ ...row, lineId: line.id }];
}

/** A gift card is filled by a negative payment of its kind (R §8.5). */
export function isGiftCardLoad(payment: { readonly kind: string; readonly amount: string }): boolean {
  return payment.kind === 'gift_card' && payment.amount.startsWith('-');
}

/** A card refund names the payment it gives back: the card payment of the sale whose line is returned (R §8.3). */
function refundedPayment(row: SalePaymentRow, view: View): number {
  if (row.payment.kind !== 'card' || !row.payment.amount.startsWith('-')) return 0;
  const returned = row.sale.record.lines.find((line) => line.parentLineId !== null && line.quantity.startsWith('-'));
  if (returned === undefined || returned.parentLineId === null) return 0;
  const original = view.state.sale(Math.floor(returned.parentLineId / 100));
  return original?.payments.find((payment) => payment.kind === 'card' && !payment.amount.startsWith('-'))?.id ?? 0;
}

/** Card terminals name their payments by a UUID; this one only has to stay the same. */
function paymentServiceId(row: SalePaymentRow): string {
  if (row.payment.kind !== 'card' && row.payment.kind !== 'ecom') return '';
  const digits = row.payment.id.toString(16).padStart(12, '0');
  return `1f0e0000-0000-7000-8000-${digits}`;
}
