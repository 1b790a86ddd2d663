/** Sales rung up, changed, refunded and voided through the API, as events of the world: so that the truth knows them as well. */
import { price } from '../../world/algebra.ts';
import type { EditSale, RingUp, SaleEvent, TicketLine, TicketPayment } from '../../world/events.ts';
import type { SaleLineRecord, SaleRecord } from '../../world/types.ts';
import { instantText } from '../../world/zone.ts';
import { readStamp } from '../dates.ts';
import { ApiError, badRequest, notFound } from '../errors.ts';
import { centsOf, centsText } from '../trade-book.ts';
import type { View } from '../view.ts';
import { readChildren, readDecimalField, readField, readFlagField, readIdField } from './body.ts';
import type { Body } from './body.ts';

/** What a write of a sale does to the world. */
export interface SaleWrite {
  readonly events: readonly SaleEvent[];
  /** The sale's name in them. */
  readonly name: string;
}

/** `POST Sale.json` (R §8.7). */
export function createSale(body: Body, name: string, view: View): SaleWrite {
  const head = readHead(body, view);
  const lines = (readChildren(body, 'SaleLines', 'SaleLine') ?? []).map((line, index) =>
    readLine(line, String(index + 1), head.shop, view),
  );
  const draft = { taxInclusive: head.taxInclusive, taxRates: head.taxRates, lines };
  const completed = readFlagField(body, 'completed') === true;
  const due = dueOf(draft);
  const payments = readPayments(body, [], completed ? due : undefined, view);
  if (completed) mustBalance(due, payments);
  const at = instantText(view.state.now);
  const ring: RingUp = {
    event: 'ring_up',
    sale: name,
    at,
    completed,
    ...head.facts,
    ...backdated(body, view),
    lines,
    payments,
  };
  return { events: [ring], name };
}

/** `PUT Sale/{id}.json`: fields left out stay; lines and payments are added, or changed where they name their id. */
export function updateSale(record: SaleRecord, body: Body, view: View): SaleWrite {
  const at = instantText(view.state.now);
  const voids = readFlagField(body, 'voided') === true && !record.voided;
  if (voids) {
    if (view.switches.voidByPut === 'reject') throw badRequest('Sale not updated. voided cannot be set.');
    if (!record.completed) throw badRequest('Sale not updated. Only a completed sale can be voided.');
    return { name: record.name, events: [{ event: 'void', sale: record.name, at, employee: record.employeeId ?? '' }] };
  }
  if (record.voided) throw badRequest('Sale not updated. A voided sale cannot be changed.');
  const wanted = readChildren(body, 'SaleLines', 'SaleLine');
  const paid = readChildren(body, 'SalePayments', 'SalePayment');
  if (record.completed && (wanted !== undefined || paid !== undefined)) {
    throw badRequest('Sale not updated. The lines and payments of a completed sale cannot be changed.');
  }
  const kept = record.lines.map((line) => ticketLine(line, record, view));
  const lines = wanted === undefined ? kept : mergeLines(kept, record, wanted, view);
  const completes = readFlagField(body, 'completed') === true && !record.completed;
  const due = dueOf({ taxInclusive: record.taxInclusive, taxRates: record.taxRates, lines });
  const before = record.payments.map(ticketPayment);
  const payments = paid === undefined ? before : readPayments(body, before, completes ? due : undefined, view);
  if (completes) mustBalance(due, payments);
  const customer = readIdField(body, 'customerID');
  const archived = readFlagField(body, 'archived');
  const edit: EditSale = {
    event: 'edit',
    sale: record.name,
    at,
    ...(wanted === undefined ? {} : { lines }),
    ...(paid === undefined ? {} : { payments }),
    ...(customer === undefined ? {} : { customer: knownCustomer(customer, view) ?? '' }),
    ...(completes ? { completed: true } : {}),
    ...(archived === undefined ? {} : { archived }),
    ...backdated(body, view),
  };
  return { events: [edit], name: record.name };
}

/** `DELETE Sale/{id}.json`: puts an open sale away (R §9). */
export function archiveSale(record: SaleRecord, view: View): SaleWrite {
  if (record.completed) throw badRequest('Sale not deleted. A completed sale cannot be archived.');
  const at = instantText(view.state.now);
  return { name: record.name, events: [{ event: 'edit', sale: record.name, at, archived: true }] };
}

/** `POST Sale/{id}/refund.json` (R §8.3): a sale of its own that gives lines back; all of them when none is named. */
export function refundSale(record: SaleRecord, body: Body, name: string, view: View): SaleWrite {
  if (!record.completed || record.voided) throw badRequest('Sale not refunded. Only a completed sale can be refunded.');
  const head = readHead({ customerID: record.customerId ?? '0', ...body }, view);
  const asked = readChildren(body, 'SaleLines', 'SaleLine');
  const lines =
    asked === undefined
      ? record.lines.flatMap((line) => (line.quantity.startsWith('-') ? [] : [returned(line, negative(line.quantity), record)]))
      : asked.map((line) => returnedAsAsked(line, record));
  const numbered = lines.map((line, index) => ({ ...line, ref: String(index + 1) }));
  const draft = {
    taxInclusive: record.taxInclusive,
    taxRates: record.taxRates,
    ticketDiscountPercent: record.ticketDiscountPercent,
    lines: numbered,
  };
  const due = dueOf(draft);
  const completed = readFlagField(body, 'completed') !== false;
  const payments = (readChildren(body, 'SalePayments', 'SalePayment') ?? []).map((payment): TicketPayment => {
    const amount = readDecimalField(payment, 'amount');
    // Given back is given back, whichever sign it is written with.
    return { tender: tenderOf(payment, view), amount: amount === undefined ? centsText(due) : negative(amount.replace('-', '')) };
  });
  if (payments.length === 0 && due !== 0) throw badRequest('Sale not refunded. A payment type is needed.');
  if (completed) mustBalance(due, payments);
  const ring: RingUp = {
    event: 'ring_up',
    sale: name,
    at: instantText(view.state.now),
    completed,
    ...head.facts,
    ...draft,
    payments,
  };
  return { events: [ring], name };
}

/** POST, PUT and DELETE of one line of an open sale. */
export function changeLine(
  record: SaleRecord,
  change: { readonly add: Body } | { readonly id: number; readonly to: Body | null },
  view: View,
): SaleWrite {
  if (record.completed || record.voided || record.archived) {
    throw badRequest('SaleLine not changed. Its sale is completed or cancelled.');
  }
  const kept = record.lines.map((line) => ticketLine(line, record, view));
  let lines: readonly TicketLine[];
  if ('add' in change) lines = mergeLines(kept, record, [change.add], view);
  else {
    const index = record.lines.findIndex((line) => line.id === change.id);
    if (index < 0) throw notFound('SaleLine', String(change.id));
    lines =
      change.to === null
        ? kept.filter((_line, place) => place !== index)
        : mergeLines(kept, record, [{ ...change.to, saleLineID: String(change.id) }], view);
  }
  return { name: record.name, events: [{ event: 'edit', sale: record.name, at: instantText(view.state.now), lines }] };
}

interface Head {
  readonly shop: string;
  readonly taxInclusive: boolean;
  readonly taxRates: readonly [string, string];
  readonly facts: Omit<RingUp, 'event' | 'sale' | 'at' | 'completed' | 'lines' | 'payments'>;
}

function readHead(body: Body, view: View): Head {
  const shop = view.shop(readIdField(body, 'shopID') ?? null);
  const register = view.register(readIdField(body, 'registerID') ?? null);
  const employee = view.employee(readIdField(body, 'employeeID') ?? null);
  if (shop === undefined) throw badRequest('Sale not created. A Sale must have a shop.');
  if (register === undefined) throw badRequest('Sale not created. A Sale must have a register.');
  if (employee === undefined) throw badRequest('Sale not created. A Sale must have an employee.');
  const customer = knownCustomer(readIdField(body, 'customerID') ?? null, view);
  const category = view.taxCategory(shop.taxCategoryId);
  const taxInclusive = category?.taxInclusive ?? false;
  const taxRates = category?.rates ?? (['0', '0'] as const);
  return {
    shop: shop.id,
    taxInclusive,
    taxRates,
    facts: {
      shop: shop.id,
      register: register.id,
      employee: employee.id,
      ...(customer === null ? {} : { customer }),
      taxInclusive,
      taxRates,
    },
  };
}

function knownCustomer(id: string | null, view: View): string | null {
  if (id !== null && view.customer(id) === undefined) throw badRequest(`There is no Customer with ID '${id}'.`);
  return id;
}

/** `completeTime` may be in the past, never in the future (R §7.4). */
function backdated(body: Body, view: View): { readonly backdatedTo?: string } {
  const text = readField(body, 'completeTime');
  if (text === undefined || text === '') return {};
  const seconds = readStamp(text, view.account.zone);
  if (seconds === undefined) throw badRequest(`'${text}' is not a valid date for 'completeTime'.`);
  if (seconds * 1000 > view.state.now) throw badRequest('completeTime cannot be in the future.');
  return { backdatedTo: instantText(seconds * 1000) };
}

function readLine(line: Body, ref: string, shopId: string, view: View): TicketLine {
  const itemId = readIdField(line, 'itemID') ?? null;
  const item = view.item(itemId);
  if (itemId !== null && item === undefined) throw badRequest(`There is no Item with ID '${itemId}'.`);
  const category = view.taxCategory(view.shop(shopId)?.taxCategoryId ?? null);
  const override = category?.classes.find((row) => row.taxClassId === (item?.taxClassId ?? '1'));
  const percent = readDecimalField(line, 'discountPercent');
  const amount = readDecimalField(line, 'discountAmount');
  const unitPrice = readDecimalField(line, 'unitPrice');
  const returns = lineNamed(readIdField(line, 'parentSaleLineID') ?? null, view);
  return {
    ref,
    ...(item === undefined ? {} : { item: item.id }),
    quantity: readDecimalField(line, 'unitQuantity') ?? '1',
    price: unitPrice ?? item?.price ?? '0',
    ...(percent === undefined || Number(percent) === 0 ? {} : { discountPercent: percent }),
    ...(amount === undefined || Number(amount) === 0 ? {} : { discountAmount: amount }),
    taxed: readFlagField(line, 'tax') ?? true,
    ...(override === undefined ? {} : { taxRates: override.rates }),
    ...(returns === undefined ? {} : { returns }),
    ...(readFlagField(line, 'isLayaway') === true ? { layaway: true } : {}),
    ...(readFlagField(line, 'isSpecialOrder') === true ? { specialOrder: true } : {}),
  };
}

/** Lines that name an id are changed, the others are added. */
function mergeLines(kept: readonly TicketLine[], record: SaleRecord, wanted: readonly Body[], view: View): TicketLine[] {
  const lines = [...kept];
  // Numbers of lines that went are not given again.
  let next = record.lines.reduce((most, line) => Math.max(most, line.id % 100), 0);
  for (const change of wanted) {
    const id = readIdField(change, 'saleLineID') ?? null;
    const index = record.lines.findIndex((line) => String(line.id) === id);
    const old = lines[index];
    if (old === undefined) {
      if (id !== null) throw notFound('SaleLine', id);
      next += 1;
      lines.push(readLine(change, `api ${next}`, record.shopId, view));
      continue;
    }
    const quantity = readDecimalField(change, 'unitQuantity') ?? old.quantity;
    const unitPrice = readDecimalField(change, 'unitPrice') ?? old.price;
    const taxed = readFlagField(change, 'tax') ?? old.taxed ?? true;
    const { discountPercent, discountAmount, ...rest } = old;
    const percent = readDecimalField(change, 'discountPercent') ?? discountPercent;
    const amount = readDecimalField(change, 'discountAmount') ?? discountAmount;
    lines[index] = {
      ...rest,
      quantity,
      price: unitPrice,
      taxed,
      ...(percent === undefined || Number(percent) === 0 ? {} : { discountPercent: percent }),
      ...(amount === undefined || Number(amount) === 0 ? {} : { discountAmount: amount }),
    };
  }
  return lines;
}

/** The line as it would have to be rung up to be what it is. */
function ticketLine(line: SaleLineRecord, record: SaleRecord, view: View): TicketLine {
  const isFree = line.discountPercent === '0.999999999';
  const bundle = record.lines.find((other) => other.id === line.parentLineId)?.ref;
  const returns =
    bundle === undefined ? lineNamed(line.parentLineId === null ? null : String(line.parentLineId), view) : undefined;
  return {
    ref: line.ref,
    kind: line.kind,
    ...(line.itemId === null ? {} : { item: line.itemId }),
    quantity: line.quantity,
    price: line.price,
    ...(line.listPrice === null ? {} : { listPrice: line.listPrice }),
    ...(isFree ? { almostFree: true } : line.discountPercent === '0' ? {} : { discountPercent: line.discountPercent }),
    ...(line.discountAmount === '0' ? {} : { discountAmount: line.discountAmount }),
    taxed: line.taxed,
    taxRates: line.taxRates,
    ...(returns === undefined ? {} : { returns }),
    ...(bundle === undefined ? {} : { bundle }),
    ...(line.isLayaway ? { layaway: true } : {}),
    ...(line.isSpecialOrder ? { specialOrder: true } : {}),
    shop: line.shopId,
    createdAt: instantText(line.createTime),
  };
}

function ticketPayment(payment: SaleRecord['payments'][number]): TicketPayment {
  return {
    tender: payment.kind,
    amount: payment.amount,
    ...(payment.tip === '0' ? {} : { tip: payment.tip }),
    at: instantText(payment.createTime),
    register: payment.registerId ?? '',
    ...(payment.archived ? { archived: true } : {}),
  };
}

/** A line as an event names it; the sale is in its id. */
function lineNamed(lineId: string | null, view: View): string | undefined {
  if (lineId === null) return undefined;
  const sale = view.state.sale(Math.floor(Number(lineId) / 100));
  const line = sale?.lines.find((candidate) => String(candidate.id) === lineId);
  if (sale === undefined || line === undefined) throw badRequest(`There is no SaleLine with ID '${lineId}'.`);
  return `${sale.name}/${line.ref}`;
}

function returned(line: SaleLineRecord, quantity: string, record: SaleRecord): TicketLine {
  const isWhole = quantity === negative(line.quantity);
  // Money off a whole line goes back with the whole line only.
  const amount = isWhole && line.discountAmount !== '0' ? { discountAmount: negative(line.discountAmount) } : {};
  return {
    kind: line.kind,
    ...(line.itemId === null ? {} : { item: line.itemId }),
    quantity,
    price: line.price,
    ...(line.discountPercent === '0' ? amount : { discountPercent: line.discountPercent }),
    taxed: line.taxed,
    taxRates: line.taxRates,
    returns: `${record.name}/${line.ref}`,
  };
}

function returnedAsAsked(asked: Body, record: SaleRecord): TicketLine {
  const id = readIdField(asked, 'parentSaleLineID') ?? null;
  const line = record.lines.find((candidate) => String(candidate.id) === id);
  if (line === undefined) throw badRequest(`Sale not refunded. '${id ?? ''}' is not one of its lines.`);
  const quantity = readDecimalField(asked, 'unitQuantity') ?? negative(line.quantity);
  if (!quantity.startsWith('-') || Number(quantity) < -Number(line.quantity)) {
    throw badRequest(`Sale not refunded. ${quantity} of ${line.quantity} cannot be returned.`);
  }
  return returned(line, quantity, record);
}

function negative(text: string): string {
  if (Number(text) === 0) return text;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** What is to be paid, in cents. */
function dueOf(draft: {
  readonly taxInclusive: boolean;
  readonly taxRates: readonly [string, string];
  readonly ticketDiscountPercent?: string;
  readonly lines: readonly TicketLine[];
}): number {
  return Number(price({ ...draft, ticketDiscountPercent: draft.ticketDiscountPercent ?? '0' }).total);
}

/** The payments after those that are there. Cash beyond what is due comes back as change (R §8.2). */
function readPayments(
  body: Body,
  before: readonly TicketPayment[],
  due: number | undefined,
  view: View,
): readonly TicketPayment[] {
  const payments = [...before];
  for (const payment of readChildren(body, 'SalePayments', 'SalePayment') ?? []) {
    const tender = tenderOf(payment, view);
    const tip = readDecimalField(payment, 'tipAmount');
    const open = due === undefined ? undefined : due - paidOf(payments);
    const given = readDecimalField(payment, 'amount');
    const amount = given ?? centsText(open ?? 0);
    const over = open === undefined || tender !== 'cash' || open < 0 ? 0 : centsOf(amount) - open;
    payments.push({
      tender,
      amount: over > 0 ? centsText(centsOf(amount) - over) : amount,
      ...(over > 0 ? { change: centsText(over) } : {}),
      ...(tip === undefined || Number(tip) === 0 ? {} : { tip }),
    });
  }
  return payments;
}

function tenderOf(payment: Body, view: View): TicketPayment['tender'] {
  const id = readIdField(payment, 'paymentTypeID') ?? null;
  const type = view.paymentType(id);
  if (type === undefined) throw badRequest(`There is no PaymentType with ID '${id ?? '0'}'.`);
  return type.kind;
}

/** Tips are paid on top of what is due. */
function paidOf(payments: readonly TicketPayment[]): number {
  return payments
    .filter((payment) => payment.archived !== true)
    .reduce((sum, payment) => sum + centsOf(payment.amount) - centsOf(payment.tip ?? '0'), 0);
}

function mustBalance(due: number, payments: readonly TicketPayment[]): void {
  const balance = due - paidOf(payments);
  if (balance === 0) return;
  throw new ApiError(400, `Sale not completed. The balance must be 0, not ${centsText(balance)}.`);
}
