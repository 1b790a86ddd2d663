import { z } from '@hono/zod-openapi';
import type { Governor, RequestInfo } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import type { ConnectionRef } from './credential.ts';

/** Requests kept a connection. */
const KEPT = 100;

const requestSchema = z.object({
  at: z.iso.datetime(),
  method: z.string(),
  path: z.string().openapi({ description: 'And query; secrets and e-mail addresses masked.' }),
  status: z.int().nullable().openapi({ description: 'Null: no answer came.' }),
  ms: z.int(),
  level: z.number().nullable().openapi({ description: 'Of the budget, after it.' }),
  size: z.number().nullable(),
});

export const budgetSchema = z.object({
  mode: z.enum(['bucket', 'window']).openapi({ description: 'bucket: regained all the time; window: anew every five minutes.' }),
  level: z.number().openapi({ description: 'Spent.' }),
  size: z.number().nullable().openapi({ description: 'Null: the POS states no limit.' }),
  perMinute: z.number().nullable(),
  waiting: z.int(),
  blockedUntil: z.iso.datetime().nullable(),
  at: z.iso.datetime().openapi({ description: 'When it stood so.' }),
});

export const requestsSchema = z.object({ items: z.array(requestSchema) }).openapi('ConnectionRequests');

type LoggedRequest = z.output<typeof requestSchema>;
export type LoggedBudget = z.output<typeof budgetSchema>;

interface Log {
  requests: LoggedRequest[];
  budget: LoggedBudget | null;
}

/** What this process has sent and not written down yet. Bounded a connection; gone with the process, which harms nobody. */
const logs = new WeakMap<Services, Map<string, Log>>();

/** Remembers a request that was sent through a connection, and its budget by the answer. */
export function noteRequest(services: Services, { connectionId }: ConnectionRef, request: RequestInfo, governor: Governor): void {
  const { mode, level, size, dripPerSecond, waiting, blockedUntil } = governor.snapshot();
  const known = logs.get(services) ?? new Map<string, Log>();
  logs.set(services, known);
  const log = known.get(connectionId) ?? { requests: [], budget: null };
  known.set(connectionId, log);
  const shown = mode === 'unknown' ? null : Math.round(level * 10) / 10;
  log.requests.push({
    at: new Date(request.requestedAt).toISOString(),
    method: request.method,
    path: masked(request.path),
    status: request.status,
    ms: Math.round(request.durationMs),
    level: shown,
    size,
  });
  if (log.requests.length > KEPT) log.requests.shift();
  if (shown === null) return;
  // A window of five minutes has no drip.
  const perMinute = dripPerSecond === null ? (size === null ? null : size / 5) : dripPerSecond * 60;
  log.budget = {
    mode: dripPerSecond === null ? 'window' : 'bucket',
    level: shown,
    size,
    perMinute: perMinute === null ? null : Math.round(perMinute),
    waiting,
    blockedUntil: blockedUntil === null ? null : new Date(blockedUntil).toISOString(),
    at: new Date(request.requestedAt).toISOString(),
  };
}

/** Writes down what was sent since the last time: one row a connection, the newest requests of it. To be called where a run writes anyway. */
export async function writeRequests(trx: Transaction<Database>, services: Services, ref: ConnectionRef): Promise<void> {
  const log = logs.get(services)?.get(ref.connectionId);
  if (log === undefined || log.requests.length === 0) return;
  const { requests, budget } = log;
  log.requests = [];
  await sql`
    insert into request_log (organization_id, connection_id, requests, budget)
    values (${ref.organizationId}, ${ref.connectionId}, ${JSON.stringify(requests.toReversed())}::jsonb,
      ${budget === null ? null : JSON.stringify(budget)}::jsonb)
    on conflict (organization_id, connection_id) do update set budget = coalesce(excluded.budget, request_log.budget),
      updated_at = now(), requests = (
        select coalesce(jsonb_agg(one.request order by one.place), '[]'::jsonb)
        from jsonb_array_elements(excluded.requests || request_log.requests) with ordinality as one (request, place)
        where one.place <= ${KEPT}
      )`.execute(trx);
}

/** The newest requests first, and the budget by the latest answer. */
export async function readRequests(
  trx: Transaction<Database>,
  { organizationId, connectionId }: ConnectionRef,
): Promise<{ readonly items: LoggedRequest[]; readonly budget: LoggedBudget | null }> {
  const row = await trx
    .selectFrom('request_log')
    .select(['requests', 'budget'])
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return {
    items: z.array(requestSchema).parse(row?.requests ?? []),
    budget: budgetSchema.nullable().parse(row?.budget ?? null),
  };
}

/** The client masks secrets; addresses of people are nobody's business here either. */
function masked(path: string): string {
  return path.replaceAll(/=[^&]*(?:@|%40)[^&]*/giu, '=…');
}
