import type { XPaymentType, XSaleLine, XSalePayment, XSaleRecord } from '../../world/x-types.ts';
import { subtractAmounts, sumAmounts } from '../amounts.ts';
import { nameOf } from '../resources/people.ts';
import { rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { fixedText, plainStamp, stamp, stampOrNull, zuluStamp } from '../wire.ts';
import type { XDocument } from '../wire.ts';
import { legacyCustomer, rateOf } from './documents.ts';

/** A sale as 0.9 shows it: `register_sale_products`, `register_sale_payments`, totals apart (X §7.2). */
export function legacySale(sale: XSaleRecord, view: XView): XDocument {
  const { state } = view;
  const customer = rowOf(state.customers(), sale.customerId);
  return {
    id: sale.id,
    source: sale.source,
    source_id: sale.sourceId ?? '',
    register_id: sale.registerId,
    user_id: sale.userId,
    user_name: rowOf(state.users(), sale.userId)?.displayName ?? '',
    customer_id: sale.customerId,
    customer_name: customer === undefined ? '' : (nameOf(customer) ?? ''),
    customer: customer === undefined ? null : legacyCustomer(customer, view),
    market_id: '1',
    created_at: plainStamp(sale.createdAt),
    updated_at: plainStamp(sale.updatedAt),
    deleted_at: sale.deletedAt === null ? '' : plainStamp(sale.deletedAt),
    sale_date: plainStamp(sale.saleDate),
    total_price: sale.totalPrice,
    total_cost: sumAmounts(sale.lines.map((line) => (line.status === 'VOIDED' ? 0 : line.costTotal))),
    total_tax: sale.totalTax,
    tax_name: '',
    note: sale.note,
    state: sale.state,
    status: sale.status,
    short_code: sale.shortCode,
    invoice_number: sale.invoiceNumber,
    invoice_sequence: sale.invoiceSequence,
    accounts_transaction_id: '',
    return_for: sale.returnFor ?? '',
    register_sale_products: sale.lines.map((line) => legacyLine(line, sale, view)),
    register_sale_payments: undeleted(sale).map((payment) => ({
      id: payment.id,
      register_id: payment.registerId,
      payment_type_id: String(payment.typeId),
      retailer_payment_type_id: payment.paymentTypeId,
      name: payment.name,
      label: payment.name,
      payment_date: plainStamp(payment.date),
      amount: payment.amount,
    })),
    register_sale_attributes: sale.attributes,
    totals: {
      total_tax: sale.totalTax,
      total_price: sale.totalPrice,
      total_payment: paid(sale),
      total_to_pay: toPay(sale),
    },
    taxes: taxesOf(sale, view),
    version: sale.version,
  };
}

function legacyLine(line: XSaleLine, sale: XSaleRecord, view: XView): XDocument {
  const product = rowOf(view.state.products(), line.productId);
  const tax = rowOf(view.state.taxes(), line.taxId);
  return {
    id: line.id,
    product_id: line.productId,
    register_id: sale.registerId,
    sequence: line.sequence,
    handle: product?.handle ?? '',
    sku: product?.sku ?? '',
    name: product?.variantName ?? '',
    quantity: line.quantity,
    price: line.price,
    cost: line.cost,
    price_set: line.priceSet ? 1 : 0,
    discount: line.discount,
    loyalty_value: line.loyaltyValue,
    tax: line.tax,
    tax_id: line.taxId,
    tax_name: tax?.name ?? '',
    tax_rate: rateOf(tax),
    tax_total: line.taxTotal,
    price_total: line.priceTotal,
    display_retail_price_tax_inclusive: '0',
    status: line.status,
    attributes: line.note === null ? [] : [{ name: 'line_note', value: line.note }],
  };
}

/** The payload of `sale.update` (X §11.4): three forms of stamps, most money as text of five decimals, no outlet. */
export function webhookSale(sale: XSaleRecord, view: XView): XDocument {
  const { state } = view;
  const customer = rowOf(state.customers(), sale.customerId);
  const user = rowOf(state.users(), sale.userId);
  return {
    id: sale.id,
    invoice_number: sale.invoiceNumber,
    invoice_sequence: sale.invoiceSequence,
    status: sale.status,
    state: sale.state,
    attributes: sale.attributes,
    source: sale.source,
    source_id: sale.sourceId,
    register_id: sale.registerId,
    user_id: sale.userId,
    customer_id: sale.customerId,
    note: sale.note,
    short_code: sale.shortCode,
    return_for: sale.returnFor,
    sale_date: zuluStamp(sale.saleDate),
    created_at: plainStamp(sale.createdAt),
    updated_at: stamp(sale.updatedAt),
    deleted_at: stampOrNull(sale.deletedAt),
    totals: {
      total_price: fixedText(sale.totalPrice, 5),
      total_tax: fixedText(sale.totalTax, 5),
      total_payment: fixedText(paid(sale), 5),
      total_to_pay: fixedText(toPay(sale), 5),
      total_loyalty: fixedText(sale.totalLoyalty, 5),
    },
    taxes: taxesOf(sale, view).map((tax) => ({ ...tax, rate: fixedText(Number(tax['rate']), 5) })),
    register_sale_products: sale.lines.map((line) => ({
      id: line.id,
      product_id: line.productId,
      quantity: line.quantity,
      price: fixedText(line.price, 5),
      price_total: fixedText(line.priceTotal, 5),
      discount: fixedText(line.discount, 5),
      loyalty_value: fixedText(line.loyaltyValue, 5),
      price_set: line.priceSet,
      sequence: line.sequence,
      status: line.status,
      is_return: line.isReturn,
      note: line.note,
      gift_card_number: line.giftCardNumber,
      tax: fixedText(line.tax, 5),
      tax_total: fixedText(line.taxTotal, 5),
      tax_id: line.taxId,
      tax_components: line.taxComponents.map((tax) => ({ rate_id: tax.rateId, total_tax: fixedText(tax.totalTax, 5) })),
    })),
    register_sale_payments: undeleted(sale).map((payment) => webhookPayment(payment, state.paymentTypes())),
    adjustments: sale.adjustments.map((adjustment) => ({
      name: adjustment.name,
      adjustment_type: adjustment.type,
      value: fixedText(adjustment.value, 5),
    })),
    customer: customer === undefined ? null : legacyCustomer(customer, view),
    user: user === undefined ? null : { id: user.id, name: user.username, display_name: user.displayName, email: user.email },
    version: sale.version,
  };
}

function webhookPayment(payment: XSalePayment, types: readonly XPaymentType[]): XDocument {
  const type = rowOf(types, payment.paymentTypeId);
  return {
    id: payment.id,
    register_id: payment.registerId,
    amount: payment.amount,
    payment_date: zuluStamp(payment.date),
    payment_type_id: payment.typeId,
    payment_type: { id: String(payment.typeId), name: payment.name, has_native_support: false },
    retailer_payment_type_id: payment.paymentTypeId,
    retailer_payment_type: {
      id: payment.paymentTypeId,
      name: type?.name ?? payment.name,
      payment_type_id: String(payment.typeId),
      config: null,
    },
  };
}

function taxesOf(sale: XSaleRecord, view: XView): XDocument[] {
  const rates = view.state.taxes().flatMap((tax) => tax.rates);
  return sale.taxes.map((tax) => {
    const rate = rates.find((candidate) => candidate.id === tax.rateId);
    return { id: tax.rateId, name: rate?.name ?? '', rate: rate?.rate ?? 0, tax: tax.amount };
  });
}

function undeleted(sale: XSaleRecord): readonly XSalePayment[] {
  return sale.payments.filter((payment) => payment.deletedAt === null);
}

function paid(sale: XSaleRecord): number {
  return sumAmounts(undeleted(sale).map((payment) => payment.amount));
}

function toPay(sale: XSaleRecord): number {
  return subtractAmounts(sale.totalPriceIncl, paid(sale));
}
