/**
 * One reading request of the R-Series API, seen through to its end: budget, token, retries, and every failure named by its consequence.
 * An answer is either an object of JSON or an error, never an empty one.
 */
import type { Clock, Fetch } from '../clock.ts';
import { RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import type { FailedRequest, PosError } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Governor } from '../rate-limit/governor.ts';
import { readLimitHeaders } from '../rate-limit/headers.ts';
import { redact } from '../redact.ts';
import type { RequestInfo } from '../request-info.ts';
import { decideRetry, isRepeatable } from '../retry.ts';
import { exchange } from '../transport.ts';
import type { Answered, Exchange } from '../transport.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';

/** Where access tokens come from; storage, rotation and locking are its business. */
export interface TokenSource {
  /** A token believed good. */
  token(): Promise<string>;
  /** Another one than the token that was just refused; throws `Unauthorized` when there is none to be had. Called at most once a request. */
  renew(refusedToken: string): Promise<string>;
}

export interface RSeriesApiOptions {
  readonly origin: string;
  /** How a token is presented. */
  readonly scheme: 'bearer' | 'key';
  readonly auth: TokenSource;
  readonly governor: Governor;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly patienceMs: number;
  readonly onRequest: (info: RequestInfo) => void;
}

export interface ApiAnswer {
  readonly body: Fields;
  readonly info: RequestInfo;
}

export class RSeriesApi {
  readonly #options: RSeriesApiOptions;
  /** What each kind of request really costs, as the server said last. */
  readonly #costs = new Map<string, number>();

  constructor(options: RSeriesApiOptions) {
    this.#options = options;
  }

  /**
   * GET `path` (with its query). `kind` names requests of the same price; `estimate` is theirs until the server has said.
   * Throws Unauthorized, RateLimited, Unavailable, Rejected, ShapeChanged; rejects with the signal's reason when aborted.
   */
  async get(path: string, kind: string, estimate: number, signal?: AbortSignal): Promise<ApiAnswer> {
    const { auth, clock, governor, patienceMs } = this.#options;
    const request: FailedRequest = { method: 'GET', path: redact(path, [], PATH_LENGTH_MAX) };
    let token = await auth.token();
    let renewed = false;
    let throttled = 0;
    let failures = 0;
    for (let attempt = 1; ; attempt += 1) {
      const cost = this.#costs.get(kind) ?? estimate;
      const permit = await governor.acquire(cost, { patienceMs, signal });
      const happened = await this.#send(path, token, signal).catch((error: unknown) => {
        permit.settle(null, null);
        throw error;
      });
      const headers = happened.kind === 'answered' ? happened.headers : null;
      permit.settle(headers, happened.kind === 'answered' ? happened.status : null);
      const info = this.#report(request, happened, attempt, cost, kind);

      if (happened.kind === 'answered' && happened.status === 401) {
        if (renewed) throw refused(happened, request, token);
        renewed = true;
        token = await auth.renew(token);
        continue;
      }
      const body = happened.kind === 'answered' ? parseBody(happened.text) : null;
      if (happened.kind === 'answered' && isSuccess(happened.status) && body !== null) {
        if (isFields(body.value)) return { body: body.value, info };
        throw new ShapeChanged('', `The POS answered ${request.path} with JSON that is no object.`, {
          status: happened.status,
          request,
        });
      }

      const isThrottled = happened.kind === 'answered' && happened.status === 429;
      if (isThrottled) throttled += 1;
      else failures += 1;
      const decision = decideRetry(happened, body !== null, { method: 'GET', throttled, failures, random: Math.random() });
      if (decision.next === 'stop') throw failureOf(happened, request, token, instantOf(clock.now() + GIVE_UP_MS));
      // After a 429 the governor itself holds everybody back.
      if (decision.because === 'rate_limited') continue;
      if (decision.afterMs > patienceMs) throw failureOf(happened, request, token, instantOf(clock.now() + decision.afterMs));
      await clock.sleep(decision.afterMs, signal);
    }
  }

  async #send(path: string, token: string, signal: AbortSignal | undefined): Promise<Exchange> {
    const { origin, scheme, fetch, clock, timeoutMs, maxBodyBytes } = this.#options;
    return await exchange(
      {
        method: 'GET',
        url: new URL(`${origin}${path}`),
        headers: { accept: 'application/json', authorization: authorization(scheme, token) },
        timeoutMs,
        maxBodyBytes,
        signal,
      },
      fetch,
      clock,
    );
  }

  #report(request: FailedRequest, happened: Exchange, attempt: number, estimate: number, kind: string): RequestInfo {
    const stated = happened.kind === 'answered' ? readLimitHeaders(happened.headers).cost : null;
    if (stated !== null) this.#costs.set(kind, stated);
    const info: RequestInfo = {
      ...request,
      status: happened.kind === 'answered' ? happened.status : null,
      requestedAt: happened.requestedAt,
      serverTime: happened.kind === 'answered' ? happened.serverTime : null,
      durationMs: happened.durationMs,
      cost: stated ?? estimate,
      attempt,
      throttled: happened.kind === 'answered' && happened.status === 429,
    };
    this.#options.onRequest(info);
    return info;
  }
}

/** The legacy key is a user name whose password is the word itself (R §2.8). */
function authorization(scheme: RSeriesApiOptions['scheme'], token: string): string {
  return scheme === 'key' ? `Basic ${btoa(`${token}:apikey`)}` : `Bearer ${token}`;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The text decides, never the content type (R §4.4). Null when it is not JSON: cut off, or a gateway's page. */
function parseBody(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function refused(answer: Answered, request: FailedRequest, token: string): Unauthorized {
  return new Unauthorized('token_refused', `The POS refused the access token${explain(answer.text, token)}.`, {
    status: 401,
    request,
  });
}

/** The failure of the last try. */
function failureOf(happened: Exchange, request: FailedRequest, token: string, retryAt: RateLimited['retryAt']): PosError {
  if (happened.kind === 'failed') {
    const message = happened.reason === 'too_large' ? 'sent more than we take' : 'did not answer';
    return new Unavailable(happened.reason, `The POS ${message}: ${request.method} ${request.path}.`, retryAt, {
      request,
      cause: happened.cause,
    });
  }
  const { status, text } = happened;
  const details = { status, request };
  const said = `The POS answered ${request.method} ${request.path} with ${status}${explain(text, token)}.`;
  if (status === 429) return new RateLimited(retryAt, said, details);
  if (isRepeatable(status, text)) return new Unavailable('server_error', said, retryAt, details);
  if (isSuccess(status)) return new Unavailable('unreadable_body', `${said} The body is not whole JSON.`, retryAt, details);
  if (status < 400) return new Rejected('redirected', said, details);
  return new Rejected(REJECTIONS.get(status) ?? 'rejected', said, details);
}

/** The POS's own words, masked and shortened; nothing of a page of HTML. */
function explain(text: string, token: string): string {
  const parsed = parseBody(text);
  if (parsed === null || !isFields(parsed.value)) return '';
  for (const key of ['message', 'error_description', 'error']) {
    const said = parsed.value[key];
    if (typeof said === 'string' && said !== '') return `: ${redact(said, [token]).replace(/\.$/, '')}`;
  }
  return '';
}

const REJECTIONS: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [409, 'conflict'],
  [422, 'invalid_request'],
]);

/** When to come back after all tries were in vain. */
const GIVE_UP_MS = 60_000;
const PATH_LENGTH_MAX = 4000;
