import { constant, datetime, flag, id, json, money, text } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { SalePaymentRow } from '../sale-row.ts';
import { trimNumber } from '../wire.ts';

/** What a card terminal did: one a card payment, with the payment's id (R §7.12). Nothing in it is anybody's card. */
export const ccCharge: Resource<SalePaymentRow> = {
  name: 'CCCharge',
  idField: 'ccChargeID',
  scopes: ['employee:register', 'employee:register_read', 'employee:cfd'],
  fields: [
    id('ccChargeID', (row) => row.payment.id),
    text('gatewayTransID', (row) => `emulated-${row.payment.id}`),
    text('xnum', (row) => String(row.payment.id % 10_000).padStart(4, '0')),
    flag('voided', (row) => row.sale.record.voided),
    flag('refunded', (row) => row.payment.amount.startsWith('-')),
    money('amount', (row) => trimNumber(row.payment.amount)),
    constant('exp', ''),
    constant('authOnly', 'false', 'flag'),
    text('authCode', (row) => String(100_000 + (row.payment.id % 900_000))),
    constant('cardType', 'VISA'),
    constant('entryMethod', 'chip'),
    constant('cardholderName', ''),
    constant('isDebit', 'false', 'flag'),
    constant('communicationKey', ''),
    // Like the other parts of a sale: it is found through the sale's.
    datetime('timeStamp', (row) => row.sale.stamps.timeStamp / 1000),
    flag('declined', (row) => row.payment.archived),
    constant('rawResponse', ''),
    json('rawVoidResponse', '{"@attributes":{"readonly":"true"}}'),
    id('saleID', (row) => row.sale.stamps.id),
  ],
  relations: [],
  sorts: ['ccChargeID', 'timeStamp', 'saleID'],
  archived: 'ignored',
};

/** Whether a terminal was asked for this payment. */
export function isCharged(row: SalePaymentRow): boolean {
  return row.payment.kind === 'card';
}
