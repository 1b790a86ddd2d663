import type { XSaleLine, XSalePayment, XSaleRecord } from '../../world/x-types.ts';
import { missing } from '../view.ts';
import type { XView } from '../view.ts';
import { zuluOrNull, zuluStamp } from '../wire.ts';
import type { XDocument } from '../wire.ts';
import { components, customCharge } from './flat.ts';

const none: readonly never[] = [];

/** The same sale in the shape of the dated versions (X §7.1): the same amounts under other names. */
export function nestedSale(sale: XSaleRecord, view: XView): XDocument {
  return {
    id: sale.id,
    state: sale.state,
    attributes: sale.attributes,
    customer_id: sale.customerId,
    date: zuluStamp(sale.saleDate),
    note: sale.note,
    short_code: sale.shortCode,
    invoice_number: sale.invoiceNumber,
    receipt_number: sale.invoiceNumber,
    source: {
      outlet_id: sale.outletId,
      register_id: sale.registerId,
      author: { id: sale.userId },
      id: missing(sale.sourceId, view),
      type: sale.source,
    },
    line_items: sale.lines.map((line) => nestedLine(line, sale, view)),
    payments: sale.payments.map(nestedPayment),
    taxes: sale.taxes.map((tax) => ({ id: tax.rateId, tax: tax.amount })),
    adjustments: sale.adjustments.map((adjustment) => ({
      adjustment_type: adjustment.type,
      name: adjustment.name,
      total: adjustment.value,
      tax_components: components(adjustment.taxComponents),
    })),
    ecom_custom_charges: sale.customCharges.map(customCharge),
    totals: {
      price: sale.totalPrice,
      price_incl_tax: sale.totalPriceIncl,
      tax: sale.totalTax,
      loyalty: sale.totalLoyalty,
      surcharge: sale.totalSurcharge,
    },
    return: {
      is_return: sale.returnFor !== null,
      original_sale_id: missing(sale.returnFor, view),
      return_sale_ids: sale.returnIds,
    },
    created_at: zuluStamp(sale.createdAt),
    updated_at: zuluStamp(sale.updatedAt),
    deleted_at: zuluOrNull(sale.deletedAt),
    _metadata: {
      version: sale.version,
      complete_open_sequence_id: missing(sale.completeSessionId, view),
      has_unsynced_on_account_payments: false,
    },
  };
}

function nestedLine(line: XSaleLine, sale: XSaleRecord, view: XView): XDocument {
  return {
    id: line.id,
    product: { id: line.productId },
    quantity: line.quantity,
    status: line.status,
    note: line.note,
    salesperson_id: missing(line.salespersonId, view),
    gift_card_number: missing(line.giftCardNumber, view),
    source: { register_id: sale.registerId },
    pricing: {
      price: line.price,
      total: line.priceTotal,
      cost: line.cost,
      cost_total: line.costTotal,
      discount: line.discount,
      discount_total: line.discountTotal,
      loyalty_amount: line.loyaltyValue,
      loyalty_amount_total: line.loyaltyTotal,
    },
    tax: { id: line.taxId, amount: line.tax, total: line.taxTotal },
    return: { is_return: line.isReturn, reason: missing(line.returnReason, view) },
    promotions: line.promotions.map((promotion) => ({
      id: promotion.id,
      name: promotion.name,
      amount: promotion.amount,
      promo_code: promotion.promoCode,
    })),
    surcharges: none,
    customizations: none,
    _metadata: {
      sequence: line.sequence,
      is_price_override: line.priceSet,
      tax_components: components(line.taxComponents),
    },
  };
}

function nestedPayment(payment: XSalePayment): XDocument {
  return {
    id: payment.id,
    amount: payment.amount,
    date: zuluStamp(payment.date),
    deleted_at: zuluOrNull(payment.deletedAt),
    type: { config_id: payment.paymentTypeId, name: payment.name, id: String(payment.typeId) },
    source: {
      ...(payment.sourceId === null ? {} : { id: payment.sourceId }),
      outlet_id: payment.outletId,
      register_id: payment.registerId,
    },
    _metadata: { register_open_sequence_id: payment.sessionId },
  };
}
