import type { Services } from '../../platform/services.ts';
import type { OpenedPosClient } from '../connections/pos-client.ts';
import type { PosClient } from './client.ts';
import { type KeptSaleLookUps, noSaleLookUps, versionFeedClient } from './x-client.ts';

const kept = new WeakMap<Services, Map<string, KeptSaleLookUps>>();

/** An opened client of either series as the engine wants it. */
export function engineClient(services: Services, opened: OpenedPosClient): PosClient {
  if (opened.provider === 'lightspeed-r') return opened.client;
  const accounts = kept.get(services) ?? new Map<string, KeptSaleLookUps>();
  kept.set(services, accounts);
  const own = accounts.get(opened.posAccount.id) ?? noSaleLookUps();
  accounts.set(opened.posAccount.id, own);
  const client = versionFeedClient(opened.client, own, services.clock);
  return { ...client, unhurried: () => versionFeedClient(opened.unhurried(), own, services.clock) };
}
