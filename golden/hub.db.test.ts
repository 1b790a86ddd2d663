import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../packages/emulator/src/index.ts';
import { createApp } from '../packages/hub/src/http/app.ts';
import { addConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { createAccessToken } from '../packages/hub/src/modules/organizations/access-tokens.ts';
import { syncAccount } from '../packages/hub/src/modules/sync/run-connection.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';
import { testServices, type TestServices } from '../test/services.ts';
import { inOrder, loadGolden, placeOfShop, type GoldenCase, type GoldenCell, type GoldenSettings } from './load.ts';

const cases = loadGolden();
const corrections = cases.flatMap((golden) =>
  golden.events === null || golden.earlier === undefined ? [] : [{ ...golden, events: golden.events, earlier: golden.earlier }],
);

let services: TestServices;
let app: ReturnType<typeof createApp>;
/** The POS of the case at hand. */
let pos: Emulator | null = null;

beforeAll(async () => {
  services = await testServices({
    fetch: (request, init) => (pos === null ? Promise.reject(new Error('no POS yet')) : pos.fetch(request, init)),
  });
  app = createApp(services);
});

afterAll(() => {
  pos = null;
});

describe('golden documents, through the whole hub', () => {
  it.each(cases)('$name: loaded into a POS, synchronised, and read from the API', async (golden) => {
    const hub = await connect(createEmulator({ load: documentsOf(golden), frozenClock: true }), golden);
    expect(await hub.sync()).toMatchObject({ state: 'complete', setAside: 0 });
    expect(await hub.cells()).toEqual(inOrder(golden.expected.cells));
  });

  it.each(corrections)('$name: the correction replaces what was imported before', async (golden) => {
    const { events, earlier, expected } = golden;
    const emulator = createEmulator({ sales: 0, customers: 50, frozenClock: true, now: events[0]?.at ?? '' });
    emulator.control.play(events);
    const hub = await connect(emulator, golden);
    await hub.sync();
    expect(await hub.cells()).toEqual(inOrder(earlier.cells));
    emulator.control.clock.set(events.at(-1)?.at ?? '');
    await hub.sync();
    expect(await hub.cells()).toEqual(inOrder(expected.cells));
  });
});

/** A new organization whose only connection leads to this POS. */
async function connect(emulator: Emulator, { name, settings }: GoldenCase) {
  pos = emulator;
  const organizationId = await makeOrganization(name, settings);
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const added = await addConnection(services, {
    organizationId,
    name: 'Till',
    oauthClient: { clientId, clientSecret },
    refreshToken,
  });
  const { token } = await createAccessToken(services, {
    organizationId,
    name: 'golden',
    permissions: ['turnover:read'],
    expiresAt: null,
    createdBy: null,
  });
  return {
    sync: () =>
      syncAccount(services, {
        organizationId,
        posAccountId: added.verified.posAccountId,
        connectionId: added.connectionId,
        until: 'idle',
      }),
    cells: async (): Promise<readonly GoldenCell[]> => {
      const answer = await app.request('/api/v1/turnover/cells?from=2026-01-01&to=2026-12-31&limit=5000', {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
      const { items } = (await answer.json()) as { readonly items: readonly FactCell[] };
      return inOrder(items.map(goldenCell).filter((cell) => Object.keys(cell.measures).length > 0));
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

async function makeOrganization(name: string, { currency, dayStartHour }: GoldenSettings): Promise<string> {
  const organizationId = uuidv7();
  await systemTransaction(services.db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name, currency, time_zone: 'Europe/Copenhagen', day_start_hour: dayStartHour })
      .execute();
  });
  return organizationId;
}

const PAYMENT_TYPES = ['cash', 'user defined', 'credit card', 'credit account', 'gift card', 'ecom'];

/** The case's documents with the look-ups they refer to, as a recorded account would have them. */
function documentsOf({ documents, settings }: GoldenCase): Record<string, unknown[]> {
  const sales = documents.Sale as readonly { readonly shopID: string; readonly registerID: string }[];
  const shops = [...new Set(sales.map(({ shopID }) => shopID))];
  const registers = new Map(sales.map(({ registerID, shopID }) => [registerID, shopID]));
  const given = Object.fromEntries(
    Object.entries(documents).map(([resource, list]): [string, unknown[]] => [resource, Array.isArray(list) ? list : [list]]),
  );
  return {
    Shop: shops.map((id) => ({
      shopID: id,
      name: `Shop ${id}`,
      timeZone: placeOfShop(settings, id).timeZone,
      archived: 'false',
      timeStamp: '2026-01-01T00:00:00+00:00',
    })),
    Register: [...registers].map(([registerID, shopID]) => ({
      registerID,
      name: `Register ${registerID}`,
      archived: 'false',
      shopID,
    })),
    PaymentType: PAYMENT_TYPES.map((type, index) => ({ paymentTypeID: String(index + 1), name: type, archived: 'false', type })),
    ...given,
  };
}
