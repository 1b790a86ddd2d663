import type { PublicUrl } from '../../platform/config.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { ProviderId } from './providers.ts';

/** Where the POS sends the browser back to, below each public address. */
export const CALLBACK_PATHS: Readonly<Record<ProviderId, string>> = {
  'lightspeed-r': '/api/v1/oauth/r-series/callback',
  'lightspeed-x': '/api/v1/oauth/x-series/callback',
};

const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The addresses to register with an OAuth client, one for each public address (C5). The POS accepts HTTPS only. */
export function redirectUris(
  { config }: Pick<Services, 'config'>,
  provider: ProviderId,
): (PublicUrl & { readonly https: boolean })[] {
  return config.publicUrls.map(({ name, url }) => ({
    name,
    url: url + CALLBACK_PATHS[provider],
    https: url.startsWith('https:'),
  }));
}

/**
 * The address to come back to: the public address that was chosen by name; else, for a browser that reached us at `requestUrl`, the
 * configured public address of that host (a proxy may have changed the scheme), this machine under whatever port it was called, or the
 * first public address. A host that nobody configured never becomes part of it.
 *
 * R-Series does not document `redirect_uri`; clients that send the registered one report no harm (reference §2.2), and with several
 * regions only this says which one is meant.
 *
 * @throws AppError `invalid_request` for a name that is not configured.
 */
export function redirectUri(
  services: Pick<Services, 'config'>,
  provider: ProviderId,
  requestUrl: string,
  chosen: string | null = null,
): string {
  return publicBase(services, requestUrl, chosen) + CALLBACK_PATHS[provider];
}

/** Our own address as a browser sees it; chosen as for `redirectUri`. */
export function publicBase({ config }: Pick<Services, 'config'>, requestUrl: string, chosen: string | null = null): string {
  if (chosen !== null) {
    const named = config.publicUrls.find(({ name }) => name === chosen);
    if (named !== undefined) return named.url;
    throw new AppError('invalid_request', 'There is no public address of that name.', {
      details: { names: config.publicUrls.map(({ name }) => name) },
    });
  }
  const { host, hostname, origin } = new URL(requestUrl);
  const known = config.publicUrls.find(({ url }) => new URL(url).host === host);
  if (known !== undefined) return known.url;
  const [{ url }] = config.publicUrls;
  const atHome = OWN_MACHINE.has(hostname) && OWN_MACHINE.has(new URL(url).hostname);
  return atHome ? origin : url;
}
