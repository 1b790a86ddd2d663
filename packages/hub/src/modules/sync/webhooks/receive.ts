import { normalizeXClosure, parseXWebhook, ShapeChanged, verifyXWebhook } from '@tillweave/lightspeed';
import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../../platform/database/schema.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import type { Services } from '../../../platform/services.ts';
import { isWorking } from '../../connections/states.ts';
import { keepClosures } from '../../ledger/closures.ts';
import { enqueueSlice } from '../request-sync.ts';
import { hashOfToken, organizationOf } from './address.ts';
import { type HookType, openHook, resourceOf } from './hook.ts';

/**
 * What became of a delivery. Only `unknown` and `forged` are refused; all others are the POS's own and are answered with 2xx, so that it
 * goes on delivering. `new`: a hint waits. `repeated`: known already. `resting`: the connection makes no calls now, and finds the change by
 * its cursor when it does. `full`: too many wait, and the next poll finds it. `unreadable`: it names nothing.
 */
export type Received = 'new' | 'repeated' | 'resting' | 'full' | 'unreadable' | 'forged' | 'unknown';

/** So many hints may wait for one account: each costs a request when it is served. */
const WAITING_MAX = 5_000;
const ID_LENGTH_MAX = 100;

/** All we take of a hint: which record, and which version of it. What else it says is never looked at. */
const Named = z.object({
  id: z.string().min(1).max(ID_LENGTH_MAX),
  version: z.union([z.int().nonnegative(), z.string().regex(/^\d{1,30}$/u)]).nullish(),
});

/**
 * Takes a delivery of the X-Series (X §11.3): notes which record changed and wakes the account's worker, in one transaction. The account's
 * own row is not touched, because a page under way holds it, and the POS waits for our answer.
 */
export async function receiveXWebhook(
  services: Services,
  token: string,
  delivery: { readonly body: Uint8Array; readonly signature: string | null },
): Promise<Received> {
  const organizationId = organizationOf(token);
  if (organizationId === null) return 'unknown';
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const hook = await readHook(trx, organizationId, token);
    if (hook === null) return 'unknown';
    const { secret } = openHook(services, { organizationId, ...hook });
    if (secret !== null && !verifyXWebhook(delivery, secret)) return 'forged';
    const account = { organizationId, posAccountId: hook.posAccountId };
    const resource = resourceOf(hook.type);
    if (resource === null) return storeClosure(trx, account, delivery.body);
    const named = namedBy(delivery.body);
    if (named === null) return 'unreadable';
    if (!isWorking(hook.state)) return 'resting';
    const outcome = await storeHint(trx, account, { resource, ...named });
    if (outcome !== 'repeated') await enqueueSlice(services, trx, account);
    return outcome;
  });
}

interface StoredHook {
  readonly posAccountId: string;
  readonly type: HookType;
  readonly sealed: string;
  readonly state: string;
}

async function readHook(trx: Transaction<Database>, organizationId: string, token: string): Promise<StoredHook | null> {
  const { rows } = await sql<StoredHook>`
    select w.pos_account_id as "posAccountId", w.type, w.sealed, c.state
    from webhook w join connection c on c.organization_id = w.organization_id and c.id = w.connection_id
    where w.organization_id = ${organizationId} and w.token_hash = ${hashOfToken(token)}`.execute(trx);
  return rows[0] ?? null;
}

interface Account {
  readonly organizationId: string;
  readonly posAccountId: string;
}

/**
 * Keeps the POS's report of a register's closing, whatever the connection does at the moment: it is told once, and cannot be asked for (X §8.3).
 * No figure comes of it.
 */
async function storeClosure(trx: Transaction<Database>, account: Account, body: Uint8Array): Promise<Received> {
  const document = documentOf(body);
  const closure = normalizeXClosure(document);
  if (!closure.ok) return 'unreadable';
  const { id: closureId, registerId, shopId, openedAt, closedAt } = closure.value;
  const added = await keepClosures(trx, account, [{ closureId, registerId, shopId, openedAt, closedAt, document }]);
  await sql`
    update webhook set delivered_at = now()
    where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId}
      and type = 'register_closure.create'`.execute(trx);
  return added === 0 ? 'repeated' : 'new';
}

/** What a body carries; undefined when it is none of a webhook. */
function documentOf(body: Uint8Array): unknown {
  try {
    return parseXWebhook(body).document;
  } catch (error) {
    if (error instanceof ShapeChanged) return undefined;
    throw error;
  }
}

/** The record a body names; null when it names none. */
function namedBy(body: Uint8Array): { readonly id: string; readonly version: string } | null {
  const named = Named.safeParse(documentOf(body));
  if (!named.success) return null;
  const { id, version } = named.data;
  // Without a version only the same delivery again is a repetition.
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  return { id, version: version === null || version === undefined ? digest : String(version) };
}

/** Keeps a hint once (type, id, version). */
async function storeHint(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: Account,
  { resource, id, version }: { readonly resource: string; readonly id: string; readonly version: string },
): Promise<'new' | 'repeated' | 'full'> {
  const { rows } = await sql<{ outcome: 'new' | 'repeated' | 'full' }>`
    with again as (
      update hint set deliveries = deliveries + 1
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        and resource = ${resource} and resource_id = ${id} and version = ${version}
      returning 1
    ), delivered as (
      update webhook set delivered_at = now()
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and type = ${`${resource}.update`}
        and (delivered_at is null or delivered_at < now() - interval '1 minute')
    ), waiting as (
      select count(*) as hints from (
        select from hint where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and served_at is null
        limit ${WAITING_MAX}
      ) as held
    ), stored as (
      insert into hint (organization_id, pos_account_id, resource, resource_id, version)
      select ${organizationId}::uuid, ${posAccountId}::uuid, ${resource}, ${id}, ${version}
      from waiting where hints < ${WAITING_MAX} and not exists (select from again)
      on conflict do nothing
      returning 1
    )
    select case when exists (select from stored) then 'new'
      when exists (select from again) or (select hints from waiting) < ${WAITING_MAX} then 'repeated' else 'full' end as outcome`.execute(
    trx,
  );
  return rows[0]?.outcome ?? 'repeated';
}
