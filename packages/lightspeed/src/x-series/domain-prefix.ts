/**
 * The name of a store: the first label of its host. It is an identifier, never an address: hosts are built from it here and nowhere else, so
 * that nothing a browser or a callback brings can send a token elsewhere (X §1.1).
 */
export function parseDomainPrefix(text: string): string | null {
  const trimmed = text.trim().toLowerCase();
  if (PREFIX.test(trimmed) && !NOT_STORES.has(trimmed)) return trimmed;
  // A pasted address: with or without scheme, path and query.
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '')
    return null;
  const suffix = HOSTS.find((host) => url.hostname.endsWith(host));
  if (suffix === undefined) return null;
  const label = url.hostname.slice(0, -suffix.length);
  return PREFIX.test(label) && !NOT_STORES.has(label) ? label : null;
}

/** `https://demostore.retail.lightspeed.app`. Throws a RangeError for what is no store's name. */
export function xStoreUrl(domainPrefix: string): string {
  if (!PREFIX.test(domainPrefix)) throw new RangeError(`Not the name of a store: ${JSON.stringify(domainPrefix).slice(0, 80)}.`);
  return `https://${domainPrefix}.retail.lightspeed.app`;
}

const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Today's host and the one until 2025. */
const HOSTS = ['.retail.lightspeed.app', '.vendhq.com'];
/** Shared hosts of the vendor beside the stores'. */
const NOT_STORES: ReadonlySet<string> = new Set(['secure', 'developers', 'www']);
