/** A hub over the POS of the case at hand, as the golden tests of both series use it. */
import type { Emulator } from '../packages/emulator/src/index.ts';
import { createApp } from '../packages/hub/src/http/app.ts';
import type { Added } from '../packages/hub/src/modules/connections/add-connection.ts';
import { createAccessToken } from '../packages/hub/src/modules/organizations/access-tokens.ts';
import { type RunSummary, syncAccount } from '../packages/hub/src/modules/sync/run-connection.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import type { Services } from '../packages/hub/src/platform/services.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';
import { testServices } from '../test/services.ts';
import { inOrder, type GoldenCell, type GoldenSettings } from './load.ts';

export interface GoldenHub {
  /** A new organization whose only connection, made by `add`, leads to this POS. */
  connect(emulator: Emulator, name: string, settings: GoldenSettings, add: AddTill): Promise<ConnectedTill>;
}

type AddTill = (services: Services, organizationId: string) => Promise<Added>;

interface ConnectedTill {
  readonly posAccountId: string;
  sync(): Promise<RunSummary>;
  /** All cells that are not empty, from the API. */
  cells(): Promise<readonly GoldenCell[]>;
  /** Calls the hub's API. @returns the status. */
  put(path: string, body: object): Promise<number>;
}

export async function openGoldenHub(): Promise<GoldenHub> {
  let pos: Emulator | null = null;
  const services = await testServices({
    fetch: (request, init) => (pos === null ? Promise.reject(new Error('no POS yet')) : pos.fetch(request, init)),
  });
  const app = createApp(services);
  return {
    async connect(emulator, name, settings, add) {
      pos = emulator;
      const organizationId = await makeOrganization(services, name, settings);
      const { connectionId, verified } = await add(services, organizationId);
      const { posAccountId } = verified;
      const { token } = await createAccessToken(services, {
        organizationId,
        name: 'golden',
        permissions: ['turnover:read', 'stores:write'],
        expiresAt: null,
        createdBy: null,
      });
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return {
        posAccountId,
        sync: () => syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' }),
        async cells() {
          const answer = await app.request('/api/v1/turnover/cells?from=2026-01-01&to=2026-12-31&limit=5000', { headers });
          if (answer.status !== 200) throw new Error(`The cells answered ${answer.status}: ${await answer.text()}`);
          const { items } = (await answer.json()) as { readonly items: readonly FactCell[] };
          return inOrder(items.map(goldenCell).filter((cell) => Object.keys(cell.measures).length > 0));
        },
        async put(path, body) {
          const answer = await app.request(path, { method: 'PUT', headers, body: JSON.stringify(body) });
          return answer.status;
        },
      };
    },
  };
}

interface FactCell {
  readonly shopId: string;
  readonly registerId: string;
  readonly day: string;
  readonly hour: string;
  readonly measures: Readonly<Record<string, number | string>>;
}

function goldenCell({ shopId, registerId, day, hour, measures }: FactCell): GoldenCell {
  return { shopID: shopId, registerID: registerId, day, hour: `${new Date(hour).toISOString().slice(0, 19)}Z`, measures };
}

async function makeOrganization(
  services: Services,
  name: string,
  { currency, dayStartHour }: Pick<GoldenSettings, 'currency' | 'dayStartHour'>,
): Promise<string> {
  const organizationId = uuidv7();
  await systemTransaction(services.db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name, currency, time_zone: 'Europe/Copenhagen', day_start_hour: dayStartHour })
      .execute();
  });
  return organizationId;
}
