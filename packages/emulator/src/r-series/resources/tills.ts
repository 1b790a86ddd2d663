/** Closings and cash moves of tills (R §7.3), made from the payments. */
import type { RegisterRecord } from '../../world/types.ts';
import { datetime, id, money, text, toMany, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { SaleRow } from '../sale-row.ts';
import { centsOf, centsText, dayOf, dayStart, openingFloat, tradeBook } from '../trade-book.ts';
import type { DrawerDay } from '../trade-book.ts';
import type { View } from '../view.ts';
import { paymentType } from './payment-type.ts';

/** What one payment type should have come to, and what was counted; in cents. */
export interface CountAmountRow {
  readonly id: number;
  readonly countId: number;
  readonly paymentTypeId: string;
  readonly calculated: number;
  readonly actual: number;
}

/** Money put into a drawer (+) or taken out (−). */
export interface WithdrawRow {
  readonly id: number;
  readonly amount: string;
  readonly createTime: number;
  readonly notes: string;
  readonly employeeId: string;
  readonly paymentTypeId: string;
  readonly registerId: string;
}

const registerScopes = ['employee:register', 'employee:register_read', 'employee:reports'] as const;
const cash = '1';

export const registerCountAmount: Resource<CountAmountRow> = {
  name: 'RegisterCountAmount',
  idField: 'registerCountAmountID',
  scopes: registerScopes,
  fields: [
    id('registerCountAmountID', (row) => row.id),
    money('calculated', (row) => centsText(row.calculated)),
    money('actual', (row) => centsText(row.actual)),
    id('registerCountID', (row) => row.countId),
    id('paymentTypeID', (row) => row.paymentTypeId),
  ],
  relations: [
    toOne(
      'PaymentType',
      () => paymentType,
      (row, view) => view.paymentType(row.paymentTypeId),
    ),
  ],
  sorts: ['registerCountAmountID', 'registerCountID'],
  archived: 'ignored',
};

export const registerCount: Resource<DrawerDay> = {
  name: 'RegisterCount',
  idField: 'registerCountID',
  scopes: registerScopes,
  fields: [
    id('registerCountID', (row) => row.id),
    datetime('createTime', (row) => row.closeTime / 1000),
    datetime('openTime', (row) => row.openTime / 1000),
    text('notes', (row) => row.notes),
    id('registerID', (row) => row.registerId),
    id('openEmployeeID', (row) => row.openEmployeeId),
    id('closeEmployeeID', (row) => row.closeEmployeeId),
  ],
  relations: [toMany('RegisterCountAmounts', () => registerCountAmount, amountsOf)],
  all: ['RegisterCountAmounts', 'RegisterCountAmounts.PaymentType'],
  sorts: ['registerCountID'],
  archived: 'ignored',
};

export const registerWithdraw: Resource<WithdrawRow> = {
  name: 'RegisterWithdraw',
  idField: 'registerWithdrawID',
  scopes: registerScopes,
  fields: [
    id('registerWithdrawID', (row) => row.id),
    money('amount', (row) => row.amount),
    datetime('createTime', (row) => row.createTime / 1000),
    text('notes', (row) => row.notes),
    id('employeeID', (row) => row.employeeId),
    id('paymentTypeID', (row) => row.paymentTypeId),
    id('registerID', (row) => row.registerId),
  ],
  relations: [
    toOne(
      'PaymentType',
      () => paymentType,
      (row, view) => view.paymentType(row.paymentTypeId),
    ),
  ],
  sorts: ['registerWithdrawID'],
  archived: 'ignored',
};

/** Closed days by id. */
export const closedDays = remembered((view) => tradeBook(view).days.filter((day) => day.closeTime <= view.state.now));

export const countAmounts = remembered((view) => closedDays(view).flatMap((day) => amountsOf(day)));

/** The float of every opened day, and what the API moved. */
export const withdraws = remembered((view) => [
  ...tradeBook(view)
    .days.filter((day) => day.openTime <= view.state.now)
    .map((day) => ({
      id: day.id,
      amount: centsText(day.float),
      createTime: day.openTime,
      notes: 'Opening float',
      employeeId: day.openEmployeeId,
      paymentTypeId: cash,
      registerId: day.registerId,
    })),
  ...(view.drawers?.withdraws() ?? []),
]);

/** What each payment type should be and was; cash starts from the float, and every ninth count is off by a coin. */
export function amountsOf(day: DrawerDay): readonly CountAmountRow[] {
  const types = [...new Set([cash, ...day.taken.keys()])].toSorted((left, right) => Number(left) - Number(right));
  return types.map((type) => {
    const calculated = (day.taken.get(type) ?? 0) + (type === cash ? day.float : 0);
    // Only cash is counted by hand: 0 is "not counted" for the others (R §10.23).
    const actual = type === cash ? calculated - (day.id % 9 === 0 ? 100 : 0) : 0;
    return { id: day.id * 100 + Number(type), countId: day.id, paymentTypeId: type, calculated, actual };
  });
}

/** Since when a till is open and by whom; undefined while it is closed. */
export function openSince(
  register: RegisterRecord,
  view: View,
): { readonly at: number; readonly employeeId: string } | undefined {
  const shop = view.shop(register.shopId);
  if (register.archived || shop === undefined) return undefined;
  const manual = view.drawers?.opened(register.id);
  const morning = dayStart(dayOf(view.state.now, shop), shop);
  if (manual === 'closed') return undefined;
  return manual !== undefined && manual.at > morning ? manual : { at: morning, employeeId: '1' };
}

/** `Register/{id}/calculated.json` (R §7.2): what should be in the drawer now, without `@attributes`. */
export function calculated(register: RegisterRecord, view: View): string {
  const opened = openSince(register, view);
  const rows = view.state.paymentTypes().map((type) => {
    const payments = opened === undefined ? 0 : takenSince(register.id, type.id, opened.at, view);
    const add = opened !== undefined && type.id === cash ? openingFloat : 0;
    return `{"add":"${centsText(add)}","withdraw":"0","payment":"${centsText(payments)}","paymentTypeID":"${type.id}"}`;
  });
  return `{"CalculatedAmount":[${rows.join(',')}]}`;
}

/** Payments move money no earlier than their sale was touched: only what changed since then has to be looked at. */
function takenSince(registerId: string, paymentTypeId: string, since: number, view: View): number {
  let cents = 0;
  for (const stamps of view.state.walk({ order: 'updateTime', from: since })) {
    const { record } = new SaleRow(stamps, view.state);
    if (record.voided) continue;
    for (const payment of record.payments) {
      const counts = !payment.archived && payment.registerId === registerId && payment.paymentTypeId === paymentTypeId;
      if (counts && payment.createTime >= since) cents += centsOf(payment.amount);
    }
  }
  return cents;
}

/** The same list while nothing was sold, closed or moved and no further day ended: pages find their order again by it. */
function remembered<R>(make: (view: View) => readonly R[]): (view: View) => readonly R[] {
  const kept = new WeakMap<object, { readonly key: string; readonly rows: readonly R[] }>();
  return (view) => {
    const { days } = tradeBook(view);
    const { now } = view.state;
    const ended = days.reduce((count, day) => count + (day.closeTime <= now ? 1 : 0) + (day.openTime <= now ? 1 : 0), 0);
    const key = `${ended}:${view.drawers?.withdraws().length ?? 0}`;
    const known = kept.get(days);
    if (known?.key === key) return known.rows;
    const rows = make(view);
    kept.set(days, { key, rows });
    return rows;
  };
}
