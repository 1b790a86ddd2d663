import type { XConsignment, XRegister, XSaleRecord, XState } from '../../world/x-types.ts';
import { sumAmounts } from '../amounts.ts';
import { legacyCustomer, legacyOutlet, legacyProduct, rateOf } from '../legacy/documents.ts';
import { webhookSale } from '../legacy/sale.ts';
import { rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { fixedText, plainStamp } from '../wire.ts';
import type { XDocument } from '../wire.ts';
import type { WebhookType } from './subscriptions.ts';

/** Something that happened, with what is sent about it. */
export interface WebhookEvent {
  readonly type: WebhookType;
  readonly payload: XDocument;
}

/** Everything with a version above `after`, oldest first within each type (X §11.4). */
export function* changesSince(view: XView, after: number): Generator<WebhookEvent> {
  const { state } = view;
  for (const stamps of state.sales({ after })) {
    const sale = state.sale(stamps.id);
    if (sale !== undefined) yield { type: 'sale.update', payload: webhookSale(sale, view) };
  }
  for (const customer of state.customers()) {
    if (customer.version <= after) continue;
    const payload = { ...legacyCustomer(customer, view), retailer_id: state.retailer().id, version: customer.version };
    yield { type: 'customer.update', payload };
  }
  for (const product of state.products()) {
    if (product.version > after)
      yield { type: 'product.update', payload: { ...legacyProduct(product, view), version: product.version } };
  }
  for (const row of state.inventory()) {
    if (row.version <= after) continue;
    const product = rowOf(state.products(), row.productId);
    const outlet = rowOf(state.outlets(), row.outletId);
    yield {
      type: 'inventory.update',
      payload: {
        id: row.id,
        product_id: row.productId,
        outlet_id: row.outletId,
        count: fixedText(row.level, 5),
        attributed_cost: fixedText(row.averageCost, 5),
        reorder_point: fixedText(row.reorderPoint, 5),
        restock_level: fixedText(row.reorderAmount, 5),
        outlet: outlet === undefined ? null : legacyOutlet(outlet, view),
        product:
          product === undefined ? null : { id: product.id, name: product.variantName, sku: product.sku, handle: product.handle },
        version: row.version,
      },
    };
  }
  for (const consignment of state.consignments()) {
    if (consignment.version > after) yield* consignmentLines(consignment);
  }
}

function* consignmentLines(consignment: XConsignment): Generator<WebhookEvent> {
  const type =
    consignment.status === 'SENT' ? 'consignment.send' : consignment.status === 'RECEIVED' ? 'consignment.receive' : undefined;
  if (type === undefined) return;
  for (const row of consignment.products) {
    yield {
      type,
      payload: {
        id: row.id,
        consignment_id: consignment.id,
        product_id: row.productId,
        count: fixedText(row.count, 5),
        received: row.received === null ? null : fixedText(row.received, 5),
        cost: row.cost,
        sequence_number: row.sequence,
      },
    };
  }
}

/**
 * The session of a register that ended: by hand, with what was counted, or when the next began, as of the moment before. There is no other way
 * to learn of it (X §8.3).
 */
export function closureOf(register: XRegister, before: XView, closedAt: number): WebhookEvent | undefined {
  const { state } = before;
  const summary = state.paymentsSummary(register.id);
  if (summary === undefined) return undefined;
  const sold = soldInSession(state, summary.sessionId, summary.openedAt);
  const lines = sold.flatMap((sale) => sale.lines.filter((line) => line.status !== 'VOIDED'));
  const taxes = state.taxes().map((tax) => {
    const taxed = lines.filter((line) => line.taxId === tax.id);
    return [
      tax.id,
      {
        name: tax.name,
        rate: rateOf(tax).toFixed(6),
        taxable: text(taxed.map((line) => line.priceTotal)),
        total: text(taxed.map((line) => line.taxTotal)),
      },
    ] as const;
  });
  const paid = summary.payments.map((payment) => payment.total);
  const countedOf = ({ paymentTypeId, total }: (typeof summary.payments)[number]): number =>
    Number(register.counted[paymentTypeId] ?? total);
  const typeOf = (id: string): number => rowOf(state.paymentTypes(), id)?.typeId ?? 0;
  const payload = {
    id: summary.sessionId,
    open_count_sequence: String(summary.sessionNumber),
    register_open_time: plainStamp(summary.openedAt),
    register_close_time: plainStamp(closedAt),
    totals: {
      sales: text(sold.map((sale) => sale.totalPrice)),
      onaccount: text(sold.filter((sale) => sale.attributes.includes('onaccount')).map((sale) => sale.totalPrice)),
      laybys: text(sold.filter((sale) => sale.attributes.includes('layby')).map((sale) => sale.totalPrice)),
      tax: text(sold.map((sale) => sale.totalTax)),
      discounts: text(lines.map((line) => line.discountTotal)),
      payments: text(paid),
      regular_payments: text(paid),
      onaccount_payments: '0',
      layby_payments: '0',
      loyalty: text(sold.map((sale) => sale.totalLoyalty)),
      cost_of_goods_sold: text(lines.map((line) => line.costTotal)),
    },
    taxes: Object.fromEntries(taxes),
    payments_summary: Object.fromEntries(
      summary.payments.map((payment) => [
        payment.paymentTypeId,
        {
          payment_type_name: payment.name,
          // A zero is the number, anything else is text.
          total: payment.total === 0 ? 0 : fixedText(payment.total, 5),
          discrepancy: fixedText(sumAmounts([countedOf(payment), -payment.total]), 5),
        },
      ]),
    ),
    payment_counts: summary.payments.map((payment) => ({
      start_total: '0.00',
      payments_total: fixedText(payment.total, 2),
      withdrawals_total: '0.00',
      close_total: fixedText(countedOf(payment), 2),
      payment_type: {
        id: payment.paymentTypeId,
        name: payment.name,
        payment_type_id: String(typeOf(payment.paymentTypeId)),
        config: null,
      },
    })),
    register: {
      id: register.id,
      name: register.name,
      outlet_id: register.outletId,
      outlet_name: rowOf(state.outlets(), register.outletId)?.name ?? '',
    },
  };
  return { type: 'register_closure.create', payload };
}

/** Sales completed in it, whatever their date: laybys and orders too. Each changed then. */
function soldInSession(state: XState, sessionId: string, openedAt: number): XSaleRecord[] {
  const sold: XSaleRecord[] = [];
  for (const stamps of state.sales({ after: state.versionAt(openedAt - 1) })) {
    const sale = state.sale(stamps.id);
    if (sale?.completeSessionId === sessionId && sale.deletedAt === null && sale.state === 'closed') sold.push(sale);
  }
  return sold;
}

/** Nothing is `"0"`. */
function text(amounts: readonly number[]): string {
  const total = sumAmounts(amounts);
  return total === 0 ? '0' : fixedText(total, 5);
}
