/**
 * How well the clients use the POS's request budget: a whole backfill against the emulator's real limits, on a clock that moves only while the
 * client waits, against the least time the limits allow. Then the same with somebody else who spends half of the same budget.
 */
import { createEmulator, type Emulator } from '@tillweave/emulator';
import {
  createFixedWindowGovernor,
  createLeakyBucketGovernor,
  createRSeriesClient,
  createXSeriesClient,
  type Fetch,
  type Governor,
  personalToken,
  xStoreUrl,
} from '@tillweave/lightspeed';
import { measureHubBudget } from './budget-hub.ts';
import { type Figure, type Measurement, rounded } from './measurement.ts';
import { WaitingClock } from './waiting-clock.ts';

const SALES = 20_000;
const SMALL_SALES = 6_000;
const WINDOW_MS = 300_000;
const R_ORIGIN = 'https://api.lightspeedapp.com';

/** What one consumer got from the POS. */
interface Spent {
  requests: number;
  /** Of the requests that were served, as the POS states it; X-Series requests cost 1. */
  cost: number;
  refusals: number;
}

interface Outcome {
  readonly seconds: number;
  readonly ours: Spent;
  readonly others: Spent;
}

/** A backfill of one series. */
interface Backfill {
  readonly emulator: Emulator;
  readonly clock: WaitingClock;
  readonly governor: Governor;
  /** Reads everything with this fetch; the sales' ids in the end. */
  readonly read: (fetch: Fetch) => Promise<readonly string[]>;
  readonly expected: readonly string[];
  /** By which the POS knows who spends. */
  readonly key: string;
  /** What flows into the budget in a second. */
  readonly perSecond: number;
}

/**
 * Another consumer of the same client or token. `alternating`: ahead of each request of ours it sends one of the same cost, so that whatever
 * the last answer said is out of date. `steady`: every second it spends half of what flowed in, and is never refused.
 */
type Neighbour = 'none' | 'alternating' | 'steady';

export const measurement: Measurement = async function* measureBudget(say, options) {
  yield* measureHubBudget(say, options);
  const sales = options.isSmall ? SMALL_SALES : SALES;
  for (const registers of [1, 10]) {
    const name = `budget.r.registers-${registers}`;
    const size = 90 + 10 * (registers - 1);
    const drip = 1 + 0.5 * (registers - 1);
    const alone = await outcomeOf(rSeries(sales, registers, drip), 'none');
    say(`${name}: ${alone.seconds.toFixed(1)} s, ${alone.ours.requests} requests, Σ cost ${alone.ours.cost.toFixed(1)}`);
    yield timeFigure(name, alone, (alone.ours.cost - size) / drip, '(Σ cost − bucket) ÷ drip');
    yield refusalFigure(name, alone);
    for (const neighbour of ['alternating', 'steady'] as const)
      yield sharedFigure(name, neighbour, await outcomeOf(rSeries(sales, registers, drip), neighbour));
  }
  for (const registers of [1, 3]) {
    const name = `budget.x.registers-${registers}`;
    const limit = 300 * registers + 50;
    const alone = await outcomeOf(xSeries(sales, registers, limit), 'none');
    say(`${name}: ${alone.seconds.toFixed(1)} s, ${alone.ours.requests} requests in windows of ${limit}`);
    const windows = Math.ceil(alone.ours.requests / limit) - 1;
    if (windows < 3) throw new Error(`${name}: ${alone.ours.requests} requests fill no three windows of ${limit}.`);
    yield timeFigure(name, alone, (windows * WINDOW_MS) / 1000, '(⌈requests ÷ limit⌉ − 1) × 300 s');
    yield refusalFigure(name, alone);
    // Steady spending would change nothing: alone we take the whole window at its edge.
    yield sharedFigure(name, 'alternating', await outcomeOf(xSeries(sales, registers, limit), 'alternating'));
  }
};

function timeFigure(name: string, { seconds, ours }: Outcome, least: number, formula: string): Figure {
  return {
    name: `${name}.time`,
    value: rounded(seconds),
    unit: 's',
    baseline: rounded(least),
    // Towards the worse, so that no rounding makes it good.
    ratio: Math.ceil((seconds / least) * 10_000) / 10_000,
    n: ours.requests,
    note: `POS time of a backfill against the least, ${formula}; wanted: at most 1.02`,
  };
}

function refusalFigure(name: string, { ours }: Outcome): Figure {
  const note = '429 answers of that backfill; wanted: 0';
  return { name: `${name}.refusals`, value: ours.refusals, unit: '429', baseline: null, ratio: null, n: ours.requests, note };
}

function sharedFigure(name: string, neighbour: Neighbour, { seconds, ours, others }: Outcome): Figure {
  const minutes = seconds / 60;
  const got = `it was served ${rounded(others.cost)} and we ${rounded(ours.cost)}`;
  return {
    name: `${name}.shared-${neighbour}`,
    value: ours.refusals,
    unit: '429',
    baseline: rounded(minutes),
    ratio: rounded(ours.refusals / minutes),
    n: ours.requests,
    note: `our 429 answers against minutes of POS time beside another consumer (${got}); wanted: at most 1 a minute`,
  };
}

/** Runs one backfill to its end. Throws when it did not read exactly what there is. */
async function outcomeOf(backfill: Backfill, neighbour: Neighbour): Promise<Outcome> {
  const { emulator, clock, governor, expected } = backfill;
  const ours: Spent = { requests: 0, cost: 0, refusals: 0 };
  const others: Spent = { requests: 0, cost: 0, refusals: 0 };
  const underWay = { count: 0 };
  const countedFetch: Fetch = async (input, init) => {
    underWay.count += 1;
    try {
      const request = new Request(input, init);
      if (neighbour === 'alternating') note(others, await emulator.fetch(request.clone()));
      const answer = await emulator.fetch(request);
      note(ours, answer);
      // Whole before anybody may be woken.
      return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers });
    } finally {
      underWay.count -= 1;
    }
  };
  const leaving = new AbortController();
  const started = clock.now();
  const steady = neighbour === 'steady' ? spendHalf(backfill, others, leaving.signal) : Promise.resolve();
  const ids = await clock.run(backfill.read(countedFetch), () => underWay.count > 0 || governor.snapshot().underWay > 0);
  const seconds = (clock.now() - started) / 1000;
  leaving.abort();
  await steady;
  if (JSON.stringify(ids.toSorted()) !== JSON.stringify(expected.toSorted()))
    throw new Error(`Read ${ids.length} sales, not the ${expected.length} that there are.`);
  return { seconds, ours, others };
}

function note(spent: Spent, answer: Response): void {
  spent.requests += 1;
  if (answer.status === 429) spent.refusals += 1;
  else spent.cost += Number(answer.headers.get('x-ls-api-request-cost') ?? 1);
}

async function spendHalf({ emulator, clock, key, perSecond }: Backfill, spent: Spent, signal: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(1000, signal).catch(() => undefined);
    if (signal.aborted) return;
    emulator.control.spend(key, perSecond / 2);
    spent.cost += perSecond / 2;
  }
}

function rSeries(sales: number, registers: number, drip: number): Backfill {
  const emulator = createEmulator({ series: 'r', sales, rateLimit: 'real', registers, frozenClock: true });
  const clock = new WaitingClock(emulator.control.clock);
  const governor = createLeakyBucketGovernor({ clock });
  const { accountID: accountId, accessToken, clientId } = emulator.credentials.rSeries;
  return {
    emulator,
    clock,
    governor,
    expected: (emulator.control.ids()['Sale'] ?? []).map(String),
    read: async (fetch) => {
      const client = createRSeriesClient({ baseUrl: R_ORIGIN, accountId, auth: fixed(accessToken), governor, fetch, clock });
      await Promise.all([client.account(), client.shops(), client.registers(), client.employees(), client.paymentTypes()]);
      const [ids] = await Promise.all([
        idsOf(client.sales({ order: 'id' }, undefined, { prefetch: true })),
        idsOf(client.customers({ order: 'id' })),
        idsOf(client.saleVoids({ order: 'id' })),
      ]);
      return ids;
    },
    key: clientId,
    perSecond: drip,
  };
}

function xSeries(sales: number, registers: number, limit: number): Backfill {
  const emulator = createEmulator({ series: 'x', sales, rateLimit: 'real', xRegisters: registers, frozenClock: true });
  const credentials = emulator.credentials.xSeries;
  const control = emulator.control.xSeries;
  if (credentials === null || control === null) throw new Error('The X-Series does not answer.');
  const now = emulator.control.clock.now();
  emulator.control.clock.advance(Math.ceil(now / WINDOW_MS) * WINDOW_MS - now);
  const clock = new WaitingClock(emulator.control.clock);
  const governor = createFixedWindowGovernor({ clock });
  const baseUrl = xStoreUrl(credentials.domainPrefix);
  return {
    emulator,
    clock,
    governor,
    expected: control.ids()['sales'] ?? [],
    read: async (fetch) => {
      const auth = personalToken(credentials.personalToken);
      // Small pages, so that there is something to wait for.
      const switches = { salesPageSize: Math.floor(sales / (3 * limit)), pageSize: 200 };
      const client = createXSeriesClient({ baseUrl, auth, governor, fetch, clock, switches });
      await Promise.all([client.account(), client.shops(), client.registers(), client.employees(), client.paymentTypes()]);
      const [ids] = await Promise.all([
        idsOf(client.sales({}, undefined, { prefetch: true })),
        idsOf(client.customers({ deleted: true })),
      ]);
      return ids;
    },
    key: 'personal-token',
    perSecond: limit / (WINDOW_MS / 1000),
  };
}

function fixed(token: string): { token(): Promise<string>; renew(): Promise<string> } {
  const same = async (): Promise<string> => await Promise.resolve(token);
  return { token: same, renew: same };
}

interface ReadPage {
  readonly records: readonly (
    | { readonly ok: true; readonly value: { readonly id: string } }
    | { readonly ok: false; readonly id: string | null }
  )[];
}

async function idsOf(pages: AsyncIterable<ReadPage>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { records } of pages)
    for (const record of records) ids.push(record.ok ? record.value.id : (record.id ?? 'without an id'));
  return ids;
}
