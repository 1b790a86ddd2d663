import { createHash } from 'node:crypto';
import type { WorldClock } from '../control/clock.ts';
import type { FaultRegistry } from '../faults/registry.ts';
import { ConnectionCut } from '../faults/broken-body.ts';
import type { RateLimitMode } from '../limits/rate-limiter.ts';
import type { TillEvent } from '../world/events.ts';
import type { Truth, TruthRange } from '../world/types.ts';
import type { XWorld } from '../world/x-types.ts';
import { XSeriesApi, isXKey } from './api.ts';
import type { XLogEntry } from './api.ts';
import { loadedXRegistry } from './loaded.ts';
import type { XLoaded } from './loaded.ts';
import { XOAuth } from './oauth/routes.ts';
import { knownScopes } from './oauth/scopes.ts';
import { XOAuthStore } from './oauth/store.ts';
import { worldXRegistry } from './resources/registry.ts';
import { defaultXSwitches } from './switches.ts';
import type { XSeriesSwitches } from './switches.ts';
import { WebhookDispatcher } from './webhooks/dispatcher.ts';
import type { WebhookDelivery, WebhookOutlet } from './webhooks/dispatcher.ts';
import { WebhookSubscriptions } from './webhooks/subscriptions.ts';

/** What the X-Series' owner knows. */
export interface XSeriesCredentials {
  readonly domainPrefix: string;
  /** An admin's access to everything, without an end. */
  readonly personalToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the default application, with every scope. */
  readonly refreshToken: string;
}

/** The X-Series side of `Control`. */
export interface XSeriesControl {
  /** Totals computed from the world's events; null over recorded documents. */
  truth(range?: TruthRange): Truth | null;
  /** Every id there is now, deleted and hidden ones too, ascending by version, by resource. */
  ids(): Readonly<Record<string, readonly string[]>>;
  golden(): Readonly<Record<string, number>>;
  /** Plays events on top of the world. Throws `RangeError` when one makes no sense, and plays none then. */
  play(events: readonly TillEvent[]): void;
  switches(): XSeriesSwitches;
  setSwitches(switches: Partial<XSeriesSwitches>): void;
  /** Mints a personal token, with an end or without. */
  addPersonalToken(name: string, expiresAt?: string): string;
  /** Looks for changes and sends the webhooks that are due; ends when all were answered or ran out of time. */
  deliver(): Promise<void>;
  /** Webhook attempts so far. */
  deliveries(): readonly WebhookDelivery[];
}

/** What one retailer is made from. */
export interface XSeriesParts {
  readonly world: () => XWorld;
  readonly loaded: XLoaded | undefined;
  /** Recorded documents of either series are served: there is no truth, and nothing can be rung up. */
  readonly isRecorded: boolean;
  readonly seed: number;
  readonly clock: WorldClock;
  readonly faults: FaultRegistry;
  /** `registers`: what the rate limit is scaled by; null for those that exist. */
  readonly limits: () => { readonly mode: RateLimitMode; readonly registers: number | null };
  readonly switches: Partial<XSeriesSwitches>;
  readonly webhooks: Partial<WebhookOutlet>;
  readonly log: (entry: XLogEntry) => void;
}

/** A retailer of the X-Series: API, sign-in, webhooks and control. */
export interface XSeries {
  readonly credentials: XSeriesCredentials;
  readonly control: XSeriesControl;
  readonly store: XOAuthStore;
  handle(request: Request): Promise<Response>;
  /** Whether requests under this key (of the log) are the X-Series'. */
  knows(key: string): boolean;
  /** Spends what another consumer of an application would have spent. */
  spend(key: string, requests: number): void;
  reset(): void;
}

export function createXSeries(parts: XSeriesParts): XSeries {
  const { world, loaded, isRecorded, clock, faults } = parts;
  const initialSwitches: XSeriesSwitches = { ...defaultXSwitches, ...parts.switches };
  let switches = initialSwitches;
  const domainPrefix = prefixOf(loaded) ?? 'demostore';
  const now = (): number => clock.now();
  const store = new XOAuthStore({ now, domainPrefix });
  const secrets = secretsOf(parts.seed);
  const client = store.register({ ...secrets.client, name: 'Emulator default application', redirectUri: undefined });
  const first = store.issue(store.grant(client, [...knownScopes]));
  const personal = store.addPersonalToken(secrets.personalToken, 'Emulator default token');
  const oauth = new XOAuth({
    store,
    domainPrefix,
    retailerName: 'Demo Outfitters',
    now,
    mode: () => parts.limits().mode,
    switches: () => switches,
    onTokenAnswer(grantType) {
      if (grantType === 'refresh_token' && faults.fires('refresh-answer-lost', '/api/1.0/token') !== undefined) {
        throw new ConnectionCut();
      }
    },
  });
  const subscriptions = new WebhookSubscriptions();
  const registry = loaded === undefined ? worldXRegistry : loadedXRegistry(loaded);
  const registers = (): number => {
    const wanted = parts.limits().registers;
    if (wanted !== null) return wanted;
    const alive =
      loaded === undefined
        ? world()
            .at(now())
            .registers()
            .filter((register) => register.deletedAt === null).length
        : (loaded['registers'] ?? []).filter((register) => typeof register['deleted_at'] !== 'string').length;
    return Math.max(1, alive);
  };
  const play = (events: readonly TillEvent[]): void => {
    if (isRecorded) throw new RangeError('Recorded documents are served: nothing can be rung up.');
    world().play(events, now());
    // Whoever wants to know when it arrived waits for `deliver`.
    void dispatcher.tick();
  };
  const api = new XSeriesApi({
    world,
    domainPrefix,
    registry,
    isLoaded: loaded !== undefined,
    now,
    store,
    oauth,
    webhooks: subscriptions,
    switches: () => switches,
    faults,
    limits: () => ({ mode: parts.limits().mode, registers: registers() }),
    play,
    log: parts.log,
  });
  const dispatcher = new WebhookDispatcher({
    subscriptions,
    view: (at) => api.view(at),
    now,
    faults,
    switches: () => switches,
    outlet: { fetch: (input, init) => fetch(input, init), targets: 'loopback', ...parts.webhooks },
  });
  const control: XSeriesControl = {
    truth: (range) => (isRecorded ? null : world().truth(now(), range)),
    ids() {
      const view = api.view();
      const { state } = view;
      const ids = [...registry].map(
        ([name, known]) =>
          [name, known.use((table) => [...table.walk(view, 0, Number.POSITIVE_INFINITY)].map((row) => table.id(row)))] as const,
      );
      if (loaded !== undefined) return Object.fromEntries(ids);
      // Those that page otherwise than by version.
      const others = {
        gift_cards: state.giftCards(),
        store_credits: state.storeCredits(),
        product_categories: state.productCategories(),
      };
      return Object.fromEntries([...ids, ...Object.entries(others).map(([name, rows]) => [name, rows.map((row) => row.id)])]);
    },
    golden: () => world().golden(now()),
    play,
    switches: () => switches,
    setSwitches(change) {
      switches = { ...switches, ...change };
    },
    addPersonalToken(name, expiresAt) {
      const end = expiresAt === undefined ? undefined : Date.parse(expiresAt);
      if (end !== undefined && Number.isNaN(end)) throw new RangeError(`"${String(expiresAt)}" is not an ISO 8601 time.`);
      return store.addPersonalToken(personalTokenOf(`${parts.seed} ${name}`), name, end).token;
    },
    deliver: () => dispatcher.tick(),
    deliveries: () => dispatcher.deliveries(),
  };
  return {
    credentials: {
      domainPrefix,
      personalToken: personal.token,
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      refreshToken: first.refreshToken,
    },
    control,
    store,
    handle: (request) => api.handle(request),
    knows: (key) => isXKey(key, store),
    spend: (key, requests) => api.window(key).spend(requests, now()),
    reset() {
      if (loaded === undefined) world().reset();
      switches = initialSwitches;
      api.reset();
      oauth.reset();
      store.resetTo(first, personal);
      subscriptions.clear();
      dispatcher.clear();
    },
  };
}

function prefixOf(loaded: XLoaded | undefined): string | undefined {
  const prefix = loaded?.['retailer']?.[0]?.['domain_prefix'];
  return typeof prefix === 'string' && /^[a-z0-9][a-z0-9-]{0,62}$/.test(prefix) ? prefix : undefined;
}

/** The same seed has the same client and token: scripts may keep them. */
function secretsOf(seed: number): {
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly personalToken: string;
} {
  return {
    client: { clientId: derive(`x client ${seed}`, 32), clientSecret: derive(`x secret ${seed}`, 48) },
    personalToken: personalTokenOf(String(seed)),
  };
}

/** With the prefix seen on real ones (X §2.2). */
function personalTokenOf(text: string): string {
  return `lsxs_pt_${derive(`x personal token ${text}`, 40)}`;
}

function derive(what: string, length: number): string {
  return createHash('sha256').update(`tillweave emulator ${what}`).digest('hex').slice(0, length);
}
