import type { ProviderId } from './providers.ts';

export interface ScopeChoice {
  readonly scope: string;
  /** Why we ask for it, in one sentence. */
  readonly reason: string;
  /** What stops working without it, in one sentence. */
  readonly without: string;
  /** Whether the least-privilege preset holds it. */
  readonly preset: boolean;
  /** Whether nothing at all works without it. */
  readonly needed: boolean;
}

const preset = { preset: true, needed: false } as const;
const needed = { preset: true, needed: true } as const;
const extra = { preset: false, needed: false } as const;

/** Scopes after the vendor's scope tables (R §2.7, X §2.3); R-Series employees and shops have no reading scope of their own. */
export const SCOPES: Readonly<Record<ProviderId, readonly ScopeChoice[]>> = {
  'lightspeed-r': [
    {
      scope: 'employee:register_read',
      reason: 'Read sales, payments and registers.',
      without: 'No sales are read: there is no turnover.',
      ...needed,
    },
    {
      scope: 'employee:customers_read',
      reason: 'Read customers, to count identified transactions.',
      without: 'Customers are unknown: no identified transactions, no favorite stores.',
      ...preset,
    },
    {
      scope: 'employee:reports',
      reason: 'Read shops and payment types.',
      without: 'Payments are not told apart by their type, and figures cannot be compared with the POS’s reports.',
      ...preset,
    },
    {
      scope: 'employee:admin_shops',
      reason: 'Read the shops with their time zones.',
      without: 'Shops and their time zones may stay unknown, and days with them.',
      ...preset,
    },
    {
      scope: 'employee:admin_employees',
      reason: 'Read the names of employees.',
      without: 'Receipts show employees by number.',
      ...preset,
    },
    {
      scope: 'employee:admin_void_sale',
      reason: 'See which sales were voided afterwards, and when.',
      without: 'A void shows as "seen voided at …", without who and why.',
      ...preset,
    },
    {
      scope: 'employee:inventory_read',
      reason: 'Read the catalogue.',
      without: 'Receipts show items by number.',
      ...extra,
    },
    {
      scope: 'employee:all',
      reason: 'Everything, writing too. Only where a narrower choice does not do.',
      without: 'Nothing: the others suffice.',
      ...extra,
    },
  ],
  'lightspeed-x': [
    { scope: 'sales:read', reason: 'Read sales and payments.', without: 'No sales are read: there is no turnover.', ...needed },
    {
      scope: 'retailer:read',
      reason: 'Read which product stands for discounts, and the currency.',
      without: 'No sale can be read: goods and discounts cannot be told apart.',
      ...needed,
    },
    {
      scope: 'outlets:read',
      reason: 'Read the outlets with their time zones.',
      without: 'There are no shops to map.',
      ...needed,
    },
    { scope: 'registers:read', reason: 'Read the registers.', without: 'Registers cannot be mapped or told apart.', ...needed },
    {
      scope: 'payment_types:read',
      reason: 'Read payment types.',
      without: 'Payments are not told apart, and gift cards are not seen.',
      ...needed,
    },
    {
      scope: 'customers:read',
      reason: 'Read customers, to count identified transactions.',
      without: 'Customers are unknown: no identified transactions, no favorite stores.',
      ...preset,
    },
    {
      scope: 'taxes:read',
      reason: 'Read the tax rates.',
      without: 'Amounts incl. tax of fully discounted goods are not known.',
      ...preset,
    },
    {
      scope: 'products:read',
      reason: 'Tell gift cards, tips and account payments from goods.',
      without: 'Account payments may be counted as goods.',
      ...preset,
    },
    { scope: 'users:read', reason: 'Read the names of employees.', without: 'Receipts show employees by number.', ...preset },
    {
      scope: 'webhooks',
      reason: 'Be told of changes within seconds.',
      without: 'Changes are found by asking every few minutes.',
      ...preset,
    },
    {
      scope: 'payments:read',
      reason: 'Compare with what the drawers should hold.',
      without: 'That comparison is left out.',
      ...extra,
    },
  ],
};

/** The scopes a new connection asks for unless told otherwise. */
export function presetScopes(provider: ProviderId): readonly string[] {
  return SCOPES[provider].flatMap((choice) => (choice.preset ? [choice.scope] : []));
}

/** Whether a text may be asked for: in the way the POS writes its scopes. */
export function isScope(provider: ProviderId, scope: string): boolean {
  return (provider === 'lightspeed-r' ? /^employee:[a-z_]{1,60}$/ : /^[a-z_]{2,40}(?::[a-z_]{2,40}){0,3}$/).test(scope);
}
