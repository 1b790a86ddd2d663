import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { startChild } from '../../../../test/child.ts';
import { type TestServices, testServices } from '../../../../test/services.ts';
import { systemTransaction, tenantTransaction } from './database/transaction.ts';
import { createJobs } from './jobs.ts';
import { JOBS_SCHEMA } from './jobs-schema.ts';

const moreJobs = (services: TestServices) =>
  createJobs({ db: services.db, url: services.databaseUrl, log: services.log, metrics: services.metrics, superviseSeconds: 1 });

async function countOf(services: TestServices, queue: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pgboss.job where name = ${queue}`.execute(
    services.db,
  );
  return rows[0]?.count ?? 0;
}

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

  test('a job enqueued in a transaction that rolls back never was', async () => {
    const services = await testServices();
    const failing = systemTransaction(services.db, async (trx) => {
      await services.jobs.enqueue(trx, 'greet', {});
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await countOf(services, 'greet')).toBe(0);
  });

  test('jobs of one key fold into the waiting one, others do not', async () => {
    const services = await testServices();
    for (const key of ['a', 'a', 'b', 'a']) await services.jobs.enqueue(null, 'sync', { key }, { singletonKey: key });
    for (let n = 0; n < 3; n += 1) await services.jobs.enqueue(null, 'sync', { n });
    expect(await countOf(services, 'sync')).toBe(5);
  });

  test('many jobs go in at once: those whose key waits already fold, the earlier start winning, and none when it rolls back', async () => {
    const services = await testServices();
    const hour = new Date(Date.now() + 3_600_000);
    const minute = new Date(Date.now() + 60_000);
    await services.jobs.enqueue(null, 'sync', { n: 0 }, { singletonKey: 'b', startAfter: hour });
    await services.jobs.enqueue(null, 'sync', { n: 0 }, { singletonKey: 'c' });
    const many = ['a', 'b', 'c'].map((singletonKey) => ({ data: { n: 1 }, singletonKey, startAfter: minute }));
    const failing = systemTransaction(services.db, async (trx) => {
      await services.jobs.enqueueMany(trx, 'sync', many);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await countOf(services, 'sync')).toBe(2);
    await systemTransaction(services.db, (trx) => services.jobs.enqueueMany(trx, 'sync', many));
    const { rows } = await sql<{ key: string; first: boolean; at: Date }>`
      select singleton_key as key, data->>'n' = '0' as first, start_after as at from pgboss.job where name = 'sync' order by 1`.execute(
      services.db,
    );
    expect(rows.map(({ key, first }) => [key, first])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
    ]);
    expect(rows.map(({ at }) => at.getTime() - minute.getTime() === 0)).toEqual([true, true, false]);
    expect(rows[2]?.at.getTime()).toBeLessThan(minute.getTime());
  });

  test('the earlier start wins when jobs fold', async () => {
    const services = await testServices();
    const ran = Promise.withResolvers<void>();
    services.jobs.work('sync', {}, async () => ran.resolve());
    await services.jobs.enqueue(null, 'sync', {}, { singletonKey: 'a', startAfter: new Date(Date.now() + 3_600_000) });
    await services.jobs.enqueue(null, 'sync', {}, { singletonKey: 'a' });
    await services.jobs.start();
    await ran.promise;
    expect(await countOf(services, 'sync')).toBe(1);
  });

  test('a job that another is folded into does not run before that transaction commits', async () => {
    const services = await testServices();
    const seen: string[] = [];
    const ran = Promise.withResolvers<void>();
    services.jobs.work('sync', {}, async () => {
      const stores = await systemTransaction(services.db, (trx) => trx.selectFrom('store').select('name').execute());
      seen.push(...stores.map(({ name }) => name));
      ran.resolve();
    });
    await services.jobs.enqueue(null, 'sync', {}, { singletonKey: 'a' });
    await tenantTransaction(services.db, services.organizationId, async (trx) => {
      await trx
        .insertInto('store')
        .values({
          organization_id: services.organizationId,
          id: '01890000-0000-7000-8000-000000000001',
          name: 'New',
          time_zone: null,
        })
        .execute();
      await services.jobs.enqueue(trx, 'sync', {}, { singletonKey: 'a' });
      await services.jobs.start();
      // The worker is up and looks every second: it has passed the job over at least once when another queue's job has run.
      const other = Promise.withResolvers<void>();
      services.jobs.work('other', {}, async () => other.resolve());
      await services.jobs.enqueue(null, 'other', {});
      await other.promise;
      expect(seen).toEqual([]);
    });
    await ran.promise;
    expect(seen).toEqual(['New']);
  });

  test('while one of a key runs, one more may wait', async () => {
    const services = await testServices();
    const running = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    let runs = 0;
    services.jobs.work('sync', {}, async () => {
      runs += 1;
      if (runs === 2) second.resolve();
      running.resolve();
      await goOn.promise;
    });
    await services.jobs.start();
    await services.jobs.enqueue(null, 'sync', {}, { singletonKey: 'a' });
    await running.promise;
    await services.jobs.enqueue(null, 'sync', {}, { singletonKey: 'a' });
    await services.jobs.enqueue(null, 'sync', {}, { singletonKey: 'a' });
    goOn.resolve();
    await second.promise;
    expect(await countOf(services, 'sync')).toBe(2);
  });

  test('a job that throws is tried again, later each time, and counted', async () => {
    const services = await testServices();
    const done = Promise.withResolvers<number>();
    services.jobs.work('flaky', {}, async (_data, { attempt }) => {
      if (attempt < 2) throw new Error('not yet');
      done.resolve(attempt);
    });
    await services.jobs.start();
    await services.jobs.enqueue(null, 'flaky', {});
    expect(await done.promise).toBe(2);
    const { rows } = await sql<{ backoff: boolean; limit: number }>`
      select retry_backoff as backoff, retry_limit as limit from pgboss.job where name = 'flaky'`.execute(services.db);
    expect(rows).toEqual([{ backoff: true, limit: 8 }]);
    expect(await services.metrics.registry.metrics()).toContain('tillweave_jobs_total{queue="flaky",outcome="failed"} 1');
  });

  test('a schedule is kept once, however many processes register it', async () => {
    const services = await testServices();
    const others = [moreJobs(services), moreJobs(services)];
    for (const jobs of others) {
      jobs.schedule('nightly', '0 2 * * *', { tz: 'Europe/Copenhagen' });
      jobs.work('nightly', {}, async () => undefined);
      await jobs.start();
    }
    const { rows } = await sql`select name, cron, timezone from pgboss.schedule`.execute(services.db);
    expect(rows).toEqual([{ name: 'nightly', cron: '0 2 * * *', timezone: 'Europe/Copenhagen' }]);
    for (const jobs of others) await jobs.stop();
  });

  test('stopping tells the handler, waits for it, and leaves the next job to others', async () => {
    const services = await testServices();
    const jobs = moreJobs(services);
    const running = Promise.withResolvers<void>();
    let finished = false;
    jobs.work('long', {}, async (_data, { signal }) => {
      running.resolve();
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      finished = true;
    });
    await jobs.start();
    await jobs.enqueue(null, 'long', { n: 1 });
    await running.promise;
    await jobs.enqueue(null, 'long', { n: 2 });
    await jobs.stop();
    expect(finished).toBe(true);
    expect(await services.jobs.backlog()).toMatchObject([{ queue: 'long', waiting: 1, running: 0, failed: 0 }]);
  });

  test('the job of a worker that was killed is run again by another', async () => {
    const services = await testServices();
    const worker = startChild('test/worker-child.ts', [services.databaseUrl, 'fragile']);
    await services.jobs.enqueue(null, 'fragile', { n: 1 });
    expect(await worker.line()).toBe('running');
    await worker.kill('SIGKILL');
    const again = Promise.withResolvers<number>();
    const jobs = moreJobs(services);
    jobs.work('fragile', {}, async (_data, { attempt }) => again.resolve(attempt));
    await jobs.start();
    // What a quarter of a minute would do.
    await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute' where name = 'fragile'`.execute(
      services.db,
    );
    expect(await again.promise).toBe(2);
    await jobs.stop();
  });

  test('the tenant role may put jobs in, but neither delete nor reshape the queue', async () => {
    const services = await testServices();
    const deleting = tenantTransaction(services.db, services.organizationId, (trx) => sql`delete from pgboss.job`.execute(trx));
    await expect(deleting).rejects.toMatchObject({ code: '42501' });
    expect(JOBS_SCHEMA).toBe('pgboss');
  });
});
