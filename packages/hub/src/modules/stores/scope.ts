import type { Mapping, Shop, Store } from './schemas.ts';

/** What a member limited to departments may see of stores and mappings; null limits nothing. Pure. */
type Limit = readonly string[] | null;

export function departmentsWithin<T extends { readonly id: string }>(departments: readonly T[], limit: Limit): T[] {
  return departments.filter(({ id }) => limit === null || limit.includes(id));
}

/** Stores that have a department of theirs, with those departments alone. */
export function storesWithin(stores: readonly Store[], limit: Limit): Store[] {
  if (limit === null) return [...stores];
  return stores
    .map((store) => ({ ...store, departments: departmentsWithin(store.departments, limit) }))
    .filter((store) => store.departments.length > 0);
}

export function mappingsWithin(mappings: readonly Mapping[], limit: Limit): Mapping[] {
  return mappings.filter(({ departmentId }) => limit === null || limit.includes(departmentId));
}

/** Shops mapped to a department of theirs at some time, with those mappings alone. */
export function shopsWithin(shops: readonly Shop[], limit: Limit): Shop[] {
  if (limit === null) return [...shops];
  return shops
    .map((shop) => ({ ...shop, mappings: mappingsWithin(shop.mappings, limit) }))
    .filter((shop) => shop.mappings.length > 0);
}
