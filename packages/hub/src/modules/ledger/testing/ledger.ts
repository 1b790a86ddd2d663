/** A ledger on a real database and what is in it, for tests. */
import type { Instant, Normalized, Sale } from '@tillweave/lightspeed';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { uuidv7 } from '../../../platform/uuid.ts';
import { type Calendars, readCalendars } from '../calendars.ts';
import { sumFacts } from '../facts.ts';
import { prepareSales } from '../prepare-sales.ts';
import { encodePage, type Recorded, recordSales } from '../record-sales.ts';
import { instant, testPage, type TestSale } from './sales.ts';

export interface TestLedger {
  readonly posAccountId: string;
  readonly calendars: () => Promise<Calendars>;
  /** Records hand-made sales as one page, as answered to a request sent then. */
  readonly record: (sales: readonly TestSale[], requestedAt: string) => Promise<Recorded>;
  readonly recordPage: (
    records: readonly Normalized<Sale>[],
    documents: readonly unknown[],
    requestedAt: Instant,
  ) => Promise<Recorded>;
  readonly sumFacts: () => Promise<number>;
  /** Everything kept of the account, as comparable text. `content`: without version numbers and when something was seen. */
  readonly dump: (what: 'everything' | 'content') => Promise<string>;
}

/** A POS account of the organization, with the calendars of shops 1 (Copenhagen), 2 (New York) and 3 (Adelaide, from 05:00). */
export async function testLedger(db: Kysely<Database>, organizationId: string): Promise<TestLedger> {
  const posAccountId = uuidv7();
  await tenantTransaction(db, organizationId, async (trx) => {
    await trx
      .insertInto('pos_account')
      .values({
        organization_id: organizationId,
        id: posAccountId,
        provider: 'lightspeed-r',
        external_id: posAccountId,
        name: 'Test account',
        currency: 'DKK',
      })
      .execute();
    await trx
      .insertInto('shop_calendar')
      .values(
        (
          [
            ['1', 'Europe/Copenhagen', 0],
            ['2', 'America/New_York', 0],
            ['3', 'Australia/Adelaide', 5],
          ] as const
        ).map(([shop_id, time_zone, day_start_hour]) => ({
          organization_id: organizationId,
          pos_account_id: posAccountId,
          shop_id,
          valid_from: '0001-01-01',
          time_zone,
          day_start_hour,
        })),
      )
      .execute();
  });
  const calendars = async (): Promise<Calendars> =>
    tenantTransaction(db, organizationId, (trx) => readCalendars(trx, organizationId, posAccountId));
  const recordPage: TestLedger['recordPage'] = async (records, documents, requestedAt) => {
    const known = await calendars();
    const page = encodePage(prepareSales(records, documents, known));
    const scope = { organizationId, posAccountId, runId: null };
    const origin = { stream: 'sales', method: 'GET', path: '/API/V3/Account/1/Sale.json', requestedAt, serverTime: null };
    return tenantTransaction(db, organizationId, (trx) => recordSales(trx, scope, origin, page, known));
  };
  return {
    posAccountId,
    calendars,
    recordPage,
    record: async (sales, requestedAt) => {
      const { records, documents } = testPage(sales);
      return recordPage(records, documents, instant(requestedAt));
    },
    sumFacts: () => sumFacts(db, organizationId, posAccountId),
    dump: (what) => dump(db, organizationId, posAccountId, what),
  };
}

const TABLES = [
  'sale',
  'sale_line',
  'payment',
  'sale_version',
  'sale_figure',
  'payment_figure',
  'fact',
  'payment_fact',
  'fact_day',
  'fact_month',
  'account_hour',
  'payment_day',
  'payment_month',
  'dirty_day',
  'set_aside',
] as const;
/** What depends on when and how often something was seen. */
const CIRCUMSTANCES = ['seen_at', 'version', 'id', 'first_seen_at', 'resolved_at', 'generation'];

/** All rows of all ledger tables in one order. */
async function dump(
  db: Kysely<Database>,
  organizationId: string,
  posAccountId: string,
  what: 'everything' | 'content',
): Promise<string> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const parts: string[] = [];
    for (const table of TABLES) {
      if (what === 'content' && table === 'sale_version') continue;
      const without = what === 'content' ? CIRCUMSTANCES : [];
      const { rows } = await sql<{ row: string }>`
        select (to_jsonb(t) - 'organization_id' - 'pos_account_id' - ${without}::text[])::text as row
        from ${sql.table(table)} t where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        order by 1`.execute(trx);
      parts.push(`${table}: ${rows.length}`, ...rows.map(({ row }) => row));
    }
    return parts.join('\n');
  });
}
