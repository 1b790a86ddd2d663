/** The wrapper around every R-Series answer (R §4.1). */
import { ShapeChanged } from '../errors.ts';
import type { FailedRequest } from '../errors.ts';
import { isEmpty, isFields } from './read.ts';
import type { Fields } from './read.ts';

export interface Listing {
  readonly documents: readonly unknown[];
  /** Absolute URL of the next page; null on the last. */
  readonly next: string | null;
  /** V2 says how many match in all; null where it does not. */
  readonly count: number | null;
}

/** The records of a list: several are an array, one is an object, none is no key, `""`, `{}` or `[]`. */
export function readListing(body: Fields, resource: string, request: FailedRequest): Listing {
  const attributes = body['@attributes'];
  if (!isFields(attributes))
    throw new ShapeChanged('@attributes', `The POS answered ${request.path} without @attributes.`, { request });
  return { documents: readDocuments(body, resource, request), next: readNext(attributes, request), count: readCount(attributes) };
}

/** The one record of an answer to a request by id. */
export function readSingle(body: Fields, resource: string, request: FailedRequest): unknown {
  const document = readDocuments(body, resource, request)[0];
  if (document === undefined)
    throw new ShapeChanged(resource, `The POS answered ${request.path} without a ${resource}.`, { request });
  return document;
}

function readDocuments(body: Fields, resource: string, request: FailedRequest): readonly unknown[] {
  const value = body[resource];
  if (value === undefined) {
    // An error body or another resource under status 200 must not look like an empty list.
    const foreign = Object.keys(body).find((key) => key !== '@attributes');
    if (foreign === undefined) return [];
    throw new ShapeChanged(foreign, `The POS answered ${request.path} with "${foreign.slice(0, 40)}" instead of "${resource}".`, {
      request,
    });
  }
  if (isEmpty(value)) return [];
  if (Array.isArray(value)) return value;
  if (isFields(value)) return [value];
  throw new ShapeChanged(resource, `The POS answered ${request.path} with a ${typeof value} for "${resource}".`, { request });
}

function readCount(attributes: Fields): number | null {
  const count = attributes['count'];
  return typeof count === 'string' && /^\d{1,15}$/.test(count) ? Number(count) : null;
}

function readNext(attributes: Fields, request: FailedRequest): string | null {
  const next = attributes['next'];
  if (isEmpty(next)) return null;
  if (typeof next === 'string') return next;
  throw new ShapeChanged('@attributes.next', `The POS answered ${request.path} with a next link that is not text.`, { request });
}
