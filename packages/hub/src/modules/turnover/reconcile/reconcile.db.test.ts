import { createEmulator } from '@tillweave/emulator';
import {
  createFixedWindowGovernor,
  createLeakyBucketGovernor,
  createRSeriesClient,
  createXSeriesClient,
  personalToken,
} from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServices, type TestServices } from '../../../../../../test/services.ts';
import { systemTransaction, tenantTransaction } from '../../../platform/database/transaction.ts';
import { uuidv7 } from '../../../platform/uuid.ts';
import { type TestAccount, testAccount, worldClock } from '../../sync/testing/account.ts';
import { testXAccount } from '../../sync/testing/x-account.ts';
import { type OpenedPos, runReconcile } from './run-reconcile.ts';
import { type Reconcile, reconcileBody, reconcileResult } from './schemas.ts';
import { listReconciles, signOff } from './stored.ts';

const DAYS = 10;
const BY = { actor: { kind: 'person', id: 'anna', name: 'Anna' }, at: new Date('2026-11-24T12:00:00Z') } as const;
const emulator = createEmulator({ sales: 900, days: DAYS, customers: 40, seed: 5, frozenClock: true });
const clock = worldClock(emulator);
const PERIOD = { from: '2026-11-15', to: '2026-11-22' };

let services: TestServices;
let organizationId: string;
let r: TestAccount;
let x: TestAccount;

beforeAll(async () => {
  services = await testServices();
  organizationId = uuidv7();
  await systemTransaction(services.db, (trx) =>
    trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name: 'Reconcile', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
      .execute(),
  );
  r = await testAccount(services.db, organizationId, emulator);
  x = await testXAccount(services.db, organizationId, emulator);
  await r.sync();
  await x.sync();
});

const openR = async (): Promise<OpenedPos> => {
  const token = emulator.credentials.rSeries.accessToken;
  const client = createRSeriesClient({
    baseUrl: 'https://api.example.test',
    accountId: emulator.credentials.rSeries.accountID,
    auth: { token: async () => token, renew: async () => token },
    governor: createLeakyBucketGovernor({ clock }),
    fetch: emulator.fetch,
    clock,
  });
  return { provider: 'lightspeed-r', client };
};

const openX = async (): Promise<OpenedPos> => {
  const client = createXSeriesClient({
    baseUrl: 'https://demostore.example.test',
    auth: personalToken(emulator.credentials.xSeries?.personalToken ?? ''),
    governor: createFixedWindowGovernor({ clock }),
    fetch: emulator.fetch,
    clock,
  });
  return { provider: 'lightspeed-x', client };
};

async function reconcile(account: TestAccount, body: object): Promise<Reconcile> {
  const whole = reconcileBody.parse({ posAccountId: account.posAccountId, ...PERIOD, ...body });
  const result = await runReconcile(services, organizationId, whole, BY, account === r ? openR : openX);
  expect(reconcileResult.parse(result)).toEqual(result);
  return result;
}

/** Exact texts of at most nine decimals as whole billionths, so that nothing is rounded here. */
const exact = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
  return text.startsWith('-') ? -units : units;
};

/** Every line is the sum of its receipts, and the lines lead from ours to theirs. */
function expectNoPlugs(result: Reconcile): void {
  for (const line of result.bridge) {
    const listed = line.receipts.reduce((sum, receipt) => sum + exact(receipt.amount), 0n);
    if (line.receipts.length === line.receiptCount) expect([line.cause, listed]).toEqual([line.cause, exact(line.exact)]);
    expect(line.receiptCount).toBeGreaterThan(0);
  }
  const bridged = result.bridge.reduce((sum, line) => sum + exact(line.exact), 0n) + exact(result.reportRounding);
  const cents = Number((bridged + (bridged < 0n ? -5_000_000n : 5_000_000n)) / 10_000_000n);
  expect(cents + result.unexplained).toBe(result.difference);
}

describe('R-Series: against the accounting reports', () => {
  it.each(['r.sales_subtotal', 'r.sales_total', 'r.payments'] as const)(
    '%s: nothing is unexplained, and no line is a plug',
    async (preset) => {
      const result = await reconcile(r, { preset });
      expect(result.pos).toMatchObject({ source: 'api' });
      expect(result.pos.amount).toBeGreaterThan(1_000_000);
      expect({ unexplained: result.unexplained, days: result.unexplainedDays }).toEqual({ unexplained: 0, days: [] });
      expect(result.bridge.map(({ cause }) => cause)).not.toContain('differs_at_pos');
      expectNoPlugs(result);
    },
  );

  it('r.register_counts: what the drawers should have had at closing, session by session', async () => {
    const result = await reconcile(r, { preset: 'r.register_counts' });
    expect(result.pos).toMatchObject({ source: 'api' });
    expect({ unexplained: result.unexplained, days: result.unexplainedDays }).toEqual({ unexplained: 0, days: [] });
    expectNoPlugs(result);
    expect(result.sessions.length).toBeGreaterThan(20);
    expect(result.sessions.reduce((sum, { amount }) => sum + amount, 0)).toBe(result.pos.amount);
    // Every ninth drawer is a coin short in this world, and only cash is counted.
    const cash = result.sessions.flatMap(({ counts }) => counts).filter(({ counted }) => counted !== null);
    expect(new Set(cash.map(({ paymentType }) => paymentType))).toEqual(new Set(['Cash']));
    expect(new Set(cash.map(({ counted, calculated }) => (counted ?? 0) - calculated))).toEqual(new Set([0, -100]));
    // Counts are kept: asked again, the POS is asked for new ones only, and says the same.
    expect(await reconcile(r, { preset: 'r.register_counts' })).toMatchObject({ pos: result.pos, sessions: result.sessions });
  });

  it('a shop whose day starts at five differs by the small hours, and says so by receipt', async () => {
    const result = await reconcile(r, { preset: 'r.sales_total', shopId: '3' });
    expect(result.unexplained).toBe(0);
    expect(result.shopName).not.toBeNull();
    expectNoPlugs(result);
  });

  it('a figure typed in that is wrong stays unexplained: nothing is made up for it', async () => {
    const right = await reconcile(r, { preset: 'r.payments' });
    const typed = await reconcile(r, { preset: 'r.payments', typed: right.pos.amount + 12_345 });
    expect(typed.pos.source).toBe('typed');
    expect(typed.unexplained).toBe(12_345);
  });

  it.each([
    ['r.sales_total', 'net_sales_incl', 3],
    ['r.sales_total', 'net_sales_incl', 700],
    ['r.sales_subtotal', 'gross_sales', 3],
  ] as const)(
    '%s: a figure of ours that its receipt does not bear out (%s by %i) is unexplained',
    async (preset, measure, by) => {
      const change = (units: number) =>
        tenantTransaction(services.db, organizationId, (trx) =>
          sql`update sale_figure set ${sql.ref(measure)} = ${sql.ref(measure)} + ${units} where pos_account_id = ${r.posAccountId} and sale_id = (
          select min(sale_id) from sale where pos_account_id = ${r.posAccountId} and shop_id = '1' and state = 'completed' and total > 100
            and business_day between ${PERIOD.from}::date and ${PERIOD.to}::date)`.execute(trx),
        );
      const right = await reconcile(r, { preset });
      await change(by);
      const result = await reconcile(r, { preset });
      await change(-by);
      expect(result.difference).toBe(right.difference - by);
      // No line of the bridge takes it up: it is left, among what the report's own rounding can make or beyond.
      expect(result.bridge).toEqual(right.bridge);
      const left = ({ unexplained, reportRounding }: Reconcile) => BigInt(unexplained) * 10_000_000n + exact(reportRounding);
      const off = left(right) - left(result) - BigInt(by) * 10_000_000n;
      expect(off < 0n ? -off : off).toBeLessThanOrEqual(5_000_000n);
    },
  );

  it('a planted discrepancy is found and named: a receipt that is missing here, and one with another amount', async () => {
    const [first, second] = await tenantTransaction(services.db, organizationId, async (trx) => {
      const { rows } = await sql<{ sale_id: string; business_day: string; total: string }>`
        select sale_id, business_day, total::text from sale
        where pos_account_id = ${r.posAccountId} and shop_id = '1' and state = 'completed' and total > 100
          and business_day between ${PERIOD.from}::date and ${PERIOD.to}::date order by sale_id limit 2`.execute(trx);
      const [missing, changed] = rows;
      for (const table of ['sale', 'sale_line', 'payment', 'sale_figure', 'payment_figure']) {
        await sql`delete from ${sql.table(table)} where pos_account_id = ${r.posAccountId} and sale_id = ${missing?.sale_id ?? ''}`.execute(
          trx,
        );
      }
      await sql`update sale_line set exclusive = exclusive - 7, net_cents = net_cents - 700
        where pos_account_id = ${r.posAccountId} and sale_id = ${changed?.sale_id ?? ''}
          and line_id = (select min(line_id) from sale_line where pos_account_id = ${r.posAccountId} and sale_id = ${changed?.sale_id ?? ''})`.execute(
        trx,
      );
      await sql`update sale_figure set net_sales_incl = net_sales_incl - 700
        where pos_account_id = ${r.posAccountId} and sale_id = ${changed?.sale_id ?? ''}`.execute(trx);
      return rows;
    });
    const result = await reconcile(r, { preset: 'r.sales_total' });
    expect(result.unexplained).toBe(0);
    expect(result.bridge.find(({ cause }) => cause === 'not_read')?.receipts.map(({ saleId, day }) => [saleId, day])).toEqual([
      [first?.sale_id, first?.business_day],
    ]);
    expect(
      result.bridge.find(({ cause }) => cause === 'differs_at_pos')?.receipts.map(({ saleId, amount }) => [saleId, amount]),
    ).toEqual([[second?.sale_id, '7']]);
    expectNoPlugs(result);
    const counts = await reconcile(r, { preset: 'r.register_counts' });
    expect(counts.unexplained).toBe(0);
    expect(counts.bridge.find(({ cause }) => cause === 'not_read')?.receipts.map(({ saleId }) => saleId)).toEqual([
      first?.sale_id,
    ]);
    expectNoPlugs(counts);
  });
});

describe('X-Series', () => {
  it('x.closure_payments: what was not told stays unsaid; the newest session is that of its day', async () => {
    await expect(reconcile(x, { preset: 'x.closure_payments' })).rejects.toMatchObject({ code: 'invalid_request' });
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    const result = await reconcile(x, { preset: 'x.closure_payments', from: today, to: today });
    expect(result.pos).toMatchObject({ source: 'api' });
    expect(new Set(result.sessions.map(({ source }) => source))).toEqual(new Set(['summary']));
    expect(result.unexplained).toBe(0);
    expectNoPlugs(result);
  });

  it.each(['x.sales_report'] as const)('%s: typed from the POS’s screen, here the till’s own total', async (preset) => {
    await expect(reconcile(x, { preset })).rejects.toMatchObject({ code: 'invalid_request' });
    // What the screen shows: totals incl. tax of counted sales by the outlet's calendar day, from the emulator's own sales.
    const at = emulator.world.x.at(emulator.control.clock.now());
    const zones = new Map(at.outlets().map(({ id, timeZone }) => [id, timeZone]));
    let cents = 0;
    for (const stamp of at.sales()) {
      const sale = at.sale(stamp.id);
      if (sale === undefined || sale.deletedAt !== null || !isCounted(sale)) continue;
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: zones.get(sale.outletId) ?? 'UTC' }).format(
        new Date(sale.saleDate),
      );
      if (day >= PERIOD.from && day <= PERIOD.to) cents += Math.round(sale.totalPriceIncl * 100);
    }
    const result = await reconcile(x, { preset, typed: cents });
    expect(result.unexplained).toBe(0);
    expectNoPlugs(result);
  });
});

/** D13, from the documents' own words: closed, or on account and not waiting to be delivered. */
function isCounted({ state, attributes }: { readonly state: string; readonly attributes: readonly string[] }): boolean {
  const waits = ['delivery', 'pickup', 'service'].some((one) => attributes.includes(one));
  return state === 'closed' || (state === 'pending' && attributes.includes('onaccount') && !waits);
}

describe('Sign-off', () => {
  it('is kept with its author and note, and given once', async () => {
    const { items } = await tenantTransaction(services.db, organizationId, (trx) =>
      listReconciles(trx, organizationId, { limit: 1 }),
    );
    const id = items[0]?.id ?? '';
    const sign = () =>
      tenantTransaction(services.db, organizationId, (trx) => signOff(trx, organizationId, id, 'Checked with the till', BY));
    expect((await sign()).signedOff).toEqual({
      at: BY.at.toISOString(),
      author: { kind: 'person', id: 'anna', name: 'Anna' },
      note: 'Checked with the till',
    });
    await expect(sign()).rejects.toMatchObject({ code: 'conflict' });
    const { rows } = await tenantTransaction(services.db, organizationId, (trx) =>
      sql`select action from audit_entry where action = 'reconcile.signed_off'`.execute(trx),
    );
    expect(rows).toHaveLength(1);
  });
});
