import type { CustomerRecord } from '../../world/types.ts';
import type { IssuedCard } from '../additions.ts';
import { constant, datetime, flag, id, money, text, toMany, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { centsText, tradeBook } from '../trade-book.ts';
import type { CreditHistory } from '../trade-book.ts';
import type { View } from '../view.ts';
import { contactOf, embeddedContact } from './contact.ts';
import { salePayment } from './sale-payment.ts';

/** A customer's credit, or a gift card. */
export interface CreditRow {
  readonly id: string;
  readonly customer: CustomerRecord | undefined;
  readonly history: CreditHistory | undefined;
  /** Made through the API. */
  readonly card?: IssuedCard;
}

/** R §7.9: gift cards only with `giftCard=true`; the code is masked unless the token may see it; negative: the shop owes. */
export const creditAccount: Resource<CreditRow> = {
  name: 'CreditAccount',
  idField: 'creditAccountID',
  scopes: ['employee:customers', 'employee:customers_read'],
  fields: [
    id('creditAccountID', (row) => row.id),
    text('name', nameOf),
    text('code', codeOf),
    constant('creditLimit', '0', 'money'),
    constant('description', ''),
    flag('giftCard', (row) => isGiftCard(row)),
    flag('archived', (row) => row.customer?.archived === true),
    datetime(
      'timeStamp',
      (row) => Math.max(row.history?.changedAt ?? 0, row.customer?.timeStamp ?? 0, row.card?.createTime ?? 0) / 1000,
    ),
    id('customerID', (row) => row.customer?.id ?? 0),
    money('balance', (row) => centsText(row.history?.balance ?? 0)),
  ],
  relations: [
    toOne(
      'Contact',
      () => embeddedContact,
      ({ customer }) => (customer === undefined ? undefined : contactOf(customer)),
    ),
    toMany(
      'WithdrawalPayments',
      () => salePayment,
      (row) => row.history?.movements ?? [],
    ),
  ],
  sorts: ['creditAccountID', 'timeStamp', 'customerID'],
  archived: 'filtered',
  hiddenUnless: { filter: 'giftCard', hides: isGiftCard },
};

interface Kept {
  readonly customers: readonly CustomerRecord[];
  readonly cards: readonly IssuedCard[];
  readonly rows: readonly CreditRow[];
}

const noCards: readonly IssuedCard[] = [];
const kept = new WeakMap<object, Kept>();

/** Customers' accounts, then gift cards. */
export function creditAccounts(view: View): readonly CreditRow[] {
  const { credit } = tradeBook(view);
  const customers = view.state.customers();
  const known = kept.get(credit);
  const cards = view.additions?.cards() ?? noCards;
  if (known?.customers === customers && known.cards === cards) return known.rows;
  const rows: CreditRow[] = customers.flatMap((customer) =>
    customer.creditAccountId === null
      ? []
      : [{ id: customer.creditAccountId, customer, history: credit.get(customer.creditAccountId) }],
  );
  for (const history of credit.values()) if (history.giftCard) rows.push({ id: history.id, customer: undefined, history });
  for (const card of cards) rows.push({ id: card.id, customer: undefined, history: undefined, card });
  kept.set(credit, { customers, cards, rows });
  return rows;
}

/** The account of one customer, for relations. */
export function creditOf(customer: CustomerRecord, view: View): CreditRow | undefined {
  const { creditAccountId } = customer;
  if (creditAccountId === null) return undefined;
  return { id: creditAccountId, customer, history: tradeBook(view).credit.get(creditAccountId) };
}

function isGiftCard(row: CreditRow): boolean {
  return row.history?.giftCard === true || row.card !== undefined;
}

function nameOf(row: CreditRow): string {
  if (row.card !== undefined) return row.card.name;
  if (row.customer === undefined) return 'Gift Card';
  return `${row.customer.firstName} ${row.customer.lastName}`.trim();
}

function codeOf(row: CreditRow, view: View): string {
  if (!isGiftCard(row)) return '';
  const code = row.card?.code ?? row.id.padStart(12, '0');
  // A scope of its own, which `employee:all` does not stand for.
  const may = view.caller.scopes.includes('employee:customers_view_gift_card_numbers');
  return may ? code : `${'*'.repeat(code.length - 4)}${code.slice(-4)}`;
}
