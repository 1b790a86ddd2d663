import { createHmac } from 'node:crypto';
import type { FaultRegistry } from '../../faults/registry.ts';
import type { XRegister } from '../../world/x-types.ts';
import type { XView } from '../view.ts';
import type { XSeriesSwitches } from '../switches.ts';
import { changesSince, closureOf } from './payloads.ts';
import type { WebhookEvent } from './payloads.ts';
import type { WebhookSubscription, WebhookSubscriptions } from './subscriptions.ts';

/** How deliveries leave the emulator. */
export interface WebhookOutlet {
  /** Default: the global one. */
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  /** Which hosts may be called: this machine's only, unless told otherwise. */
  readonly targets: 'loopback' | 'any';
}

/** One attempt, for whoever watches. */
export interface WebhookDelivery {
  readonly at: string;
  readonly type: string;
  readonly url: string;
  readonly attempt: number;
  /** Status of the answer; 0 when there was none in time; `blocked` when the host may not be called. */
  readonly outcome: number | 'blocked';
  /** When it is tried again, ISO; null when this was the last time. */
  readonly nextAt: string | null;
}

interface Waiting {
  readonly subscription: WebhookSubscription;
  readonly body: string;
  readonly signature: string | undefined;
  readonly since: number;
  attempt: number;
  dueAt: number;
}

/** X §11.3: an answer within five seconds of real time. */
const patienceMs = 5000;
const triesMax = 20;
const giveUpAfterMs = 48 * 3_600_000;
const firstRetryMs = 30_000;
const longestRetryMs = 4 * 3_600_000;
const kept = 5000;

/**
 * Sends what changed to whoever asked for it, and again when it was not taken, by the world's clock. Nothing runs by itself: `tick` looks for
 * changes and sends what is due.
 */
export class WebhookDispatcher {
  readonly #subscriptions: WebhookSubscriptions;
  readonly #view: (at?: number) => XView;
  readonly #now: () => number;
  readonly #faults: FaultRegistry;
  readonly #switches: () => XSeriesSwitches;
  readonly #outlet: WebhookOutlet;
  #seen = 0;
  #tills: ReadonlyMap<string, XRegister> = new Map();
  #waiting: Waiting[] = [];
  #log: WebhookDelivery[] = [];
  #running: Promise<void> | undefined;
  #again = false;

  constructor(facts: {
    readonly subscriptions: WebhookSubscriptions;
    readonly view: (at?: number) => XView;
    readonly now: () => number;
    readonly faults: FaultRegistry;
    readonly switches: () => XSeriesSwitches;
    readonly outlet: WebhookOutlet;
  }) {
    this.#subscriptions = facts.subscriptions;
    this.#view = facts.view;
    this.#now = facts.now;
    this.#faults = facts.faults;
    this.#switches = facts.switches;
    this.#outlet = facts.outlet;
    facts.subscriptions.beforeChange = () => {
      if (facts.subscriptions.isEmpty) this.#start();
      else this.#collect();
    };
  }

  /** Attempts so far, oldest first. */
  deliveries(): readonly WebhookDelivery[] {
    return this.#log;
  }

  /** Forgets what waits and what was sent. */
  clear(): void {
    this.#waiting = [];
    this.#log = [];
  }

  /** Looks for changes and sends what is due; ends when all of it was answered or ran out of time. Calls that overlap share the work. */
  tick(): Promise<void> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      this.#collect();
      const now = this.#now();
      const due = this.#waiting.filter((waiting) => waiting.dueAt <= now);
      if (due.length > 1 && this.#faults.fires('reordered-webhooks', '/webhooks') !== undefined) due.reverse();
      // One after another: an endpoint sees them in order, unless it refuses some.
      for (const waiting of due) await this.#send(waiting);
    } while (this.#again);
  }

  #start(): void {
    const { state } = this.#view();
    this.#seen = state.versionAt(state.now);
    this.#tills = byId(state.registers());
  }

  #collect(): void {
    if (this.#subscriptions.isEmpty) return;
    const active = this.#subscriptions.active();
    const view = this.#view();
    const newest = view.state.versionAt(view.state.now);
    // The clock was put back: what is still to come is not news yet.
    if (newest < this.#seen) this.#start();
    const isNews = newest > this.#seen && active.length > 0;
    for (const event of isNews ? changesSince(view, this.#seen) : []) this.#queue(event, active, view);
    this.#seen = newest;
    this.#closures(active, view);
  }

  #closures(active: readonly WebhookSubscription[], view: XView): void {
    const registers = view.state.registers();
    for (const register of registers) {
      const before = this.#tills.get(register.id);
      // Closed already when last looked at: that was told then.
      if (before?.isOpen !== true) continue;
      const isSame = before.sessionId === register.sessionId;
      if (isSame && (register.isOpen || register.deletedAt !== null)) continue;
      const event = isSame
        ? closureOf(register, view, register.closedAt ?? view.state.now)
        : closureOf(register, this.#view(register.openedAt - 1000), register.openedAt);
      if (event !== undefined) this.#queue(event, active, view);
    }
    this.#tills = byId(registers);
  }

  #queue(event: WebhookEvent, active: readonly WebhookSubscription[], view: XView): void {
    const wanted = active.filter((subscription) => subscription.type === event.type);
    if (wanted.length === 0) return;
    const payload = JSON.stringify(event.payload);
    const body = new URLSearchParams({
      payload,
      domain_prefix: view.domainPrefix,
      environment: 'prod',
      retailer_id: view.state.retailer().id,
      type: event.type,
    }).toString();
    const now = this.#now();
    for (const subscription of wanted) {
      const signature = this.#sign(subscription.secret, body, payload);
      const times = this.#faults.fires('duplicate-webhook', '/webhooks') === undefined ? 1 : 2;
      for (let time = 0; time < times; time += 1) {
        this.#waiting.push({ subscription, body, signature, since: now, attempt: 0, dueAt: now });
      }
    }
  }

  #sign(secret: string | undefined, body: string, payload: string): string | undefined {
    if (secret === undefined) return undefined;
    const { signatureInput, signatureEncoding } = this.#switches();
    const digest = createHmac('sha256', secret)
      .update(signatureInput === 'body' ? body : payload)
      .digest(signatureEncoding);
    return `signature=${digest},algorithm=HMAC-SHA256`;
  }

  async #send(waiting: Waiting): Promise<void> {
    waiting.attempt += 1;
    const { url } = waiting.subscription;
    const outcome = this.#mayCall(url) ? await this.#post(url, waiting) : 'blocked';
    const now = this.#now();
    waiting.dueAt = now + Math.min(longestRetryMs, firstRetryMs * 2 ** (waiting.attempt - 1));
    const isLast = !this.#retries(outcome) || waiting.attempt >= triesMax || waiting.dueAt > waiting.since + giveUpAfterMs;
    if (isLast) this.#waiting = this.#waiting.filter((other) => other !== waiting);
    this.#log.push({
      at: new Date(now).toISOString(),
      type: waiting.subscription.type,
      url,
      attempt: waiting.attempt,
      outcome,
      nextAt: isLast ? null : new Date(waiting.dueAt).toISOString(),
    });
    if (this.#log.length > kept) this.#log = this.#log.slice(-kept / 2);
  }

  async #post(url: string, { body, signature }: Waiting): Promise<number> {
    try {
      const response = await this.#outlet.fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          ...(signature === undefined ? {} : { 'X-Signature': signature }),
        },
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      // No answer, or none in time: the ladder decides what follows.
      return 0;
    }
  }

  #retries(outcome: number | 'blocked'): boolean {
    if (outcome === 'blocked' || (outcome >= 200 && outcome < 300)) return false;
    if (outcome === 0 || outcome >= 500) return true;
    return this.#switches().webhookRetry === 'everything';
  }

  #mayCall(url: string): boolean {
    if (this.#outlet.targets === 'any') return true;
    const { hostname } = new URL(url);
    return (
      hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
    );
  }
}

function byId(registers: readonly XRegister[]): ReadonlyMap<string, XRegister> {
  return new Map(registers.map((register) => [register.id, register]));
}
