/** Sales in the ledger by the same code that a sync uses, for tests of everything that reads them. */
import type { Decimal, Instant, Normalized, Payment, Sale, SaleLine, SetAside } from '@tillweave/lightspeed';
import type { Kysely } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { uuidv7 } from '../../../platform/uuid.ts';
import { readCalendars } from '../../ledger/calendars.ts';
import { sumFacts } from '../../ledger/facts.ts';
import { prepareSales } from '../../ledger/prepare-sales.ts';
import { encodePage, recordSales } from '../../ledger/record-sales.ts';
import { importDefaults } from '../../stores/import-defaults.ts';

export interface TestShop {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly dayStartHour?: number;
  /** Register ids. */
  readonly registers?: readonly string[];
}

export interface TestSale {
  readonly id: string;
  readonly shop: string;
  readonly register?: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** Net amount of its one line, excl. tax, as text; 25 % tax comes on top. Negative: a return. */
  readonly net: string;
  readonly quantity?: string;
  readonly state?: Sale['state'];
  /** Paid at another time, at another register. */
  readonly paidAt?: string;
  readonly paidRegister?: string;
  readonly payment?: 'cash' | 'card';
  readonly changedAt?: string;
  readonly customer?: string;
}

export interface TestLedger {
  readonly posAccountId: string;
  /** Records sales as one page and sums their days. */
  readonly record: (sales: readonly TestSale[], requestedAt?: string) => Promise<void>;
  /** The same of sales as they come from the POS's documents. */
  readonly recordSales: (sales: readonly Sale[], requestedAt?: string) => Promise<void>;
  /** Records a sale's document that cannot be read. */
  readonly setAside: (about: Pick<SetAside, 'id' | 'shopId' | 'readableTime'>, requestedAt?: string) => Promise<void>;
  /** Says that everything up to here is read, and that the first walk is through. */
  readonly caughtUp: (iso: string) => Promise<void>;
}

/** A POS account with its shops, each given its default store and department (unless `mapped` is false). */
export async function testLedger(
  db: Kysely<Database>,
  organizationId: string,
  shops: readonly TestShop[],
  { currency = 'DKK', mapped = true, externalId = '1' }: { currency?: string; mapped?: boolean; externalId?: string } = {},
): Promise<TestLedger> {
  const posAccountId = uuidv7();
  await tenantTransaction(db, organizationId, async (trx) => {
    const own = { organization_id: organizationId, pos_account_id: posAccountId };
    await trx
      .insertInto('pos_account')
      .values({
        organization_id: organizationId,
        id: posAccountId,
        provider: 'lightspeed-r',
        external_id: externalId,
        name: `Account ${externalId}`,
        currency,
      })
      .execute();
    for (const shop of shops) {
      const { timeZone, dayStartHour = 0 } = shop;
      await trx
        .insertInto('shop')
        .values({ ...own, shop_id: shop.id, name: shop.name, time_zone: timeZone })
        .execute();
      await trx
        .insertInto('shop_calendar')
        .values({ ...own, shop_id: shop.id, valid_from: '0001-01-01', time_zone: timeZone, day_start_hour: dayStartHour })
        .execute();
      for (const id of shop.registers ?? []) {
        await trx
          .insertInto('register')
          .values({ ...own, register_id: id, shop_id: shop.id, name: `Register ${id}` })
          .execute();
      }
    }
    await trx
      .insertInto('payment_type')
      .values([
        { ...own, payment_type_id: '1', name: 'Cash', kind: 'cash' },
        { ...own, payment_type_id: '3', name: 'Credit Card', kind: 'card' },
      ])
      .execute();
    if (mapped) await importDefaults(trx, { organizationId, posAccountId });
  });
  const recordPage = async (records: readonly Normalized<Sale>[], documents: readonly unknown[], requestedAt: string) => {
    const requested = Date.parse(requestedAt) as Instant;
    await tenantTransaction(db, organizationId, async (trx) => {
      const calendars = await readCalendars(trx, organizationId, posAccountId);
      const prepared = prepareSales(records, documents, calendars);
      const origin = {
        stream: 'sales',
        method: 'GET',
        path: '/API/V3/Account/1/Sale.json?limit=100',
        requestedAt: requested,
        serverTime: requested,
      };
      await recordSales(trx, { organizationId, posAccountId, runId: null }, origin, encodePage(prepared), calendars);
    });
    await sumFacts(db, organizationId, posAccountId);
  };
  return {
    posAccountId,
    record: (sales, requestedAt = '2026-11-24T08:00:00Z') =>
      recordPage(
        sales.map((sale) => ({ ok: true, value: toSale(sale) })),
        sales,
        requestedAt,
      ),
    recordSales: (sales, requestedAt = '2026-11-24T08:00:00Z') =>
      recordPage(
        sales.map((sale) => ({ ok: true, value: sale })),
        sales,
        requestedAt,
      ),
    setAside: (about, requestedAt = '2026-11-24T09:00:00Z') =>
      recordPage([{ ok: false, code: 'bad_number', path: 'calcTotal', message: 'not a number', ...about }], [about], requestedAt),
    caughtUp: async (iso) => {
      const streams = [
        ['sales', 'history'],
        ['sales', 'live'],
        ['lookUps', 'live'],
      ] as const;
      await tenantTransaction(db, organizationId, async (trx) => {
        for (const [stream, lane] of streams) {
          await trx
            .insertInto('cursor')
            .values({
              organization_id: organizationId,
              pos_account_id: posAccountId,
              stream,
              lane,
              position: '{}',
              caught_up_at: iso,
            })
            .onConflict((conflict) =>
              conflict.columns(['organization_id', 'pos_account_id', 'stream', 'lane']).doUpdateSet({ caught_up_at: iso }),
            )
            .execute();
        }
      });
    },
  };
}

const decimal = (text: string) => text as Decimal;
const instant = (iso: string) => Date.parse(iso) as Instant;

function toSale(sale: TestSale): Sale {
  const cents = Math.round(Number(sale.net) * 100);
  const tax = decimal(String(cents / 400));
  const isReturn = cents < 0;
  const line: SaleLine = {
    id: `${sale.id}1`,
    position: 1,
    kind: isReturn ? 'return' : 'goods',
    itemId: '7',
    quantity: decimal(sale.quantity ?? (isReturn ? '-1' : '1')),
    unitPrice: decimal(String(Math.abs(cents) / 100)),
    normalUnitPrice: null,
    exclusive: decimal(sale.net),
    tax,
    discount: decimal('0'),
    fallbackRate: decimal('0.25'),
    parentLineId: null,
  };
  const total = decimal(String((cents * 5) / 400));
  const payment: Payment = {
    id: `${sale.id}9`,
    typeId: sale.payment === 'card' ? '3' : '1',
    kind: sale.payment ?? 'cash',
    amount: total,
    tip: decimal('0'),
    paidAt: instant(sale.paidAt ?? sale.at),
    registerId: sale.paidRegister ?? sale.register ?? null,
    archived: false,
  };
  return {
    provider: 'lightspeed-r',
    id: sale.id,
    number: `2200${sale.id}`,
    shopId: sale.shop,
    registerId: sale.register ?? null,
    employeeId: null,
    customerId: sale.customer ?? null,
    state: sale.state ?? 'completed',
    archived: false,
    createdAt: null,
    occurredAt: instant(sale.at),
    changedAt: instant(sale.changedAt ?? sale.at),
    taxInclusive: false,
    total,
    tax,
    cashRounding: decimal('0'),
    lines: [line],
    adjustments: [],
    payments: [payment],
  };
}
