import { GOLDEN_BOTH, GOLDEN_R } from '@tillweave/emulator';
import { MEASURES } from '../../modules/ledger/figure/measures.ts';
import type { Truth } from './emulator.ts';

/** With this many days the emulated business meets every situation there is a name for, and every measure. */
const WHOLE_DAYS = 90;
/** Measures that an R-Series account is never asked to show: nothing may be left unexplained. */
const ALWAYS_ZERO = new Set(['unexplained', 'unexplained_incl']);

export interface Facts {
  readonly days: number;
  readonly cells: number;
  readonly mismatches: number;
  readonly quarantined: number;
  readonly truth: Truth;
  readonly golden: Readonly<Record<string, number>>;
}

/** Everything that is not as it must be, a sentence each; empty when all is well. */
export function complaints({ days, cells, mismatches, quarantined, truth, golden }: Facts): string[] {
  const found: string[] = [];
  if (cells === 0) found.push('There are no figures at all.');
  if (mismatches > 0) found.push(`${mismatches} figures differ from what the till knows it sold.`);
  if (quarantined > 0) found.push(`${quarantined} documents could not be read.`);
  for (const name of ALWAYS_ZERO) if (Number(truth.totals[name] ?? 0) !== 0) found.push(`The till says ${name} is not zero.`);
  if (days < WHOLE_DAYS) return found;
  for (const name of [...GOLDEN_BOTH, ...GOLDEN_R])
    if ((golden[name] ?? 0) === 0) found.push(`The situation "${name}" did not occur.`);
  for (const { name, source, provider } of MEASURES) {
    if (source === 'derived' || provider === 'lightspeed-x' || ALWAYS_ZERO.has(name)) continue;
    if (!truth.cells.some(({ measures }) => measures[name] !== undefined)) found.push(`The measure ${name} is zero everywhere.`);
  }
  return found;
}
