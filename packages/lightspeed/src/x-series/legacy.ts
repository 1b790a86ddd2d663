/** The 0.9 API's page style (X §4.3): `page` and `page_size`, the list under its own name, `pagination` only when there is more than a page. */
import { ShapeChanged } from '../errors.ts';
import type { FailedRequest } from '../errors.ts';
import { formatInstant } from '../instant.ts';
import type { Instant, Normalized } from '../model.ts';
import type { XSeriesApi } from './api.ts';
import type { XStep } from './paging.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';
import { SALE_KEYS } from './resources.ts';
import { encode } from './walk.ts';
import type { XWalk } from './walk.ts';

export type LegacyResourceName =
  | 'register_sales'
  | 'customers'
  | 'outlets'
  | 'payment_types'
  | 'registers'
  | 'supplier'
  | 'taxes'
  | 'users';

export interface LegacyQuery {
  /** Changed since, by the POS's own clock. */
  readonly since?: Instant;
  readonly outletId?: string;
  readonly states?: readonly string[];
}

export function legacyWalk<T>(
  api: XSeriesApi,
  resource: LegacyResourceName,
  { since, outletId, states = [] }: LegacyQuery,
  normalize: (document: unknown) => Normalized<T>,
): XWalk<T> {
  const query: (readonly [string, string])[] = [
    ...(since === undefined ? [] : ([['since', formatInstant(since).replace('+00:00', 'Z')]] as const)),
    ...(outletId === undefined ? [] : ([['outlet_id', outletId]] as const)),
    ...states.map((state) => ['state[]', state] as const),
  ];
  const selection = encode(query);
  return {
    api,
    name: `/api/${resource}${selection === '' ? '' : `?${selection}`}`,
    start: null,
    margin: 0,
    endless: false,
    path: (cursor) => `/api/${resource}?${encode([...query, ['page', cursor ?? '1'], ['page_size', PAGE_SIZE]])}`,
    rows: (body, info) => legacyRows(body, resource, info),
    step: nextPage,
    normalize,
    expects: resource === 'register_sales' ? SALE_KEYS : undefined,
  };
}

/** Under the plural name; a bare array was given the name `data`. */
function legacyRows(body: Fields, resource: LegacyResourceName, request: FailedRequest): readonly unknown[] {
  const key = resource === 'supplier' ? 'suppliers' : resource;
  const rows = body[key] ?? body['data'];
  if (Array.isArray(rows)) return rows;
  throw new ShapeChanged(key, `The POS answered ${request.path} without a list in "${key}".`, { request });
}

function nextPage(cursor: string | null, body: Fields, rows: readonly unknown[], allSeen: boolean): XStep {
  const page = Number(cursor ?? '1');
  const pagination = body['pagination'];
  const pages = isFields(pagination) ? Number(pagination['pages']) : 1;
  const ended = rows.length === 0 || allSeen || !(pages > page);
  return { cursor: ended ? cursor : String(page + 1), ended };
}

/** The documented maximum. */
const PAGE_SIZE = '200';
