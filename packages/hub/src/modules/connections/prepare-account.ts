import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { importDefaults } from '../stores/import-defaults.ts';
import { readLookUps, recordLookUps } from '../sync/look-ups.ts';
import { engineClient } from '../sync/open-client.ts';
import { requestSync } from '../sync/request-sync.ts';
import { askForWebhooks } from '../sync/webhooks/jobs.ts';
import type { ConnectionRef } from './credential.ts';
import { openPosClient } from './pos-client.ts';
import { posProblem } from './pos-errors.ts';

/**
 * Reads what a newly connected account's sales refer to, so that its shops, zones and first mappings are there at once, and asks
 * for the first sync. A POS that is busy now does not undo the connection: every sync reads the look-ups as well.
 */
export async function prepareAccount(services: Services, ref: ConnectionRef, posAccountId: string): Promise<void> {
  await readNow(services, ref, posAccountId);
  await requestSync(services, null, { organizationId: ref.organizationId, posAccountId, reason: 'connected' });
  await askForWebhooks(services, null, ref);
}

async function readNow(services: Services, ref: ConnectionRef, posAccountId: string): Promise<void> {
  try {
    const client = engineClient(services, await openPosClient(services, ref, { patienceMs: 15_000 }));
    const lookUps = await readLookUps(client, services.clock.now());
    const scope = { organizationId: ref.organizationId, posAccountId, runId: null };
    await tenantTransaction(services.db, ref.organizationId, async (trx) => {
      await recordLookUps(trx, scope, lookUps, services.clock.now());
      await importDefaults(trx, scope);
    });
  } catch (error) {
    const problem = posProblem(error) ?? error;
    if (!(problem instanceof AppError)) throw error;
    services.log.warn({ connectionId: ref.connectionId, code: problem.code }, 'the shops could not be read yet');
  }
}
