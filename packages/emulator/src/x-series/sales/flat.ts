import type { XCustomCharge, XSaleLine, XSalePayment, XSaleRecord } from '../../world/x-types.ts';
import { sumAmounts } from '../amounts.ts';
import { missing } from '../view.ts';
import type { XView } from '../view.ts';
import { stamp, stampOrNull } from '../wire.ts';
import type { XDocument } from '../wire.ts';

const none: readonly never[] = [];

/** A sale in the shape of 2.0 (X §6). */
export function flatSale(sale: XSaleRecord, view: XView): XDocument {
  return {
    id: sale.id,
    outlet_id: sale.outletId,
    register_id: sale.registerId,
    user_id: sale.userId,
    customer_id: sale.customerId,
    invoice_number: sale.invoiceNumber,
    invoice_sequence: sale.invoiceSequence,
    receipt_number: sale.invoiceNumber,
    receipt_sequence: sale.invoiceSequence,
    source: sale.source,
    source_id: missing(sale.sourceId, view),
    complete_open_sequence_id: sale.completeSessionId,
    accounts_transaction_id: null,
    has_unsynced_on_account_payments: false,
    status: sale.status,
    state: sale.state,
    attributes: sale.attributes,
    note: sale.note,
    short_code: sale.shortCode,
    return_for: sale.returnFor,
    return_ids: sale.returnIds,
    total_loyalty: sale.totalLoyalty,
    created_at: stamp(sale.createdAt),
    updated_at: stamp(sale.updatedAt),
    sale_date: stamp(sale.saleDate),
    deleted_at: stampOrNull(sale.deletedAt),
    line_items: sale.lines.map((line) => flatLine(line, view)),
    payments: sale.payments.map((payment) => flatPayment(payment)),
    adjustments: sale.adjustments.map((adjustment) => ({
      name: adjustment.name,
      // The vendor's schema declares the one and requires the other.
      type: adjustment.type,
      adjustment_type: adjustment.type,
      value: adjustment.value,
      tax_components: components(adjustment.taxComponents),
    })),
    external_applications: none,
    version: sale.version,
    total_price: sale.totalPrice,
    total_price_incl: sale.totalPriceIncl,
    total_tax: sale.totalTax,
    total_surcharge: sale.totalSurcharge,
    taxes: sale.taxes.map((tax) => ({ id: tax.rateId, amount: tax.amount })),
    ecom_custom_charges: customCharges(sale.customCharges),
  };
}

/** Each value has two names: the old one and the one with its unit or total spelled out (X §6.2). */
function flatLine(line: XSaleLine, view: XView): XDocument {
  return {
    id: line.id,
    product_id: line.productId,
    tax_id: line.taxId,
    discount_total: line.discountTotal,
    discount: line.discount,
    price_total: line.priceTotal,
    price: line.price,
    cost_total: line.costTotal,
    cost: line.cost,
    tax_total: line.taxTotal,
    tax: line.tax,
    quantity: line.quantity,
    loyalty_value: line.loyaltyValue,
    note: line.note,
    price_set: line.priceSet,
    status: line.status,
    sequence: line.sequence,
    gift_card_number: line.giftCardNumber,
    salesperson_id: missing(line.salespersonId, view),
    tax_components: components(line.taxComponents),
    promotions: line.promotions.map((promotion) => ({
      id: promotion.id,
      name: promotion.name,
      amount: promotion.amount,
      promo_code: promotion.promoCode,
    })),
    surcharges: none,
    return_reason: line.returnReason,
    unit_cost: line.cost,
    unit_discount: line.discount,
    unit_loyalty_value: line.loyaltyValue,
    unit_price: line.price,
    unit_tax: line.tax,
    total_cost: line.costTotal,
    total_discount: line.discountTotal,
    total_loyalty_value: line.loyaltyTotal,
    total_price: line.priceTotal,
    total_tax: line.taxTotal,
    is_return: line.isReturn,
  };
}

/** X §6.3. */
export function flatPayment(payment: XSalePayment): XDocument {
  return {
    id: payment.id,
    register_id: payment.registerId,
    outlet_id: payment.outletId,
    register_open_sequence_id: payment.sessionId,
    retailer_payment_type_id: payment.paymentTypeId,
    payment_type_id: String(payment.typeId),
    name: payment.name,
    amount: payment.amount,
    payment_date: stamp(payment.date),
    deleted_at: stampOrNull(payment.deletedAt),
    source_id: payment.sourceId,
    external_attributes: none,
    external_applications: none,
  };
}

export function components(
  taxes: readonly { readonly rateId: string; readonly totalTax: number }[],
): readonly { readonly rate_id: string; readonly total_tax: number }[] {
  return taxes.map((tax) => ({ rate_id: tax.rateId, total_tax: tax.totalTax }));
}

const noCharges = { charges: none, total: 0, total_tax: 0, total_incl: 0 };

function customCharges(charges: readonly XCustomCharge[]): XDocument {
  if (charges.length === 0) return noCharges;
  return {
    charges: charges.map(customCharge),
    total: sumAmounts(charges.map((charge) => charge.total)),
    total_tax: sumAmounts(charges.map((charge) => charge.totalTax)),
    total_incl: sumAmounts(charges.map((charge) => charge.totalIncl)),
  };
}

export function customCharge(charge: XCustomCharge): XDocument {
  return {
    name: charge.name,
    source_id: charge.sourceId,
    total: charge.total,
    total_tax: charge.totalTax,
    total_incl: charge.totalIncl,
    tax_components: components(charge.taxComponents),
  };
}
