/**
 * The R-Series' limiter from the outside (R §3): a bucket that fills by each request's cost and drains steadily, and a burst limit of
 * requests per fixed second. Everything is taken from the answers' headers; nothing is assumed about sizes but that the first request may go.
 *
 * How a 429 is avoided while the whole budget is used: we always know an upper bound of the server's level. It is the level the last
 * answer stated (drained since we received it, which is later than it was measured), plus the full cost of every request that it may not
 * have counted: those under way, and those answered while it was. A request goes when bound + cost ≤ size. The bound stays within a
 * constant distance of the truth, so the flow is the full drip rate.
 */
import type { Clock } from '../clock.ts';
import { RateLimited } from '../errors.ts';
import { instantOf } from '../instant.ts';
import { retryAfterMs } from '../retry.ts';
import type { AcquireOptions, Governor, GovernorSnapshot, Permit } from './governor.ts';
import { readLimitHeaders } from './headers.ts';

export interface LeakyBucketOptions {
  readonly clock: Clock;
  /** Part of the bucket (0 to below 1) left to other consumers of the same account and OAuth client. Default 0. */
  readonly reserve?: number;
}

export function createLeakyBucketGovernor(options: LeakyBucketOptions): Governor {
  const reserve = options.reserve ?? 0;
  if (!(reserve >= 0 && reserve < 1)) throw new RangeError(`reserve must be from 0 to below 1, not ${reserve}.`);
  return new LeakyBucket(options.clock, reserve);
}

interface Waiter {
  readonly cost: number;
  /** Latest moment to be served. */
  readonly deadline: number;
  readonly grant: (permit: Permit) => void;
  readonly refuse: (error: Error) => void;
}

/** A request under way. */
interface Pending {
  readonly cost: number;
  /** The requests whose answers came while this one was under way. */
  readonly settledMeanwhile: { cost: number; requests: number };
}

class LeakyBucket implements Governor {
  readonly #clock: Clock;
  readonly #reserve: number;
  readonly #queue: Waiter[] = [];
  readonly #pending = new Set<Pending>();
  #mode: GovernorSnapshot['mode'] = 'unknown';
  #size = Number.POSITIVE_INFINITY;
  #drip = 1;
  #level = 0;
  #levelAt: number;
  #burstMax = Number.POSITIVE_INFINITY;
  /** Requests the server may have counted in one second, as of the last answer. Its seconds are fixed, but we do not know where they begin. */
  #burst = 0;
  #burstAt = 0;
  #blockedUntil = 0;
  #refusals = 0;
  #lastRefusal = Number.NEGATIVE_INFINITY;
  #alarm: AbortController | null = null;

  constructor(clock: Clock, reserve: number) {
    this.#clock = clock;
    this.#reserve = reserve;
    this.#levelAt = clock.now();
  }

  async acquire(cost: number, { patienceMs = Number.POSITIVE_INFINITY, signal }: AcquireOptions = {}): Promise<Permit> {
    if (!(cost > 0 && Number.isFinite(cost))) throw new RangeError(`A request costs more than 0, not ${cost}.`);
    signal?.throwIfAborted();
    const now = this.#clock.now();
    const wait = this.#expectedWaitMs(cost, now);
    if (wait > patienceMs) throw refusal(now + wait);
    return await new Promise<Permit>((resolve, reject) => {
      const leave = (): void => {
        const at = this.#queue.indexOf(waiter);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('Aborted.'));
        this.#pump();
      };
      const waiter: Waiter = {
        cost,
        deadline: now + patienceMs,
        grant: (permit) => {
          signal?.removeEventListener('abort', leave);
          resolve(permit);
        },
        refuse: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiter);
      this.#pump();
    });
  }

  snapshot(): GovernorSnapshot {
    const now = this.#clock.now();
    return {
      mode: this.#mode,
      level: this.#levelNow(now) + this.#pendingCost(),
      size: Number.isFinite(this.#size) ? this.#size : null,
      dripPerSecond: this.#mode === 'limited' ? this.#drip : null,
      burst: Number.isFinite(this.#burstMax) ? { recent: this.#burstNow(now) + this.#pending.size, max: this.#burstMax } : null,
      waiting: this.#queue.length,
      underWay: this.#pending.size,
      blockedUntil: this.#blockedUntil > now ? instantOf(this.#blockedUntil) : null,
      refusals: this.#refusals,
    };
  }

  /** Serves the queue as far as it goes, then arranges to be called again. */
  #pump(): void {
    this.#alarm?.abort();
    this.#alarm = null;
    for (;;) {
      const head = this.#queue[0];
      if (head === undefined) return;
      const now = this.#clock.now();
      const wait = this.#waitMs(head.cost, now);
      if (wait === 0) {
        this.#queue.shift();
        head.grant(this.#permit(head.cost));
      } else if (wait !== null && now + wait > head.deadline) {
        // Others spent the budget meanwhile.
        this.#queue.shift();
        head.refuse(refusal(now + wait));
      } else {
        // null: an answer under way will tell more; its settling calls us.
        if (wait !== null) this.#wakeAfter(wait);
        return;
      }
    }
  }

  #wakeAfter(ms: number): void {
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#pumpAfter(Math.ceil(ms), alarm);
  }

  async #pumpAfter(ms: number, alarm: AbortController): Promise<void> {
    try {
      await this.#clock.sleep(ms, alarm.signal);
    } catch {
      // Replaced by a newer alarm, or nobody waits any more.
      return;
    }
    if (this.#alarm === alarm) this.#pump();
  }

  /** Milliseconds until `cost` fits: 0 now, null when only an answer under way can tell. */
  #waitMs(cost: number, now: number): number | null {
    const blocked = Math.max(0, this.#blockedUntil - now);
    // Before the first answer one request goes ahead to learn the limits.
    if (this.#mode === 'unknown') return this.#pending.size > 0 ? null : blocked;
    if (this.#mode === 'unlimited') return blocked;
    const forBucket = this.#bucketWaitMs(cost, now);
    const forBurst = this.#burstWaitMs(now);
    return forBucket === null || forBurst === null ? null : Math.max(blocked, forBucket, forBurst);
  }

  /** The wait of a newcomer behind everybody who waits already, as far as it can be told. */
  #expectedWaitMs(cost: number, now: number): number {
    const blocked = Math.max(0, this.#blockedUntil - now);
    if (this.#mode !== 'limited') return blocked;
    const ahead = this.#queue.reduce((sum, waiter) => sum + waiter.cost, 0);
    const over = this.#levelNow(now) + this.#pendingCost() + ahead + cost - this.#usable(now);
    return Math.max(blocked, (over / this.#drip) * 1000);
  }

  #bucketWaitMs(cost: number, now: number): number | null {
    const usable = this.#usable(now);
    const level = this.#levelNow(now);
    const pending = this.#pendingCost();
    // Costs more than the bucket holds are served from an empty one.
    const over = level + pending + Math.min(cost, usable) - usable;
    if (over <= EPSILON) return 0;
    if (over > level + EPSILON && pending > 0) return null;
    return Math.max(1, (Math.min(over, level) / this.#drip) * 1000);
  }

  #burstWaitMs(now: number): number | null {
    if (this.#burstNow(now) + this.#pending.size < this.#burstMax) return 0;
    // A second after the last answer the second it was counted in is over, wherever it began.
    return this.#pending.size < this.#burstMax ? Math.max(1, this.#burstAt + SECOND - now) : null;
  }

  #burstNow(now: number): number {
    return now - this.#burstAt < SECOND ? this.#burst : 0;
  }

  #usable(now: number): number {
    const ours = this.#size * (1 - this.#reserve);
    // Refused though our bound said no: somebody else spends too. The distance costs no flow, so it is kept for long.
    return now - this.#lastRefusal < CAUTION_MS ? Math.max(1, ours - this.#size * CAUTION_SHARE) : Math.max(1, ours);
  }

  #permit(cost: number): Permit {
    const request: Pending = { cost, settledMeanwhile: { cost: 0, requests: 0 } };
    this.#pending.add(request);
    return {
      settle: (headers, status) => {
        if (!this.#pending.delete(request)) return;
        for (const { settledMeanwhile } of this.#pending) {
          settledMeanwhile.cost += cost;
          settledMeanwhile.requests += 1;
        }
        this.#observe(request, headers, status);
        this.#pump();
      },
    };
  }

  #observe(request: Pending, headers: Headers | null, status: number | null): void {
    const now = this.#clock.now();
    const limits = headers === null ? null : readLimitHeaders(headers);
    if (limits?.dripPerSecond != null) this.#drip = limits.dripPerSecond;
    if (limits?.burst != null) {
      // A served request counts at least 1 on a live burst limiter; 0 means it is switched off.
      this.#burstMax = limits.burst.level > 0 || status === 429 ? limits.burst.max : Number.POSITIVE_INFINITY;
      this.#burst = limits.burst.level + request.settledMeanwhile.requests;
    } else this.#burst = this.#burstNow(now) + 1;
    this.#burstAt = now;
    if (limits?.level != null && limits.size !== null) {
      this.#mode = 'limited';
      this.#size = limits.size;
      // Answers overtake each other: the server may have stated this level before it counted those settled meanwhile.
      this.#setLevel(limits.level + request.settledMeanwhile.cost, now);
    } else {
      if (this.#mode === 'unknown' && status !== null && status >= 200 && status < 300) this.#mode = 'unlimited';
      this.#setLevel(this.#levelNow(now) + request.cost, now);
    }
    if (status === 429) this.#refused(headers, now);
  }

  #refused(headers: Headers | null, now: number): void {
    this.#refusals += 1;
    if (headers?.get('x-ls-api-ratelimit-type') !== 'api-burst-limiter') this.#lastRefusal = now;
    const stated = headers === null ? null : retryAfterMs(headers);
    this.#blockedUntil = Math.max(this.#blockedUntil, now + Math.max(SECOND, stated ?? SECOND));
  }

  #levelNow(now: number): number {
    if (this.#mode === 'unlimited') return 0;
    return Math.max(0, this.#level - (Math.max(0, now - this.#levelAt) / 1000) * this.#drip);
  }

  #setLevel(level: number, now: number): void {
    this.#level = level;
    this.#levelAt = now;
  }

  #pendingCost(): number {
    let sum = 0;
    for (const { cost } of this.#pending) sum += cost;
    return sum;
  }
}

function refusal(retryAt: number): RateLimited {
  const at = instantOf(Math.ceil(retryAt));
  return new RateLimited(at, `The request budget of the POS is spent until ${new Date(at).toISOString()}.`);
}

/** Levels are stated with two decimals: half of the last one, and floating point. */
const EPSILON = 1e-9;
const SECOND = 1000;
const CAUTION_MS = 300_000;
const CAUTION_SHARE = 0.1;
