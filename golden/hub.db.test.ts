import { beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../packages/emulator/src/index.ts';
import { addConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { inOrder, loadGolden, placeOfShop, type GoldenCase } from './load.ts';
import { openGoldenHub, type GoldenHub } from './through-hub.ts';

const cases = loadGolden();
const corrections = cases.flatMap((golden) =>
  golden.events === null || golden.earlier === undefined ? [] : [{ ...golden, events: golden.events, earlier: golden.earlier }],
);

let goldenHub: GoldenHub;

beforeAll(async () => {
  goldenHub = await openGoldenHub();
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

async function connect(emulator: Emulator, { name, settings }: GoldenCase) {
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  return goldenHub.connect(emulator, name, settings, (services, organizationId) =>
    addConnection(services, { organizationId, name: 'Till', oauthClient: { clientId, clientSecret }, refreshToken }),
  );
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
