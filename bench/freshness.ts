/**
 * From a change at the till to the figure that `GET /turnover` shows: an edit of a sale at an X-Series store whose webhooks reach the hub, while
 * nothing else goes on and while the first import runs; then edits of both series where only polling finds them. The emulator and the hub
 * (`tillweave start`) are processes of their own, PostgreSQL is a third; each answer of the POS takes a twentieth of a second.
 */
import { createEmulator } from '@tillweave/emulator';
import { sql } from 'kysely';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { addConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { createAccessToken } from '../packages/hub/src/modules/organizations/access-tokens.ts';
import { POLL_SECONDS, requestSync } from '../packages/hub/src/modules/sync/request-sync.ts';
import { ensureWebhooks } from '../packages/hub/src/modules/sync/webhooks/manage.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import type { Services } from '../packages/hub/src/platform/services.ts';
import { addOrganization, type Connected, connectStore, hubEnvironment, openHub } from './hub.ts';
import { type Figure, type Measurement, type MeasurementOptions, percentile, rounded } from './measurement.ts';
import type { PosAnnounced } from './pos-process.ts';
import { startProgram } from './process.ts';
import { startServer } from './temporary-server.ts';

const EDITS = 40;
const EDITS_WHILE_IMPORTING = 20;
const SMALL_EDITS = 4;
const POLLED_EDITS = 12;
const SALES = 40_000;
const SMALL_SALES = 8_000;
const LATENCY_MS = 50;
const LOOK_MS = 10;
const WANTED_SECONDS = 2;
/** The schedule looks once a minute for what is due. */
const SCHEDULE_SECONDS = 60;
/** An edited sale costs so much more than a whole day's trade that its day's figure tells it. */
const PRICE = 1_000_000;
const CENTS = 100;

export const measurement: Measurement = async function* measureFreshness(say, options) {
  const world = { seed: 5, sales: options.isSmall ? SMALL_SALES : SALES, customers: 100, days: 90 };
  const pos = startProgram(new URL('pos-process.ts', import.meta.url), [JSON.stringify({ ...world, latencyMs: LATENCY_MS })]);
  const server = await startServer();
  const announced = (await pos.line()) as PosAnnounced;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = hubEnvironment(server, announced.url, { PORT: String(port), TILLWEAVE_PUBLIC_URL: url });
  const services = await openHub(environment);
  const hub = startProgram(new URL('hub-process.ts', import.meta.url), ['start', JSON.stringify(environment)]);
  try {
    await hub.line();
    const till = new Till(announced, world);
    const store = await connectStore(services, announced, 'Store');
    await ensureWebhooks(services, store);
    const shown = await Shown.of(services, store, url);
    await requestSync(services, null, { ...store, reason: 'connected' });
    yield await whileImporting(services, store, till, shown, options, say);
    await caughtUp(services, store);
    await idle(services);
    yield figure('freshness.webhook', await edits(till, shown, 'x', options.isSmall ? SMALL_EDITS : EDITS), {
      note: 'nothing else going on',
      wanted: WANTED_SECONDS,
    });
    yield* polled(services, announced, store, till, shown, options, say);
  } finally {
    await hub.stop();
    await services.close();
    await server.stop();
    await pos.stop();
  }
};

async function whileImporting(
  services: Services,
  store: Connected,
  till: Till,
  shown: Shown,
  { isSmall }: MeasurementOptions,
  say: (text: string) => void,
): Promise<Figure> {
  const delays: number[] = [];
  for (let edit = 0; edit < (isSmall ? SMALL_EDITS : EDITS_WHILE_IMPORTING); edit += 1) {
    if (await isCaughtUp(services, store)) {
      say(`freshness: the import ended after ${edit} edits`);
      break;
    }
    delays.push(await oneEdit(till, shown, 'x'));
  }
  return figure('freshness.importing', delays, { note: 'while the first import runs', wanted: WANTED_SECONDS });
}

/** Edits that only polling finds: of an R-Series account, and of a store whose webhooks are gone. */
async function* polled(
  services: Services,
  announced: PosAnnounced,
  store: Connected,
  till: Till,
  storeShown: Shown,
  { isSmall }: MeasurementOptions,
  say: (text: string) => void,
): AsyncGenerator<Figure> {
  await forgetWebhooks(announced);
  const { clientId, clientSecret, refreshToken } = announced.credentials.rSeries;
  const organizationId = await addOrganization(services, 'Tills');
  const oauthClient = { clientId, clientSecret };
  const added = await addConnection(services, { organizationId, name: 'Tills', oauthClient, refreshToken });
  const account = { organizationId, connectionId: added.connectionId, posAccountId: added.verified.posAccountId };
  const tillShown = await Shown.of(services, account, storeShown.url);
  await requestSync(services, null, { ...account, reason: 'connected' });
  await caughtUp(services, account);
  await idle(services);
  say('freshness: both accounts are polled');
  const series = [
    { name: 'r', shown: tillShown, ref: account },
    { name: 'x', shown: storeShown, ref: store },
  ] as const;
  const count = isSmall ? 1 : POLLED_EDITS;
  const delays = { r: [] as number[], x: [] as number[] };
  await Promise.all(
    series.flatMap(({ name, shown, ref }) =>
      Array.from({ length: count }, async (_, index) => {
        // At any moment between two polls.
        await pause(isSmall ? 0 : ((index + Math.random()) * POLL_SECONDS * 1000) / count);
        const edit = oneEdit(till, shown, name);
        if (isSmall) await dueNow(services, ref);
        delays[name].push(await edit);
      }),
    ),
  );
  for (const { name } of series) {
    yield figure(`freshness.polled.${name}`, delays[name], {
      note: 'polling alone',
      wanted: isSmall ? SCHEDULE_SECONDS : POLL_SECONDS + SCHEDULE_SECONDS,
    });
  }
}

function figure(
  name: string,
  delays: readonly number[],
  { note, wanted }: { readonly note: string; readonly wanted: number },
): Figure {
  const late = percentile(delays, 95);
  return {
    name,
    value: rounded(late),
    unit: 's, 95 of 100 edits',
    baseline: wanted,
    ratio: rounded(late / wanted),
    n: delays.length,
    note: `from the edit to the answer of GET /turnover that shows it, ${note}; median ${rounded(percentile(delays, 50))} s; against what is wanted at most`,
  };
}

async function edits(till: Till, shown: Shown, series: 'r' | 'x', count: number): Promise<readonly number[]> {
  const delays: number[] = [];
  for (let edit = 0; edit < count; edit += 1) delays.push(await oneEdit(till, shown, series));
  return delays;
}

/** Seconds from an edit to its figure. */
async function oneEdit(till: Till, shown: Shown, series: 'r' | 'x'): Promise<number> {
  const sale = till.next(series);
  const wanted = shown.expect(sale.day);
  const start = performance.now();
  await till.edit(series, sale.name);
  while ((await shown.netSales(sale.day)) < wanted) await pause(LOOK_MS);
  return (performance.now() - start) / 1000;
}

interface Editable {
  readonly name: string;
  readonly day: string;
}

/** The emulator as the people at the till have it; the same world is made here again to know its sales. */
class Till {
  readonly #url: string;
  readonly #token: string;
  readonly #sales: { readonly r: Editable[]; readonly x: Editable[] };

  constructor({ url, credentials }: PosAnnounced, world: Parameters<typeof createEmulator>[0]) {
    this.#url = url;
    this.#token = credentials.controlToken;
    const emulator = createEmulator({ ...world, frozenClock: true });
    const now = emulator.control.clock.now();
    this.#sales = { r: shuffled(rSales(emulator, now)), x: shuffled(xSales(emulator, now)) };
  }

  /** A sale of any age that was not edited yet. */
  next(series: 'r' | 'x'): Editable {
    const sale = this.#sales[series].pop();
    if (sale === undefined) throw new Error('There are no more sales to edit.');
    return sale;
  }

  /** Makes it one very dear thing. */
  async edit(series: 'r' | 'x', sale: string): Promise<void> {
    const { now } = (await this.#call('GET', 'clock')) as { now: string };
    const lines = [{ quantity: '1', price: String(PRICE), taxRates: ['0', '0'], taxed: false }];
    const event = { event: 'edit', sale, at: now, lines, payments: [{ tender: 'card', amount: String(PRICE) }] };
    await this.#call('POST', 'sales', { series, events: [event] });
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.#url}/_control/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The emulator answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
}

function rSales({ world }: ReturnType<typeof createEmulator>, now: number): Editable[] {
  const state = world.at(now);
  const zones = new Map(state.shops().map((shop) => [shop.id, shop.timeZone]));
  return [...state.walk({ order: 'id' })].flatMap(({ id, completeTime }) => {
    const sale = state.sale(id);
    if (sale?.completed !== true || sale.voided || sale.archived || sale.taxInclusive || completeTime === null) return [];
    if (sale.cashRounding !== '0' || sale.ticketDiscountPercent !== '0') return [];
    return [{ name: sale.name, day: dayIn(zones.get(sale.shopId), completeTime) }];
  });
}

function xSales({ world }: ReturnType<typeof createEmulator>, now: number): Editable[] {
  const state = world.x.at(now);
  const zones = new Map(state.outlets().map((outlet) => [outlet.id, outlet.timeZone]));
  return [...state.sales()].flatMap(({ id }) => {
    const sale = state.sale(id);
    if (sale?.status !== 'CLOSED' || sale.deletedAt !== null || sale.returnFor !== null || sale.returnIds.length > 0) return [];
    if (sale.adjustments.length > 0 || sale.customCharges.length > 0) return [];
    return [{ name: sale.name, day: dayIn(zones.get(sale.outletId), sale.saleDate) }];
  });
}

/** The hub knows of no other start of the day than midnight here. */
function dayIn(timeZone: string | undefined, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, key: Math.random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** What an integrator's program sees: the hub's answers over HTTP. */
class Shown {
  readonly url: string;
  readonly #token: string;
  /** Edits so far, by day. */
  readonly #edited = new Map<string, number>();

  private constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  static async of(services: Services, { organizationId }: Connected, url: string): Promise<Shown> {
    const { token } = await createAccessToken(services, {
      organizationId,
      name: 'Freshness',
      permissions: ['turnover:read'],
      expiresAt: null,
      createdBy: null,
    });
    return new Shown(url, token);
  }

  /** What a day's figure is at least once one more of its sales was edited. */
  expect(day: string): number {
    const count = (this.#edited.get(day) ?? 0) + 1;
    this.#edited.set(day, count);
    // A little less: the sale it was is gone from the day, and others of the day may be returns.
    return (count - 0.5) * PRICE * CENTS;
  }

  async netSales(day: string): Promise<number> {
    const answer = await fetch(`${this.url}/api/v1/turnover?from=${day}&to=${day}&measure=net_sales`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    if (!answer.ok) throw new Error(`The hub answered ${answer.status}: ${await answer.text()}`);
    const { total } = (await answer.json()) as { total: { values: Readonly<Record<string, number | string | null>> } };
    return Number(total.values['net_sales'] ?? 0);
  }
}

async function forgetWebhooks({ url, credentials }: PosAnnounced): Promise<void> {
  const headers = { authorization: `Bearer ${credentials.xSeries?.personalToken ?? ''}` };
  const list = (await (await fetch(`${url}/api/2.0/webhooks`, { headers })).json()) as { data: { id: string }[] };
  for (const { id } of list.data) await fetch(`${url}/api/2.0/webhooks/${id}`, { method: 'DELETE', headers });
}

async function isCaughtUp(services: Services, { posAccountId }: Connected): Promise<boolean> {
  return systemTransaction(services.db, async (trx) => {
    const { rows } = await sql`
      select from cursor where pos_account_id = ${posAccountId} and stream = 'sales' and lane = 'history' and caught_up_at is not null`.execute(
      trx,
    );
    return rows.length > 0;
  });
}

async function caughtUp(services: Services, account: Connected): Promise<void> {
  while (!(await isCaughtUp(services, account))) await pause(100);
}

/** Until nothing is under way. */
async function idle(services: Services): Promise<void> {
  for (;;) {
    const open = await systemTransaction(services.db, async (trx) => {
      const { rows } = await sql`select from sync_state where wanted > done`.execute(trx);
      return rows.length;
    });
    if (open === 0) return;
    await pause(100);
  }
}

/** As if its five minutes were over. */
async function dueNow(services: Services, { posAccountId }: Connected): Promise<void> {
  await systemTransaction(services.db, async (trx) => {
    await sql`update sync_state set due_at = now() where pos_account_id = ${posAccountId}`.execute(trx);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.');
  return address.port;
}
