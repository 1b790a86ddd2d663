import { describe, expect, test } from 'vitest';
import { testServices } from '../../../../test/services.ts';
import { tenantTransaction } from './database/transaction.ts';

describe('jobs', () => {
  test('a job enqueued inside a tenant transaction runs after it commits', async () => {
    const services = await testServices();
    const ran = Promise.withResolvers<unknown>();
    services.jobs.work('greet', {}, async (data) => ran.resolve(data));
    await services.jobs.start();
    await tenantTransaction(services.db, services.organizationId, async (trx) => {
      await services.jobs.enqueue(trx, 'greet', { name: 'ada' });
    });
    expect(await ran.promise).toEqual({ name: 'ada' });
  });
});
