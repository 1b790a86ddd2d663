import { ConnectionCut, cutBody, slowBody, truncateBody } from '../faults/broken-body.ts';
import type { FaultRegistry } from '../faults/registry.ts';
import { withWholeBody } from '../http-body.ts';
import type { RateLimitMode } from '../limits/rate-limiter.ts';
import type { TillEvent } from '../world/events.ts';
import type { XWorld } from '../world/x-types.ts';
import { XError, invalidToken, notFound } from './errors.ts';
import { unknownStore, xReplacement, xReplacingFaults } from './faults.ts';
import { FixedWindow, tooManyRequests } from './fixed-window.ts';
import type { WindowAdmission } from './fixed-window.ts';
import { LegacyPages } from './legacy/pages.ts';
import { readLegacy } from './legacy/reading.ts';
import type { GoneRows } from './list.ts';
import type { XOAuth } from './oauth/routes.ts';
import { personalKey } from './oauth/store.ts';
import type { XCaller, XOAuthStore } from './oauth/store.ts';
import { read } from './reading.ts';
import type { XReading } from './reading.ts';
import type { XRegistry } from './resources/registry.ts';
import { PaymentIndex } from './sales/payment-index.ts';
import type { XSeriesSwitches } from './switches.ts';
import { isDated, readXAddress } from './version.ts';
import type { XAddress } from './version.ts';
import type { XView } from './view.ts';
import { formWebhooks, jsonWebhooks } from './webhooks/routes.ts';
import type { WebhookSubscriptions } from './webhooks/subscriptions.ts';
import { XWrites } from './writes/routes.ts';

/** Everything one emulated retailer is made of. */
export interface XSeriesDependencies {
  readonly world: () => XWorld;
  readonly domainPrefix: string;
  readonly registry: XRegistry;
  /** Recorded documents instead of the world. */
  readonly isLoaded: boolean;
  readonly now: () => number;
  readonly store: XOAuthStore;
  readonly oauth: XOAuth;
  readonly webhooks: WebhookSubscriptions;
  readonly switches: () => XSeriesSwitches;
  readonly faults: FaultRegistry;
  readonly limits: () => { readonly mode: RateLimitMode; readonly registers: number };
  /** Plays what was written over the API. Throws `RangeError` when it makes no sense. */
  readonly play: (events: readonly TillEvent[]) => void;
  readonly log: (entry: XLogEntry) => void;
}

/** What the request log keeps of a call. */
export interface XLogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly client: string | null;
  readonly cost: number;
  readonly level: string | null;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The X-Series API of one retailer: 0.9, 2.0 and its siblings, the dated versions, and sign-in. */
export class XSeriesApi {
  readonly #deps: XSeriesDependencies;
  readonly #payments = new PaymentIndex();
  readonly #pages = new LegacyPages();
  readonly #writes: XWrites;
  #windows = new Map<string, FixedWindow>();
  #gone: GoneRows = new Map();

  constructor(deps: XSeriesDependencies) {
    this.#deps = deps;
    this.#writes = new XWrites({ ...deps, view: (scopes) => this.view(undefined, scopes) });
  }

  /** The rate window of an application: what other consumers of it spend can be added. */
  window(client: string): FixedWindow {
    const known = this.#windows.get(client) ?? new FixedWindow();
    this.#windows.set(client, known);
    return known;
  }

  /** Full windows again; deleted rows are back, and what was gathered is forgotten. */
  reset(): void {
    this.#windows = new Map();
    this.#gone = new Map();
    this.#payments.clear();
    this.#pages.clear();
  }

  /** The retailer at a moment, as an application with every scope would see it. */
  view(at: number = this.#deps.now(), scopes: XView['scopes'] = 'everything'): XView {
    const { world, switches, domainPrefix } = this.#deps;
    return { state: world().at(at), switches: switches(), scopes, domainPrefix };
  }

  /** Answers `/connect` and any request below `/api`. Rejects with `ConnectionCut` when a fault ends the connection. */
  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname + url.search;
    const stranger = strangerHost(request, url, this.#deps.domainPrefix);
    if (stranger !== undefined) return unknownStore(stranger);
    if (url.pathname === '/connect' || url.pathname === '/api/1.0/token') return this.#signIn(request, url.pathname);
    const { faults, store } = this.#deps;
    if (faults.fires('cut-connection', path) !== undefined) {
      this.#log(request, path, 0);
      throw new ConnectionCut();
    }
    for (const name of xReplacingFaults) {
      if (faults.fires(name, path) === undefined) continue;
      const response = xReplacement(name);
      this.#log(request, path, response.status);
      return response;
    }
    if (faults.fires('expired-token', path) !== undefined) store.expireAccessTokens();
    if (faults.fires('revoked-token', path) !== undefined) store.revokeAll();
    return this.#damage(await this.#answer(request, url, path), path);
  }

  async #signIn(request: Request, pathname: string): Promise<Response> {
    const { oauth } = this.#deps;
    let response: Response;
    try {
      response = pathname === '/connect' ? await oauth.connect(request) : await oauth.token(request);
    } catch (error) {
      if (!(error instanceof XError)) {
        this.#log(request, pathname, 0);
        throw error;
      }
      response = Response.json(error.body, { status: error.status, headers: error.headers });
    }
    this.#log(request, pathname, response.status);
    return response;
  }

  async #damage(response: Response, path: string): Promise<Response> {
    const { faults } = this.#deps;
    if (!response.ok || response.body === null) return response;
    if (faults.fires('truncated-json', path) !== undefined) return truncateBody(response);
    if (faults.fires('cut-body', path) !== undefined) return cutBody(response);
    const slow = faults.fires('slow-bytes', path);
    return slow === undefined ? response : slowBody(response, (slow.seconds ?? 1) * 1000);
  }

  async #answer(request: Request, url: URL, path: string): Promise<Response> {
    let caller: XCaller | undefined;
    let admission: WindowAdmission | undefined;
    let answer: Answer & { readonly headers?: Readonly<Record<string, string>> };
    try {
      caller = this.#authenticate(request);
      admission = this.#admit(caller, path);
      if (!admission.admitted) throw new XError(429, tooManyRequests);
      answer = await this.#route(request, url, path, caller);
    } catch (error) {
      if (!(error instanceof XError)) throw error;
      answer = { status: error.status, body: error.body, headers: error.headers };
    }
    this.#log(request, path, answer.status, caller, admission);
    const isEmpty = answer.status === 204 || request.method === 'HEAD';
    const text = isEmpty ? null : JSON.stringify(answer.body);
    const response = new Response(text, {
      status: answer.status,
      headers: { ...(isEmpty ? {} : { 'Content-Type': 'application/json' }), ...admission?.headers, ...answer.headers },
    });
    // Mostly there is nothing but ASCII in it, which a server writes in one piece.
    return text !== null && Buffer.byteLength(text) === text.length ? withWholeBody(response, text) : response;
  }

  #authenticate(request: Request): XCaller {
    const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
    if (token === undefined) throw invalidToken();
    return this.#deps.store.authenticate(token);
  }

  #admit(caller: XCaller, path: string): WindowAdmission {
    const { mode, registers } = this.#deps.limits();
    const now = this.#deps.now();
    const forced = this.#deps.faults.fires('rate-limit', path);
    const window = this.window(caller.key);
    return forced === undefined ? window.take(now, registers, mode) : window.refuse(now, registers, forced.seconds ?? 1);
  }

  async #route(request: Request, url: URL, path: string, caller: XCaller): Promise<Answer> {
    const { now, switches, faults } = this.#deps;
    const address = readXAddress(url.pathname, now(), switches());
    if (address === undefined) throw new XError(404, 'not found');
    // What was version 1.0 is gone since 2018, but for its token endpoint.
    if (address.version === '1.0') throw new XError(410, 'Gone');
    const [resource = ''] = address.segments;
    if (resource === 'webhooks') return this.#webhooks(request, address, caller);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (this.#deps.isLoaded) throw new XError(405, 'recorded documents cannot be written');
      return this.#writes.answer(request, address, caller);
    }
    const stale = resource === 'search' ? faults.fires('stale-search', path) : undefined;
    const at = stale === undefined ? now() : now() - (stale.seconds ?? 60) * 1000;
    const reading: XReading = {
      ...address,
      view: this.view(at, caller.scopes),
      search: url.searchParams,
      isDated: readsNested(address, switches()),
      path,
      faults,
      gone: this.#gone,
      registry: this.#deps.registry,
      isLoaded: this.#deps.isLoaded,
      payments: this.#payments,
    };
    return { status: 200, body: address.version === '0.9' ? readLegacy(reading, this.#pages) : read(reading) };
  }

  #webhooks(request: Request, { version, segments }: XAddress, caller: XCaller): Promise<Answer> {
    const [, id, ...rest] = segments;
    if (rest.length > 0) throw notFound('webhook');
    const { state } = this.view();
    const users = state.users();
    const asked = {
      method: request.method,
      id,
      caller,
      retailerId: state.retailer().id,
      userId: (users.find((user) => user.isPrimary) ?? users[0])?.id ?? '',
      text: () => request.text(),
    };
    return version === '0.9' ? formWebhooks(this.#deps.webhooks, asked) : jsonWebhooks(this.#deps.webhooks, asked);
  }

  #log(request: Request, path: string, status: number, caller?: XCaller, admission?: WindowAdmission): void {
    const limit = admission?.headers['X-RateLimit-Limit'];
    const remaining = admission?.headers['X-RateLimit-Remaining'];
    this.#deps.log({
      method: request.method,
      path,
      status,
      client: caller?.key ?? null,
      cost: admission?.admitted === true ? 1 : 0,
      level: limit === undefined || remaining === undefined ? null : `${Number(limit) - Number(remaining)}/${limit}`,
    });
  }
}

/** Whether this client key is the X-Series' (of a personal token, or registered). */
export function isXKey(key: string, store: XOAuthStore): boolean {
  return key === personalKey || store.client(key) !== undefined;
}

/** Dated versions answer nested, the early ones by switch; the shape of everything else dated goes with it. */
function readsNested({ version, segments }: XAddress, switches: XSeriesSwitches): boolean {
  if (!isDated(version)) return false;
  return segments[0] !== 'sales' || version === '2026-07' || switches.earlyDatedSales === 'nested';
}

/** The host of a store that is not ours, when the request names one. On one origin the token says which store is meant. */
function strangerHost(request: Request, url: URL, domainPrefix: string): string | undefined {
  const host =
    (request.headers.get('X-Forwarded-Host') ?? request.headers.get('Host') ?? url.host).split(':')[0]?.toLowerCase() ?? '';
  const prefix = /^([a-z\d-]+)\.(?:retail\.lightspeed\.app|vendhq\.com)$/.exec(host)?.[1];
  return prefix === undefined || prefix === domainPrefix || prefix === 'secure' ? undefined : host;
}
