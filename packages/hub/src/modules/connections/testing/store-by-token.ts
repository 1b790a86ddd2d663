import type { Services } from '../../../platform/services.ts';
import { addPersonalTokenConnection } from '../add-connection.ts';

/** As much of the emulator as is needed here; a test makes it, because modules may not know that there is one. */
interface EmulatedStore {
  readonly world: {
    readonly x: { at(now: number): { outlets(): readonly { readonly id: string; readonly dayStartHour: number }[] } };
  };
  readonly control: { readonly clock: { now(): number } };
  readonly credentials: { readonly xSeries: { readonly domainPrefix: string; readonly personalToken: string } | null };
}

/** Connects an emulated X-Series store by its token, its shops' days starting as its world has them; nothing is read yet. */
export async function connectStoreByToken(
  services: Services,
  organizationId: string,
  { world, control, credentials }: EmulatedStore,
): Promise<{ readonly organizationId: string; readonly posAccountId: string; readonly connectionId: string }> {
  if (credentials.xSeries === null) throw new Error('The X-Series does not answer.');
  const { domainPrefix, personalToken } = credentials.xSeries;
  const { connectionId, verified } = await addPersonalTokenConnection(services, {
    organizationId,
    name: 'Store',
    domainPrefix,
    token: personalToken,
    expiresAt: null,
  });
  for (const { id, dayStartHour } of world.x.at(control.clock.now()).outlets())
    await services.pool.query('update shop_calendar set day_start_hour = $1 where shop_id = $2', [dayStartHour, id]);
  return { organizationId, posAccountId: verified.posAccountId, connectionId };
}
