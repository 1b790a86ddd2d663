import type { RSeriesSwitches } from './switches.ts';

/** What a reading request costs before its answer says so (R §3.3): 1, and a tenth or two for each relation, doubled on lists. */
export function estimateCost(relations: readonly string[], isList: boolean, switches: RSeriesSwitches): number {
  // In tenths, so that sums are exact.
  let tenths = 10;
  for (const relation of relations) {
    const parent = relation.includes('.') ? relation.slice(0, relation.lastIndexOf('.')) : null;
    const name = relation.slice(relation.lastIndexOf('.') + 1);
    const own = TO_MANY.has(name) ? 2 : 1;
    const nested = parent !== null && TO_MANY.has(parent);
    tenths += own * relationFactor(isList, nested, switches);
  }
  return tenths / 10;
}

function relationFactor(isList: boolean, nested: boolean, switches: RSeriesSwitches): number {
  if (isList && nested) return switches.nestedRelationFactor;
  return isList || nested ? 2 : 1;
}

const TO_MANY: ReadonlySet<string> = new Set([
  'SaleLines',
  'SalePayments',
  'SaleAccounts',
  'InventorySales',
  'Signatures',
  'TaxCategoryClasses',
  'Registers',
  'ItemShops',
  'RegisterCountAmounts',
  'EmployeeRights',
  'CustomFieldValues',
  'Tags',
]);
