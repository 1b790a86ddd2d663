import { describe, expect, it } from 'vitest';
import { createXWorld } from '../packages/emulator/src/world/x/create.ts';
import { inOrder, loadXGolden } from './load.ts';

const played = loadXGolden().flatMap((golden) => (golden.events === null ? [] : [{ ...golden, events: golden.events }]));
/** A business where nothing was sold yet. */
const world = createXWorld({ sales: 0, customers: 50 });

describe('X-Series golden events, played by the emulator', () => {
  it.each(played)('$name: its truth is what was worked out by hand', ({ events, expected }) => {
    world.reset();
    world.play(events);
    expect(inOrder(world.truth(world.window.until).cells)).toEqual(inOrder(expected.cells));
  });

  it.each(played.filter(({ earlier }) => earlier !== undefined))(
    '$name: before the correction it tells the first version',
    ({ events, earlier }) => {
      world.reset();
      world.play(events);
      expect(inOrder(world.truth(Date.parse(events[0]?.at ?? '')).cells)).toEqual(inOrder(earlier?.cells ?? []));
    },
  );
});
