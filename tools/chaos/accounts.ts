import { sql } from 'kysely';
import type { Emulator } from '../../packages/emulator/src/index.ts';
import {
  addConnection,
  addPersonalTokenConnection,
  type Added,
} from '../../packages/hub/src/modules/connections/add-connection.ts';
import { beginAuthorization } from '../../packages/hub/src/modules/connections/authorize.ts';
import { completeAuthorization } from '../../packages/hub/src/modules/connections/complete-authorization.ts';
import { createConnection } from '../../packages/hub/src/modules/connections/create-connection.ts';
import { systemTransaction, tenantTransaction } from '../../packages/hub/src/platform/database/transaction.ts';
import type { Services } from '../../packages/hub/src/platform/services.ts';
import { uuidv7 } from '../../packages/hub/src/platform/uuid.ts';

/** One emulated business in one organization of the hub. */
export interface Business {
  readonly emulator: Emulator;
  readonly organizationId: string;
  readonly accounts: readonly Account[];
}

export interface Account {
  readonly series: 'r' | 'x';
  readonly organizationId: string;
  readonly connectionId: string;
  readonly posAccountId: string;
}

/** As a browser's session would be named. */
const SESSION = uuidv7();
const COME_BACK_TO = 'http://hub.test/back';

/** Connects both series of a business, as somebody would who has the first credentials. */
export async function connectBusiness(services: Services, emulator: Emulator, name: string): Promise<Business> {
  const organizationId = await makeOrganization(services, name);
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const oauthClient = { clientId, clientSecret };
  const r = await addConnection(services, { organizationId, name: 'Tills', oauthClient, refreshToken });
  const x = await addStores(services, emulator, organizationId);
  return withDayStarts(services, emulator, organizationId, [ownOf('r', r), ownOf('x', x)]);
}

/** The same business once more, for somebody who has never seen it: through a consent and a personal token of its own. */
export async function connectAgain(services: Services, emulator: Emulator, name: string): Promise<Business> {
  const organizationId = await makeOrganization(services, name);
  const { clientId, clientSecret } = emulator.credentials.rSeries;
  const ref = await createConnection(services, { organizationId, name: 'Tills', oauthClient: { clientId, clientSecret } });
  await authorize(services, emulator, ref);
  const row = await tenantTransaction(services.db, organizationId, (trx) =>
    trx.selectFrom('connection').select('pos_account_id').where('id', '=', ref.connectionId).executeTakeFirst(),
  );
  const x = await addStores(services, emulator, organizationId);
  return withDayStarts(services, emulator, organizationId, [
    { series: 'r', ...ref, posAccountId: row?.pos_account_id ?? '' },
    ownOf('x', x),
  ]);
}

/** Goes through the till's consent page as its owner; until then the connection makes no calls. @throws Error when it was not granted. */
export async function authorize(
  services: Services,
  emulator: Pick<Emulator, 'fetch'>,
  ref: { readonly organizationId: string; readonly connectionId: string },
): Promise<void> {
  const url = await beginAuthorization(services, ref, { sessionId: SESSION, comeBackTo: () => COME_BACK_TO });
  const body = new URLSearchParams(url.search);
  body.set('decision', 'authorize');
  // A person's browser, which does not go through our wire.
  const decided = await emulator.fetch(url.href, { method: 'POST', body, redirect: 'manual' });
  const back = decided.headers.get('location');
  if (back === null) throw new Error(`The consent page answered ${decided.status} and no way back.`);
  const { searchParams } = new URL(back);
  const outcome = await completeAuthorization(
    services,
    { organizationId: ref.organizationId, sessionId: SESSION, actor: { kind: 'system', id: null } },
    {
      state: searchParams.get('state') ?? undefined,
      code: searchParams.get('code') ?? undefined,
      error: searchParams.get('error') ?? undefined,
    },
  );
  if (outcome.error !== null) throw outcome.error;
}

async function makeOrganization(services: Services, name: string): Promise<string> {
  const organizationId = uuidv7();
  await systemTransaction(services.db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name, currency: 'DKK', time_zone: 'Europe/Copenhagen' })
      .execute();
  });
  return organizationId;
}

async function addStores(services: Services, emulator: Emulator, organizationId: string): Promise<Added> {
  const { domainPrefix = '', personalToken: token = '' } = emulator.credentials.xSeries ?? {};
  return addPersonalTokenConnection(services, { organizationId, name: 'Stores', domainPrefix, token, expiresAt: null });
}

/** When a day starts is a setting of ours, not of the till: the emulated business has shops that start at 05:00. */
async function withDayStarts(
  services: Services,
  emulator: Emulator,
  organizationId: string,
  accounts: readonly Account[],
): Promise<Business> {
  const { world } = emulator;
  const late = [...world.at(world.window.until).shops(), ...world.x.at(world.window.until).outlets()].filter(
    ({ dayStartHour }) => dayStartHour !== 0,
  );
  await systemTransaction(services.db, async (trx) => {
    for (const { id, dayStartHour } of late) {
      await sql`update shop_calendar set day_start_hour = ${dayStartHour}
        where organization_id = ${organizationId} and shop_id = ${id}`.execute(trx);
    }
  });
  return { emulator, organizationId, accounts };
}

function ownOf(series: Account['series'], { organizationId, connectionId, verified }: Added): Account {
  return { series, organizationId, connectionId, posAccountId: verified.posAccountId };
}
