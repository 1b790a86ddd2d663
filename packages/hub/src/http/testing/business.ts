import { addConnection } from '../../modules/connections/add-connection.ts';
import { createOwner } from '../../modules/organizations/create-owner.ts';
import { type RunSummary, syncAccount } from '../../modules/sync/run-connection.ts';
import type { WebHub } from './web-hub.ts';

export const PASSWORD = 'correct horse battery staple';
/** Ann, who owns the business. */
export const OWNER = 'ann@example.test';

/** A business on a hub: its owner has an account, and its R-Series tills are connected. */
export interface WebBusiness {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly connectionId: string;
  /** Reads everything there is to read. */
  readonly sync: () => Promise<RunSummary>;
}

/** Makes a business whose tills are the hub's emulator; nothing is read yet. */
export async function webBusiness({ services, emulator }: WebHub): Promise<WebBusiness> {
  const { organizationId } = await createOwner(services, {
    email: OWNER,
    name: 'Ann',
    password: PASSWORD,
    organizationName: 'Ann & Co',
    currency: 'DKK',
    timeZone: 'Europe/Copenhagen',
  });
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const { connectionId, verified } = await addConnection(services, {
    organizationId,
    name: 'All tills',
    oauthClient: { clientId, clientSecret },
    refreshToken,
  });
  const { posAccountId } = verified;
  return {
    organizationId,
    posAccountId,
    connectionId,
    sync: () => syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' }),
  };
}
