import { createHash } from 'node:crypto';
import { createClock, readMoment } from './control/clock.ts';
import type { WorldClock } from './control/clock.ts';
import type { Control, Limits } from './control/control.ts';
import { RequestLog } from './control/request-log.ts';
import { ConnectionCut } from './faults/broken-body.ts';
import { FaultRegistry } from './faults/registry.ts';
import { rSeriesFaults } from './faults/r-series.ts';
import { createApp } from './http.ts';
import type { RateLimitMode } from './limits/rate-limiter.ts';
import { readLoadFile } from './r-series/loaded.ts';
import { OAuthStore } from './r-series/oauth/store.ts';
import { matcherOf, readQuery } from './r-series/query.ts';
import { idOfRow } from './r-series/list.ts';
import { loadedRegistry, worldRegistry } from './r-series/resources/registry.ts';
import { RSeriesApi } from './r-series/routes.ts';
import { defaultSwitches } from './r-series/switches.ts';
import type { RSeriesSwitches } from './r-series/switches.ts';
import type { Resource } from './r-series/resource.ts';
import type { Source } from './r-series/source.ts';
import { createView } from './r-series/view.ts';
import type { AccountRecord, View } from './r-series/view.ts';
import { createWorld } from './world/create.ts';
import type { World } from './world/types.ts';
import { xSeriesFaults } from './x-series/faults.ts';
import { splitLoad } from './x-series/load-file.ts';
import { createXSeries } from './x-series/retailer.ts';
import type { XSeriesCredentials } from './x-series/retailer.ts';
import type { XSeriesSwitches } from './x-series/switches.ts';
import type { WebhookOutlet } from './x-series/webhooks/dispatcher.ts';

/** What an emulator is made of; everything has a default. */
export interface EmulatorOptions {
  /** Same seed, same world. Default 1. */
  readonly seed?: number;
  /** Days of trade, the last of them 2026-11-23. Default 90. */
  readonly days?: number;
  /** Default 20,000; 0 is a business that has sold nothing yet. */
  readonly sales?: number;
  /** Default 5,000. */
  readonly customers?: number;
  /** Default 3. */
  readonly shops?: number;
  /** `real`: the POS's limits with 429s. `off` (default): headers only. */
  readonly rateLimit?: RateLimitMode;
  /** The register limit of the subscription, which scales the bucket; not the registers that exist. Default 1. */
  readonly registers?: number;
  /** Registers the X-Series' rate limit is scaled by; those that exist when left out. */
  readonly xRegisters?: number;
  /** Which series answer; both when left out. */
  readonly series?: 'both' | 'r' | 'x';
  /** Recorded documents to serve instead of the world, by resource name: `Sale` is the R-Series', `sales` the X-Series'. */
  readonly load?: Readonly<Record<string, readonly unknown[]>>;
  /** Where the world's clock starts: `end` of the world's window (default) or an ISO time. */
  readonly now?: string;
  /** Only control moves the clock. Default false: it runs with real time. */
  readonly frozenClock?: boolean;
  /** `pending` starts the clock before the late edits, so that they can be made to happen. Default `applied`. */
  readonly lateEdits?: 'applied' | 'pending';
  /** Decisions where the documentation says nothing. */
  readonly switches?: Partial<RSeriesSwitches>;
  readonly xSwitches?: Partial<XSeriesSwitches>;
  /** How the X-Series' webhooks leave: through the global fetch and to this machine only, unless told otherwise. */
  readonly webhooks?: Partial<WebhookOutlet>;
}

/** What the R-Series' owner knows. */
export interface RSeriesCredentials {
  readonly accountID: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Valid for an hour of the world's clock. */
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly apiKey: string;
}

export interface Emulator {
  /** Answers requests in process, as a drop-in for the global `fetch`; any host will do. */
  readonly fetch: (request: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** The same without turning a cut connection into a rejected fetch: for servers. Rejects with `ConnectionCut`. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Does once, for nobody, what serving pages of sales takes: for servers, whose first answers are then as quick as later ones. */
  readonly warmUp: () => void;
  readonly world: World;
  readonly control: Control;
  readonly credentials: {
    readonly rSeries: RSeriesCredentials;
    /** Null when the X-Series does not answer (`series: 'r'`). */
    readonly xSeries: XSeriesCredentials | null;
    readonly controlToken: string;
  };
}

const accountId = '900001';
const owner = { user: 'owner@example.test', password: 'emulated', userId: '1001' };

/** Makes an emulated POS. Throws `RangeError` on options that make none. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const load = options.load === undefined ? undefined : splitLoad(options.load);
  const loaded = load?.rSeries === undefined ? undefined : readLoadFile(load.rSeries);
  const world = createWorld(worldOptions(options));
  const start =
    options.now === undefined || options.now === 'end' ? startOf(world, options, load !== undefined) : readMoment(options.now);
  const clock = createClock(start, options.frozenClock ?? false);
  const registry = loaded === undefined ? worldRegistry() : loadedRegistry(loaded);
  const account = accountOf(world, loaded);
  const initialLimits: Limits = {
    mode: options.rateLimit ?? 'off',
    registers: options.registers ?? 1,
    xRegisters: options.xRegisters ?? null,
  };
  const initialSwitches: RSeriesSwitches = { ...defaultSwitches, ...options.switches };
  let limits = initialLimits;
  let switches = initialSwitches;
  let revision = 0;
  const faults = new FaultRegistry({ ...rSeriesFaults, ...xSeriesFaults });
  const log = new RequestLog();
  const store = new OAuthStore({
    now: () => clock.now(),
    issuer: 'https://cloud.lightspeedapp.com',
    accountId,
    switches: () => switches,
  });
  const first = firstPair(store, options.seed ?? 1);
  const secrets = secretsOf(options.seed ?? 1);
  const api = new RSeriesApi({
    account,
    apiKey: secrets.apiKey,
    registry,
    loaded,
    world,
    now: () => clock.now(),
    store,
    switches: () => switches,
    faults,
    limits: () => limits,
    revision: () => revision,
    play: (events) => control.play(events),
    log: (entry) => log.add({ at: stamp(clock), ...entry }),
  });
  const xSeries =
    options.series === 'r'
      ? undefined
      : createXSeries({
          world: () => world.x,
          loaded: load?.xSeries,
          isRecorded: load !== undefined,
          seed: options.seed ?? 1,
          clock,
          faults,
          limits: () => ({ mode: limits.mode, registers: limits.xRegisters }),
          switches: options.xSwitches ?? {},
          webhooks: options.webhooks ?? {},
          log: (entry) => log.add({ at: stamp(clock), ...entry }),
        });
  const control: Control = {
    clock,
    faults,
    xSeries: xSeries?.control ?? null,
    truth: (range) => (load === undefined ? world.truth(clock.now(), range) : null),
    ids: () => {
      const view = viewNow();
      return Object.fromEntries(
        [...registry].map(([name, known]) => [name, known.use((table, source) => idsOf(table, source, view))]),
      );
    },
    golden: () => world.golden(clock.now()),
    play(events) {
      if (load !== undefined) throw new RangeError('Recorded documents are served: nothing can be rung up.');
      world.play(events);
      revision += 1;
    },
    addCustomers(customers) {
      control.play(customers.map((customer) => ({ event: 'save_customer', at: stamp(clock), ...customer })));
    },
    limits: () => limits,
    setLimits(change) {
      limits = { ...limits, ...change };
    },
    spend(clientId, cost) {
      if (xSeries?.knows(clientId) === true) xSeries.spend(clientId, cost);
      else api.limiter(clientId).spend(cost, clock.now(), limits.registers);
    },
    switches: () => switches,
    setSwitches(change) {
      switches = { ...switches, ...change };
    },
    addClient(client) {
      const { clientId, clientSecret, name, redirectUri } = client;
      store.register({ clientId, clientSecret, name, redirectUri });
      // The X-Series knows no application without a secret.
      if (clientSecret !== undefined) xSeries?.store.register({ clientId, clientSecret, name, redirectUri });
    },
    grants: () =>
      [...store.grants(), ...(xSeries?.store.grants() ?? [])].map((grant) => ({
        id: grant.id,
        clientId: grant.client.clientId,
        name: grant.client.name,
        scopes: grant.scopes,
      })),
    revokeGrant: (id) => store.revokeGrant(id) || xSeries?.store.revokeGrant(id) === true,
    requests: () => log.list(),
    reset() {
      world.reset();
      clock.set(new Date(start).toISOString());
      if (options.frozenClock === true) clock.freeze();
      else if (clock.frozen) clock.run();
      limits = initialLimits;
      switches = initialSwitches;
      revision += 1;
      faults.reset();
      log.clear();
      api.reset();
      store.resetTo(first);
      xSeries?.reset();
    },
  };

  function viewNow(): View {
    const caller = { clientNumber: 0, userId: owner.userId, scopes: ['employee:all'] };
    return createView({
      state: api.state(),
      revision,
      account,
      switches,
      caller,
      root: '/API/V3',
      drawers: api.drawers,
      additions: api.additions,
    });
  }

  const app = createApp({
    api: options.series === 'x' ? undefined : api,
    xSeries,
    control,
    controlToken: secrets.controlToken,
    site: {
      store,
      accountName: account.name,
      accountId,
      owner,
      onTokenAnswer(grantType) {
        if (grantType === 'refresh_token' && faults.fires('refresh-answer-lost', '/auth/oauth/token') !== undefined) {
          throw new ConnectionCut();
        }
      },
    },
    log: (entry) => log.add({ at: stamp(clock), ...entry }),
  });

  const handle = async (request: Request): Promise<Response> => {
    const response = await app.fetch(request);
    const skew = faults.fires('clock-skew', new URL(request.url).pathname);
    const seconds = skew === undefined ? 0 : (skew.seconds ?? 300);
    response.headers.set('Date', new Date(clock.now() + seconds * 1000).toUTCString());
    return response;
  };
  return {
    handle,
    warmUp: () => api.warmUp(),
    async fetch(input, init) {
      try {
        return await handle(new Request(input, init));
      } catch (error) {
        if (error instanceof ConnectionCut) throw new TypeError('fetch failed', { cause: error });
        throw error;
      }
    },
    world,
    control,
    credentials: {
      rSeries: {
        accountID: accountId,
        clientId: first.grant.client.clientId,
        clientSecret: first.grant.client.clientSecret ?? '',
        accessToken: first.accessToken,
        refreshToken: first.refreshToken,
        apiKey: secrets.apiKey,
      },
      xSeries: xSeries?.credentials ?? null,
      controlToken: secrets.controlToken,
    },
  };
}

function worldOptions(options: EmulatorOptions): Parameters<typeof createWorld>[0] {
  // Recorded documents stand alone: the world behind them is empty.
  if (options.load !== undefined) return { sales: 0, customers: 0, shops: 1, days: 1 };
  const { seed, days, sales, customers, shops } = options;
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(days === undefined ? {} : { days }),
    ...(sales === undefined ? {} : { sales }),
    ...(customers === undefined ? {} : { customers }),
    ...(shops === undefined ? {} : { shops }),
  };
}

function startOf(world: World, options: EmulatorOptions, isLoaded: boolean): number {
  if (isLoaded) return Date.now();
  return options.lateEdits === 'pending' ? world.lateEditsFrom : world.window.until;
}

function accountOf(world: World, loaded: ReturnType<typeof readLoadFile> | undefined): AccountRecord {
  if (loaded === undefined) return { accountId, name: 'Demo Outfitters', currency: world.currency, zone: world.homeZone };
  const zone = loaded['Shop']?.[0]?.['timeZone'];
  return { accountId, name: 'Recorded account', currency: 'USD', zone: typeof zone === 'string' ? zone : 'UTC' };
}

function firstPair(store: OAuthStore, seed: number): ReturnType<OAuthStore['issue']> {
  const { clientId, clientSecret } = secretsOf(seed);
  const client = store.register({ clientId, clientSecret, name: 'Emulator default application', redirectUri: undefined });
  return store.issue(store.grant(client, owner.userId, ['employee:all']));
}

/** The same seed has the same client, key and control token: scripts may keep them. Tokens differ each time. */
function secretsOf(seed: number): { clientId: string; clientSecret: string; apiKey: string; controlToken: string } {
  const derive = (what: string, length: number): string =>
    createHash('sha256').update(`tillweave emulator ${what} ${seed}`).digest('hex').slice(0, length);
  return {
    clientId: derive('client', 40),
    clientSecret: derive('secret', 64),
    apiKey: derive('api key', 64),
    controlToken: derive('control', 40),
  };
}

function stamp(clock: WorldClock): string {
  return new Date(clock.now()).toISOString();
}

function idsOf<R>(table: Resource<R>, source: Source<R>, view: View): number[] {
  const query = readQuery(new URLSearchParams({ archived: 'true' }), table, 3, view);
  const isListed = matcherOf(table, query, view);
  const ids: number[] = [];
  for (const row of source.walk({ sort: table.idField, descending: false, after: undefined }, query, view)) {
    if (isListed(row)) ids.push(idOfRow(table, row, view));
  }
  return ids;
}
