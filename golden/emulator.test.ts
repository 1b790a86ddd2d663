import { describe, expect, it } from 'vitest';
import { createEmulator } from '../packages/emulator/src/index.ts';
import { cellsOf } from './cells.ts';
import { inOrder, loadGolden } from './load.ts';
import { servedSales } from './served-sales.ts';

const played = loadGolden().flatMap((golden) => (golden.events === null ? [] : [{ ...golden, events: golden.events }]));
/** A business where nothing was sold yet, and whose clock stands; unless said otherwise after everything. */
const EMPTY = { sales: 0, customers: 50, frozenClock: true };
const emulator = createEmulator(EMPTY);

describe('golden events, played by the emulator', () => {
  it.each(played)('$name: its truth is what was worked out by hand', ({ events, expected }) => {
    emulator.control.reset();
    emulator.control.play(events);
    expect(inOrder(emulator.control.truth()?.cells ?? [])).toEqual(inOrder(expected.cells));
  });

  it.each(played)('$name: the documents it serves give the same cents', async ({ events, expected, settings }) => {
    emulator.control.reset();
    emulator.control.play(events);
    expect(cellsOf(await servedSales(emulator), settings)).toEqual(inOrder(expected.cells));
  });

  it.each(played.filter(({ earlier }) => earlier !== undefined))(
    '$name: until its clock reaches the correction it tells the first version',
    async ({ events, earlier, settings, expected }) => {
      const [first, last] = [events[0], events.at(-1)];
      const early = createEmulator({ ...EMPTY, now: first?.at ?? '' });
      early.control.play(events);
      expect(inOrder(early.control.truth()?.cells ?? [])).toEqual(inOrder(earlier?.cells ?? []));
      expect(cellsOf(await servedSales(early), settings)).toEqual(inOrder(earlier?.cells ?? []));
      early.control.clock.set(last?.at ?? '');
      expect(inOrder(early.control.truth()?.cells ?? [])).toEqual(inOrder(expected.cells));
    },
  );
});
