import { describe, expect, it } from 'vitest';
import { MEASURES } from '../packages/hub/src/modules/ledger/figure/measures.ts';
import { GOLDEN_BOTH, GOLDEN_R, GOLDEN_X } from '../packages/emulator/src/world/golden-names.ts';
import { loadGolden, loadXGolden, type GoldenCase, type XGoldenCase } from './load.ts';

interface Series {
  readonly title: string;
  readonly cases: readonly (GoldenCase | XGoldenCase)[];
  readonly trade: readonly string[];
  readonly least: number;
}

const series: readonly Series[] = [
  { title: 'R-Series', cases: loadGolden(), trade: [...GOLDEN_BOTH, ...GOLDEN_R], least: 42 },
  { title: 'X-Series', cases: loadXGolden(), trade: [...GOLDEN_BOTH, ...GOLDEN_X], least: 45 },
];

describe.each(series)('golden documents of the $title', ({ cases, trade, least }) => {
  it('have a case for every trade name of both series and of their own', () => {
    const names = cases.map(({ name }) => name);
    expect(trade.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(cases.length).toBeGreaterThanOrEqual(least);
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
    expect(played.includes(name)).toBe(trade.includes(name));
  });

  it.each(cases)('$name: expects known measures only', ({ expected }) => {
    const known = new Set<string>(MEASURES.filter(({ source }) => source !== 'derived').map((measure) => measure.name));
    for (const cell of expected.cells) {
      for (const measure of Object.keys(cell.measures))
        expect(known.has(measure.replace(/^payments:.+$/u, 'payments')), measure).toBe(true);
    }
  });
});

/** As cents or as the amount itself. */
function saysAmount(text: string, cents: number): boolean {
  const absolute = Math.abs(cents);
  return text.includes(String(absolute)) || text.includes((absolute / 100).toFixed(2));
}
