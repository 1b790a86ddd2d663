import { registerConnectionWorkers } from '../modules/connections/watch-credentials.ts';
import { registerNotificationWorkers } from '../modules/notifications/workers.ts';
import { registerSyncWorkers } from '../modules/sync/worker.ts';
import { registerMailWorker } from '../platform/mail/mail.ts';
import type { Services } from '../platform/services.ts';

/** Takes up the background work of every module. `jobs.stop()`, part of closing the services, ends it. */
export async function startWorking(services: Services): Promise<void> {
  registerSyncWorkers(services);
  registerConnectionWorkers(services);
  registerNotificationWorkers(services);
  registerMailWorker(services);
  await services.jobs.start();
}
