import { Rejected, type XSeriesClient, type XWebhook } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import type { ConnectionRef } from '../../connections/credential.ts';
import { openPosClient } from '../../connections/pos-client.ts';
import { posProblem } from '../../connections/pos-errors.ts';
import { hashOfToken, HOOKS_PATH, makeToken, organizationOf } from './address.ts';
import { appSecretOf } from './app-secret.ts';
import { HOOK_TYPES, type HookType, openHook, sealHook } from './hook.ts';

/** Why an account is only polled; `forbidden`: the credentials lack the scope `webhooks`. */
export type HookProblem = 'no_public_address' | 'forbidden' | 'rejected';

export interface EnsuredWebhooks {
  readonly registered: readonly HookType[];
  readonly problem: HookProblem | null;
}

/**
 * The origin that the POS can deliver to, or null: it takes HTTPS only. Pointed at an emulator on this machine, any address will do.
 */
export function deliveryOrigin({ publicUrls, xBaseUrl }: Services['config']): string | null {
  const fits = publicUrls.find(({ url }) => url.startsWith('https:') || xBaseUrl.startsWith('http:'));
  return fits?.url ?? null;
}

/**
 * Sees to it that the POS tells us of changes: registers what is missing, repairs what was changed or switched off, takes away what is left
 * over from before. Safe to repeat; a process that dies half-way is finished by the next. Polling goes on whatever comes of it.
 *
 * @returns Null for a connection that is no X-Series one.
 * @throws AppError as `openPosClient`; errors of the POS that are not about webhooks.
 */
export async function ensureWebhooks(services: Services, ref: ConnectionRef): Promise<EnsuredWebhooks | null> {
  const opened = await openPosClient(services, ref, { patienceMs: PATIENCE_MS });
  if (opened.provider !== 'lightspeed-x') return null;
  const origin = deliveryOrigin(services.config);
  if (origin === null) return { registered: [], problem: 'no_public_address' };
  const account = { ...ref, posAccountId: opened.posAccount.id };
  const base = origin + HOOKS_PATH;
  const wanted: WantedHook[] = [];
  for (const type of HOOK_TYPES) wanted.push(await ensureRow(services, account, type, base));
  try {
    await reconcileWithPos(services, account, opened.client, base, wanted);
    return { registered: HOOK_TYPES, problem: null };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const problem = error.code === 'forbidden' ? 'forbidden' : 'rejected';
    await noteProblem(services, account, problem);
    services.log.warn({ event: 'webhooks.refused', connectionId: ref.connectionId, problem }, 'The POS registers no webhooks');
    return { registered: [], problem };
  }
}

/**
 * Takes our webhooks off the POS and forgets them. Never throws: a POS that does not answer must not keep a connection from going, and
 * deliveries to a forgotten address are refused.
 */
export async function removeWebhooks(services: Services, ref: ConnectionRef): Promise<void> {
  try {
    const rows = await tenantTransaction(services.db, ref.organizationId, (trx) =>
      trx
        .deleteFrom('webhook')
        .where('organization_id', '=', ref.organizationId)
        .where('connection_id', '=', ref.connectionId)
        .returning('remote_id')
        .execute(),
    );
    const ids = rows.flatMap(({ remote_id }) => (remote_id === null ? [] : [remote_id]));
    if (ids.length === 0) return;
    const opened = await openPosClient(services, ref, { patienceMs: PATIENCE_MS, timeoutMs: PATIENCE_MS });
    if (opened.provider !== 'lightspeed-x') return;
    for (const id of ids) await removeOne(opened.client, id);
  } catch (error) {
    const problem = posProblem(error) ?? error;
    const code = problem instanceof AppError ? problem.code : 'internal';
    services.log.warn({ event: 'webhooks.left', connectionId: ref.connectionId, code }, 'Webhooks were left at the POS');
  }
}

interface Account extends ConnectionRef {
  readonly posAccountId: string;
}

interface WantedHook {
  readonly type: HookType;
  readonly url: string;
  readonly remoteId: string | null;
}

/** The address of a type, made before the POS hears of it. It stays while connection, secret and public address do. */
async function ensureRow(services: Services, account: Account, type: HookType, base: string): Promise<WantedHook> {
  const { organizationId, posAccountId, connectionId } = account;
  const place = { organizationId, posAccountId, type };
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const secret = await appSecretOf(services, trx, account);
    const row = await trx
      .selectFrom('webhook')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .where('type', '=', type)
      .forUpdate()
      .executeTakeFirst();
    if (row !== undefined && row.base_url === base && row.connection_id === connectionId) {
      const kept = openHook(services, { ...place, sealed: row.sealed });
      if (kept.secret === secret) return { type, url: base + kept.token, remoteId: row.remote_id };
    }
    const token = makeToken(organizationId);
    const values = {
      connection_id: connectionId,
      token_hash: hashOfToken(token),
      sealed: sealHook(services, place, { token, secret }),
      base_url: base,
      remote_id: null,
      registered_at: null,
      problem: null,
    };
    await trx
      .insertInto('webhook')
      .values({ organization_id: organizationId, pos_account_id: posAccountId, type, ...values })
      .onConflict((conflict) => conflict.columns(['organization_id', 'pos_account_id', 'type']).doUpdateSet(values))
      .execute();
    return { type, url: base + token, remoteId: null };
  });
}

async function reconcileWithPos(
  services: Services,
  account: Account,
  client: XSeriesClient,
  base: string,
  wanted: readonly WantedHook[],
): Promise<void> {
  const there = await client.webhooks.list();
  for (const hook of wanted) {
    const found = there.find(({ type, url }) => type === hook.type && url === hook.url);
    const registered = found ?? (await register(client, hook));
    if (!registered.active) await client.webhooks.update(registered.id, { type: hook.type, url: hook.url, active: true });
    await noteRegistered(services, account, hook.type, registered.id);
  }
  for (const left of there) {
    const isWanted = wanted.some(({ type, url }) => type === left.type && url === left.url);
    if (!isWanted && isOurs(left, account.organizationId, base, wanted)) await removeOne(client, left.id);
  }
}

async function register(client: XSeriesClient, { type, url }: WantedHook): Promise<XWebhook> {
  try {
    return await client.webhooks.create({ type: type, url, active: true });
  } catch (error) {
    if (!(error instanceof Rejected && error.code === 'conflict')) throw error;
    // Another process of ours was quicker.
    const found = (await client.webhooks.list()).find((other) => other.type === type && other.url === url);
    if (found === undefined) throw error;
    return found;
  }
}

/** One that this organization registered before, here or under an earlier public address of ours. */
function isOurs({ id, url }: XWebhook, organizationId: string, base: string, wanted: readonly WantedHook[]): boolean {
  if (wanted.some(({ remoteId }) => remoteId === id)) return true;
  return url.startsWith(base) && organizationOf(url.slice(base.length)) === organizationId;
}

async function removeOne(client: XSeriesClient, id: string): Promise<void> {
  try {
    await client.webhooks.remove(id);
  } catch (error) {
    if (!(error instanceof Rejected && error.code === 'not_found')) throw error;
  }
}

async function noteRegistered(services: Services, account: Account, type: HookType, remoteId: string): Promise<void> {
  const { organizationId, posAccountId } = account;
  const now = new Date(services.clock.now());
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await sql`
      update webhook set remote_id = ${remoteId}, registered_at = coalesce(registered_at, ${now}), checked_at = ${now}, problem = null
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and type = ${type}`.execute(trx);
  });
}

async function noteProblem(services: Services, { organizationId, posAccountId }: Account, problem: HookProblem): Promise<void> {
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await sql`
      update webhook set problem = ${problem}, checked_at = ${new Date(services.clock.now())}
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
  });
}

const PATIENCE_MS = 15_000;
