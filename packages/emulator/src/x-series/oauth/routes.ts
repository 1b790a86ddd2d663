import { XError } from '../errors.ts';
import type { RateLimitMode } from '../../limits/rate-limiter.ts';
import type { XSeriesSwitches } from '../switches.ts';
import { connectPage } from './page.ts';
import { knownScopes, splitScopes } from './scopes.ts';
import type { XClient, XOAuthStore, XTokenAnswer } from './store.ts';
import { TokenLimit } from './token-limit.ts';

/** What `/connect` and the token endpoint know of the retailer. */
export interface XOAuthSite {
  readonly store: XOAuthStore;
  readonly domainPrefix: string;
  readonly retailerName: string;
  readonly now: () => number;
  readonly mode: () => RateLimitMode;
  readonly switches: () => XSeriesSwitches;
  /** Told of a token answer that was made and not yet sent; may throw to lose it. */
  readonly onTokenAnswer: (grantType: string) => void;
}

/** `/connect` and `/api/1.0/token` (X §2). */
export class XOAuth {
  readonly #site: XOAuthSite;
  #limits = new Map<string, TokenLimit>();

  constructor(site: XOAuthSite) {
    this.#site = site;
  }

  /** Full budgets again. */
  reset(): void {
    this.#limits = new Map();
  }

  /** The consent page, and the decision made on it. Errors are answered here, never by redirect. Throws `XError`. */
  async connect(request: Request): Promise<Response> {
    if (request.method !== 'GET' && request.method !== 'POST') throw new XError(405, 'Method not allowed');
    const parameters = request.method === 'POST' ? await readForm(request) : new URL(request.url).searchParams;
    const authorization = readAuthorization(this.#site.store, parameters);
    if (request.method === 'GET') {
      const page = await connectPage({
        application: authorization.client.name,
        retailer: this.#site.retailerName,
        domainPrefix: this.#site.domainPrefix,
        scopes: authorization.scopes,
        hidden: authorization.hidden,
      });
      return new Response(page, { headers: { 'Content-Type': 'text/html; charset=UTF-8' } });
    }
    return this.#decide(authorization, parameters.get('decision') ?? undefined);
  }

  #decide({ client, redirectUri, scopes, state }: Authorization, decision: string | undefined): Response {
    const target = new URL(redirectUri);
    if (decision === 'authorize') {
      const grant = this.#site.store.grant(client, scopes);
      target.searchParams.set('code', this.#site.store.issueCode(grant, redirectUri));
      target.searchParams.set('domain_prefix', this.#site.domainPrefix);
      target.searchParams.set('state', state);
      target.searchParams.set('scope', scopes.join(' '));
    } else if (decision === 'deny') {
      target.searchParams.set('error', 'access_denied');
      if (this.#site.switches().deniedState === 'returned') target.searchParams.set('state', state);
    } else throw invalidRequest('decision must be authorize or deny.');
    return new Response(null, { status: 302, headers: { Location: target.href } });
  }

  /** Form body only; credentials in the address are refused since 2017. Throws `XError`. */
  async token(request: Request): Promise<Response> {
    if (request.method !== 'POST') throw new XError(405, 'Method not allowed');
    const query = new URL(request.url).searchParams;
    if (['client_id', 'client_secret', 'code', 'refresh_token'].some((name) => query.has(name))) {
      throw invalidRequest('Parameters go into the body, not the query string.');
    }
    const form = await readForm(request);
    const headers = this.#limitOf(form.get('client_id') ?? '').take(this.#site.now(), this.#site.mode());
    try {
      const answer = this.#answer(form);
      this.#site.onTokenAnswer(form.get('grant_type') ?? '');
      return Response.json(answer, { headers: { ...headers, 'Cache-Control': 'no-store' } });
    } catch (error) {
      if (error instanceof XError) throw new XError(error.status, error.body, { ...headers, ...error.headers });
      throw error;
    }
  }

  #answer(form: URLSearchParams): XTokenAnswer {
    const { store } = this.#site;
    const grantType = form.get('grant_type');
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
      throw new XError(400, { error: 'unsupported_grant_type', error_description: 'authorization_code or refresh_token.' });
    }
    const client = store.client(form.get('client_id') ?? undefined);
    if (client === undefined || form.get('client_secret') !== client.clientSecret)
      throw new XError(401, { error: 'invalid_client' });
    if (grantType === 'refresh_token') return store.refresh(client, needed(form, 'refresh_token'));
    return store.exchange(client, needed(form, 'code'), needed(form, 'redirect_uri'));
  }

  #limitOf(clientId: string): TokenLimit {
    const known = this.#limits.get(clientId) ?? new TokenLimit();
    this.#limits.set(clientId, known);
    return known;
  }
}

interface Authorization {
  readonly client: XClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  /** What the form sends back. */
  readonly hidden: Readonly<Record<string, string>>;
}

const stateLengthMin = 8;

function readAuthorization(store: XOAuthStore, parameters: URLSearchParams): Authorization {
  const client = store.client(parameters.get('client_id') ?? undefined);
  if (client === undefined) throw new XError(400, { error: 'invalid_client' });
  if (parameters.get('response_type') !== 'code') throw invalidRequest('response_type must be code.');
  const given = parameters.get('redirect_uri') ?? client.redirectUri;
  if (given === undefined || !URL.canParse(given)) throw invalidRequest('redirect_uri is missing.');
  if (client.redirectUri !== undefined && given !== client.redirectUri) throw invalidRequest('redirect_uri is not registered.');
  const state = parameters.get('state') ?? '';
  if (state.length < stateLengthMin) throw invalidRequest('state is required, of at least 8 characters.');
  const scopes = splitScopes(parameters.get('scope') ?? '');
  const unknown = scopes.find((scope) => !knownScopes.has(scope));
  if (scopes.length === 0 || unknown !== undefined) {
    const description = unknown === undefined ? 'scope is required.' : `Unknown scope: ${unknown}`;
    throw new XError(400, { error: 'invalid_scope', error_description: description });
  }
  const hidden = { response_type: 'code', client_id: client.clientId, redirect_uri: given, state, scope: scopes.join(' ') };
  return { client, redirectUri: given, scopes, state, hidden };
}

function invalidRequest(description: string): XError {
  return new XError(400, { error: 'invalid_request', error_description: description });
}

function needed(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw invalidRequest(`${name} is missing.`);
  return value;
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('Content-Type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw invalidRequest('The body must be application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(await request.text());
}
