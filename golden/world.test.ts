import { describe, expect, it } from 'vitest';
import { createEmulator } from '../packages/emulator/src/index.ts';
import { cellsOf } from './cells.ts';
import { inOrder } from './load.ts';
import { servedSales } from './served-sales.ts';

describe('a whole seeded world', () => {
  it.each([7, 11])('seed %i: the figures of the served documents are the truth of the events, cell by cell', async (seed) => {
    const emulator = createEmulator({ seed, sales: 1500, customers: 200, frozenClock: true });
    const shops = Object.fromEntries(
      emulator.world
        .at(emulator.control.clock.now())
        .shops()
        .map(({ id, timeZone, dayStartHour }) => [id, { timeZone, dayStartHour }]),
    );
    const settings = { currency: 'DKK', minorDigits: 2, timeZone: 'Europe/Copenhagen', dayStartHour: 0, shops };
    const sales = await servedSales(emulator);
    expect(sales.length).toBeGreaterThanOrEqual(1500);
    expect(cellsOf(sales, settings)).toEqual(inOrder(emulator.control.truth()?.cells ?? []));
  });
});
