import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { tenantTransaction } from '../platform/database/transaction.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import type { Access } from '../modules/organizations/access.ts';
import type { HubEnv } from './environment.ts';

const KEY = /^[\x21-\x7E]{1,200}$/u;
const KEPT_MS = 86_400_000;
/** An unanswered one older than this died with its process; the request may be made again. */
const ABANDONED_MS = 120_000;
const SERVER_ERROR = 500;

interface Slot {
  readonly organizationId: string;
  readonly actorId: string;
  readonly key: string;
}

/**
 * Carries out a change once for each `Idempotency-Key` of a caller: the same request again gets the first answer, without running
 * again. Server errors are not kept, so that they may be retried. Without the header it simply runs.
 *
 * @throws AppError `idempotency_mismatch` when the key was used for another request, `conflict` while the first is under way.
 */
export async function onceForKey(
  services: Services,
  c: Context<HubEnv>,
  access: Access,
  run: () => Promise<Response>,
): Promise<Response> {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return run();
  if (!KEY.test(key)) throw new AppError('invalid_request', 'An Idempotency-Key has 1 to 200 visible characters.');
  const slot: Slot = { organizationId: access.organizationId, actorId: access.actor.id, key };
  const hash = createHash('sha256')
    .update(`${c.req.method} ${c.req.path}${new URL(c.req.url).search}\n${await c.req.text()}`)
    .digest();
  const earlier = await claim(services, slot, hash);
  if (earlier !== null) return earlier;
  let response: Response;
  try {
    response = await run();
  } catch (error) {
    // The problem is made further out; what failed for the caller's reasons fails the same way again by itself.
    await release(services, slot);
    throw error;
  }
  if (response.status >= SERVER_ERROR) await release(services, slot);
  else await keep(services, slot, response);
  return response;
}

/** Takes the slot, or gives the answer that is in it. */
async function claim(services: Services, slot: Slot, hash: Buffer): Promise<Response | null> {
  const now = services.clock.now();
  return tenantTransaction(services.db, slot.organizationId, async (trx) => {
    await trx
      .deleteFrom('idempotency_key')
      .where('organization_id', '=', slot.organizationId)
      .where((where) =>
        where.or([
          where('created_at', '<', new Date(now - KEPT_MS)),
          where.and([where('status', 'is', null), where('created_at', '<', new Date(now - ABANDONED_MS))]),
        ]),
      )
      .execute();
    const inserted = await trx
      .insertInto('idempotency_key')
      .values({
        organization_id: slot.organizationId,
        actor_id: slot.actorId,
        key: slot.key,
        request_hash: hash,
        status: null,
        sealed: null,
        created_at: new Date(now),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (inserted !== undefined) return null;
    const row = await trx
      .selectFrom('idempotency_key')
      .select(['request_hash', 'status', 'sealed'])
      .where('organization_id', '=', slot.organizationId)
      .where('actor_id', '=', slot.actorId)
      .where('key', '=', slot.key)
      .executeTakeFirstOrThrow();
    if (!row.request_hash.equals(hash)) {
      throw new AppError('idempotency_mismatch', 'This Idempotency-Key was used for another request. Use a new one.');
    }
    if (row.status === null || row.sealed === null) {
      throw new AppError('conflict', 'The first request with this Idempotency-Key is still under way. Ask again in a moment.');
    }
    const body = services.sealer.open(row.sealed, contextOf(slot));
    return new Response(row.status === 204 ? null : body, {
      status: row.status,
      headers: { 'content-type': 'application/json', 'idempotency-replayed': 'true' },
    });
  });
}

/** Sealed, because an answer may hold what is shown once only. */
async function keep(services: Services, slot: Slot, response: Response): Promise<void> {
  const body = await response.clone().text();
  await tenantTransaction(services.db, slot.organizationId, (trx) =>
    trx
      .updateTable('idempotency_key')
      .set({ status: response.status, sealed: services.sealer.seal(body, contextOf(slot)) })
      .where('organization_id', '=', slot.organizationId)
      .where('actor_id', '=', slot.actorId)
      .where('key', '=', slot.key)
      .execute(),
  );
}

async function release(services: Services, slot: Slot): Promise<void> {
  await tenantTransaction(services.db, slot.organizationId, (trx) =>
    trx
      .deleteFrom('idempotency_key')
      .where('organization_id', '=', slot.organizationId)
      .where('actor_id', '=', slot.actorId)
      .where('key', '=', slot.key)
      .execute(),
  );
}

function contextOf({ organizationId, actorId, key }: Slot): string {
  return `idempotency:${organizationId}:${actorId}:${key}`;
}
