/** An emulated X-Series retailer, an empty ledger, and the engine between them: for tests. */
import { createFixedWindowGovernor, createXSeriesClient, type Fetch, personalToken } from '@tillweave/lightspeed';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../platform/database/schema.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { uuidv7 } from '../../../platform/uuid.ts';
import { importDefaults } from '../../stores/import-defaults.ts';
import { createRequestCounter } from '../request-counter.ts';
import { syncSlice } from '../sync-account.ts';
import { noSaleLookUps, versionFeedClient } from '../x-client.ts';
import { compare, readCells, type TestAccount, type Truth, worldClock } from './account.ts';

/** As much of the emulator as is needed here; a test makes it, because modules may not know that there is one. */
export interface EmulatedRetailer {
  readonly fetch: Fetch;
  readonly world: {
    readonly x: {
      readonly currency: string;
      readonly window: { readonly until: number };
      at(now: number): {
        outlets(): readonly { readonly id: string; readonly timeZone: string; readonly dayStartHour: number }[];
      };
    };
  };
  readonly control: {
    readonly clock: { now(): number; advance(milliseconds: number): void };
    readonly xSeries: { truth(): Truth | null } | null;
  };
  readonly credentials: { readonly xSeries: { readonly personalToken: string } | null };
}

/** A POS account over an X-Series emulator, its shops' days starting as its world has them. Freeze the emulator's clock. */
export async function testXAccount(
  db: Kysely<Database>,
  organizationId: string,
  emulator: EmulatedRetailer,
): Promise<TestAccount> {
  const posAccountId = uuidv7();
  const { x } = emulator.world;
  const late = x
    .at(x.window.until)
    .outlets()
    .filter((outlet) => outlet.dayStartHour !== 0);
  await tenantTransaction(db, organizationId, async (trx) => {
    const account = { organization_id: organizationId, pos_account_id: posAccountId };
    await trx
      .insertInto('pos_account')
      .values({
        organization_id: organizationId,
        id: posAccountId,
        provider: 'lightspeed-x',
        external_id: randomUUID(),
        name: 'Test retailer',
        currency: x.currency,
      })
      .execute();
    if (late.length === 0) return;
    await trx
      .insertInto('shop_calendar')
      .values(
        late.map(({ id, timeZone, dayStartHour }) => ({
          ...account,
          shop_id: id,
          valid_from: '0001-01-01',
          time_zone: timeZone,
          day_start_hour: dayStartHour,
        })),
      )
      .execute();
  });
  const clock = worldClock(emulator);
  const kept = noSaleLookUps();
  const open = (options: Partial<Parameters<typeof createXSeriesClient>[0]>) =>
    versionFeedClient(
      createXSeriesClient({
        baseUrl: 'https://demostore.example.test',
        auth: personalToken(emulator.credentials.xSeries?.personalToken ?? ''),
        governor: createFixedWindowGovernor({ clock }),
        fetch: emulator.fetch,
        clock,
        // Several pages a walk, as a real retailer has.
        switches: { salesPageSize: 100, pageSize: 50 },
        ...options,
      }),
      kept,
      clock,
    );
  const client: TestAccount['client'] = (onRequest = () => undefined) => open({ onRequest });
  return {
    organizationId,
    posAccountId,
    client,
    impatientClient: () => open({ patienceMs: 0 }),
    async sync({ settings, ...others } = {}, given) {
      const counter = createRequestCounter();
      const needs = {
        db,
        clock,
        counter,
        client: given ?? client((info) => counter.onRequest(info)),
        afterLookUps: (trx: Parameters<typeof importDefaults>[0]) => importDefaults(trx, { organizationId, posAccountId }),
      };
      return syncSlice(needs, {
        organizationId,
        posAccountId,
        connectionId: null,
        settings: { sliceMs: Number.POSITIVE_INFINITY, ...settings },
        ...others,
      });
    },
    mismatches: async () => {
      const truth = emulator.control.xSeries?.truth() ?? null;
      if (truth === null) throw new Error('This emulator has no truth.');
      return compare(await readCells(db, organizationId, posAccountId), truth);
    },
  };
}
