import { GOLDEN_BOTH, GOLDEN_R, GOLDEN_X } from '@tillweave/emulator';
import { MEASURES } from '../../modules/ledger/figure/measures.ts';
import type { Truth } from './emulator.ts';

/** With this many days the emulated business meets every situation there is a name for, and every measure. */
const WHOLE_DAYS = 90;
/** Measures that no account is asked to show: nothing may be left unexplained. */
const ALWAYS_ZERO = new Set(['unexplained', 'unexplained_incl']);

export interface Facts {
  readonly days: number;
  readonly cells: number;
  readonly mismatches: number;
  readonly quarantined: number;
  readonly accounts: readonly KnownAccount[];
}

/** What the till knows of one account. */
export interface KnownAccount {
  readonly provider: 'lightspeed-r' | 'lightspeed-x';
  readonly truth: Truth;
  readonly golden: Readonly<Record<string, number>>;
}

/** Everything that is not as it must be, a sentence each; empty when all is well. */
export function complaints({ days, cells, mismatches, quarantined, accounts }: Facts): string[] {
  const found: string[] = [];
  if (cells === 0) found.push('There are no figures at all.');
  if (mismatches > 0) found.push(`${mismatches} figures differ from what the till knows it sold.`);
  if (quarantined > 0) found.push(`${quarantined} documents could not be read.`);
  for (const account of accounts) found.push(...complaintsOf(account, days));
  return found;
}

function complaintsOf({ provider, truth, golden }: KnownAccount, days: number): string[] {
  const found: string[] = [];
  for (const name of ALWAYS_ZERO)
    if (Number(truth.totals[name] ?? 0) !== 0) found.push(`${provider}: the till says ${name} is not zero.`);
  if (days < WHOLE_DAYS) return found;
  for (const name of [...GOLDEN_BOTH, ...(provider === 'lightspeed-r' ? GOLDEN_R : GOLDEN_X)])
    if ((golden[name] ?? 0) === 0) found.push(`${provider}: the situation "${name}" did not occur.`);
  for (const { name, source, provider: only } of MEASURES) {
    if (source === 'derived' || source === 'visitor' || (only !== null && only !== provider) || ALWAYS_ZERO.has(name)) continue;
    if (!truth.cells.some(({ measures }) => measures[name] !== undefined))
      found.push(`${provider}: the measure ${name} is zero everywhere.`);
  }
  return found;
}
