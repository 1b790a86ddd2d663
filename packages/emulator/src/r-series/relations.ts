import { badRequest } from './errors.ts';
import type { Resource } from './resource.ts';

/** Which relations a request loads, as a tree: `{ SaleLines: { Item: {} } }`. */
export type RelationTree = ReadonlyMap<string, RelationTree>;

export const noRelations: RelationTree = new Map();

/**
 * Reads `load_relations`: a JSON array of dotted paths, or `all` for everything the table lists. Throws a 400 for names the resource does
 * not have (what the POS does then is unverified).
 */
export function readRelations(parameter: string | undefined, table: Resource<never>): RelationTree {
  if (parameter === undefined || parameter === '') return noRelations;
  const tree: MutableTree = new Map();
  for (const path of parameter === 'all' ? allPaths(table) : readPaths(parameter)) plant(tree, path.split('.'), table, path);
  return tree;
}

type MutableTree = Map<string, MutableTree>;

function readPaths(parameter: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(parameter);
  } catch {
    // Not JSON at all: told below.
  }
  if (!Array.isArray(parsed) || !parsed.every((path): path is string => typeof path === 'string')) {
    throw badRequest('load_relations must be a JSON array of relation names, or all.');
  }
  return parsed;
}

function plant(tree: MutableTree, path: readonly string[], table: Resource<never>, whole: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  const relation = table.relations.find((candidate) => candidate.name === name);
  if (relation === undefined) {
    // `CustomFieldValues.value` is a field that has to be asked for like a relation.
    if (whole === 'CustomFieldValues.value') return;
    throw badRequest(`Unable to load relation '${whole}' for ${table.name}: no relation named '${name}'.`);
  }
  const below = tree.get(name) ?? new Map();
  tree.set(name, below);
  plant(below, rest, relation.table(), whole);
}

/** What `load_relations=all` means for a table. */
export function allPaths(table: Resource<never>): readonly string[] {
  return table.all ?? table.relations.filter((relation) => relation.apart !== true).map((relation) => relation.name);
}

/** A copy of the tree without one relation: for the fault that loses relations silently. */
export function without(tree: RelationTree, name: string): RelationTree {
  return new Map([...tree].filter(([relation]) => relation !== name));
}
