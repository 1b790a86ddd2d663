import { describe, expect, it } from 'vitest';
import { MEASURES } from '../packages/hub/src/modules/ledger/figure/measures.ts';
import { GOLDEN_BOTH, GOLDEN_R } from '../packages/emulator/src/world/golden-names.ts';
import { loadGolden } from './load.ts';

const cases = loadGolden();

describe('golden documents', () => {
  it('have a case for every trade name of both series and of the R-Series', () => {
    const names = cases.map(({ name }) => name);
    expect([...GOLDEN_BOTH, ...GOLDEN_R].filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(cases.length).toBeGreaterThanOrEqual(42);
  });

  it.each(cases)('$name: names itself in its prose and cites its rules', ({ name, prose, rules }) => {
    expect(prose.split('\n')[0]).toBe(`# ${name}`);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) expect(rule).toMatch(/^D([1-9]|1\d|2\d)$/u);
    expect(prose).toContain(`Rules: ${rules.join(', ')}.`);
  });

  it.each(cases)('$name: its prose states every amount it expects', ({ prose, expected }) => {
    const text = prose.replaceAll('\n', ' ');
    for (const { measures } of expected.cells) {
      // Small counts and quantities are said in words.
      const amounts = Object.entries(measures).filter(([, value]) => typeof value === 'number' && Math.abs(value) >= 100);
      expect(amounts.filter(([, cents]) => !saysAmount(text, Number(cents)))).toEqual([]);
    }
  });

  it.each(cases.filter(({ events }) => events !== null))('$name: its events play the name', ({ name, events }) => {
    const played = (events ?? []).flatMap(({ golden }) => golden ?? []);
    const isTradeName = [...GOLDEN_BOTH, ...GOLDEN_R].some((known) => known === name);
    expect(played.includes(name)).toBe(isTradeName);
  });

  it.each(cases)('$name: expects known measures only', ({ expected }) => {
    const known = new Set<string>(MEASURES.filter(({ source }) => source !== 'derived').map((measure) => measure.name));
    for (const cell of expected.cells) {
      for (const measure of Object.keys(cell.measures))
        expect(known.has(measure.replace(/^payments:\d+$/u, 'payments')), measure).toBe(true);
    }
  });
});

/** As cents or as the amount itself. */
function saysAmount(text: string, cents: number): boolean {
  const absolute = Math.abs(cents);
  return text.includes(String(absolute)) || text.includes((absolute / 100).toFixed(2));
}
