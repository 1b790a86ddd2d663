import type { Services } from '../../platform/services.ts';

/** Where the POS sends the browser back to, below each public address. */
export const CALLBACK_PATH = '/api/v1/oauth/r-series/callback';

const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address to come back to for a browser that reached us at `requestUrl`: the configured public address of that host (a proxy may
 * have changed the scheme), this machine under whatever port it was called, else the first public address. A host that nobody
 * configured never becomes part of it.
 *
 * R-Series does not document `redirect_uri`; clients that send the registered one report no harm (reference §2.2), and with several
 * regions only this says which one is meant.
 */
export function redirectUri({ config }: Pick<Services, 'config'>, requestUrl: string): string {
  const { host, hostname, origin } = new URL(requestUrl);
  const known = config.publicUrls.find(({ url }) => new URL(url).host === host);
  if (known !== undefined) return known.url + CALLBACK_PATH;
  const [{ url }] = config.publicUrls;
  const atHome = OWN_MACHINE.has(hostname) && OWN_MACHINE.has(new URL(url).hostname);
  return (atHome ? origin : url) + CALLBACK_PATH;
}
