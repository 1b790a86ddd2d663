/**
 * One request of the X-Series API, seen through to its end: budget, token, retries, and every failure named by its consequence. An answer is
 * JSON or an error, never an empty one.
 */
import type { Clock, Fetch } from '../clock.ts';
import { RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import type { FailedRequest, PosError } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Governor } from '../rate-limit/governor.ts';
import { windowWaitMs } from '../rate-limit/window-headers.ts';
import { redact } from '../redact.ts';
import type { RequestInfo } from '../request-info.ts';
import { decideRetry, isRepeatable } from '../retry.ts';
import type { TokenSource } from '../r-series/api.ts';
import { exchange } from '../transport.ts';
import type { Answered, Exchange } from '../transport.ts';
import { parseExactJson } from './exact-json.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';

export interface XSeriesApiOptions {
  readonly origin: string;
  readonly auth: TokenSource;
  readonly governor: Governor;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly patienceMs: number;
  readonly onRequest: (info: RequestInfo) => void;
}

export interface XAnswer {
  /** Null for an answer without a body (a deletion). */
  readonly body: unknown;
  readonly info: RequestInfo;
}

export interface XRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query. */
  readonly path: string;
  /** Sent as JSON. Writing is never repeated after it may have arrived. */
  readonly body?: unknown;
}

export class XSeriesApi {
  readonly #options: XSeriesApiOptions;

  constructor(options: XSeriesApiOptions) {
    this.#options = options;
  }

  /** GET of something that is an object. */
  async get(path: string, signal?: AbortSignal): Promise<{ readonly body: Fields; readonly info: RequestInfo }> {
    const { body, info } = await this.request({ method: 'GET', path }, signal);
    if (isFields(body)) return { body, info };
    // Some lists are bare arrays (X §1.3); they are given the name the others have.
    if (Array.isArray(body)) return { body: { data: body }, info };
    throw new ShapeChanged('', `The POS answered ${info.path} with JSON that is no object.`, { request: info });
  }

  /** Throws Unauthorized, RateLimited, Unavailable, Rejected, ShapeChanged; rejects with the signal's reason when aborted. */
  async request(request: XRequest, signal?: AbortSignal): Promise<XAnswer> {
    const { auth, clock, governor, patienceMs } = this.#options;
    const named: FailedRequest = { method: request.method, path: redact(request.path, [], PATH_LENGTH_MAX) };
    const tries = { throttled: 0, failures: 0, gone: 0, renewed: false };
    let token = await auth.token();
    for (let attempt = 1; ; attempt += 1) {
      const permit = await governor.acquire(1, { patienceMs, signal });
      const happened = await this.#send(request, token, signal).catch((error: unknown) => {
        permit.settle(null, null);
        throw error;
      });
      permit.settle(
        happened.kind === 'answered' ? happened.headers : null,
        happened.kind === 'answered' ? happened.status : null,
      );
      const info = this.#report(named, happened, attempt);

      if (happened.kind === 'answered' && happened.status === 401) {
        if (tries.renewed) throw refused(happened, named, token);
        tries.renewed = true;
        token = await auth.renew(token);
        continue;
      }
      const body = happened.kind === 'answered' ? parseBody(happened.text) : null;
      if (happened.kind === 'answered' && isSuccess(happened.status)) {
        if (body !== null) return { body: body.value, info };
        if (request.method !== 'GET' && happened.text.trim() === '') return { body: null, info };
      }

      const status = happened.kind === 'answered' ? happened.status : null;
      // On its way out an endpoint answers 410 now and then, until it always does (X §1.2).
      if (status === 410 && request.method === 'GET' && tries.gone === 0) {
        tries.gone += 1;
        await clock.sleep(GONE_RETRY_MS, signal);
        continue;
      }
      if (status === 429) tries.throttled += 1;
      else tries.failures += 1;
      const state = { method: request.method, throttled: tries.throttled, failures: tries.failures, random: Math.random() };
      const decision = decideRetry(happened, body !== null, state);
      const retryAt = (ms: number): ReturnType<typeof instantOf> => instantOf(clock.now() + ms);
      if (decision.next === 'stop') throw failureOf(happened, named, token, retryAt(this.#waitAfter(happened)));
      // After a 429 the governor itself holds everybody back.
      if (decision.because === 'rate_limited') continue;
      if (decision.afterMs > patienceMs) throw failureOf(happened, named, token, retryAt(decision.afterMs));
      await clock.sleep(decision.afterMs, signal);
    }
  }

  #waitAfter(happened: Exchange): number {
    if (happened.kind === 'failed') return GIVE_UP_MS;
    return windowWaitMs(happened.headers, this.#options.clock.now()) ?? GIVE_UP_MS;
  }

  async #send(request: XRequest, token: string, signal: AbortSignal | undefined): Promise<Exchange> {
    const { origin, fetch, clock, timeoutMs, maxBodyBytes, userAgent } = this.#options;
    const hasBody = request.body !== undefined;
    return await exchange(
      {
        method: request.method,
        url: new URL(`${origin}${request.path}`),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          'user-agent': userAgent,
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
        },
        ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
        timeoutMs,
        maxBodyBytes,
        signal,
      },
      fetch,
      clock,
    );
  }

  #report(request: FailedRequest, happened: Exchange, attempt: number): RequestInfo {
    const answered = happened.kind === 'answered' ? happened : null;
    const info: RequestInfo = {
      ...request,
      status: answered?.status ?? null,
      requestedAt: happened.requestedAt,
      serverTime: answered?.serverTime ?? null,
      durationMs: happened.durationMs,
      cost: 1,
      attempt,
      throttled: answered?.status === 429,
    };
    this.#options.onRequest(info);
    return info;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Null when it is not JSON: cut off, or the page of a gateway or of a store that does not exist. */
function parseBody(text: string): { readonly value: unknown } | null {
  try {
    return { value: parseExactJson(text) };
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

/** The POS's own words, masked and shortened: `error` is text, or an object with a `message` (X §5). Nothing of a page of HTML. */
function explain(text: string, token: string): string {
  const parsed = parseBody(text);
  if (parsed === null || !isFields(parsed.value)) return '';
  const { error, message } = parsed.value;
  const inner = isFields(error) ? error['message'] : undefined;
  for (const said of [message, inner, error])
    if (typeof said === 'string' && said !== '') return `: ${redact(said, [token]).replace(/\.$/, '')}`;
  return '';
}

const REJECTIONS: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [409, 'conflict'],
  [410, 'gone'],
  [422, 'invalid_request'],
]);

/** When to come back after all tries were in vain. */
const GIVE_UP_MS = 60_000;
const GONE_RETRY_MS = 1000;
const PATH_LENGTH_MAX = 4000;
