import { ConnectionCut, cutBody, slowBody, truncateBody } from '../faults/broken-body.ts';
import { lateBody, withWholeBody } from '../http-body.ts';
import { replacement, replacingFaults } from '../faults/r-series.ts';
import { FaultRegistry } from '../faults/registry.ts';
import type { Admission, RateLimitMode } from '../limits/rate-limiter.ts';
import { RateLimiter } from '../limits/rate-limiter.ts';
import type { TillEvent } from '../world/events.ts';
import type { World, WorldState } from '../world/types.ts';
import { accountList, accountRecord, locale, session } from './account.ts';
import { Additions } from './additions.ts';
import { contentTypes, originOf, readAddress, readFormat } from './address.ts';
import type { Address, Format } from './address.ts';
import { listCost, singleCost } from './cost.ts';
import { Drawers } from './drawers.ts';
import { ApiError, OAuthError, accessDenied, errorBody, notFound, oauthErrorBody } from './errors.ts';
import { writeList, writeSingle } from './list.ts';
import type { DeletedRows } from './list.ts';
import { childrenOf, isDocument, loadedEndpoint } from './loaded.ts';
import type { LoadedDocument } from './loaded.ts';
import { readBasic, readBearer } from './oauth/routes.ts';
import { mayRead, mayWrite } from './oauth/scopes.ts';
import type { OAuthStore } from './oauth/store.ts';
import { readQuery } from './query.ts';
import { readRelations } from './relations.ts';
import { report, reportScopes } from './reports.ts';
import type { Registry } from './resources/registry.ts';
import { calculated } from './resources/tills.ts';
import { asciiText } from './serialize.ts';
import type { Ascii } from './serialize.ts';
import type { Endpoint } from './source.ts';
import type { RSeriesSwitches } from './switches.ts';
import { createView } from './view.ts';
import type { AccountRecord, Caller, View } from './view.ts';
import { escapeJson } from './wire.ts';
import { readBody } from './writes/body.ts';
import { registerById } from './writes/tills.ts';
import { Writer } from './writes/writer.ts';
import { plural, writeXml } from './xml.ts';

/** Everything one emulated account is made of. */
export interface RSeriesDependencies {
  readonly account: AccountRecord;
  readonly apiKey: string;
  readonly registry: Registry;
  /** Recorded documents instead of the world, when they were loaded. */
  readonly loaded: Readonly<Record<string, readonly LoadedDocument[]>> | undefined;
  readonly world: World;
  readonly now: () => number;
  readonly store: OAuthStore;
  readonly switches: () => RSeriesSwitches;
  readonly faults: FaultRegistry;
  readonly limits: () => { readonly mode: RateLimitMode; readonly registers: number };
  readonly revision: () => number;
  /** Plays what a write did, as control does. */
  readonly play: (events: readonly TillEvent[]) => void;
  readonly log: (entry: ApiLogEntry) => void;
}

/** What the request log keeps of an API call. */
export interface ApiLogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly client: string | null;
  readonly cost: number;
  readonly level: string | null;
}

/** After so many the compiler has seen enough. */
const warmUpPages = 30;

/** The legacy key's number in the header that names OAuth clients. */
const apiKeyNumber = 0;

/** Collections inside a record, with the field that binds them to it. */
const nested: Readonly<Record<string, Readonly<Record<string, { readonly field: string; readonly relation: string }>>>> = {
  Sale: {
    SaleLine: { field: 'saleID', relation: 'SaleLines' },
    SalePayment: { field: 'saleID', relation: 'SalePayments' },
  },
  RegisterCount: { RegisterCountAmount: { field: 'registerCountID', relation: 'RegisterCountAmounts' } },
  TaxCategory: { TaxCategoryClass: { field: 'taxCategoryID', relation: 'TaxCategoryClasses' } },
  Item: { ItemShop: { field: 'itemID', relation: 'ItemShops' } },
  Shop: { Register: { field: 'shopID', relation: 'Registers' } },
};

/** The R-Series API of one account, V3 and V2, JSON and XML. */
export class RSeriesApi {
  readonly #deps: RSeriesDependencies;
  /** Tills that were opened and closed through the API. */
  readonly drawers = new Drawers();
  /** What was made through the API beside the world. */
  readonly additions = new Additions();
  readonly #writer: Writer;
  #limiters = new Map<string, RateLimiter>();
  #deleted: DeletedRows = new Map();

  constructor(deps: RSeriesDependencies) {
    this.#deps = deps;
    this.#writer = new Writer({
      play: deps.play,
      drawers: this.drawers,
      additions: this.additions,
      saleId: (name) => deps.world.saleId(name),
    });
  }

  /** The limiter of a client: what other consumers of it spend can be added. */
  limiter(client: string): RateLimiter {
    const known = this.#limiters.get(client) ?? new RateLimiter();
    this.#limiters.set(client, known);
    return known;
  }

  /**
   * Writes some pages of sales for nobody, so that a server's first answers are as quick as its later ones: the world's indexes are made and
   * the code is compiled. Nothing is logged, paid or kept.
   */
  warmUp(): void {
    const sales = this.#deps.registry.get('Sale');
    if (sales === undefined) return;
    const view = this.#view(
      { version: 3, root: '/API/V3', segments: [], suffix: undefined },
      { clientNumber: 0, userId: '', scopes: ['employee:all'] },
    );
    const quiet = new FaultRegistry({});
    for (let page = 0; page < warmUpPages; page += 1) {
      const search = new URLSearchParams({ load_relations: '["SaleLines","SalePayments"]', saleID: `>,${page * 100}` });
      const query = readQuery(search, sales.table, 3, view);
      sales.use((table, source) =>
        writeList(table, source, { query, version: 3, view, address: '', path: '', faults: quiet, deleted: new Map() }),
      );
    }
  }

  /** Full buckets and deleted rows are forgotten. */
  reset(): void {
    this.#limiters = new Map();
    this.#deleted = new Map();
    this.drawers.reset();
    this.additions.reset();
  }

  /** Answers any request below `/API`. Rejects with `ConnectionCut` when a fault ends the connection. */
  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname + url.search;
    const { faults } = this.#deps;
    if (faults.fires('cut-connection', path) !== undefined) {
      this.#log(request, path, 0, undefined);
      throw new ConnectionCut();
    }
    for (const name of replacingFaults) {
      if (faults.fires(name, path) === undefined) continue;
      const response = replacement(name);
      this.#log(request, path, response.status, undefined);
      return response;
    }
    if (faults.fires('expired-token', path) !== undefined) this.#deps.store.expireAccessTokens();
    if (faults.fires('revoked-token', path) !== undefined) this.#deps.store.revokeAll();
    const body = isReading(request.method) ? '' : await request.text();
    return this.#damage(this.#answer(request, url, path, body), path);
  }

  async #damage(response: Response, path: string): Promise<Response> {
    const { faults } = this.#deps;
    if (!response.ok) return response;
    if (faults.fires('truncated-json', path) !== undefined) return truncateBody(response);
    if (faults.fires('cut-body', path) !== undefined) return cutBody(response);
    const slow = faults.fires('slow-bytes', path);
    return slow === undefined ? response : slowBody(response, (slow.seconds ?? 1) * 1000);
  }

  #answer(request: Request, url: URL, path: string, body: string): Response {
    const address = readAddress(url.pathname);
    const format = readFormat(address, request.headers.get('Accept') ?? undefined);
    let caller: (Caller & { readonly key: string }) | undefined;
    let spent: { cost: number; admission: Admission } | undefined;
    const admit = (cost: number): void => {
      spent = { cost, admission: this.#admit(caller?.key ?? '', cost, path) };
      if (spent.admission.admitted) return;
      const words = spent.admission.reason === 'api-burst-limiter' ? 'burst rate limit exceeded' : 'rate limit exceeded';
      throw new ApiError(429, `Rate limit exceeded: ${words}.`, { errorClass: 'RateLimitException' });
    };
    let answer: { status: number; body: Ascii; type: string; headers: Readonly<Record<string, string>> };
    try {
      caller = this.#authenticate(request.headers.get('Authorization') ?? undefined, address);
      const plain = isReading(request.method)
        ? this.#read(request, url, address, caller, admit)
        : this.#change(request, body, url, address, caller, admit);
      const json = isPretty(url.searchParams) ? prettyJson(asciiText(plain)) : plain;
      answer = { status: 200, body: this.#write(json, address, format), type: contentTypes[format], headers: {} };
    } catch (error) {
      if (error instanceof OAuthError) {
        answer = {
          status: error.status,
          body: escapeJson(JSON.stringify(oauthErrorBody(error))),
          type: 'application/json',
          headers: error.headers,
        };
      } else if (error instanceof ApiError) {
        // What fails before its price is known costs the base.
        if (caller !== undefined && spent === undefined) spent = { cost: 1, admission: this.#admit(caller.key, 1, path) };
        const isHtml = error.status === 400 || error.status === 404;
        answer = {
          status: error.status,
          body: escapeJson(JSON.stringify(errorBody(error))),
          type: isHtml ? this.#deps.switches().errorContentType : 'application/json',
          headers: error.headers,
        };
      } else throw error;
    }
    this.#log(request, path, answer.status, caller, spent);
    const { body: written } = answer;
    const late = typeof written === 'string' ? written : lateBody(written);
    const response = new Response(request.method === 'HEAD' ? null : late, {
      status: answer.status,
      headers: {
        'Content-Type': answer.type,
        'X-LS-Acct-Id': this.#deps.account.accountId,
        ...(caller === undefined ? {} : { 'X-LS-OAuth-Client-Id': String(caller.clientNumber) }),
        ...spent?.admission.headers,
        ...answer.headers,
      },
    });
    // JSON of this POS is ASCII; XML is not.
    return answer.type === contentTypes.xml ? response : withWholeBody(response, written);
  }

  #admit(client: string, cost: number, path: string): Admission {
    const { mode, registers } = this.#deps.limits();
    const forced = this.#deps.faults.fires('rate-limit', path);
    const admission = this.limiter(client).take(cost, this.#deps.now(), registers, mode);
    if (forced === undefined || !admission.admitted) return admission;
    const headers = {
      ...admission.headers,
      'X-LS-API-RateLimit-Type': 'api-leaky-bucket',
      'Retry-After': String(forced.seconds ?? 1),
    };
    return { admitted: false, reason: 'api-leaky-bucket', headers };
  }

  #authenticate(header: string | undefined, address: Address): Caller & { readonly key: string } {
    const token = readBearer(header);
    if (token !== undefined) {
      const grant = this.#deps.store.authenticate(token);
      return { key: grant.client.clientId, clientNumber: grant.client.number, userId: grant.userId, scopes: grant.scopes };
    }
    const basic = readBasic(header);
    if (basic?.user === this.#deps.apiKey && basic.password === 'apikey') {
      return { key: 'apikey', clientNumber: apiKeyNumber, userId: '1', scopes: ['employee:all'] };
    }
    if (basic === undefined && address.version === 3) throw accessDenied('Missing "Authorization" header');
    throw new ApiError(401, 'Invalid username/password or API key.', {
      errorClass: 'BadAuthenticationRequestError',
      headers: { 'WWW-Authenticate': 'Basic realm="MerchantOS API"' },
    });
  }

  /** The world now, with what was made through the API. */
  state(): WorldState {
    return this.additions.over(this.#deps.world.at(this.#deps.now()));
  }

  #view(address: Address, caller: Caller): View {
    const { account, switches, revision } = this.#deps;
    return createView({
      state: this.state(),
      revision: revision(),
      account,
      switches: switches(),
      caller,
      root: address.root,
      drawers: this.drawers,
      additions: this.additions,
    });
  }

  /** Finds out what is asked for, lets it be paid, and writes it as JSON. */
  #read(request: Request, url: URL, address: Address, caller: Caller, admit: (cost: number) => void): Ascii {
    const [first, accountId, resource, id, child, ...rest] = address.segments;
    const { account } = this.#deps;
    const view = this.#view(address, caller);
    if (first === 'Locale' && accountId === undefined) {
      admit(1);
      return locale(view);
    }
    if (first === 'Session' && accountId === undefined) {
      admit(1);
      return session(view, { shops: this.#count('Shop', view), withEmployee: this.#deps.loaded === undefined });
    }
    if (first !== 'Account' || rest.length > 1) throw new ApiError(404, `There is nothing at ${url.pathname}.`);
    if (accountId === undefined) {
      admit(1);
      return accountList(view);
    }
    if (accountId !== account.accountId) throw new ApiError(403, `This token does not give access to account '${accountId}'.`);
    if (resource === undefined) {
      admit(1);
      return accountRecord(view, { employees: this.#count('Employee', view) });
    }
    if (resource === 'Reports' && id === 'Accounting') return this.#report(child ?? '', url, view, admit);
    if (resource === 'DisplayTemplate') return this.#displayed(id ?? '', child ?? '', view, admit);
    const known = this.#deps.registry.get(resource);
    if (known === undefined) throw new ApiError(404, `There is no resource named '${resource}'.`);
    const grandchild = rest[0];
    if (!mayRead(caller.scopes, known.table.scopes)) {
      throw new ApiError(
        403,
        `The token's scope does not allow reading ${resource}. Needed: ${known.table.scopes.join(' or ')}.`,
      );
    }
    if (id === undefined) return this.#list(known, url.searchParams, request, address, view, admit);
    // Neither kind of record has custom fields here.
    if (id === 'CustomField') {
      admit(1);
      return address.version === 2 ? '{"@attributes":{"count":"0"}}' : '{"@attributes":{"next":"","previous":""}}';
    }
    if (child === undefined) return this.#single(known, id, url.searchParams, view, admit);
    if (resource === 'Register' && child === 'calculated') {
      admit(1);
      return calculated(registerById(id, view), view);
    }
    if (grandchild !== undefined) {
      const inner = this.#deps.registry.get(child);
      if (nested[resource]?.[child] === undefined || inner === undefined) {
        throw new ApiError(404, `${resource} has no collection named '${child}'.`);
      }
      return this.#single(inner, grandchild, url.searchParams, view, admit);
    }
    return this.#nestedList(known, id, child, url, request, address, view, admit);
  }

  /** A write: understood, paid for, played into the world, and answered with what is there then. */
  #change(request: Request, text: string, url: URL, address: Address, caller: Caller, admit: (cost: number) => void): string {
    const [first, accountId, resource = '', ...rest] = address.segments;
    const { account, registry, loaded } = this.#deps;
    if (first !== 'Account') throw notAllowed(request.method);
    if (accountId !== undefined && accountId !== account.accountId) {
      throw new ApiError(403, `This token does not give access to account '${accountId}'.`);
    }
    const sale = registry.get('Sale');
    const known = registry.get(resource);
    if (known === undefined || sale === undefined) throw notAllowed(request.method);
    if (!mayWrite(caller.scopes, known.table.scopes)) {
      throw new ApiError(403, `The token's scope does not allow writing ${resource}.`);
    }
    const plan =
      loaded === undefined
        ? this.#writer.plan({ method: request.method, path: [resource, ...rest], body: readBody(text) }, sale.table)
        : undefined;
    if (plan === undefined) throw notAllowed(request.method);
    const asked = readRelations(url.searchParams.get('load_relations') ?? undefined, known.table);
    admit(plan.cost + singleCost(known.table, asked) - 1);
    const result = plan.run(this.#view(address, caller));
    if ('json' in result) return result.json;
    const after = this.#view(address, caller);
    const answered = registry.get(result.resource);
    if (answered === undefined) throw notAllowed(request.method);
    return answered.use((table, source) => {
      const record = source.find(Number(result.id), after);
      if (record === undefined) throw notFound(table.name, result.id);
      return writeSingle(table, record, after, new Map([...result.relations, ...asked]));
    });
  }

  #report(name: string, url: URL, view: View, admit: (cost: number) => void): string {
    if (!mayRead(view.caller.scopes, reportScopes)) throw new ApiError(403, "The token's scope does not allow reading reports.");
    admit(1);
    const written = report(name, url.searchParams, view);
    if (written === undefined) throw new ApiError(404, `There is no report named '${name}'.`);
    return written;
  }

  /** `DisplayTemplate/Sale/{id}.json` (R §1): a fixed set of relations, whatever was asked for. */
  #displayed(resource: string, id: string, view: View, admit: (cost: number) => void): string {
    const known = resource === 'Sale' ? this.#deps.registry.get('Sale') : undefined;
    if (known === undefined) throw new ApiError(404, `There is no DisplayTemplate of '${resource}'.`);
    return this.#single(known, id, new URLSearchParams({ load_relations: 'all' }), view, admit);
  }

  #single(known: Endpoint, id: string, search: URLSearchParams, view: View, admit: (cost: number) => void): string {
    const tree = readRelations(search.get('load_relations') ?? undefined, known.table);
    admit(singleCost(known.table, tree));
    return known.use((table, source) => {
      const isGone = this.#deleted.get(table.name)?.has(Number(id)) === true;
      const record = /^\d+$/.test(id) && !isGone ? source.find(Number(id), view) : undefined;
      if (record === undefined) throw notFound(table.name, id);
      return writeSingle(table, record, view, tree);
    });
  }

  #list(
    known: Endpoint,
    search: URLSearchParams,
    request: Request,
    address: Address,
    view: View,
    admit: (cost: number) => void,
    bound?: { readonly field: string; readonly id: string },
  ): Ascii {
    const asked = readQuery(search, known.table, address.version, view);
    admit(listCost(known.table, asked));
    const query =
      bound === undefined
        ? asked
        : { ...asked, filters: [...asked.filters, { name: bound.field, operator: '=' as const, operands: [bound.id] }] };
    const url = new URL(request.url);
    return known.use((table, source) =>
      writeList(table, source, {
        query,
        version: address.version,
        view,
        address: originOf(request) + url.pathname,
        path: url.pathname + url.search,
        faults: this.#deps.faults,
        deleted: this.#deleted,
      }),
    );
  }

  #nestedList(
    parent: Endpoint,
    id: string,
    child: string,
    url: URL,
    request: Request,
    address: Address,
    view: View,
    admit: (cost: number) => void,
  ): Ascii {
    const binding = nested[parent.table.name]?.[child];
    const known = this.#deps.registry.get(child);
    if (binding === undefined || known === undefined) {
      throw new ApiError(404, `${parent.table.name} has no collection named '${child}'.`);
    }
    const isThere = parent.use((_table, source) => /^\d+$/.test(id) && source.find(Number(id), view) !== undefined);
    if (!isThere) throw notFound(parent.table.name, id);
    const documents = this.#deps.loaded?.[parent.table.name];
    const document = documents?.find((candidate) => candidate[parent.table.idField] === id);
    const children = isDocument(document) ? childrenOf(document, binding.relation).documents : [];
    const inside = documents === undefined ? known : loadedEndpoint(child, children, known.table);
    const bound = documents === undefined ? { field: binding.field, id } : undefined;
    return this.#list(inside, url.searchParams, request, address, view, admit, bound);
  }

  #count(resource: 'Shop' | 'Employee', view: View): number {
    const { loaded } = this.#deps;
    if (loaded !== undefined) return loaded[resource]?.length ?? 0;
    return resource === 'Shop' ? view.state.shops().length : view.state.employees().length;
  }

  #write(json: Ascii, address: Address, format: Format): Ascii {
    if (format === 'json') return json;
    const [first = '', accountId, resource, id, child] = address.segments;
    const name = child ?? resource ?? first;
    const isRecord =
      first === 'Session' || (accountId !== undefined && resource === undefined) || (id !== undefined && child === undefined);
    return writeXml(asciiText(json), isRecord ? name : plural(name), this.#deps.account.currency, this.#moneyFields());
  }

  #money: ReadonlySet<string> | undefined;

  #moneyFields(): ReadonlySet<string> {
    const tables = [...this.#deps.registry.values()].map((known) => known.table);
    this.#money ??= new Set(
      tables.flatMap((table) =>
        [...table.fields, ...(table.tail ?? [])].filter((field) => field.kind === 'money').map((field) => field.name),
      ),
    );
    return this.#money;
  }

  #log(
    request: Request,
    path: string,
    status: number,
    caller: { readonly key: string } | undefined,
    spent?: { readonly cost: number; readonly admission: Admission },
  ): void {
    this.#deps.log({
      method: request.method,
      path,
      status,
      client: caller?.key ?? null,
      cost: spent?.cost ?? 0,
      level: spent?.admission.headers['X-LS-API-Bucket-Level'] ?? null,
    });
  }
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function notAllowed(method: string): ApiError {
  return new ApiError(405, `${method} is not supported here.`, { headers: { Allow: 'GET' } });
}

/** `pretty_print` (R §1, syntax unverified): any value but 0 and false. */
function isPretty(search: URLSearchParams): boolean {
  const value = search.get('pretty_print');
  return value !== null && value !== '0' && value !== 'false';
}

function prettyJson(json: string): string {
  return escapeJson(JSON.stringify(JSON.parse(json), null, 4));
}
