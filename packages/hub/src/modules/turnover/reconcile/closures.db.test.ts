import { createEmulator } from '@tillweave/emulator';
import { instantOf } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServices, type TestServices } from '../../../../../../test/services.ts';
import { createApp } from '../../../http/app.ts';
import { systemClock } from '../../../platform/clock.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { connectStoreByToken } from '../../connections/testing/store-by-token.ts';
import { syncAccount } from '../../sync/run-connection.ts';
import { ensureWebhooks } from '../../sync/webhooks/manage.ts';
import { runReconcile } from './run-reconcile.ts';
import { type Reconcile, reconcileBody } from './schemas.ts';

const HUB = 'https://hub.example.test';
const BY = { actor: { kind: 'person', id: 'anna', name: 'Anna' }, at: new Date('2026-11-24T12:00:00Z') } as const;
const PERIOD = { from: '2026-11-16', to: '2026-11-20' };

const emulator = createEmulator({
  series: 'x',
  sales: 300,
  days: 10,
  customers: 30,
  seed: 9,
  frozenClock: true,
  lateEdits: 'applied',
  webhooks: { targets: 'any', fetch: async (url, init) => app.request(url.slice(HUB.length), init) },
});
const { control } = emulator;
const x = control.xSeries ?? missing();
let services: TestServices;
let app: ReturnType<typeof createApp>;
let account: { organizationId: string; posAccountId: string; connectionId: string };
let plainSaleId: string;

function missing(): never {
  throw new Error('The X-Series answers.');
}

const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) =>
  tenantTransaction(services.db, account.organizationId, run);
const sync = () => syncAccount(services, { ...account, until: 'idle' });

/** Closed sales of the period's middle, rung up by themselves. */
function plainSale(index: number) {
  const state = emulator.world.x.at(control.clock.now());
  const found = [...state.sales()].flatMap(({ id }) => {
    const sale = state.sale(id);
    const day = new Date(sale?.saleDate ?? 0).toISOString().slice(0, 10);
    const isPlain = sale?.state === 'closed' && sale.deletedAt === null && sale.returnFor === null && sale.returnIds.length === 0;
    return sale !== undefined && isPlain && day === '2026-11-18' && sale.totalPrice > 100 ? [sale] : [];
  });
  return found[index] ?? missing();
}

beforeAll(async () => {
  services = await testServices({
    emulator,
    clock: { ...systemClock, now: () => instantOf(control.clock.now()) },
    config: { publicUrls: [{ name: 'default', url: HUB }] },
  });
  app = createApp(services);
  const { organizationId } = services;
  control.clock.set('2026-11-15T12:00:00Z');
  account = await connectStoreByToken(services, organizationId, emulator);
  await ensureWebhooks(services, account);
  // The days go by: closings are told as they happen, and what was sold is read.
  for (let hours = 0; hours < 7 * 24; hours += 6) {
    control.clock.advance(6 * 3_600_000);
    await x.deliver();
    await sync();
  }
  // What changes after its register was closed is not in the closing.
  const voided = plainSale(0);
  plainSaleId = voided.id;
  x.play([{ event: 'void', sale: voided.name, at: new Date(control.clock.now()).toISOString() }]);
  await sync();
});

async function reconcile(body: object): Promise<Reconcile> {
  const { organizationId, posAccountId } = account;
  return runReconcile(services, organizationId, reconcileBody.parse({ posAccountId, ...PERIOD, ...body }), BY);
}

describe('X-Series: closures told by webhook', () => {
  it.each(['x.closure_payments', 'x.closure_sales'] as const)(
    '%s: every session of the days is told, and every difference is receipts',
    async (preset) => {
      const result = await reconcile({ preset });
      expect(result.pos).toMatchObject({ source: 'api' });
      expect(result.pos.amount).toBeGreaterThan(1_000_000);
      expect(new Set(result.sessions.map(({ source }) => source))).toEqual(new Set(['closure']));
      const registers = new Set(result.sessions.map(({ registerId }) => registerId));
      expect(result.sessions.length).toBe(registers.size * 5);
      expect({ unexplained: result.unexplained, days: result.unexplainedDays }).toEqual({ unexplained: 0, days: [] });
      expect(result.bridge.find(({ cause }) => cause === 'changed_since')?.receipts.map(({ saleId }) => saleId)).toContain(
        plainSaleId,
      );
      for (const { exact, receipts, receiptCount } of result.bridge) {
        if (receipts.length === receiptCount)
          expect(receipts.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(Number(exact), 6);
      }
    },
  );

  it('a receipt of which we know nothing is found and named', async () => {
    const { id } = plainSale(1);
    await inTenant(async (trx) => {
      for (const table of ['sale', 'sale_line', 'payment', 'sale_figure', 'payment_figure'])
        await sql`delete from ${sql.table(table)} where sale_id = ${id}`.execute(trx);
    });
    for (const preset of ['x.closure_payments', 'x.closure_sales'] as const) {
      const result = await reconcile({ preset });
      expect([preset, result.unexplained]).toEqual([preset, 0]);
      expect(result.bridge.find(({ cause }) => cause === 'not_read')?.receipts.map(({ saleId }) => saleId)).toEqual([id]);
    }
  });

  it('a closing told again changes nothing, and one that cannot be read is not kept', async () => {
    const count = () => inTenant(async (trx) => (await trx.selectFrom('register_closure').select('closure_id').execute()).length);
    const before = await count();
    const url = x.deliveries().findLast(({ type }) => type === 'register_closure.create')?.url ?? missing();
    const [row] = await inTenant((trx) => trx.selectFrom('register_closure').select('document').limit(1).execute());
    const tell = (payload: unknown) =>
      app.request(url.slice(HUB.length), {
        method: 'POST',
        body: new URLSearchParams({ payload: JSON.stringify(payload) }),
      });
    expect((await tell(row?.document)).status).toBe(204);
    expect((await tell({ id: 'a', register: {} })).status).toBe(204);
    expect(await count()).toBe(before);
  });
});
