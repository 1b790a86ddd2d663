import { PosError } from '@tillweave/lightspeed';
import type { RequestInfo } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { markNeedsReauthorisation, openPosClient } from '../connections/pos-client.ts';
import { importDefaults } from '../stores/import-defaults.ts';
import { syncMetrics } from './metrics.ts';
import { engineClient } from './open-client.ts';
import { createPaceKeeper, type PaceKeeper } from './pace.ts';
import { writeRequests } from '../connections/request-log.ts';
import { createRequestCounter } from './request-counter.ts';
import type { Progress, SyncSettings, SyncStage } from './session.ts';
import { type AccountSyncNeeds, type SliceSummary, syncSlice } from './sync-account.ts';

export type RunSummary = SliceSummary;
export type { Progress };

export interface SyncAccountOptions {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly connectionId: string;
  /** `slice` (default): work a bounded time and return. `idle`: until nothing is left to read, waiting out the POS's limits. */
  readonly until?: 'idle' | 'slice';
  /** Ends at the next page boundary; what is committed stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onStage?: (stage: SyncStage) => void | Promise<void>;
  readonly settings?: Partial<SyncSettings>;
  readonly leaseMs?: number;
}

/** Waits for budget inside a slice no longer than this; a longer wait gives the worker back. */
const PATIENCE_MS = 2_000;
/** Working until idle, nobody else waits for the worker; still well within the lease. */
const IDLE_PATIENCE_MS = 20_000;
/** Somebody else has the account: look again after this, when asked to work until idle. */
const BUSY_MS = 500;

/**
 * Synchronises one POS account through one of its connections.
 *
 * @throws AppError `not_found`, `connection_frozen`, `pos_unauthorized`, `conflict` when the connection may not be used; what the POS does
 *   during the work is told by the summary instead.
 */
export async function syncAccount(services: Services, options: SyncAccountOptions): Promise<RunSummary> {
  const settings = { ...options.settings, ...(options.until === 'idle' ? { sliceMs: Number.POSITIVE_INFINITY } : {}) };
  for (;;) {
    const summary = await trySlice(services, { ...options, settings });
    if (summary !== null && options.until !== 'idle') return summary;
    if (options.signal?.aborted === true) return summary ?? LOST;
    if (summary === null || summary.state === 'running') continue;
    if (summary.state === 'busy') await services.clock.sleep(BUSY_MS, options.signal).catch(ifAborted(options.signal));
    else if (summary.state === 'throttled' && summary.retryAt !== null) {
      const waitMs = Math.max(0, summary.retryAt.getTime() - services.clock.now());
      // Nothing is held meanwhile: no lease, no connection to the database.
      await services.clock.sleep(waitMs, options.signal).catch(ifAborted(options.signal));
    } else return summary;
  }
}

/** One slice; null when the lease was lost to somebody who changed what we work by. */
async function trySlice(services: Services, options: SyncAccountOptions): Promise<RunSummary | null> {
  const { organizationId, posAccountId, connectionId } = options;
  const startedAt = services.clock.now();
  const needs = await openNeeds(services, options);
  try {
    const summary = await syncSlice(needs, options);
    noteSlice(services, options, summary, (services.clock.now() - startedAt) / 1000);
    await showPace(services, { organizationId, connectionId }, summary.state);
    if (summary.state === 'complete' || summary.state === 'partial') {
      await noteSuccess(services, { organizationId, connectionId });
    } else if (summary.error !== null) {
      await noteError(services, { organizationId, connectionId }, summary.error);
      // Cursors and data stay; who authorizes it again goes on from there.
      if (summary.error.code === 'pos_unauthorized')
        await markNeedsReauthorisation(services, { organizationId, connectionId }, 'token_refused');
    }
    return summary;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'sync_lease_lost')) throw error;
    syncMetrics(services).leaseLost();
    services.log.info({ event: 'sync.lease_lost', organizationId, posAccountId }, 'Another process has taken the account over');
    return null;
  }
}

/** What became of a slice: one line, by the same names for ever, and the metrics. */
function noteSlice(
  services: Services,
  { organizationId, posAccountId, connectionId }: SyncAccountOptions,
  summary: RunSummary,
  seconds: number,
): void {
  const { state, runId, requests, documents, changed, setAside, throttled, retryAt, error, cause } = summary;
  syncMetrics(services).sliceEnded(state, seconds);
  if (state === 'busy') return;
  const facts = { organizationId, posAccountId, connectionId, runId, state, requests, documents, changed, setAside, throttled };
  const run = { ...facts, sliceSeconds: seconds, runSeconds: summary.seconds, retryAt: retryAt?.toISOString() ?? null };
  if (state === 'running') services.log.debug({ event: 'sync.slice_ended', ...run }, 'A slice ended; the run goes on');
  else if (state === 'throttled')
    services.log.info({ event: 'sync.run_waits', ...run, code: error?.code ?? 'pos_rate_limited' }, 'A run waits for the POS');
  else if (state === 'failed' || cause !== undefined)
    services.log.warn({ event: 'sync.run_failed', ...run, err: cause, code: error?.code ?? 'internal' }, 'A run failed');
  else services.log.info({ event: 'sync.run_ended', ...run }, 'A run ended');
}

const LOST: RunSummary = {
  runId: '',
  state: 'busy',
  requests: 0,
  documents: 0,
  changed: 0,
  setAside: 0,
  throttled: 0,
  seconds: 0,
  retryAt: null,
  error: null,
};

async function openNeeds(services: Services, options: SyncAccountOptions): Promise<AccountSyncNeeds> {
  const { organizationId, posAccountId, connectionId } = options;
  const ref = { organizationId, connectionId };
  const counter = createRequestCounter();
  const metrics = syncMetrics(services);
  let provider = '';
  let pace: PaceKeeper | undefined;
  const onRequest = (request: RequestInfo): void => {
    counter.onRequest(request);
    pace?.onRequest(request);
    metrics.requested(provider, request);
  };
  const patienceMs = options.until === 'idle' ? IDLE_PATIENCE_MS : PATIENCE_MS;
  const opened = await openPosClient(services, ref, { onRequest, patienceMs });
  provider = opened.provider;
  pace = createPaceKeeper(() => opened.governor.snapshot());
  if (opened.posAccount.id !== posAccountId) throw new AppError('conflict', 'The connection belongs to another POS account.');
  const needs = {
    db: services.db,
    clock: services.clock,
    counter,
    metrics,
    pace,
    afterLookUps: (trx: Transaction<Database>) => importDefaults(trx, { organizationId, posAccountId }),
    // New shops, and stores that lost theirs, are told of.
    lookUpsRead: (trx: Transaction<Database>) =>
      services.jobs.enqueue(trx, 'notifications-evaluate', { organizationId }, { singletonKey: organizationId }),
  };
  if (opened.provider === 'lightspeed-x') return { ...needs, client: engineClient(services, opened) };
  const changeStamp = opened.posAccount.switches['changeStamp'];
  const open = async (stamp: 'updateTime' | 'timeStamp') =>
    engineClient(services, await openPosClient(services, ref, { onRequest, patienceMs, switches: { changeStamp: stamp } }));
  const known = changeStamp === 'timeStamp' || changeStamp === 'updateTime' ? changeStamp : null;
  let client = known === null ? engineClient(services, opened) : await open(known);
  if (known === null) {
    // The answer decides how changes are polled from now on; an unverified filter must not hide any (issue: it would in silence).
    const probed = await probe(services, options, opened.client);
    if (probed !== null) client = await open(probed);
  }
  return { ...needs, client };
}

/** Asks the POS which change stamp it can be polled by, and keeps the answer. Null when it cannot be asked just now. */
async function probe(
  services: Services,
  { organizationId, posAccountId }: SyncAccountOptions,
  client: { probeChangeStamp(): Promise<'updateTime' | 'timeStamp'> },
): Promise<'updateTime' | 'timeStamp' | null> {
  const stamp = await client.probeChangeStamp().catch((error: unknown) => {
    // The run meets the same, and says what is to be done about it.
    if (error instanceof PosError) return null;
    throw error;
  });
  if (stamp === null) return null;
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await sql`
      update pos_account set switches = switches || jsonb_build_object('changeStamp', ${stamp}::text)
      where organization_id = ${organizationId} and id = ${posAccountId}`.execute(trx);
  });
  return stamp;
}

interface Ref {
  readonly organizationId: string;
  readonly connectionId: string;
}

/** While the POS holds a run back its connection says so. */
async function showPace(services: Services, { organizationId, connectionId }: Ref, state: RunSummary['state']): Promise<void> {
  if (state !== 'throttled' && state !== 'running') return;
  const [from, to] = state === 'throttled' ? ['active', 'throttled'] : ['throttled', 'active'];
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await writeRequests(trx, services, { organizationId, connectionId });
    await trx
      .updateTable('connection')
      .set({ state: to, state_reason: null, state_changed_at: new Date(services.clock.now()) })
      .where('organization_id', '=', organizationId)
      .where('id', '=', connectionId)
      .where('state', '=', from)
      .execute();
  });
}

async function noteSuccess(services: Services, { organizationId, connectionId }: Ref): Promise<void> {
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await writeRequests(trx, services, { organizationId, connectionId });
    await trx
      .updateTable('connection')
      .set((column) => ({
        last_success_at: new Date(services.clock.now()),
        last_error: null,
        state: column.case().when('state', '=', 'throttled').then('active').else(column.ref('state')).end(),
      }))
      .where('organization_id', '=', organizationId)
      .where('id', '=', connectionId)
      .execute();
  });
}

async function noteError(
  services: Services,
  { organizationId, connectionId }: Ref,
  error: { readonly code: string; readonly message: string },
): Promise<void> {
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await writeRequests(trx, services, { organizationId, connectionId });
    await trx
      .updateTable('connection')
      .set({ last_error: JSON.stringify({ ...error, at: new Date(services.clock.now()).toISOString() }) })
      .where('organization_id', '=', organizationId)
      .where('id', '=', connectionId)
      .execute();
  });
}

function ifAborted(signal: AbortSignal | undefined): (error: unknown) => void {
  return (error) => {
    if (signal?.aborted !== true) throw error;
  };
}
