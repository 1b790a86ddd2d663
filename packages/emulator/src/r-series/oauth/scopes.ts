const names = [
  'all',
  'admin',
  'admin_employees',
  'admin_inventory',
  'admin_purchases',
  'admin_shops',
  'admin_void_sale',
  'categories',
  'customers',
  'customers_read',
  'customers_view_gift_card_numbers',
  'inventory',
  'inventory_counts',
  'inventory_counts_reconcile',
  'inventory_read',
  'manufacturers',
  'product_cost',
  'product_edit',
  'purchase_orders',
  'register',
  'register_layaway',
  'register_read',
  'register_refund',
  'reports',
  'special_orders',
  'tags',
  'transfers',
  'vendors',
  'vendor_returns',
  'workbench',
] as const;

/** The documented list (R §2.7). */
export const knownScopes: ReadonlySet<string> = new Set(names.map((name) => `employee:${name}`));

/** Splits a scope parameter; spaces, also those that were `+` in the address. */
export function splitScopes(parameter: string): readonly string[] {
  return parameter.split(/[\s+]+/).filter((scope) => scope !== '');
}

/** Whether a token may read a resource: any of the listed scopes, `employee:all`, or `admin` for its parts. */
export function mayRead(scopes: readonly string[], any: readonly string[]): boolean {
  if (any.length === 0 || scopes.includes('employee:all')) return true;
  return any.some((scope) => scopes.includes(scope) || (scope.startsWith('employee:admin') && scopes.includes('employee:admin')));
}

/** Whether a token may write a resource: the same scopes as for reading, without those that only read. */
export function mayWrite(scopes: readonly string[], any: readonly string[]): boolean {
  return mayRead(
    scopes,
    any.length === 0 ? ['employee:admin'] : any.filter((scope) => !scope.endsWith('_read') && scope !== 'employee:reports'),
  );
}
