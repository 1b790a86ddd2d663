import { badRequest } from './errors.ts';
import { fieldNamed, predicateOf, readFilter } from './filter.ts';
import type { Filter, Predicate } from './filter.ts';
import { readRelations } from './relations.ts';
import type { RelationTree } from './relations.ts';
import type { Resource } from './resource.ts';
import type { Boundary } from './source.ts';
import type { RSeriesSwitches } from './switches.ts';
import { readToken } from './token.ts';
import type { View } from './view.ts';

/** A list request, read and checked. */
export interface Query {
  /** Canonical name of the sort field. */
  readonly sort: string;
  readonly descending: boolean;
  readonly limit: number;
  readonly after: Boundary | undefined;
  readonly before: Boundary | undefined;
  readonly offset: number;
  /** Only the number of matches is wanted. */
  readonly countOnly: boolean;
  readonly archived: 'false' | 'true' | 'only';
  readonly tree: RelationTree;
  /** All of these must hold. */
  readonly filters: readonly Filter[];
  /** At least one of these must hold, when there are any. */
  readonly alternatives: readonly Filter[];
  /** As sent and decoded once, in order: next links echo them. */
  readonly parameters: readonly (readonly [string, string])[];
  /** As the next link repeats it. */
  readonly sortParameter: string;
}

/** `2` is `/API/Account/…` with count and offset, `3` is `/API/V3/…` with tokens. */
export type ApiVersion = 2 | 3;

export const pageSizeMax = 100;

const options = new Set(['load_relations', 'archived', 'archive', 'count', 'or', 'limit', 'pretty_print']);
const optionsOfVersion: Readonly<Record<ApiVersion, ReadonlySet<string>>> = {
  2: new Set(['offset', 'orderby', 'orderby_desc']),
  3: new Set(['sort', 'after', 'before']),
};

/** Reads a list request for a table. Throws 400s with the words of the reference where it has them. */
export function readQuery(search: URLSearchParams, table: Resource<never>, version: ApiVersion, view: View): Query {
  const parameters = [...search];
  const get = (name: string): string | undefined => search.get(name) ?? undefined;
  const countOnly = version === 3 && get('count') === '1';
  if (countOnly) refuseWithCount(search);
  const tree = readRelations(get('load_relations'), table);
  const sortParameter = version === 3 ? (get('sort') ?? table.idField) : sortOfVersion2(search, table);
  const descending = sortParameter.startsWith('-');
  const sort = readSort(descending ? sortParameter.slice(1) : sortParameter, table, version, view.switches);
  const known = (name: string): boolean => options.has(name) || optionsOfVersion[version].has(name);
  const filters = parameters
    .filter(([name]) => !known(name))
    .map(([name, value]) => readFilter(canonicalName(name, table, view.switches), value))
    .filter((filter) => isUsable(filter, table, tree, view));
  return {
    sort,
    descending,
    limit: readLimit(get('limit')),
    after: version === 3 ? readToken(get('after'), 'after', sort, table, view) : undefined,
    before: version === 3 ? readToken(get('before'), 'before', sort, table, view) : undefined,
    offset: version === 2 ? readOffset(get('offset')) : 0,
    countOnly,
    archived: readArchived(get('archived')),
    tree,
    filters,
    alternatives: readAlternatives(get('or'), table, tree, view),
    parameters,
    sortParameter,
  };
}

/** The check a record must pass to be listed. */
export function matcherOf<R>(table: Resource<R>, query: Query, view: View): Predicate<R> {
  const checks: Predicate<R>[] = [];
  for (const filter of query.filters) {
    const predicate = predicateOf(table, filter, view);
    if (predicate !== undefined) checks.push(predicate);
  }
  const alternatives = query.alternatives.flatMap((filter) => predicateOf(table, filter, view) ?? []);
  if (alternatives.length > 0) checks.push((record) => alternatives.some((accepts) => accepts(record)));
  const archived = archivedCheck(table, query, view);
  if (archived !== undefined) checks.push(archived);
  const { hiddenUnless } = table;
  if (hiddenUnless !== undefined && !query.filters.some((filter) => filter.name === hiddenUnless.filter)) {
    checks.push((record) => !hiddenUnless.hides(record, view));
  }
  return (record) => checks.every((accepts) => accepts(record));
}

/** The canonical field name: both spellings of the change stamp mean `updateTime`, as far as the switch lets them. */
export function canonicalName(name: string, table: Resource<never>, switches: RSeriesSwitches): string {
  if (name !== 'updateTime' && name !== 'updatetime') return name;
  if (fieldNamed(table, 'updateTime') === undefined) return name;
  const accepted = switches.updateTimeFilter === 'both' || switches.updateTimeFilter === name;
  return accepted ? 'updateTime' : 'updateTime (not accepted)';
}

function archivedCheck<R>(table: Resource<R>, query: Query, view: View): Predicate<R> | undefined {
  const isSale = table.name === 'Sale' && view.switches.saleArchivedFilter === 'filtered';
  if ((table.archived === 'ignored' && !isSale) || query.archived === 'true') return undefined;
  const filter: Filter = { name: 'archived', operator: '=', operands: [query.archived === 'only' ? 'true' : 'false'] };
  return predicateOf(table, filter, view);
}

function isUsable(filter: Filter, table: Resource<never>, tree: RelationTree, view: View): boolean {
  if (predicateOf(table, filter, view) === undefined) {
    if (view.switches.unknownParameter === 'ignore') return false;
    throw badRequest(`'${filter.name}' is not a valid field of ${table.name}.`);
  }
  const [relation = ''] = filter.name.split('.');
  const isRelationFilter = relation !== filter.name && table.filterOnly?.[filter.name] === undefined;
  if (isRelationFilter && !tree.has(relation)) {
    throw badRequest(`To filter by '${filter.name}' the relation '${relation}' must be loaded.`);
  }
  return true;
}

/**
 * `or=a=~,x%|b=>,5`: operands are separated by pipes and, having been inside a parameter's value, encoded once more than others. Text that
 * is no valid encoding is taken as it stands (`foo%`).
 */
function readAlternatives(
  parameter: string | undefined,
  table: Resource<never>,
  tree: RelationTree,
  view: View,
): readonly Filter[] {
  if (parameter === undefined || parameter === '') return [];
  return parameter.split('|').flatMap((operand) => {
    const decoded = decodeAgain(operand);
    const equals = decoded.indexOf('=');
    if (equals < 1) throw badRequest(`'${operand}' is not a valid operand of or: write field%3Dvalue.`);
    const filter = readFilter(canonicalName(decoded.slice(0, equals), table, view.switches), decoded.slice(equals + 1));
    return isUsable(filter, table, tree, view) ? [filter] : [];
  });
}

function decodeAgain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readSort(name: string, table: Resource<never>, version: ApiVersion, switches: RSeriesSwitches): string {
  const canonical = canonicalName(name, table, switches);
  const allowed = new Set([table.idField, ...table.sorts].map((field) => canonicalName(field, table, switches)));
  // V2 sorts by any column; V3 only by those it lists.
  const isKnown = version === 2 ? fieldNamed(table, canonical) !== undefined : allowed.has(canonical);
  if (isKnown) return canonical;
  const listed = table.sorts.length > 0 ? table.sorts : [table.idField];
  throw badRequest(`Sorting by '${name}' is not supported for ${table.name}. Supported fields: ${listed.join(', ')}.`);
}

function sortOfVersion2(search: URLSearchParams, table: Resource<never>): string {
  const field = search.get('orderby') ?? table.idField;
  return search.get('orderby_desc') === '1' ? `-${field}` : field;
}

function refuseWithCount(search: URLSearchParams): void {
  for (const name of ['limit', 'sort', 'after', 'before']) {
    if (search.has(name)) throw badRequest(`count cannot be combined with ${name}.`);
  }
}

function readLimit(parameter: string | undefined): number {
  if (parameter === undefined || parameter === '') return pageSizeMax;
  if (!/^-?\d+$/.test(parameter)) throw badRequest(`'${parameter}' is not a valid limit.`);
  return Math.min(Math.max(Number(parameter), 0), pageSizeMax);
}

function readOffset(parameter: string | undefined): number {
  if (parameter === undefined || parameter === '') return 0;
  if (!/^\d+$/.test(parameter)) throw badRequest(`'${parameter}' is not a valid offset.`);
  return Number(parameter);
}

function readArchived(parameter: string | undefined): Query['archived'] {
  if (parameter === 'only') return 'only';
  return parameter === 'true' || parameter === '1' ? 'true' : 'false';
}
