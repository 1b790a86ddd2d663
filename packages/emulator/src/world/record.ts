/** A sale's record as of one of its versions: what the till holds, for those who serialise it. The truth does not come this way. */
import { discountPercentOf } from './algebra.ts';
import type { RingUp, SaleEvent, TicketLine, TicketPayment } from './events.ts';
import type { Version } from './history.ts';
import { ringUpOf } from './history.ts';
import { paymentTypeId } from './shops.ts';
import type { ItemRecord, SaleLineRecord, SalePaymentRecord, SaleRecord } from './types.ts';
import { readInstant } from './zone.ts';

/** Lines and payments a sale may have over its life: ids are the sale's id times a hundred plus their number. */
export const PARTS_MAX = 99;

/** What a record needs to know besides its events. */
export interface RecordContext {
  readonly saleId: number;
  readonly voidedStaysCompleted: boolean;
  taxOf(shopId: string): { readonly taxCategoryId: string; readonly rates: readonly [string, string] };
  item(id: string): ItemRecord | undefined;
  /** Id of the line that `"<sale>/<line>"` names, null when there is none. */
  lineId(reference: string): number | null;
}

/** Builds the record of a version; `number` counts the versions from 1. */
export function recordOf(events: readonly SaleEvent[], version: Version, number: number, context: RecordContext): SaleRecord {
  const ring = ringUpOf(events);
  const seen = events.slice(0, version.events);
  const opened = readInstant(ring.openedAt ?? ring.at);
  const state = { completed: false, voided: false, archived: false, customer: ring.customer, rounding: ring.cashRounding ?? '0' };
  let ticketDiscountPercent = ring.ticketDiscountPercent ?? '0';
  let lines: readonly TicketLine[] = ring.lines;
  const numbers = new LineNumbers();
  numbers.see(lines);
  let payments = numberPayments([], ring.payments, ring.at);
  for (const event of seen) {
    if (event.event === 'void') {
      state.voided = true;
      continue;
    }
    if (event.event === 'ring_up') {
      state.completed = event.completed !== false;
      continue;
    }
    if (event.completed === true) state.completed = true;
    if (event.archived !== undefined) state.archived = event.archived;
    if (event.customer !== undefined) state.customer = event.customer;
    if (event.cashRounding !== undefined) state.rounding = event.cashRounding;
    if (event.ticketDiscountPercent !== undefined) ticketDiscountPercent = event.ticketDiscountPercent;
    if (event.lines !== undefined) {
      lines = event.lines;
      numbers.see(lines);
    }
    if (event.payments !== undefined) payments = numberPayments(payments, event.payments, event.at);
  }
  // While it is being filled, only money that has already moved is there.
  const shown = version.events === 0 ? payments.filter((payment) => payment.at <= version.from) : payments;
  const tax = context.taxOf(ring.shop);
  return {
    id: context.saleId,
    version: number,
    name: ring.sale,
    createTime: opened,
    timeStamp: version.timeStamp,
    updateTime: version.from,
    completeTime: version.completeTime,
    completed: state.completed && (!state.voided || context.voidedStaysCompleted),
    voided: state.voided,
    archived: state.archived,
    shopId: ring.shop,
    registerId: none(ring.register),
    employeeId: none(ring.employee),
    customerId: none(state.customer),
    taxCategoryId: tax.taxCategoryId,
    taxInclusive: ring.taxInclusive === true,
    taxRates: ring.taxRates ?? tax.rates,
    ticketDiscountPercent,
    cashRounding: version.events === 0 ? '0' : state.rounding,
    change: sumOfChange(shown.map((entry) => entry.payment)),
    lines: lines.map((line, index) =>
      lineRecord(line, index, { ring, opened, version, numbers, context, customer: state.customer }),
    ),
    payments: shown.map((entry) => paymentRecord(entry, ring, state.customer, context.saleId)),
  };
}

/** Numbers lines in order of first appearance: a line that stays keeps its number, one that went leaves a gap. */
export class LineNumbers {
  readonly #numbers = new Map<string, number>();

  /** Takes note of a list of lines; throws `RangeError` when one comes twice or there are too many. */
  see(lines: readonly TicketLine[]): void {
    const here = new Set<string>();
    for (const [index, line] of lines.entries()) {
      const name = lineName(line, index);
      if (here.has(name)) throw new RangeError(`line ${JSON.stringify(name)} comes twice`);
      here.add(name);
      if (!this.#numbers.has(name)) this.#numbers.set(name, this.#numbers.size + 1);
    }
    if (this.#numbers.size > PARTS_MAX) throw new RangeError(`more than ${PARTS_MAX} lines`);
  }

  /** Number of a line, from 1. */
  of(name: string): number | undefined {
    return this.#numbers.get(name);
  }
}

/** A line's name within its sale: its own, or its position from 1. */
export const lineName = (line: TicketLine, index: number): string => line.ref ?? String(index + 1);

interface NumberedPayment {
  readonly number: number;
  readonly at: number;
  readonly payment: TicketPayment;
}

/** A payment at the same place with the same tender stays the same payment, with its number and its time. */
function numberPayments(
  before: readonly NumberedPayment[],
  payments: readonly TicketPayment[],
  eventAt: string,
): NumberedPayment[] {
  let last = before.reduce((most, entry) => Math.max(most, entry.number), 0);
  return payments.map((payment, index) => {
    const old = before[index];
    const same = old?.payment.tender === payment.tender ? old : undefined;
    if (same === undefined) last += 1;
    if (last > PARTS_MAX) throw new RangeError(`more than ${PARTS_MAX} payments`);
    const at = payment.at === undefined ? (same?.at ?? readInstant(eventAt)) : readInstant(payment.at);
    return { number: same?.number ?? last, at, payment };
  });
}

interface LineContext {
  readonly ring: RingUp;
  readonly opened: number;
  readonly version: Version;
  readonly numbers: LineNumbers;
  readonly context: RecordContext;
  readonly customer: string | undefined;
}

function lineRecord(line: TicketLine, index: number, around: LineContext): SaleLineRecord {
  const { ring, numbers, context } = around;
  const idOf = (name: string): number | null => {
    const number = numbers.of(name);
    return number === undefined ? null : context.saleId * 100 + number;
  };
  const item = line.item === undefined ? undefined : context.item(line.item);
  const reserved = line.layaway === true || line.specialOrder === true;
  const kind = line.kind ?? 'item';
  return {
    id: idOf(lineName(line, index)) ?? 0,
    ref: lineName(line, index),
    kind,
    createTime: line.createdAt === undefined ? around.opened : readInstant(line.createdAt),
    timeStamp: around.version.timeStamp,
    itemId: line.item ?? null,
    note: line.item === undefined ? NOTES[kind] : null,
    quantity: line.quantity,
    price: line.price,
    listPrice: line.listPrice ?? null,
    discountPercent: discountPercentOf(line),
    discountAmount: line.discountAmount ?? '0',
    taxed: line.taxed !== false,
    taxRates: line.taxRates ?? ring.taxRates ?? context.taxOf(ring.shop).rates,
    taxClassId: item?.taxClassId ?? '1',
    cost: item?.cost ?? '0',
    parentLineId: parentOf(line, context, idOf),
    itemFeeId: kind === 'fee' ? '1' : null,
    customerId: reserved ? none(around.customer) : null,
    isLayaway: line.layaway === true,
    isSpecialOrder: line.specialOrder === true,
    shopId: line.shop ?? ring.shop,
  };
}

function parentOf(line: TicketLine, context: RecordContext, idOf: (name: string) => number | null): number | null {
  if (line.returns !== undefined) return context.lineId(line.returns);
  return line.bundle === undefined ? null : idOf(line.bundle);
}

const NOTES: Readonly<Record<NonNullable<TicketLine['kind']>, string>> = {
  item: 'Miscellaneous',
  fee: 'Fee',
  gift_card: 'Gift Card Purchase',
  store_credit: 'Store Credit',
  rebate: 'Rebate',
  account_payment: 'Account payment',
};

function paymentRecord(entry: NumberedPayment, ring: RingUp, customer: string | undefined, saleId: number): SalePaymentRecord {
  const { payment } = entry;
  const id = saleId * 100 + entry.number;
  return {
    id,
    kind: payment.tender,
    paymentTypeId: paymentTypeId(payment.tender),
    amount: payment.amount,
    tip: payment.tip ?? '0',
    createTime: entry.at,
    archived: payment.archived === true,
    registerId: none(payment.register ?? ring.register),
    employeeId: none(ring.employee),
    creditAccountId: accountOf(payment, customer, id),
  };
}

/** Gift cards have accounts of their own, above the customers'. */
function accountOf(payment: TicketPayment, customer: string | undefined, id: number): string | null {
  if (payment.tender === 'gift_card') return String(1_000_000_000 + id);
  return payment.tender === 'credit_account' ? (none(customer) ?? '1') : null;
}

function sumOfChange(payments: readonly TicketPayment[]): string {
  const given = payments.filter((payment) => payment.archived !== true && payment.change !== undefined);
  if (given.length === 0) return '0';
  const [only] = given;
  if (given.length === 1 && only?.change !== undefined) return only.change;
  // Change is whole cents: it is handed over.
  return String(given.reduce((sum, payment) => sum + Math.round(Number(payment.change) * 100), 0) / 100);
}

const none = (id: string | undefined): string | null => (id === undefined || id === '' || id === '0' ? null : id);
