/**
 * The X-Series' limiter from the outside (X §3): so many requests in a fixed window of five minutes, `300 × registers + 50`, and every answer
 * says how many are left. When the window ends it does not say; a 429 does, in a `Retry-After` that is a date.
 *
 * How a 429 is avoided while the whole budget is used: we always know a lower bound of what is left. The count only goes down, so the least
 * any answer of the window stated holds for all that were answered; requests under way, and those whose answers never came, are taken off.
 * A window that we have seen a request counted in ends at most five minutes after that request's answer, so with nothing left we wait until
 * then and go on: one whole budget every five minutes, wherever the windows really begin. A count that goes up tells that one began earlier.
 */
import type { Clock } from '../clock.ts';
import { RateLimited } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { AcquireOptions, Governor, GovernorSnapshot, Permit } from './governor.ts';
import { readWindowHeaders, windowWaitMs } from './window-headers.ts';

export interface FixedWindowOptions {
  readonly clock: Clock;
  /** Part of each window (0 to below 1) left to other consumers of the same retailer and application. Default 0. */
  readonly reserve?: number;
}

export function createFixedWindowGovernor(options: FixedWindowOptions): Governor {
  const reserve = options.reserve ?? 0;
  if (!(reserve >= 0 && reserve < 1)) throw new RangeError(`reserve must be from 0 to below 1, not ${reserve}.`);
  return new FixedWindow(options.clock, reserve);
}

interface Waiter {
  /** Latest moment to be served. */
  readonly deadline: number;
  /** Part of the window that it leaves to others. */
  readonly leave: number;
  readonly grant: (permit: Permit) => void;
  readonly refuse: (error: Error) => void;
}

/** A request under way. */
interface Pending {
  /** The window it was sent in, as we count them. */
  readonly window: number;
  /** The least any answer of that window had stated when it was sent. In the same window its own answer must state less. */
  readonly leastStated: number;
  /** Answers that came while it was under way, and those of them that stated nothing about this window. */
  settledMeanwhile: number;
  lostMeanwhile: number;
}

class FixedWindow implements Governor {
  readonly #clock: Clock;
  readonly #reserve: number;
  readonly #queue: Waiter[] = [];
  readonly #pending = new Set<Pending>();
  #mode: GovernorSnapshot['mode'] = 'unknown';
  #limit = Number.POSITIVE_INFINITY;
  /** The least an answer of this window stated; infinite before the first. */
  #leastStated = Number.POSITIVE_INFINITY;
  /** Requests that may have been counted after that. */
  #lost = 0;
  #window = 0;
  /** When the window is over for certain; null until an answer of it came. */
  #endsBy: number | null = null;
  /** A new window is believed to have begun: one request goes ahead to see it. */
  #probing = false;
  #blockedUntil = 0;
  #refusals = 0;
  /** Somebody else was seen spending. */
  #othersSeen = Number.NEGATIVE_INFINITY;
  #alarm: AbortController | null = null;

  constructor(clock: Clock, reserve: number) {
    this.#clock = clock;
    this.#reserve = reserve;
  }

  async acquire(
    cost: number,
    { patienceMs = Number.POSITIVE_INFINITY, signal, leave = 0 }: AcquireOptions = {},
  ): Promise<Permit> {
    if (!(cost > 0 && Number.isFinite(cost))) throw new RangeError(`A request costs more than 0, not ${cost}.`);
    if (!(leave >= 0 && leave < 1)) throw new RangeError(`A request leaves from 0 to below 1 of the window, not ${leave}.`);
    signal?.throwIfAborted();
    const now = this.#clock.now();
    const wait = this.#expectedWaitMs(now, leave);
    if (wait > patienceMs) throw refusal(now + wait);
    return await new Promise<Permit>((resolve, reject) => {
      const quit = (): void => {
        const at = this.#queue.indexOf(waiter);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('Aborted.'));
        this.#pump();
      };
      const waiter: Waiter = {
        deadline: now + patienceMs,
        leave,
        grant: (permit) => {
          signal?.removeEventListener('abort', quit);
          resolve(permit);
        },
        refuse: (error) => {
          signal?.removeEventListener('abort', quit);
          reject(error);
        },
      };
      signal?.addEventListener('abort', quit, { once: true });
      this.#queue.splice(this.#placeOf(leave), 0, waiter);
      this.#pump();
    });
  }

  snapshot(): GovernorSnapshot {
    const now = this.#clock.now();
    const isKnown = Number.isFinite(this.#limit);
    return {
      mode: this.#mode,
      level: isKnown ? this.#limit - this.#left() + this.#pending.size : this.#pending.size,
      size: isKnown ? this.#limit : null,
      dripPerSecond: isKnown ? this.#limit / (WINDOW_MS / 1000) : null,
      burst: null,
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
      const wait = this.#waitMs(now, head.leave);
      if (wait === 0) {
        this.#queue.shift();
        head.grant(this.#permit());
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

  /** Milliseconds until a request may go: 0 now, null when only an answer under way can tell. */
  #waitMs(now: number, leave: number): number | null {
    const blocked = this.#blockedUntil - now;
    if (blocked > 0) return blocked;
    this.#turnWindow(now);
    if (this.#mode === 'unlimited') return 0;
    const isAlone = this.#pending.size === 0;
    if (this.#mode === 'unknown' || this.#probing) return isAlone ? 0 : null;
    const spare = this.#left() - this.#reserved(leave) - this.#pending.size;
    if (spare >= 1) {
      // Close to the end somebody else may take the last ones: then one at a time, so that at most one is refused.
      const isCareful = now - this.#othersSeen < 2 * WINDOW_MS && spare <= CAREFUL_LEFT;
      return isAlone || !isCareful ? 0 : null;
    }
    if (this.#endsBy === null) return isAlone ? 0 : null;
    return Math.max(1, this.#endsBy - now);
  }

  /** The wait of a newcomer behind everybody who waits already, as far as it can be told. */
  #expectedWaitMs(now: number, leave: number): number {
    const blocked = Math.max(0, this.#blockedUntil - now);
    if (this.#mode !== 'limited' || blocked > 0) return blocked;
    this.#turnWindow(now);
    if (this.#probing || this.#endsBy === null) return 0;
    const behind = this.#placeOf(leave) + 1 + this.#pending.size - (this.#left() - this.#reserved(leave));
    if (behind <= 0) return 0;
    const windows = Math.ceil(behind / Math.max(1, this.#limit - this.#reserved(leave))) - 1;
    return Math.max(0, this.#endsBy - now) + windows * WINDOW_MS;
  }

  /** Whether the window is over for certain. */
  #turnWindow(now: number): void {
    if (this.#endsBy === null || now < this.#endsBy) return;
    this.#beginWindow();
    this.#probing = this.#mode === 'limited';
  }

  #beginWindow(): void {
    this.#window += 1;
    this.#leastStated = Number.POSITIVE_INFINITY;
    this.#lost = 0;
    this.#endsBy = null;
  }

  /** Requests of this window that are certainly left, those under way not yet taken off. */
  #left(): number {
    return Math.min(this.#limit, this.#leastStated) - this.#lost;
  }

  /** Where a newcomer stands: behind everybody who leaves no more than it does. */
  #placeOf(leave: number): number {
    const at = this.#queue.findIndex((waiter) => waiter.leave > leave);
    return at < 0 ? this.#queue.length : at;
  }

  #reserved(leave: number): number {
    if (!Number.isFinite(this.#limit)) return 0;
    // Together they never take a whole window: one request always goes.
    return Math.min(this.#limit - 1, Math.floor(this.#limit * this.#reserve) + Math.floor(this.#limit * leave));
  }

  #permit(): Permit {
    const request: Pending = { window: this.#window, leastStated: this.#leastStated, settledMeanwhile: 0, lostMeanwhile: 0 };
    this.#pending.add(request);
    return {
      settle: (headers, status) => {
        if (!this.#pending.delete(request)) return;
        for (const other of this.#pending) other.settledMeanwhile += 1;
        this.#observe(request, headers, status);
        this.#pump();
      },
    };
  }

  #observe(request: Pending, headers: Headers | null, status: number | null): void {
    const now = this.#clock.now();
    this.#turnWindow(now);
    const stated = headers === null ? null : readWindowHeaders(headers);
    if (status === 429) {
      this.#refused(headers, now);
      return;
    }
    if (stated === null) {
      if (this.#mode === 'unknown' && status !== null && status >= 200 && status < 300) this.#mode = 'unlimited';
      this.#lose();
      this.#endsBy ??= now + WINDOW_MS;
      return;
    }
    // What was gone before our first request may be our own doing, in an earlier life.
    const isFirst = this.#mode === 'unknown';
    this.#mode = 'limited';
    this.#limit = stated.limit;
    if (request.window < this.#window) {
      // Sent before the window we are in: which of the two counted it, it does not say.
      this.#lose();
      return;
    }
    // More than before: a new window has begun since the answer before it.
    if (stated.remaining >= request.leastStated) this.#beginWindow();
    else if (!isFirst) this.#noticeOthers(request, stated.remaining, now);
    this.#probing = false;
    if (stated.remaining < this.#leastStated) {
      this.#leastStated = stated.remaining;
      // Those lost before it was sent are in its count.
      this.#lost = request.lostMeanwhile;
    }
    this.#endsBy ??= now + WINDOW_MS;
  }

  /** It may have arrived and counted. */
  #lose(): void {
    this.#lost += 1;
    for (const other of this.#pending) other.lostMeanwhile += 1;
  }

  /** More is gone than we can have spent. */
  #noticeOthers(request: Pending, remaining: number, now: number): void {
    const before = Number.isFinite(request.leastStated) ? request.leastStated : this.#limit;
    const ours = request.settledMeanwhile + this.#pending.size + 1;
    if (before - remaining > ours) this.#othersSeen = now;
  }

  #refused(headers: Headers | null, now: number): void {
    this.#refusals += 1;
    this.#othersSeen = now;
    this.#mode = 'limited';
    const stated = headers === null ? null : readWindowHeaders(headers);
    if (stated !== null) this.#limit = stated.limit;
    const until = now + (headers === null ? FALLBACK_MS : (windowWaitMs(headers, now) ?? FALLBACK_MS));
    this.#blockedUntil = Math.max(this.#blockedUntil, until);
    this.#leastStated = 0;
    this.#endsBy = this.#blockedUntil;
    this.#probing = false;
  }
}

function refusal(retryAt: number): RateLimited {
  const at = instantOf(Math.ceil(retryAt));
  return new RateLimited(at, `The request budget of the POS is spent until ${new Date(at).toISOString()}.`);
}

const WINDOW_MS = 300_000;
/** Where a 429 says nothing of use: what the vendor's own tool waits. */
const FALLBACK_MS = 30_000;
const CAREFUL_LEFT = 10;
