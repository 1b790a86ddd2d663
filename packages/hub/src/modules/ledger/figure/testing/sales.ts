/** Sales for tests, said in as few words as the test needs. */
import type { Decimal, Instant, Payment, Sale, SaleLine } from '@tillweave/lightspeed';

/** 15 September 2026, 12:00 in Copenhagen. */
export const NOON = Date.UTC(2026, 8, 15, 10) as Instant;

type Texts<T> = { readonly [Key in keyof T]?: T[Key] extends Decimal ? string : T[Key] };

export function makeLine(given: Texts<SaleLine>): SaleLine {
  const line = {
    id: '101',
    position: 101,
    kind: 'goods',
    itemId: null,
    quantity: '1',
    unitPrice: '0',
    normalUnitPrice: null,
    exclusive: '0',
    tax: '0',
    discount: '0',
    fallbackRate: '0',
    parentLineId: null,
    ...given,
  };
  return line as SaleLine;
}

export function makePayment(given: Texts<Payment>): Payment {
  const payment = {
    id: '1',
    typeId: '1',
    kind: 'cash',
    amount: '0',
    tip: '0',
    paidAt: NOON,
    registerId: '1',
    archived: false,
    ...given,
  };
  return payment as Payment;
}

/** A completed sale of shop 1 at noon; total 0 and nothing on it unless given. */
export function makeSale(given: Texts<Omit<Sale, 'lines' | 'payments'>> & Partial<Pick<Sale, 'lines' | 'payments'>>): Sale {
  const sale = {
    provider: 'lightspeed-r',
    id: '1',
    number: '220000000001',
    shopId: '1',
    registerId: '1',
    employeeId: null,
    customerId: null,
    state: 'completed',
    archived: false,
    createdAt: null,
    occurredAt: NOON,
    changedAt: NOON,
    taxInclusive: false,
    total: '0',
    tax: '0',
    cashRounding: '0',
    lines: [],
    adjustments: [],
    payments: [],
    ...given,
  };
  return sale as Sale;
}
