import { z } from 'zod';
import type { Config } from '../../platform/config.ts';
import type { ProviderId } from './providers.ts';

/** The parts of a POS that have hosts of their own. */
export type HostPart = 'api' | 'oauth';

/** A host of the vendor's that may be chosen, by id and never by typing (C7). */
export interface Host {
  readonly id: 'current' | 'legacy';
  readonly part: HostPart;
  /** Origin; `{prefix}` stands for a store's checked name. */
  readonly url: string;
  readonly current: boolean;
}

/**
 * The vendor's hosts (R §1). The X-Series' old host, vendhq.com, was switched off on 2025-03-31 (X §1.1), so there is nothing to choose.
 */
export const HOSTS: Readonly<Record<ProviderId, readonly Host[]>> = {
  'lightspeed-r': [
    { id: 'current', part: 'api', url: 'https://api.lightspeedapp.com', current: true },
    { id: 'legacy', part: 'api', url: 'https://api.merchantos.com', current: false },
    { id: 'current', part: 'oauth', url: 'https://cloud.lightspeedapp.com', current: true },
    { id: 'legacy', part: 'oauth', url: 'https://cloud.merchantos.com', current: false },
  ],
  'lightspeed-x': [
    { id: 'current', part: 'api', url: 'https://{prefix}.retail.lightspeed.app', current: true },
    { id: 'current', part: 'oauth', url: 'https://secure.retail.lightspeed.app', current: true },
  ],
};

/** Which hosts a connection uses; what is left out is the current one. */
export const hostChoiceSchema = z
  .strictObject({ api: z.enum(['current', 'legacy']).optional(), oauth: z.enum(['current', 'legacy']).optional() })
  .refine((choice) => choice.api !== undefined || choice.oauth !== undefined || Object.keys(choice).length === 0);

export type HostChoice = z.output<typeof hostChoiceSchema>;

/** What stands in the database; anything unknown there counts as the current hosts. */
export function readHosts(stored: unknown): HostChoice {
  const read = hostChoiceSchema.safeParse(stored);
  return read.success ? read.data : {};
}

/**
 * The R-Series origin for a part. An installation that is pointed elsewhere (an emulator, a regional host) goes there whatever is chosen.
 */
export function rOrigin(config: Pick<Config, 'rBaseUrl' | 'rAuthUrl'>, part: HostPart, choice: HostChoice): string {
  const configured = part === 'api' ? config.rBaseUrl : config.rAuthUrl;
  const hosts = HOSTS['lightspeed-r'].filter((host) => host.part === part);
  if (!hosts.some(({ url, current }) => current && url === configured)) return configured;
  return hosts.find(({ id }) => id === (choice[part] ?? 'current'))?.url ?? configured;
}

/** Origin of an X-Series store, from the configured template and the store's checked name alone. */
export function xOrigin({ xBaseUrl }: Pick<Config, 'xBaseUrl'>, domainPrefix: string): string {
  return xBaseUrl.replaceAll('{prefix}', domainPrefix);
}

/** Where merchants consent: the vendor's shared host, whose name no store can have. */
export function xConnectUrl({ xBaseUrl }: Pick<Config, 'xBaseUrl'>): string {
  return `${xBaseUrl.replaceAll('{prefix}', 'secure')}/connect`;
}
