import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../../platform/database/schema.ts';
import { systemTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import type { ConnectionRef } from '../../connections/credential.ts';
import { posProblem } from '../../connections/pos-errors.ts';
import { forgetServedHints } from '../hints.ts';
import { ensureWebhooks } from './manage.ts';

const ENSURE_QUEUE = 'webhooks-ensure';
const DAILY_QUEUE = 'webhooks-daily';
/** Connections looked after at once by one process: they mostly wait for the POS. */
const CONCURRENCY = 4;

const Ref = z.object({ organizationId: z.uuid(), connectionId: z.uuid() });

/**
 * Asks for a connection's webhooks to be looked after soon: when it became active, was thawed, or got other credentials. Harmless for a
 * connection that has none. With `trx` nothing happens unless that transaction commits.
 */
export async function askForWebhooks(
  services: Pick<Services, 'jobs'>,
  trx: Transaction<Database> | null,
  { organizationId, connectionId }: ConnectionRef,
): Promise<void> {
  await services.jobs.enqueue(trx, ENSURE_QUEUE, { organizationId, connectionId }, { singletonKey: connectionId });
}

/** Takes up the care for webhooks: on request, and once a day for all. */
export function registerWebhookWorkers(services: Services): void {
  const { jobs } = services;
  jobs.work(ENSURE_QUEUE, { concurrency: CONCURRENCY }, (data) => ensureQuietly(services, Ref.parse(data)));
  jobs.work(DAILY_QUEUE, {}, () => lookAfterAll(services));
  jobs.schedule(DAILY_QUEUE, '23 4 * * *');
}

/** Asks for every working X-Series connection's webhooks to be looked after, across organizations, and forgets old hints. */
export async function lookAfterAll(services: Services): Promise<void> {
  await systemTransaction(services.db, async (trx) => {
    await forgetServedHints(trx);
    const { rows } = await sql<ConnectionRef>`
      select organization_id as "organizationId", id as "connectionId" from connection
      where provider = 'lightspeed-x' and state in ('active', 'throttled')`.execute(trx);
    await services.jobs.enqueueMany(
      trx,
      ENSURE_QUEUE,
      rows.map((ref) => ({ data: { ...ref }, singletonKey: ref.connectionId })),
    );
  });
}

/** A connection that may not be used now is looked after when it may; a POS that does not answer is asked again. */
async function ensureQuietly(services: Services, ref: ConnectionRef): Promise<void> {
  try {
    await ensureWebhooks(services, ref);
  } catch (error) {
    const problem = posProblem(error) ?? error;
    if (!(problem instanceof AppError)) throw error;
    services.log.info(
      { event: 'webhooks.not_now', connectionId: ref.connectionId, code: problem.code },
      'Webhooks are for later',
    );
    if (problem.code === 'pos_unavailable' || problem.code === 'pos_rate_limited') throw problem;
  }
}
