import { formatInstant, instantOf } from '../instant.ts';
import type { Instant } from '../model.ts';
import type { ApiVersion } from './links.ts';
import type { Resource } from './resources.ts';
import type { RSeriesSwitches } from './switches.ts';

/** Which sales, and in which order. */
export type SaleQuery =
  /** Every sale in the order of its id: the history walk. `afterId` starts behind a sale. */
  | { readonly order: 'id'; readonly afterId?: string }
  /** Everything changed at or after an instant, oldest change first. */
  | { readonly order: 'changed'; readonly since: Instant }
  /** Completed from (inclusive) until (exclusive, to the second). Sales without a completion time of their own are not found this way. */
  | { readonly order: 'completed'; readonly from: Instant; readonly until: Instant }
  /** Named ones, at most 100. */
  | { readonly ids: readonly string[] };

export type CustomerQuery = Exclude<SaleQuery, { order: 'completed' }>;

/** Voids carry no change stamp and never change. */
export type SaleVoidQuery = Extract<SaleQuery, { order: 'id' }> | Extract<SaleQuery, { ids: readonly string[] }>;

/** Rows a page holds at most, by the server's own limit. */
export const PAGE_SIZE = 100;

/** The query string of a list, without `?`. */
export function listQuery(resource: Resource, query: SaleQuery, switches: RSeriesSwitches, version: ApiVersion = 3): string {
  const parameters: (readonly [string, string])[] = [
    // V2 goes by primary key whatever is wanted: a place that no other row can move.
    ...selection(resource, query, switches).map(([name, value]): readonly [string, string] =>
      version === 2 && name === 'sort' ? ['orderby', resource.idField] : [name, value],
    ),
    ...(resource.parameters ?? []),
    ['limit', String(PAGE_SIZE)],
  ];
  const isSale = resource.name === 'Sale';
  if (resource.hasArchived && (!isSale || switches.askForArchivedSales)) parameters.push(['archived', 'true']);
  return encode([...parameters, ...relationParameters(resource)]);
}

/** The V2 page behind an id, of the same list. */
export function keysetNext(path: string, resource: Resource, afterId: string): string {
  const [folder = '', search = ''] = path.split('?');
  const parameters = [...new URLSearchParams(search)].filter(([name]) => name !== resource.idField);
  return `${folder}?${encode([...parameters, [resource.idField, `>,${afterId}`]])}`;
}

/** The query string of a request by id, without `?`. */
export function singleQuery(resource: Resource): string {
  return encode(relationParameters(resource));
}

function selection(resource: Resource, query: SaleQuery, switches: RSeriesSwitches): [string, string][] {
  if ('ids' in query) {
    if (query.ids.length === 0 || query.ids.length > PAGE_SIZE)
      throw new RangeError(`From 1 to 100 ids, not ${query.ids.length}.`);
    for (const id of query.ids) assertId(id);
    return [
      ['sort', resource.idField],
      [resource.idField, `IN,[${query.ids.join(',')}]`],
    ];
  }
  if (query.order === 'id') {
    if (query.afterId === undefined) return [['sort', resource.idField]];
    assertId(query.afterId);
    return [
      ['sort', resource.idField],
      [resource.idField, `>,${query.afterId}`],
    ];
  }
  if (query.order === 'completed') {
    if (query.until <= query.from) throw new RangeError('A window ends after it starts.');
    // Between is inclusive at both ends and stamps are whole seconds.
    return [
      ['sort', 'completeTime'],
      ['completeTime', `><,${formatInstant(query.from)},${formatInstant(instantOf(query.until - 1))}`],
    ];
  }
  const { sort, filter } = changeStamp(resource, switches);
  return [
    ['sort', sort],
    [filter, `>=,${formatInstant(query.since)}`],
  ];
}

/** Only Sale has an `updateTime`. */
function changeStamp(resource: Resource, switches: RSeriesSwitches): { sort: string; filter: string } {
  if (resource.name !== 'Sale' || switches.changeStamp === 'timeStamp') return { sort: 'timeStamp', filter: 'timeStamp' };
  return { sort: switches.updateTimeSort, filter: switches.updateTimeFilter };
}

function relationParameters(resource: Resource): [string, string][] {
  return resource.relations.length === 0 ? [] : [['load_relations', JSON.stringify(resource.relations)]];
}

/** Everything percent-encoded, a `+` as `%2B` (R §5). */
function encode(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

function assertId(id: string): void {
  if (!/^\d{1,19}$/.test(id)) throw new RangeError(`An R-Series id is a number, not ${JSON.stringify(id).slice(0, 40)}.`);
}
