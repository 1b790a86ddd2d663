import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { createEmulator, serveEmulator } from '../../packages/emulator/src/index.ts';
import { addWindows } from '../../packages/hub/src/modules/sync/reconcile.ts';
import { requestSync } from '../../packages/hub/src/modules/sync/request-sync.ts';
import { readConfig } from '../../packages/hub/src/platform/config.ts';
import { generateKey } from '../../packages/hub/src/platform/crypto.ts';
import { tenantTransaction } from '../../packages/hub/src/platform/database/transaction.ts';
import { createServices, type OpenServices } from '../../packages/hub/src/platform/services.ts';
import type { Instant } from '../../packages/lightspeed/src/index.ts';
import { authorize, type Business, connectBusiness } from './accounts.ts';
import { type Crew, startCrew } from './crew.ts';
import type { Mode } from './process.ts';
import { type FragileDatabase, startDatabase } from './database.ts';
import { type Faults, openFaults } from './faults.ts';
import { openWire, type Wire } from './network.ts';
import { Random } from './random.ts';
import { type ChaosSettings, type Phase, PHASES } from './settings.ts';
import { openTrade, type Trade } from './trade.ts';
import { compareWithCleanWalk, judge, readUnfinished } from './verdict.ts';

/** The last line of a run; see docs/chaos.md. */
export interface ChaosResult {
  readonly ok: boolean;
  readonly seed: number;
  readonly mutations: number;
  readonly kills: number;
  readonly killsByPhase: Readonly<Record<Phase, number>>;
  readonly databaseRestarts: number;
  readonly networkCuts: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly cells: number;
  readonly mismatches: number;
  readonly lost: number;
  readonly doubled: number;
  readonly seconds: number;
  /** What was wrong, in words; empty when `ok`. */
  readonly complaints: readonly string[];
  /** Which changes the tills saw, how often. */
  readonly mutationKinds: Readonly<Record<string, number>>;
  /** Consents given anew after the till had revoked them. */
  readonly authorizations: number;
  /** Memory in megabytes of every process, at the beginning and at the end. */
  readonly memory: readonly { readonly process: string; readonly start: number; readonly end: number }[];
}

const TICK_MS = 250;
const ASK_MS = 800;
const FAULT_MS = 1_000;
const WATCH_MS = 400;
/** How long a worker is given to come to the phase it shall die in. */
const PATIENCE_MS = 20_000;
const CUT_MS = 1_200;
const DAY_MS = 86_400_000;
const MEGABYTE = 1024 * 1024;
const SHOWN_MAX = 20;

/** Runs it all. `say` hears what happens, for people; with the signal it stops, leaves nothing behind and rejects. */
export async function runChaos(settings: ChaosSettings, say: (text: string) => void, signal: AbortSignal): Promise<ChaosResult> {
  const parts: (() => Promise<unknown>)[] = [];
  const stopped = once(signal, 'abort').then(() => Promise.reject(new Error('It was told to stop.')));
  stopped.catch(() => undefined);
  try {
    return await Promise.race([play(settings, say, (close) => parts.push(close)), stopped]);
  } finally {
    for (const close of parts.toReversed()) await close().catch((error: unknown) => say(`closing: ${String(error)}`));
  }
}

/** Everything a run is made of. */
interface Stage {
  readonly settings: ChaosSettings;
  readonly say: (text: string) => void;
  readonly random: Random;
  readonly database: FragileDatabase;
  readonly services: OpenServices;
  readonly business: Business;
  readonly wire: Wire;
  readonly trade: Trade;
  readonly faults: Faults;
  readonly crew: Crew;
  readonly done: { restarts: number; cuts: number; authorizations: number; backAt: number };
  readonly startedAt: number;
}

async function play(
  settings: ChaosSettings,
  say: (text: string) => void,
  later: (close: () => Promise<unknown>) => void,
): Promise<ChaosResult> {
  const stage = await build(settings, say, later);
  const { crew, trade, faults, done } = stage;
  await crew.started;
  say(`chaos: ${crew.slots} processes work; seed ${settings.seed}`);
  const memoryAtStart = memoryOf(stage);
  await disturb(stage);
  const memoryAtEnd = memoryOf(stage);
  faults.disarm();
  const fired = faults.fired();
  const complaints = [...shortOf(stage), ...crew.accidents];
  say('chaos: everything is quiet; waiting until all is in order');
  complaints.push(...(await settle(stage)));
  const verdicts = [];
  for (const account of stage.business.accounts) verdicts.push(await judge(stage.services, stage.business, account));
  const differing = verdicts.flatMap((verdict) => verdict.differing);
  const lost = verdicts.flatMap((verdict) => verdict.lost);
  const doubled = verdicts.flatMap((verdict) => verdict.doubled);
  complaints.push(
    ...some('differs', differing),
    ...some('lost', lost),
    ...some('doubled', doubled),
    ...some(
      'unfinished',
      verdicts.flatMap((verdict) => verdict.unfinished),
    ),
  );
  // Or it would be the workers who walk.
  await crew.stop();
  complaints.push(
    ...some('is not what one clean walk gives', await compareWithCleanWalk(stage.services, stage.business, 'Clean')),
  );
  return {
    ok: complaints.length === 0,
    seed: settings.seed,
    mutations: trade.mutations,
    kills: sum(Object.values(crew.kills)),
    killsByPhase: crew.kills,
    databaseRestarts: done.restarts,
    networkCuts: done.cuts,
    faults: fired,
    cells: sum(verdicts.map((verdict) => verdict.cells)),
    mismatches: differing.length,
    lost: lost.length,
    doubled: doubled.length,
    seconds: Math.round((performance.now() - stage.startedAt) / 1000),
    complaints,
    mutationKinds: trade.kinds,
    authorizations: done.authorizations,
    memory: memoryAtStart.map(({ process, bytes }, index) => ({
      process,
      start: Math.round(bytes / MEGABYTE),
      end: Math.round((memoryAtEnd[index]?.bytes ?? 0) / MEGABYTE),
    })),
  };
}

async function build(
  settings: ChaosSettings,
  say: (text: string) => void,
  later: (close: () => Promise<unknown>) => void,
): Promise<Stage> {
  const startedAt = performance.now();
  const random = new Random(settings.seed);
  const database = await startDatabase();
  later(() => database.stop());
  const { seed, sales, customers } = settings;
  const emulator = createEmulator({ seed, sales, customers });
  const server = await serveEmulator(emulator);
  later(() => server.close());
  const wire = await openWire(Number(new URL(server.url).port));
  later(() => wire.close());
  const intake = await openWire();
  later(() => intake.close());
  const environment = {
    DATABASE_URL: database.url,
    TILLWEAVE_HOME: '/nonexistent',
    TILLWEAVE_SECRET_KEY: generateKey(),
    TILLWEAVE_R_BASE_URL: wire.url,
    TILLWEAVE_R_AUTH_URL: wire.url,
    TILLWEAVE_X_BASE_URL: wire.url,
    TILLWEAVE_PUBLIC_URL: intake.url,
    LOG_LEVEL: process.env['CHAOS_LOG'] ?? 'error',
    PORT: '0',
  };
  const services = await createServices(readConfig(environment));
  later(() => services.close());
  const business = await connectBusiness(services, emulator, 'Chaos');
  const compileCache = await mkdtemp(join(tmpdir(), 'tw-compiled-'));
  later(() => rm(compileCache, { recursive: true, force: true }));
  const done = { restarts: 0, cuts: 0, authorizations: 0, backAt: 0 };
  const crew = startCrew({
    services,
    workers: settings.workers,
    environment,
    compileCache,
    onServing: (port) => intake.lead(port),
    wasDatabaseAway: (since) => done.backAt >= since,
    letsLeaseRunOut: () => settings.leasesLeft > 0 && random.below(settings.leasesLeft) === 0,
    kills: Object.fromEntries(PHASES.map((phase) => [phase, 0])) as Record<Phase, number>,
  });
  later(() => crew.stop());
  const trade = openTrade({ emulator, random: new Random(seed + 1), sales, customers });
  const faults = openFaults(emulator, new Random(seed + 2));
  return { settings, say, random, database, services, business, wire, trade, faults, crew, done, startedAt };
}

/** Everything at once, until all of it has happened often enough or the time is up. */
async function disturb(stage: Stage): Promise<void> {
  const { settings, done, trade, faults, crew } = stage;
  const over = new AbortController();
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  const tasks = [
    every(TICK_MS, over.signal, () => {
      // In step with the time, and so a little more after a hiccup; slower when it takes longer than planned.
      const time = Math.min(elapsed(), settings.seconds) + Math.max(0, elapsed() - settings.seconds) / 4;
      const due = Math.ceil((time / settings.seconds) * settings.mutations);
      if (due > trade.mutations) trade.play(Math.min(due - trade.mutations, 40));
    }),
    every(ASK_MS, over.signal, () => askForSync(stage)),
    every(FAULT_MS, over.signal, () => faults.arm(faultsAtOnce(stage))),
    every(WATCH_MS, over.signal, () => authorizeWhereNeeded(stage)),
    every(settings.nightSeconds * 1000, over.signal, () => readTheDaysAgain(stage, settings.nightDays)),
    restartDatabase(stage, over.signal),
    cutNetwork(stage, over.signal),
    ...killers(stage, over.signal),
  ];
  let shownAt = 0;
  while (elapsed() < settings.secondsMax && shortOf(stage).length > 0) {
    await pause(TICK_MS);
    if (elapsed() - shownAt < 15) continue;
    shownAt = elapsed();
    stage.say(
      `chaos: ${Math.round(shownAt)} s, ${trade.mutations} changes, ${sum(Object.values(crew.kills))} kills, ` +
        `${done.restarts} restarts, ${done.cuts} cuts, ${sum(Object.values(faults.fired()))} faults, ${done.authorizations} consents`,
    );
  }
  over.abort();
  await Promise.all(tasks);
}

/** What has not happened often enough yet, in words. */
function shortOf({ settings, trade, crew, done, faults }: Stage): readonly string[] {
  const short: string[] = [];
  if (trade.mutations < settings.mutations) short.push(`only ${trade.mutations} changes`);
  for (const phase of PHASES)
    if (crew.kills[phase] < settings.kills[phase]) short.push(`only ${crew.kills[phase]} kills in ${phase}`);
  if (done.restarts < settings.databaseRestarts) short.push(`only ${done.restarts} restarts of the database`);
  if (done.cuts < settings.networkCuts) short.push(`only ${done.cuts} cuts of the network`);
  const missing = faults.missing(settings.faultTimes);
  if (missing.length > 0) short.push(`too seldom: ${missing.join(', ')}`);
  return short;
}

/** So many that each fault comes round in time. */
function faultsAtOnce({ settings, faults }: Stage): number {
  const names = Object.keys(faults.fired()).length;
  return Math.max(1, Math.ceil((names * settings.faultTimes * 1.3 * FAULT_MS) / 1000 / settings.seconds));
}

/** Whoever has nothing to do is asked again; so is an account whose worker has died. */
async function askForSync(stage: Stage): Promise<void> {
  const { services, business } = stage;
  for (const { organizationId, posAccountId } of business.accounts) {
    const ask = async (): Promise<void> => {
      const { rows } = await services.pool.query(
        'select from sync_state where pos_account_id = $1 and wanted > done and lease_until > clock_timestamp()',
        [posAccountId],
      );
      if (rows.length === 0) await requestSync(services, null, { organizationId, posAccountId, reason: 'manual' });
    };
    await ask().catch(quietly(stage));
  }
}

/** As each night: the last days are read again, unless they still are to be. */
async function readTheDaysAgain(stage: Stage, days: number): Promise<void> {
  const { services, business } = stage;
  const now = business.emulator.control.clock.now();
  const window = { from: (now - days * DAY_MS) as Instant, until: (now + DAY_MS) as Instant };
  for (const account of business.accounts) {
    const add = async (): Promise<void> => {
      const waiting = (await readUnfinished(services, account)).some((text) => text.startsWith('windows'));
      if (waiting) return;
      await tenantTransaction(services.db, account.organizationId, (trx) => addWindows(trx, account, [window]));
    };
    await add().catch(quietly(stage));
  }
}

/** Somebody sees that the till refuses us and signs in again. */
async function authorizeWhereNeeded(stage: Stage): Promise<void> {
  const { services, business, done } = stage;
  try {
    for (const account of business.accounts) {
      const row = await tenantTransaction(services.db, account.organizationId, (trx) =>
        trx.selectFrom('connection').select('state').where('id', '=', account.connectionId).executeTakeFirst(),
      );
      if (row?.state !== 'needs_reauthorisation') continue;
      await authorize(services, business.emulator, account);
      done.authorizations += 1;
    }
  } catch (error) {
    quietly(stage)(error);
  }
}

/** Spread over the run, at moments of the seed's choosing. */
function moments(random: Random, count: number, seconds: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => ((index + 0.3 + random.next() * 0.6) / count) * seconds * 1000);
}

async function restartDatabase({ settings, random, database, done, say }: Stage, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  for (const at of moments(random, settings.databaseRestarts, settings.seconds)) {
    if (!(await pauseUnless(began + at - performance.now(), signal))) return;
    done.backAt = Number.POSITIVE_INFINITY;
    await database.restart();
    done.backAt = performance.now();
    done.restarts += 1;
    say(`chaos: the database was killed and is back (${done.restarts})`);
  }
}

async function cutNetwork({ settings, random, wire, done }: Stage, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  for (const at of moments(random, settings.networkCuts, settings.seconds)) {
    if (!(await pauseUnless(began + at - performance.now(), signal))) return;
    wire.cut(CUT_MS);
    done.cuts += 1;
  }
}

/** One killer for the workers, one for the server. What did not come about in time is planned again. */
function killers(stage: Stage, signal: AbortSignal): readonly Promise<void>[] {
  const { settings, crew, faults } = stage;
  const killer = async (mode: Mode, phases: readonly Phase[], random: Random): Promise<void> => {
    const queue = random.shuffled(phases.flatMap((phase) => Array<Phase>(settings.kills[phase]).fill(phase)));
    // Faster than it need be: what does not come about is made up for.
    const paceMs = (settings.seconds * 1000 * 0.8) / Math.max(1, queue.length);
    for (let began = performance.now(); queue.length > 0; began = performance.now()) {
      const phase = queue.pop() ?? 'anywhere';
      if (phase === 'refresh') faults.provoke('expired-token');
      const nth = phase === 'refresh' || phase === 'webhook' ? 1 : 1 + random.below(2);
      const died = await crew.kill(mode, { phase, nth, late: random.below(2) === 0 }, PATIENCE_MS);
      talk(stage, `${mode}: ${phase} ${nth} → ${died ?? 'lives'}`);
      if (died !== phase) queue.unshift(phase);
      if (!(await pauseUnless(began + paceMs * (0.6 + random.next() * 0.8) - performance.now(), signal))) return;
    }
  };
  return [
    killer(
      'work',
      PHASES.filter((phase) => phase !== 'webhook'),
      new Random(settings.seed + 3),
    ),
    killer('serve', ['webhook'], new Random(settings.seed + 4)),
  ];
}

/** Lets everything come to rest, then reads all days again once, as the nights of a year would. @returns what never came to rest. */
async function settle(stage: Stage): Promise<readonly string[]> {
  const { settings, business, say, services } = stage;
  const deadline = performance.now() + settings.settleSecondsMax * 1000;
  const rest = async (): Promise<readonly string[]> => {
    await askForSync(stage);
    for (;;) {
      await authorizeWhereNeeded(stage);
      const open = [];
      for (const account of business.accounts) open.push(...(await readUnfinished(services, account)));
      // Documents set aside are read again with their days, below.
      if (open.filter((text) => !text.startsWith('documents')).length === 0 || performance.now() > deadline) return open;
      await pause(TICK_MS);
    }
  };
  const first = await rest();
  say(`chaos: at rest${first.length === 0 ? '' : ` but for ${first.join(', ')}`}; reading all days again`);
  await readTheDaysAgain(stage, 120);
  return rest();
}

function memoryOf({ crew }: Stage): readonly { readonly process: string; readonly bytes: number }[] {
  const hub = crew
    .memory()
    .map((bytes, slot, { length }) => ({ process: slot === length - 1 ? 'serve' : `work ${slot + 1}`, bytes }));
  return [...hub, { process: 'emulator', bytes: process.memoryUsage.rss() }];
}

/** The first of them, and how many more. */
function some(what: string, list: readonly string[]): readonly string[] {
  const shown = list.slice(0, SHOWN_MAX).map((text) => `${what}: ${text}`);
  return list.length > SHOWN_MAX ? [...shown, `${what}: ${list.length - SHOWN_MAX} more`] : shown;
}

/** Does it again and again, never twice at once, until told to stop. */
async function every(milliseconds: number, signal: AbortSignal, run: () => unknown): Promise<void> {
  while (await pauseUnless(milliseconds, signal)) await run();
}

/** False when it was told to stop instead. */
function pauseUnless(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return pauseFor(Math.max(0, milliseconds), true, { signal }).catch(() => false);
}

function pause(milliseconds: number): Promise<void> {
  return pauseFor(milliseconds);
}

/** While the database or the network is away we are refused like everybody else, and ask again. */
function quietly({ say }: Pick<Stage, 'say'>): (error: unknown) => void {
  return (error) => talk({ say }, String(error));
}

/** Only for those who look closely: `CHAOS_VERBOSE=1`. */
function talk({ say }: Pick<Stage, 'say'>, text: string): void {
  if (process.env['CHAOS_VERBOSE'] !== undefined) say(text);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
