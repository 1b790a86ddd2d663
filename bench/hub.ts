import type { Clock } from '@tillweave/lightspeed';
import { addPersonalTokenConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { type Config, readConfig } from '../packages/hub/src/platform/config.ts';
import { generateKey } from '../packages/hub/src/platform/crypto.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { createServices, type OpenServices, type Services, type ServicesOptions } from '../packages/hub/src/platform/services.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';
import type { PosAnnounced } from './pos-process.ts';
import type { TemporaryServer } from './temporary-server.ts';

/** A POS account that is connected. */
export interface Connected {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly posAccountId: string;
}

/** The environment of hub processes on a server, pointed at an emulator. */
export function hubEnvironment(server: TemporaryServer, posUrl: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: server.url,
    TILLWEAVE_HOME: '/nonexistent',
    TILLWEAVE_SECRET_KEY: generateKey(),
    TILLWEAVE_R_BASE_URL: posUrl,
    TILLWEAVE_R_AUTH_URL: posUrl,
    TILLWEAVE_X_BASE_URL: posUrl,
    LOG_LEVEL: process.env['BENCH_LOG_LEVEL'] ?? 'error',
    PORT: '0',
    ...more,
  };
}

/** A hub in this process; nothing works in the background. */
export async function openHub(
  environment: NodeJS.ProcessEnv,
  options: Pick<ServicesOptions, 'fetch'> & { readonly clock?: Clock; readonly config?: Partial<Config> } = {},
): Promise<OpenServices> {
  const { config, ...others } = options;
  return createServices({ ...readConfig(environment), ...config }, { migrations: 'require', ...others });
}

/** An organization of its own. */
export async function addOrganization(services: Pick<Services, 'db'>, name: string): Promise<string> {
  const organizationId = uuidv7();
  await systemTransaction(services.db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name, currency: 'DKK', time_zone: 'Europe/Copenhagen' })
      .execute();
  });
  return organizationId;
}

/** Connects the emulator's X-Series retailer for an organization of its own, as somebody with its personal token would. */
export async function connectStore(
  services: Services,
  { credentials }: Pick<PosAnnounced, 'credentials'>,
  name: string,
): Promise<Connected> {
  const organizationId = await addOrganization(services, name);
  const { domainPrefix = '', personalToken: token = '' } = credentials.xSeries ?? {};
  const added = await addPersonalTokenConnection(services, { organizationId, name, domainPrefix, token, expiresAt: null });
  return { organizationId, connectionId: added.connectionId, posAccountId: added.verified.posAccountId };
}
