import { permissionDenied } from '../errors.ts';

/** The published list (X §2.3), and the one that operations name though the page does not. */
export const knownScopes: ReadonlySet<string> = new Set([
  'audit:read',
  'billing:partner_subscription:read',
  'billing:partner_subscription:write',
  'business_rules:read',
  'business_rules:write',
  'channels:read',
  'consignments:read',
  'consignments:write:inventory_count',
  'consignments:write:stock_order',
  'consignments:write:stock_transfer',
  'customers:read',
  'customers:write',
  'custom_fields:read',
  'custom_fields:write',
  'fulfillments:read',
  'fulfillments:write',
  'gift_cards:read',
  'gift_cards:write:issue',
  'gift_cards:write:redeem',
  'inventory:read',
  'inventory:write',
  'outlets:read',
  'payments:read',
  'payment_types:read',
  'products:read',
  'products:write',
  'products:read:price_books',
  'products:write:price_books',
  'promotions:read',
  'promotions:write',
  'register:open',
  'register:close',
  'registers:read',
  'remote_rules:read',
  'remote_rules:write',
  'retailer:read',
  'sales:read',
  'sales:write',
  'serial_numbers:read',
  'serial_numbers:write',
  'services:read',
  'services:write',
  'store_credits:read',
  'store_credits:write:issue',
  'store_credits:write:redeem',
  'suppliers:read',
  'suppliers:write',
  'taxes:read',
  'taxes:write',
  'users:read',
  'users:write',
  'webhooks',
]);

/** Splits a scope parameter at its spaces, also those that were `+` in the address. */
export function splitScopes(parameter: string): readonly string[] {
  return parameter.split(/[\s+]+/).filter((scope) => scope !== '');
}

/** Throws 403 unless a token has all of these. A personal token may do what its admin may: everything (X §2.2). */
export function demand(scopes: readonly string[] | 'everything', needed: readonly string[]): void {
  if (scopes === 'everything' || needed.every((scope) => scopes.includes(scope))) return;
  throw permissionDenied(needed);
}
