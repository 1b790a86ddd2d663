import { beforeAll, describe, expect, it } from 'vitest';
import { createEmulator } from '../packages/emulator/src/index.ts';
import type { Sale } from '../packages/lightspeed/src/index.ts';
import { cellsOf } from './cells.ts';
import { inOrder, loadXGolden, loadXLookUps } from './load.ts';
import { servedXSales } from './served-x-sales.ts';

const played = loadXGolden().flatMap((golden) => (golden.events === null ? [] : [{ ...golden, events: golden.events }]));
/** A business where nothing was sold yet, and whose clock stands; unless said otherwise after everything. */
const EMPTY = { sales: 0, customers: 50, frozenClock: true };
interface Identified {
  readonly id: string;
}
const SHAPES = ['2.0', '2026-07'] as const;
const emulator = createEmulator(EMPTY);

describe('X-Series golden events, as the emulator serves them', () => {
  it.each(played)('$name: every shape gives the cents worked out by hand', async ({ events, documents, expected, settings }) => {
    emulator.control.reset();
    emulator.control.xSeries?.play(events);
    // 0.9 speaks as webhooks do: without adjustments, gift-card numbers, promotions and outlets.
    const shapes = documents.webhook === undefined ? SHAPES : ([...SHAPES, '0.9'] as const);
    for (const shape of shapes) {
      expect(cellsOf(await servedXSales(emulator, shape), settings), shape).toEqual(inOrder(expected.cells));
    }
  });

  it.each(played.filter(({ earlier }) => earlier !== undefined))(
    '$name: until its clock reaches the correction it serves the first version',
    async ({ events, earlier, settings, expected }) => {
      const early = createEmulator({ ...EMPTY, now: events[0]?.at ?? '' });
      early.control.xSeries?.play(events);
      expect(cellsOf(await servedXSales(early, '2.0'), settings)).toEqual(inOrder(earlier?.cells ?? []));
      early.control.clock.set(events.at(-1)?.at ?? '');
      expect(cellsOf(await servedXSales(early, '2.0'), settings)).toEqual(inOrder(expected.cells));
    },
  );
});

describe.each(['flat', 'nested'] as const)('X-Series golden documents, %s, loaded into the emulator all together', (shape) => {
  const cases = loadXGolden().map(({ documents, ...golden }) => ({
    ...golden,
    sales: documents[shape] as readonly Identified[],
  }));
  const lookUps = loadXLookUps();
  const load = { ...lookUps, retailer: [lookUps.retailer], sales: cases.flatMap(({ sales }) => sales) };
  let read: readonly Sale[] = [];
  beforeAll(async () => {
    read = await servedXSales(createEmulator({ load, frozenClock: true }), '2.0');
  });

  it('gives back every sale', () => {
    expect(read.map(({ id }) => id).toSorted()).toEqual(load.sales.map(({ id }) => id).toSorted());
  });

  it.each(cases)('$name: read back through the client', ({ sales, settings, expected }) => {
    const ids = sales.map(({ id }) => id);
    const own = read.filter(({ id }) => ids.includes(id));
    expect(cellsOf(own, settings)).toEqual(inOrder(expected.cells));
  });
});

describe('a whole seeded retailer', () => {
  it.each([
    [7, '2.0'],
    [11, '2026-07'],
  ] as const)('seed %i, %s: the served documents give the truth of the events, cell by cell', async (seed, shape) => {
    const seeded = createEmulator({ seed, sales: 1000, customers: 200, frozenClock: true });
    const outlets = seeded.world.x.at(seeded.control.clock.now()).outlets();
    const shops = Object.fromEntries(outlets.map(({ id, timeZone, dayStartHour }) => [id, { timeZone, dayStartHour }]));
    const settings = { currency: 'DKK', minorDigits: 2, timeZone: 'Europe/Copenhagen', dayStartHour: 0, shops };
    const truth = inOrder(seeded.control.xSeries?.truth()?.cells ?? []);
    expect(truth.length).toBeGreaterThan(500);
    expect(cellsOf(await servedXSales(seeded, shape), settings)).toEqual(truth);
  });
});
