import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import { evaluateEverywhere, evaluateHeldUp, evaluateNotifications } from './evaluate.ts';
import { mailNotifications } from './mail-out.ts';

const EVALUATE_QUEUE = 'notifications-evaluate';
const DAILY_QUEUE = 'notifications-daily';
const HELD_UP_QUEUE = 'notifications-held-up';
const MAIL_QUEUE = 'notifications-mail';

const Organization = z.object({ organizationId: z.uuid() });

/** Takes up what people are told of in the background. Takes effect when the jobs are started. */
export function registerNotificationWorkers(services: Services): void {
  const { jobs } = services;
  jobs.work(EVALUATE_QUEUE, {}, (data) => evaluateNotifications(services, Organization.parse(data).organizationId));
  jobs.work(DAILY_QUEUE, {}, () => evaluateEverywhere(services));
  jobs.schedule(DAILY_QUEUE, '40 4 * * *');
  jobs.work(HELD_UP_QUEUE, {}, () => evaluateHeldUp(services));
  jobs.schedule(HELD_UP_QUEUE, '*/5 * * * *');
  jobs.work(MAIL_QUEUE, {}, async () => {
    await mailNotifications(services);
  });
  jobs.schedule(MAIL_QUEUE, '* * * * *');
}

/** Has an organization's notifications looked at again soon: after shops were read, after mappings were changed. */
export async function requestEvaluation(
  services: Pick<Services, 'jobs'>,
  trx: Transaction<Database> | null,
  organizationId: string,
): Promise<void> {
  await services.jobs.enqueue(trx, EVALUATE_QUEUE, { organizationId }, { singletonKey: organizationId });
}
