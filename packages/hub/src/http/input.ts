import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError } from '../platform/errors.ts';
import type { HubEnv } from './environment.ts';

/** The shape of a route without parameters, query or body: whatever comes is dropped. */
export const noInput = z.object({});
export type NoInput = typeof noInput;

/** The query as an object: a repeated name becomes an array, a trailing `[]` of a name is dropped. */
export function rawQuery(c: Context<HubEnv>): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const [key, values] of Object.entries(c.req.queries())) {
    const [first, ...more] = values;
    if (first === undefined) continue;
    const isList = key.endsWith('[]');
    result[isList ? key.slice(0, -2) : key] = isList || more.length > 0 ? values : first;
  }
  return result;
}

/**
 * The body, `{}` where there is none: what a route asks for it finds missing by itself.
 *
 * @throws AppError `invalid_request` when the body is not JSON.
 */
export async function jsonBody(c: Context<HubEnv>): Promise<unknown> {
  const text = await c.req.text();
  if (text === '') return {};
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\b/iu.test(type)) {
    throw new AppError('invalid_request', 'Send the body as JSON with Content-Type: application/json.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('invalid_request', 'The body is not valid JSON.', { cause });
  }
}
