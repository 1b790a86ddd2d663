import type { Emulator, FaultRule } from '../../packages/emulator/src/index.ts';
import type { Random } from './random.ts';

/** The emulator's faults, armed in turns. */
export interface Faults {
  /** Arms the next few. */
  arm(count: number): void;
  /** Makes one happen at the next occasion. */
  provoke(name: string): void;
  disarm(): void;
  /** How often each has happened, also those that never did. */
  fired(): Readonly<Record<string, number>>;
  /** Those that have happened less often than that. */
  missing(times: number): readonly string[];
}

/** R-Series paths; everything else of the API is the X-Series'. */
const R_SERIES = '/API/';
/**
 * Where a fault may happen at all. What is hard-deleted is customers: a till's own totals go on counting a sale that it has lost without a
 * trace, and so there would be nothing to compare with. What revokes every consent happens at the R-Series, whose owner then authorizes
 * anew. On the X-Series a sale's content never changes without its version, but by these faults, and a version is read once: so there they
 * happen to customers.
 */
const ONLY: Readonly<Record<string, Partial<FaultRule>>> = {
  'hard-deleted-rows': { match: 'ustomer' },
  'revoked-token': { match: R_SERIES },
  'expired-token': { match: R_SERIES },
  'unknown-fields': { match: R_SERIES },
  'slow-bytes': { seconds: 0.3 },
  'rate-limit': { seconds: 1 },
};
/** Tokens are rotated under the workers at a pace the till allows: five refreshes a minute. */
const RARE: ReadonlySet<string> = new Set(['revoked-token', 'expired-token', 'refresh-answer-lost']);
const RARE_EVERY = 2;
/** Whose occasions are few: they take the first. */
const AT_ONCE: ReadonlySet<string> = new Set([
  'duplicate-rows',
  'hard-deleted-rows',
  'stale-search',
  'duplicate-webhook',
  'reordered-webhooks',
]);

export function openFaults({ control: { faults } }: Emulator, random: Random): Faults {
  const names = faults.list().map(({ name }) => name);
  let queue: string[] = [];
  let round = 0;

  const fired = (): Record<string, number> => Object.fromEntries(faults.list().map((fault) => [fault.name, fault.fired]));
  const armOnce = (name: string, every: number): void => {
    faults.arm(name, { ...ONLY[name], every, times: (fired()[name] ?? 0) + 1 });
  };
  const isWaiting = (name: string): boolean => {
    const fault = faults.list().find((one) => one.name === name);
    return fault !== undefined && fault.rule !== null && fault.fired < (fault.rule.times ?? 0);
  };
  return {
    arm(count) {
      for (let armed = 0; armed < count; armed += 1) {
        if (queue.length === 0) {
          round += 1;
          queue = random.shuffled(names.filter((name) => !RARE.has(name) || round % RARE_EVERY === 0));
        }
        const next = queue.pop();
        // One that waits for its occasion is left waiting.
        if (next !== undefined && !isWaiting(next)) armOnce(next, AT_ONCE.has(next) ? 1 : 1 + random.below(3));
      }
    },
    provoke: (name) => armOnce(name, 1),
    disarm() {
      for (const name of names) faults.disarm(name);
    },
    fired,
    missing(times) {
      const counts = fired();
      return names.filter((name) => (counts[name] ?? 0) < times);
    },
  };
}
