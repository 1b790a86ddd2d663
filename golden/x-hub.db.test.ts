import { beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../packages/emulator/src/index.ts';
import { addPersonalTokenConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { amountOf, type Decimal, formatAmount, sumAmounts } from '../packages/lightspeed/src/index.ts';
import { cellKey, inOrder, loadXGolden, loadXLookUps, placeOfShop, type GoldenCell, type GoldenSettings } from './load.ts';
import { openGoldenHub, type GoldenHub } from './through-hub.ts';

const cases = loadXGolden();
const corrections = cases.flatMap((golden) =>
  golden.events === null || golden.earlier === undefined ? [] : [{ ...golden, events: golden.events, earlier: golden.earlier }],
);
const SETTINGS: GoldenSettings = { currency: 'DKK', minorDigits: 2, timeZone: 'Europe/Copenhagen', dayStartHour: 0 };

let goldenHub: GoldenHub;

beforeAll(async () => {
  goldenHub = await openGoldenHub();
});

describe('X-Series golden documents, through the whole hub', () => {
  it.each(['flat', 'nested'] as const)(
    '%s: loaded into a POS all together, their cells add up as worked out by hand',
    async (shape) => {
      const lookUps = loadXLookUps();
      const sales = cases.flatMap(({ documents }) => documents[shape]);
      const load = { ...lookUps, retailer: [lookUps.retailer], sales };
      const till = await connect(createEmulator({ load, frozenClock: true }), `All cases, ${shape}`);
      for (const [shopId, dayStartHour] of lateShops()) {
        const path = `/api/v1/shops/${till.posAccountId}/${shopId}/calendar`;
        expect(await till.put(path, { from: '0001-01-01', dayStartHour })).toBe(200);
      }
      expect(await till.sync()).toMatchObject({ state: 'complete', setAside: 0 });
      expect(await till.cells()).toEqual(sumOf(cases.flatMap(({ expected }) => expected.cells)));
    },
  );

  it.each(corrections)('$name: the correction replaces what was imported before', async (golden) => {
    const { name, events, earlier, expected, settings } = golden;
    const emulator = createEmulator({ sales: 0, customers: 50, frozenClock: true, now: events[0]?.at ?? '' });
    emulator.control.xSeries?.play(events);
    const till = await connect(emulator, name, settings);
    await till.sync();
    expect(await till.cells()).toEqual(inOrder(earlier.cells));
    emulator.control.clock.set(events.at(-1)?.at ?? '');
    await till.sync();
    expect(await till.cells()).toEqual(inOrder(expected.cells));
  });
});

async function connect(emulator: Emulator, name: string, settings = SETTINGS) {
  const { domainPrefix = '', personalToken: token = '' } = emulator.credentials.xSeries ?? {};
  return goldenHub.connect(emulator, name, settings, (services, organizationId) =>
    addPersonalTokenConnection(services, { organizationId, name: 'Store', domainPrefix, token, expiresAt: null }),
  );
}

/** Shops of the cases whose day does not begin at midnight. */
function lateShops(): ReadonlyMap<string, number> {
  const shops = new Map<string, number>();
  for (const { settings, expected } of cases) {
    for (const { shopID } of expected.cells) {
      const { dayStartHour } = placeOfShop(settings, shopID);
      if (dayStartHour !== 0) shops.set(shopID, dayStartHour);
    }
  }
  return shops;
}

/** Cells of several cases together: what falls into the same one is added. */
function sumOf(cells: readonly GoldenCell[]): readonly GoldenCell[] {
  const same = Map.groupBy(cells, cellKey);
  const summed = [...same.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const measures = Object.fromEntries(
      [...new Set(group.flatMap((cell) => Object.keys(cell.measures)))]
        .map((name) => [name, add(group.flatMap((cell) => cell.measures[name] ?? []))] as const)
        .filter(([, value]) => value !== 0 && value !== '0'),
    );
    return [{ ...first, measures }];
  });
  return inOrder(summed.filter((cell) => Object.keys(cell.measures).length > 0));
}

function add(values: readonly (number | string)[]): number | string {
  const sum = formatAmount(sumAmounts(values.map((value) => amountOf(String(value) as Decimal))));
  return values.some((value) => typeof value === 'string') ? sum : Number(sum);
}
