import { createEmulator } from '@tillweave/emulator';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { addConnection } from '../connections/add-connection.ts';
import { syncMetrics } from './metrics.ts';
import { syncAccount } from './run-connection.ts';
import { getRun } from './runs.ts';
import { worldClock } from './testing/account.ts';

test('what operators need to see is a metric: requests, documents, runs, delays, budget; labels by account stay bounded', async () => {
  const emulator = createEmulator({ sales: 150, customers: 5, series: 'r', rateLimit: 'real' });
  const services = await testServices({ emulator });
  const { organizationId } = services;
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const oauthClient = { clientId, clientSecret };
  const { connectionId, verified } = await addConnection(services, { organizationId, name: 'Shop', oauthClient, refreshToken });
  const { posAccountId } = verified;
  await syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' });
  syncMetrics(services).webhookAnswered('new', 0.02);
  syncMetrics(services).leaseLost();
  // Many more accounts, all of them overdue.
  await tenantTransaction(services.db, organizationId, async (trx) => {
    for (let account = 0; account < 70; account += 1) {
      const id = uuidv7();
      await sql`insert into pos_account (organization_id, id, provider, external_id, name, currency)
        values (${organizationId}, ${id}, 'lightspeed-r', ${id}, 'Planted', 'DKK')`.execute(trx);
      await sql`insert into connection (organization_id, id, name, provider, api_type, pos_account_id, state)
        values (${organizationId}, ${uuidv7()}, ${id}, 'lightspeed-r', 'v3', ${id}, 'active')`.execute(trx);
      await sql`insert into sync_state (organization_id, pos_account_id, due_at)
        values (${organizationId}, ${id}, now() - ${account + 1} * interval '1 minute')`.execute(trx);
    }
  });
  const text = await services.metrics.registry.metrics();
  const valueOf = (line: RegExp): number => Number(line.exec(text)?.[1] ?? Number.NaN);
  const ids = emulator.control.ids()['Sale']?.length ?? 0;
  expect(valueOf(/^tillweave_documents_total\{stream="sales",outcome="changed"\} (\S+)$/mu)).toBe(ids);
  const requests = emulator.control.requests().filter(({ status }) => status === 200).length;
  expect(valueOf(/^tillweave_pos_requests_total\{provider="lightspeed-r",outcome="ok"\} (\S+)$/mu)).toBeGreaterThan(2);
  expect(valueOf(/^tillweave_pos_requests_total\{provider="lightspeed-r",outcome="ok"\} (\S+)$/mu)).toBeLessThanOrEqual(requests);
  expect(valueOf(/^tillweave_runs\{state="complete"\} (\S+)$/mu)).toBe(1);
  expect(valueOf(/^tillweave_oldest_due_seconds (\S+)$/mu)).toBeGreaterThanOrEqual(70 * 60);
  expect(text.match(/^tillweave_poll_delay_seconds\{/gmu)).toHaveLength(50);
  expect(valueOf(new RegExp(`^tillweave_coverage_lag_seconds\\{account="${posAccountId}"\\} (\\S+)$`, 'mu'))).toBeGreaterThan(0);
  const level = valueOf(new RegExp(`^tillweave_pos_budget_level_ratio\\{account="${posAccountId}"\\} (\\S+)$`, 'mu'));
  expect(level).toBeGreaterThan(0);
  expect(level).toBeLessThanOrEqual(1);
  expect(valueOf(/^tillweave_webhook_answer_seconds_count\{outcome="new"\} (\S+)$/mu)).toBe(1);
  expect(valueOf(/^tillweave_lease_losses_total (\S+)$/mu)).toBe(1);
  expect(text).not.toContain('Planted');
}, 60_000);

test('how long the history will still take follows from what the budget allows, in the run and while it is watched', async () => {
  const emulator = createEmulator({
    sales: 1_500,
    customers: 5,
    series: 'r',
    rateLimit: 'real',
    registers: 1,
    frozenClock: true,
  });
  const services = await testServices({ emulator, clock: worldClock(emulator) });
  const { organizationId } = services;
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const oauthClient = { clientId, clientSecret };
  const { connectionId, verified } = await addConnection(services, { organizationId, name: 'Shop', oauthClient, refreshToken });
  // Others have spent nearly all of the budget.
  emulator.control.spend(clientId, 60);
  const seen: number[] = [];
  const summary = await syncAccount(services, {
    organizationId,
    posAccountId: verified.posAccountId,
    connectionId,
    settings: { sliceMs: 5_000 },
    onProgress: ({ phase, secondsLeft }) => {
      if (phase === 'history' && secondsLeft !== null) seen.push(secondsLeft);
    },
  });
  expect(['running', 'throttled']).toContain(summary.state);
  const { progress } = await tenantTransaction(services.db, organizationId, (trx) =>
    getRun(trx, organizationId, summary.runId, services.clock.now()),
  );
  const { historyShare, historyDone, secondsLeft } = progress;
  expect(seen.length).toBeGreaterThan(3);
  expect(historyDone).toBe(false);
  // Pages of 100 at 2 units each, and a unit a second.
  const pages = Math.ceil(((1 - (historyShare ?? 0)) * 1_500) / 100);
  expect(secondsLeft).toBeGreaterThan(pages);
  expect(secondsLeft).toBeLessThan(4 * pages);
  expect(seen.at(-1)).toBe(secondsLeft);
  expect(seen.at(-1)).toBeLessThan(Math.max(...seen));
}, 60_000);
