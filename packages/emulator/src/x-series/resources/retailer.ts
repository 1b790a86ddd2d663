import { stamp } from '../wire.ts';
import type { XDocument } from '../wire.ts';
import type { XView } from '../view.ts';

/** X §8.1. `version` is text here, and only here. */
export function retailerDocument(view: XView): XDocument {
  const retailer = view.state.retailer();
  return {
    id: retailer.id,
    name: retailer.name,
    domain_prefix: view.domainPrefix,
    store_url: `https://${view.domainPrefix}.retail.lightspeed.app`,
    account_status: 'ACTIVE',
    account_type: 'PLUS',
    country: retailer.country,
    culture: `en_${retailer.country}`,
    tax_exclusive: retailer.taxExclusive,
    currency: { code: retailer.currency, symbol: retailer.currencySymbol },
    timezone: view.switches.retailerTimezone === 'text' ? retailer.timeZone : { name: retailer.timeZone },
    loyalty: { enabled: true, ratio: retailer.loyaltyRatio, claim_url: '', send_welcome_email: false },
    store_credit: true,
    gift_cards: { enabled: true, never_enabled: false },
    sku_sequence: { enabled: true, value: 10_000 },
    discount_product_id: retailer.discountProductId,
    no_tax_group_id: retailer.noTaxId,
    created_at: stamp(retailer.createdAt),
    activated_at: stamp(retailer.createdAt),
    version: String(retailer.version),
  };
}
