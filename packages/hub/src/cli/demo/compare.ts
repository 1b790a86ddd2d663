import { z } from 'zod';
import type { Truth } from './emulator.ts';
import type { Person } from './person.ts';

const Cells = z.object({
  items: z.array(
    z.object({
      posAccountId: z.uuid(),
      shopId: z.string(),
      registerId: z.string(),
      day: z.string(),
      hour: z.string(),
      measures: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
  ),
  nextCursor: z.string().nullable(),
});
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2099-12-31';
const SHOWN_MAX = 20;

export interface Comparison {
  readonly cells: number;
  /** Measures of cells in which the hub and the till disagree. */
  readonly mismatches: number;
  /** The first of them, for people. */
  readonly examples: readonly string[];
}

/** The till's own totals of one POS account. */
export interface AccountTruth {
  readonly posAccountId: string;
  readonly truth: Truth;
}

/** Compares every measure of every account, shop, register, business day and hour that either side has with the other side's. */
export async function compareWithTruth(person: Person, accounts: readonly AccountTruth[]): Promise<Comparison> {
  const open = new Map(
    accounts.flatMap(({ posAccountId, truth }) =>
      truth.cells.map((cell) => [keyOf(posAccountId, cell.shopID, cell.registerID, cell.day, cell.hour), cell.measures] as const),
    ),
  );
  const examples: string[] = [];
  let [cells, mismatches] = [0, 0];
  const judge = (
    key: string,
    ours: Readonly<Record<string, number | string>>,
    theirs: Readonly<Record<string, number | string>>,
  ): void => {
    cells += 1;
    for (const measure of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const [mine, yours] = [String(ours[measure] ?? 0), String(theirs[measure] ?? 0)];
      if (mine === yours) continue;
      mismatches += 1;
      if (examples.length < SHOWN_MAX) examples.push(`${key} ${measure}: hub ${mine}, till ${yours}`);
    }
  };
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ from: FIRST_DAY, to: LAST_DAY, limit: '5000', ...(cursor === '' ? {} : { cursor }) });
    const page: z.output<typeof Cells> = await person.call('GET', `/api/v1/turnover/cells?${query.toString()}`, Cells);
    for (const { posAccountId, shopId, registerId, day, hour, measures } of page.items) {
      const key = keyOf(posAccountId, shopId, registerId, day, hour);
      judge(key, measures, open.get(key) ?? {});
      open.delete(key);
    }
    cursor = page.nextCursor;
  }
  for (const [key, measures] of open) judge(key, {}, measures);
  return { cells, mismatches, examples };
}

function keyOf(account: string, shop: string, register: string, day: string, hour: string): string {
  return `account ${account} shop ${shop} register ${register === '0' ? '' : register} ${day} ${new Date(hour).toISOString()}`;
}
