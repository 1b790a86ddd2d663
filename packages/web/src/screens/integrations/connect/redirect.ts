import type { Provider } from '../../../api/connections.ts';

type RedirectUri = Provider['redirectUris'][number];

/** The public address this page was opened at, among those that can be registered; null when it is none of them. */
export function redirectHere({ redirectUris }: Provider): RedirectUri | null {
  return redirectUris.find(({ url }) => new URL(url).host === window.location.host) ?? null;
}

/** Whether the POS would refuse to come back here: it accepts HTTPS only. */
export function needsPasting(provider: Provider): boolean {
  return !(redirectHere(provider) ?? provider.redirectUris[0])?.https;
}
