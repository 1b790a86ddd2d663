import type { Filter } from './filter.ts';
import { fieldNamed } from './filter.ts';
import type { Query } from './query.ts';
import type { RelationTree } from './relations.ts';
import type { Resource } from './resource.ts';

const rangeOperators: ReadonlySet<string> = new Set(['>', '>=', '<', '<=', '><', '~', '!~', 'IN']);

/**
 * What a list request costs in drips, from the request alone (R §3.3): 1, plus the relations at double price, plus `or`; 10 in all for
 * `count=1`; V2's offset at 0.0005 a row and 4 for an `orderby` that V3 could not sort by.
 */
export function listCost(table: Resource<never>, query: Query): number {
  if (query.countOnly) return 10;
  const unusualOrder =
    query.sort !== table.idField && !table.sorts.some((sort) => sort.toLowerCase() === query.sort.toLowerCase());
  return (
    1 +
    relationsCost(table, query.tree, true) +
    alternativesCost(query.alternatives, table) +
    0.0005 * query.offset +
    (unusualOrder ? 4 : 0)
  );
}

/** What a request for one record costs. */
export function singleCost(table: Resource<never>, tree: RelationTree): number {
  return 1 + relationsCost(table, tree, false);
}

/** 0.1 to-one, 0.2 to-many; double on lists and below a to-many (once, not twice: R §12.10 leaves it open). */
function relationsCost(table: Resource<never>, tree: RelationTree, isDouble: boolean): number {
  let cost = 0;
  for (const [name, below] of tree) {
    const relation = table.relations.find((candidate) => candidate.name === name);
    if (relation === undefined) continue;
    cost += (relation.many ? 0.2 : 0.1) * (isDouble ? 2 : 1) + relationsCost(relation.table(), below, isDouble || relation.many);
  }
  return cost;
}

/** Nothing when all operands are on one field; +1 an operand on one entity with at most one range; else +10 an entity and +1 a further operand. */
function alternativesCost(alternatives: readonly Filter[], table: Resource<never>): number {
  if (new Set(alternatives.map((filter) => filter.name)).size <= 1) return 0;
  const entities = new Set(alternatives.map((filter) => entityOf(filter, table)));
  const ranges = alternatives.filter((filter) => rangeOperators.has(filter.operator)).length;
  if (entities.size === 1 && ranges <= 1) return alternatives.length;
  return 10 * entities.size + alternatives.length - 1;
}

function entityOf(filter: Filter, table: Resource<never>): string {
  return fieldNamed(table, filter.name) === undefined ? (filter.name.split('.')[0] ?? '') : table.name;
}
