import { ShapeChanged } from '../errors.ts';
import type { FailedRequest } from '../errors.ts';

/** Where an account's resources are. */
export interface AccountRoot {
  readonly origin: string;
  /** `/API/V3/Account/900001/`, after any path the base URL brings. */
  readonly path: string;
  readonly version: ApiVersion;
}

/** 3 pages by tokens. 2 is the older `/API/Account/…`: read by keyset here, never by offset, which is slow, priced and skips. */
export type ApiVersion = 2 | 3;

/** From the base URL (its origin; a trailing `/API` or `/API/V3` is tolerated) and the account. */
export function accountRoot(baseUrl: string, accountId: string, version: ApiVersion = 3): AccountRoot {
  if (!/^[1-9]\d{0,18}$/.test(accountId))
    throw new RangeError(`An R-Series account id is a number, not ${JSON.stringify(accountId)}.`);
  return { origin: new URL(baseUrl).origin, path: `${apiRoot(baseUrl, version)}Account/${accountId}/`, version };
}

/** `/API/V3/` or `/API/`, after any path the base URL brings. */
export function apiRoot(baseUrl: string, version: ApiVersion = 3): string {
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RangeError(`Not a web address: ${url.protocol}`);
  return `${url.pathname.replace(/\/+$/, '').replace(/\/API(\/V3)?$/i, '')}${version === 2 ? '/API/' : '/API/V3/'}`;
}

/**
 * The path and query of a `next` link, to be asked for on our own origin. The link must lead to the same host, account and resource: it is
 * sent with the account's token (R §10.8). Its scheme may differ (a proxy that ends TLS), and so may the vendor's own host names.
 */
export function followNext(next: string, root: AccountRoot, resource: string, request: FailedRequest): string {
  const url = URL.parse(next, root.origin);
  if (url === null) throw foreign('is not an address', request);
  if (!isSameHost(url, new URL(root.origin))) throw foreign('leads to another host', request);
  if (url.username !== '' || url.password !== '') throw foreign('carries credentials', request);
  if (url.pathname !== `${root.path}${resource}.json` && url.pathname !== `${root.path}${resource}`)
    throw foreign('leads to another account or resource', request);
  return `${root.path}${resource}.json${repairQuery(url.search)}`;
}

function isSameHost(link: URL, own: URL): boolean {
  if (link.protocol !== 'https:' && link.protocol !== 'http:') return false;
  return link.host === own.host || (VENDOR_HOSTS.has(link.host) && VENDOR_HOSTS.has(own.host));
}

/** Undoes what R §10.7 warns of: operators encoded twice, and a raw `+` in a time's offset, which would be read as a space. */
function repairQuery(search: string): string {
  return search.replaceAll(/%25(3[CDE]|2[BC]|3A|5B|5D|22)/gi, '%$1').replaceAll(/\+(?=\d\d(:|%3A)?\d\d)/gi, '%2B');
}

function foreign(what: string, request: FailedRequest): ShapeChanged {
  return new ShapeChanged('@attributes.next', `The next link of ${request.path} ${what}; it was not followed.`, {
    code: 'foreign_link',
    request,
  });
}

/** Names of one API (R §1). */
const VENDOR_HOSTS: ReadonlySet<string> = new Set(['api.lightspeedapp.com', 'api.merchantos.com']);
