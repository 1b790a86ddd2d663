/** An emulated till, an empty ledger, and the engine between them: for tests. */
import { type Clock, createLeakyBucketGovernor, createRSeriesClient, type Fetch, type Instant } from '@tillweave/lightspeed';
import { type Kysely, sql } from 'kysely';
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../../../platform/database/schema.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { uuidv7 } from '../../../platform/uuid.ts';
import { PAYMENT_MEASURES, SALE_MEASURES } from '../../ledger/figure/measures.ts';
import { importDefaults } from '../../stores/import-defaults.ts';
import { createRequestCounter } from '../request-counter.ts';
import { type AccountSyncOptions, type SliceSummary, syncSlice } from '../sync-account.ts';
import type { PosClient } from '../client.ts';

/** As much of the emulator as is needed here; a test makes it, because modules may not know that there is one. */
export interface EmulatedTill {
  readonly fetch: Fetch;
  readonly world: {
    readonly currency: string;
    readonly window: { readonly until: number };
    at(now: number): { shops(): readonly { readonly id: string; readonly timeZone: string; readonly dayStartHour: number }[] };
  };
  readonly control: {
    readonly clock: { now(): number; advance(milliseconds: number): void };
    truth(): Truth | null;
  };
  readonly credentials: { readonly rSeries: { readonly accountID: string; readonly accessToken: string } };
}

/** The till's own totals. */
export interface Truth {
  readonly cells: readonly {
    readonly shopID: string;
    readonly registerID: string;
    readonly day: string;
    readonly hour: string;
    readonly measures: Readonly<Record<string, number | string>>;
  }[];
}

export interface TestAccount {
  readonly organizationId: string;
  readonly posAccountId: string;
  /** One slice, to the end unless the options say otherwise. */
  readonly sync: (options?: Partial<AccountSyncOptions>, client?: PosClient) => Promise<SliceSummary>;
  /** One that waits for nothing: a spent budget is an error with a time. */
  readonly impatientClient: () => PosClient;
  readonly client: (onRequest?: Parameters<typeof createRSeriesClient>[0]['onRequest']) => PosClient;
  /** Cells whose measures differ from the emulator's own totals; empty when all agree. */
  readonly mismatches: () => Promise<readonly string[]>;
}

/** The world's clock as ours, so that stamps and waiting agree. */
export function worldClock(emulator: { readonly control: Pick<EmulatedTill['control'], 'clock'> }): Clock {
  return {
    now: () => emulator.control.clock.now() as Instant,
    sleep(ms) {
      emulator.control.clock.advance(ms);
      return Promise.resolve();
    },
  };
}

/** A POS account over an emulator, with shop 3's day starting at 05:00 as its world has it. Freeze the emulator's clock. */
export async function testAccount(db: Kysely<Database>, organizationId: string, emulator: EmulatedTill): Promise<TestAccount> {
  const posAccountId = uuidv7();
  await addAccount(db, organizationId, posAccountId, emulator);
  const clock = worldClock(emulator);
  const token = emulator.credentials.rSeries.accessToken;
  const open = (options: Partial<Parameters<typeof createRSeriesClient>[0]>): PosClient =>
    createRSeriesClient({
      baseUrl: 'https://api.example.test',
      accountId: emulator.credentials.rSeries.accountID,
      auth: { token: async () => token, renew: async () => token },
      governor: createLeakyBucketGovernor({ clock }),
      fetch: emulator.fetch,
      clock,
      ...options,
    });
  const client: TestAccount['client'] = (onRequest = () => undefined) => open({ onRequest });
  return {
    organizationId,
    posAccountId,
    client,
    impatientClient: () => open({ patienceMs: 0 }),
    async sync(syncOptions = {}, given) {
      const counter = createRequestCounter();
      const needs = {
        db,
        clock,
        counter,
        client: given ?? client((info) => counter.onRequest(info)),
        afterLookUps: (trx: Parameters<typeof importDefaults>[0]) => importDefaults(trx, { organizationId, posAccountId }),
      };
      const { settings, ...others } = syncOptions;
      return syncSlice(needs, {
        organizationId,
        posAccountId,
        connectionId: null,
        settings: { sliceMs: Number.POSITIVE_INFINITY, ...settings },
        ...others,
      });
    },
    mismatches: async () => {
      const truth = emulator.control.truth();
      if (truth === null) throw new Error('This emulator has no truth.');
      return compare(await readCells(db, organizationId, posAccountId), truth);
    },
  };
}

/** The rows an account needs before anything is read. */
export async function addAccount(
  db: Kysely<Database>,
  organizationId: string,
  posAccountId: string,
  { world }: Pick<EmulatedTill, 'world'>,
): Promise<void> {
  await tenantTransaction(db, organizationId, async (trx) => {
    await trx
      .insertInto('pos_account')
      .values({
        organization_id: organizationId,
        id: posAccountId,
        provider: 'lightspeed-r',
        external_id: randomUUID(),
        name: 'Test account',
        currency: world.currency,
      })
      .execute();
    const late = world
      .at(world.window.until)
      .shops()
      .filter((shop) => shop.dayStartHour !== 0);
    if (late.length === 0) return;
    await trx
      .insertInto('shop_calendar')
      .values(
        late.map((shop) => ({
          organization_id: organizationId,
          pos_account_id: posAccountId,
          shop_id: shop.id,
          valid_from: '0001-01-01',
          time_zone: shop.timeZone,
          day_start_hour: shop.dayStartHour,
        })),
      )
      .execute();
  });
}

/** Measures by cell and name, as text. */
type Cells = ReadonlyMap<string, string>;

/** All facts of an account; zeros left out. */
export async function readCells(db: Kysely<Database>, organizationId: string, posAccountId: string): Promise<Cells> {
  const cells = new Map<string, string>();
  await tenantTransaction(db, organizationId, async (trx) => {
    const facts = await trx
      .selectFrom('fact')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .execute();
    for (const fact of facts) {
      const cell = [fact.shop_id, fact.register_id, fact.business_day, fact.hour.toISOString()].join(' ');
      for (const measure of [...SALE_MEASURES, ...PAYMENT_MEASURES]) {
        const value = Number(fact[measure]);
        if (value !== 0) cells.set(`${cell} ${measure}`, String(value));
      }
    }
    const payments = await trx
      .selectFrom('payment_fact')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .execute();
    for (const fact of payments) {
      const cell = [fact.shop_id, fact.register_id, fact.business_day, fact.hour.toISOString()].join(' ');
      if (fact.payments !== 0) cells.set(`${cell} payments:${fact.payment_type_id}`, String(fact.payments));
    }
  });
  return cells;
}

/** The differences between our facts and the emulator's truth, as text. */
export function compare(ours: Cells, truth: Truth): readonly string[] {
  const theirs = new Map<string, string>();
  for (const { shopID, registerID, day, hour, measures } of truth.cells) {
    const cell = [shopID, registerID, day, new Date(hour).toISOString()].join(' ');
    for (const [measure, value] of Object.entries(measures)) theirs.set(`${cell} ${measure}`, String(Number(value)));
  }
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => ours.get(key) !== theirs.get(key))
    .map((key) => `${key}: ours ${ours.get(key) ?? 'nothing'}, theirs ${theirs.get(key) ?? 'nothing'}`);
}

/** A digest a table of what the ledger holds of an account, whichever way it came there. */
export async function ledgerDigest(db: Kysely<Database>, organizationId: string, posAccountId: string): Promise<string> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const digests: string[] = [];
    for (const table of [
      'sale',
      'sale_line',
      'payment',
      'sale_figure',
      'payment_figure',
      'left_out_sale_figure',
      'left_out_payment_figure',
      'fact',
      'payment_fact',
      'customer',
      'sale_void',
    ]) {
      const { rows } = await sql<{ row: string }>`
        select (to_jsonb(t) - 'organization_id' - 'pos_account_id' - 'seen_at' - 'version' - 'checked_at')::text as row
        from ${sql.table(table)} t where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        order by 1`.execute(trx);
      const digest = createHash('sha256');
      for (const { row } of rows) digest.update(`${row}\n`);
      digests.push(`${table}: ${rows.length} rows, ${digest.digest('hex')}`);
    }
    return digests.join('\n');
  });
}
