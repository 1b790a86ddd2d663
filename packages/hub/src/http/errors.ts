import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isMessageKey, message } from '../messages/message.ts';
import { posProblem } from '../modules/connections/pos-errors.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import type { HubEnv } from './environment.ts';
import type { Problem } from './problem.ts';

const SERVER_ERROR = 500;

/** Any thrown value as its problem document. What we did not foresee is logged whole and shown as `internal` only. */
export function problemResponse(c: Context<HubEnv>, thrown: unknown): Response {
  const error = appErrorOf(thrown);
  const log = c.get('log');
  if (error.status >= SERVER_ERROR) log.error({ err: error, code: error.code }, 'request failed');
  else log.debug({ code: error.code }, 'request refused');
  const key = error.messageKey;
  const body: Problem = {
    type: `urn:tillweave:error:${error.code}`,
    title: isMessageKey(key) ? message(key, textValues(error.details)) : error.message,
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId: c.get('requestId'),
    ...(thrown instanceof z.ZodError ? { errors: issuesOf(thrown) } : {}),
    ...(Object.keys(error.details).length === 0 ? {} : { details: { ...error.details } }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  const retryAt = error.details['retryAt'];
  if (typeof retryAt === 'string') headers.set('retry-after', new Date(retryAt).toUTCString());
  if (error.code === 'unauthenticated') headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(body), { status: error.status, headers });
}

/** Any thrown value as the error people meet. */
export function appErrorOf(thrown: unknown): AppError {
  if (thrown instanceof z.ZodError) {
    return new AppError('invalid_request', 'Some of the input cannot be used; `errors` names each.', { cause: thrown });
  }
  if (thrown instanceof HTTPException) {
    return new AppError(codeOfStatus(thrown.status), thrown.message === '' ? 'The request was refused.' : thrown.message, {
      cause: thrown,
    });
  }
  return posProblem(thrown) ?? toAppError(thrown);
}

function codeOfStatus(status: number) {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  return status >= SERVER_ERROR ? 'internal' : 'invalid_request';
}

function issuesOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}

function textValues(details: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(details)) {
    if (typeof value === 'string' || typeof value === 'number') values[key] = value;
  }
  return values;
}
