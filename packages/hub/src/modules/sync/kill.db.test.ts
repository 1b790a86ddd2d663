import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { systemTransaction } from '../../platform/database/transaction.ts';
import { addConnection } from '../connections/add-connection.ts';
import { tokensOf } from '../connections/tokens.ts';
import { compare, ledgerDigest, readCells, testAccount } from './testing/account.ts';
import type { Orders } from './testing/sync-process.ts';

/** Two dozen processes run the same code: it is compiled once. */
const compiled = mkdtempSync(join(tmpdir(), 'tillweave-compiled-'));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A worker process; starting is what takes time, so the next one is started while the last one works. */
function startWorker() {
  const script = fileURLToPath(new URL('testing/sync-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const next = await lines.next();
    return next.done === true ? '' : next.value;
  };
  return {
    line,
    order: (orders: Orders) => child.stdin.write(`${JSON.stringify(orders)}\n`),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

test('a worker killed 20 times during one backfill, 15 times inside a page transaction, and once between a token answer and its commit loses, doubles and keeps nothing stale', async () => {
  const emulator = createEmulator({ sales: 3_000, customers: 120, lateEdits: 'pending', seed: 3 });
  const server = await serveEmulator(emulator);
  try {
    const services = await testServices({
      fetch: (request, init) => fetch(request, init),
      config: { rBaseUrl: server.url, rAuthUrl: server.url },
    });
    const { organizationId, db } = services;
    const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
    const { connectionId, verified } = await addConnection(services, {
      organizationId,
      name: 'Killed',
      oauthClient: { clientId, clientSecret },
      refreshToken,
    });
    const { posAccountId } = verified;
    // The day start is a setting of ours, not of the POS.
    await systemTransaction(db, async (trx) => {
      await sql`update shop_calendar set day_start_hour = 5 where pos_account_id = ${posAccountId} and shop_id = '3'`.execute(
        trx,
      );
    });
    const orders: Omit<Orders, 'stopAt'> = {
      databaseUrl: services.databaseUrl,
      secretKey: services.config.secretKey ?? '',
      origin: server.url,
      organizationId,
      posAccountId,
      connectionId,
    };
    const openTransactions = async (): Promise<number> => {
      const { rows } = await services.pool.query<{ open: number }>(
        `select count(*)::int as open from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      );
      return rows[0]?.open ?? 0;
    };

    // Every third of the transactions is let through, so that the backfill gets on.
    const kills: readonly NonNullable<Orders['stopAt']>[] = [
      { stage: 'facts_summed', nth: 1 },
      ...Array.from({ length: 6 }, (_, index) => ({ stage: 'in_transaction', nth: 1 + (index % 3) }) as const),
      { stage: 'fetched', nth: 2 },
      { stage: 'committed', nth: 1 },
      { stage: 'token', nth: 1 },
      ...Array.from({ length: 5 }, (_, index) => ({ stage: 'in_transaction', nth: 2 + (index % 3) }) as const),
      { stage: 'committed', nth: 2 },
      { stage: 'fetched', nth: 1 },
      ...Array.from({ length: 4 }, (_, index) => ({ stage: 'in_transaction', nth: 1 + (index % 4) }) as const),
    ];
    let insideTransaction = 0;
    let worker = startWorker();
    for (const stopAt of kills) {
      // From here on the late edits have happened, and every access token has run out.
      if (stopAt.stage === 'token')
        emulator.control.clock.set(new Date(emulator.world.window.until + 2 * 3_600_000).toISOString());
      const next = startWorker();
      expect(await worker.line()).toBe('ready');
      worker.order({ ...orders, stopAt });
      expect(await worker.line(), `the worker to be stopped at ${JSON.stringify(stopAt)}`).toBe('here');
      if ((await openTransactions()) > 0 && stopAt.stage === 'in_transaction') insideTransaction += 1;
      await worker.kill();
      // The dead worker's lease runs out; said here, so that nobody has to wait for it.
      await systemTransaction(db, async (trx) => {
        await sql`update sync_state set lease_until = clock_timestamp() where pos_account_id = ${posAccountId}`.execute(trx);
      });
      worker = next;
    }
    expect(kills.length).toBeGreaterThanOrEqual(21);
    expect(insideTransaction).toBeGreaterThanOrEqual(15);
    const done = await services.pool.query<{ ended: boolean }>(
      `select exists (select from cursor where pos_account_id = $1 and stream = 'sales' and lane = 'history' and caught_up_at is not null) as ended`,
      [posAccountId],
    );
    expect(done.rows[0]?.ended, 'the backfill to be still under way at the last kill').toBe(false);

    expect(await worker.line()).toBe('ready');
    worker.order({ ...orders, stopAt: null });
    expect(await worker.line()).toMatch(/^done .*"state":"complete"/u);

    const truth = emulator.control.truth();
    if (truth === null) throw new Error('This emulator has a truth.');
    expect(compare(await readCells(db, organizationId, posAccountId), truth)).toEqual([]);
    // Nothing doubled: a clean walk over the same till ends with the very same rows.
    emulator.control.clock.freeze();
    const clean = await testAccount(db, organizationId, { ...emulator, credentials: { rSeries: await freshToken() } });
    expect((await clean.sync()).state).toBe('complete');
    expect(await ledgerDigest(db, organizationId, posAccountId)).toBe(await ledgerDigest(db, organizationId, clean.posAccountId));
    const versions = await services.pool.query<{ sale_id: string; versions: number; last: number }>(
      `select sale_id, count(*)::int as versions, max(version)::int as last from sale_version where pos_account_id = $1
group by sale_id having count(*) <> max(version) or count(distinct hash) <> count(*)`,
      [posAccountId],
    );
    expect(versions.rows).toEqual([]);

    /** The first access token has run out by the world's clock; the connection's own was renewed meanwhile. */
    async function freshToken() {
      const tokens = tokensOf(services, { organizationId, connectionId });
      const accessToken = await tokens.renew(await tokens.token());
      return { accountID: emulator.credentials.rSeries.accountID, accessToken };
    }
  } finally {
    await server.close();
  }
}, 240_000);
