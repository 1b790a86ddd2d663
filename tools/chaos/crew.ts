import type { Services } from '../../packages/hub/src/platform/services.ts';
import type { KillOrder } from './injection.ts';
import { type Ended, type HubProcess, type Mode, startProcess } from './process.ts';
import type { Phase } from './settings.ts';

/** The hub's processes under a supervisor that starts a new one whenever one is gone. */
export interface Crew {
  /** Resolves when all of them work. */
  readonly started: Promise<void>;
  readonly kills: Readonly<Record<Phase, number>>;
  /** Ends nobody ordered, with the last words. */
  readonly accidents: readonly string[];
  /**
   * Orders a death: the first process of that kind to come to its moment dies. Waits for it a bounded time, then takes the order back.
   * @returns the phase it died in, or null when all live.
   */
  kill(mode: Mode, order: KillOrder, patienceMs: number): Promise<Phase | null>;
  /** How many processes there are; the last one serves. */
  readonly slots: number;
  memory(): readonly number[];
  stop(): Promise<void>;
}

interface Slot {
  readonly mode: Mode;
  current: HubProcess | null;
  next: HubProcess;
  /** Whether its end was wanted. */
  condemned: boolean;
}

export interface CrewNeeds {
  readonly services: Services;
  readonly workers: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly compileCache: string;
  /** Learns where the serving process listens. */
  readonly onServing: (port: number) => void;
  /** Whether the database was away since that moment (of `performance.now`), so that a process that began could not stay. */
  readonly wasDatabaseAway: (since: number) => boolean;
  /** The lease of a dead worker: true lets it run out by itself. */
  readonly letsLeaseRunOut: () => boolean;
  readonly kills: Record<Phase, number>;
}

const REST_MS = 200;
const GIVE_BACK_TRIES = 50;
/** So many processes that cannot even begin are no accident. */
const ACCIDENTS_MAX = 8;

export function startCrew(needs: CrewNeeds): Crew {
  const { environment, compileCache, kills } = needs;
  const accidents: string[] = [];
  /** The order each kind of process is under. */
  const standing = new Map<Mode, { readonly order: KillOrder; readonly died: (phase: Phase) => void }>();
  let stopping = false;
  const slots = [...Array<Mode>(needs.workers).fill('work'), 'serve' as const].map((mode): Slot => {
    return { mode, current: null, next: startProcess(mode, compileCache), condemned: false };
  });

  const supervise = async (slot: Slot): Promise<void> => {
    for (;;) {
      const process = slot.next;
      slot.next = startProcess(slot.mode, compileCache);
      slot.condemned = false;
      const since = performance.now();
      const begun = await process.begin(environment).then(
        (port) => {
          if (slot.mode === 'serve') needs.onServing(port);
          slot.current = process;
          const order = standing.get(slot.mode)?.order;
          if (order !== undefined) process.order(order);
          return true;
        },
        () => false,
      );
      const ended = await process.ended;
      slot.current = null;
      if (ended.phase !== null) standing.get(slot.mode)?.died(ended.phase);
      if (stopping) return;
      await bury(slot, ended, begun ? null : since);
    }
  };

  const bury = async (slot: Slot, ended: Ended, neverBegan: number | null): Promise<void> => {
    if (ended.phase !== null) kills[ended.phase] += 1;
    else if (slot.condemned) kills.anywhere += 1;
    else if (neverBegan === null || !needs.wasDatabaseAway(neverBegan))
      accidents.push(`${slot.mode} ended by itself (${ended.code ?? ended.signal}): ${ended.said.trim().slice(-600)}`);
    if (neverBegan !== null) await pause(REST_MS);
    // Not waited for: who comes next may begin meanwhile.
    if (ended.held.length > 0 && !needs.letsLeaseRunOut()) void giveBack(needs.services, ended.held);
  };

  const started = Promise.all(slots.map((slot) => untilCurrent(slot, accidents))).then(() => undefined);
  const supervised = slots.map(supervise);
  return {
    started,
    kills,
    accidents,
    slots: slots.length,
    async kill(mode, order, patienceMs) {
      const own = slots.filter((slot) => slot.mode === mode);
      if (order.phase === 'anywhere') {
        const alive = own.filter(({ current }) => current !== null);
        const slot = alive[order.nth % Math.max(1, alive.length)];
        const process = slot?.current;
        if (slot === undefined || process === null || process === undefined) return null;
        slot.condemned = true;
        process.kill();
        await process.ended;
        return 'anywhere';
      }
      const death = Promise.withResolvers<Phase | null>();
      const timer = setTimeout(() => death.resolve(null), patienceMs);
      standing.set(mode, { order, died: death.resolve });
      for (const { current } of own) current?.order(order);
      const died = await death.promise;
      clearTimeout(timer);
      standing.delete(mode);
      for (const { current } of own) current?.order(null);
      return died;
    },
    memory: () => slots.map(({ current }) => current?.memory() ?? 0),
    async stop() {
      stopping = true;
      await Promise.all(slots.flatMap(({ current, next }) => (current === null ? [next.stop()] : [current.stop(), next.stop()])));
      await Promise.all(supervised);
    },
  };
}

/** The dead worker's leases run out; said here, as soon as the database listens, so that nobody has to wait for it. */
async function giveBack(services: Services, holders: readonly string[]): Promise<void> {
  for (let tries = 0; tries < GIVE_BACK_TRIES; tries += 1) {
    const isDone = await services.pool
      .query('update sync_state set lease_until = clock_timestamp() where lease_holder = any($1)', [holders])
      .then(
        () => true,
        () => false,
      );
    if (isDone) return;
    await pause(REST_MS);
  }
}

/** @throws Error with what they said, when processes keep ending before they work. */
async function untilCurrent(slot: Slot, accidents: readonly string[]): Promise<void> {
  while (slot.current === null) {
    if (accidents.length >= ACCIDENTS_MAX) throw new Error(accidents[0]);
    await pause(20);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
