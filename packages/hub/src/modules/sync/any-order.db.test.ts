import { createEmulator } from '@tillweave/emulator';
import type { Instant } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { readCalendars } from '../ledger/calendars.ts';
import { sumFacts } from '../ledger/facts.ts';
import type { Page } from './client.ts';
import { originOf, preparePage } from './commit-page.ts';
import { type LookUps, readLookUps, recordLookUps } from './look-ups.ts';
import { CUSTOMERS, SALE_VOIDS, SALES, type Stream } from './streams.ts';
import { compare, ledgerDigest, readCells, testAccount, type TestAccount } from './testing/account.ts';
import { testXAccount } from './testing/x-account.ts';

const DAY_MS = 86_400_000;
const DOCUMENTS_AT_ONCE = 60;
const { db, organizationId } = await testDatabase();

interface Scope {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly runId: null;
}

/** An answer of the POS that can come at any time and any number of times. */
type Delivery = (scope: Scope) => Promise<void>;

function deliver<T extends { readonly id: string }>(stream: Stream<T>, page: Page<T>): Delivery {
  return (scope) =>
    tenantTransaction(db, organizationId, async (trx) => {
      const calendars = await readCalendars(trx, organizationId, scope.posAccountId);
      const prepared = preparePage(stream, page, calendars);
      await prepared.recordable.record(trx, scope, originOf(stream, page), { openSetAside: true });
    });
}

function deliverLookUps(lookUps: LookUps, now: Instant): Delivery {
  return (scope) =>
    tenantTransaction(db, organizationId, async (trx) => {
      await recordLookUps(trx, scope, lookUps, now);
    });
}

/** Pieces of each page: what one poll brings at once another brings in parts. */
async function read<T extends { readonly id: string }>(stream: Stream<T>, pages: AsyncIterable<Page<T>>): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for await (const page of pages) {
    for (let from = 0; from < page.records.length; from += DOCUMENTS_AT_ONCE) {
      const until = from + DOCUMENTS_AT_ONCE;
      deliveries.push(
        deliver(stream, { ...page, records: page.records.slice(from, until), documents: page.documents.slice(from, until) }),
      );
    }
  }
  return deliveries;
}

type Emulator = ReturnType<typeof createEmulator>;

/** What the POS answers at one moment: the whole walk, and polls, looks by id (as after a webhook) and days read again. */
async function answersAt(emulator: Emulator, till: TestAccount, now: number): Promise<{ walk: Delivery[]; others: Delivery[] }> {
  emulator.control.clock.set(new Date(now).toISOString());
  const client = till.client();
  const isFeed = client.feed === 'versions';
  const ids: string[] = [];
  for await (const page of client.sales({ order: 'id' }))
    for (const record of page.records) if (record.ok) ids.push(record.value.id);
  const window = { order: 'completed', from: (now - 30 * DAY_MS) as Instant, until: (now + DAY_MS) as Instant } as const;
  const changed = { order: 'changed', since: (now - 40 * DAY_MS) as Instant } as const;
  const hints = { ids: ids.filter((_, index) => index % 9 === 0) };
  const walk = [
    ...(await read(SALES, SALES.open(client, { order: 'id' }))),
    ...(await read(CUSTOMERS, CUSTOMERS.open(client, { order: 'id' }))),
    ...(isFeed ? [] : await read(SALE_VOIDS, SALE_VOIDS.open(client, { order: 'id' }))),
    deliverLookUps(await readLookUps(client, now as Instant), now as Instant),
  ];
  const others = [
    ...(await read(SALES, SALES.open(client, hints))),
    ...(await read(SALES, SALES.open(client, window))),
    ...(isFeed ? [] : await read(SALES, SALES.open(client, changed))),
  ];
  return { walk, others };
}

/** An account of the emulator's kind with nothing in it: how its shops' days begin is a setting of ours. */
async function emptyAccount(like: TestAccount): Promise<Scope> {
  const posAccountId = uuidv7();
  await tenantTransaction(db, organizationId, async (trx) => {
    await sql`
      insert into pos_account (organization_id, id, provider, external_id, name, currency)
      select organization_id, ${posAccountId}, provider, ${posAccountId}, name, currency from pos_account where id = ${like.posAccountId}`.execute(
      trx,
    );
    await sql`
      insert into shop_calendar (organization_id, pos_account_id, shop_id, valid_from, time_zone, day_start_hour)
      select organization_id, ${posAccountId}, shop_id, valid_from, time_zone, day_start_hour from shop_calendar
      where pos_account_id = ${like.posAccountId} and day_start_hour <> 0`.execute(trx);
  });
  return { organizationId, posAccountId, runId: null };
}

test.each([
  ['R', testAccount, (emulator: Emulator) => [emulator.world.window.until, emulator.control.truth()] as const],
  [
    'X',
    testXAccount,
    (emulator: Emulator) => [emulator.world.x.window.until, emulator.control.xSeries?.truth() ?? null] as const,
  ],
] as const)(
  '%s-Series: in whatever order, however often and late pages, hints and days read again come, ledger, figures and facts are those of one clean walk',
  async (_series, account, world) => {
    const emulator = createEmulator({ sales: 120, customers: 15, lateEdits: 'pending', seed: 12, frozenClock: true });
    const till = await account(db, organizationId, emulator);
    const start = emulator.control.clock.now();
    const [end] = world(emulator);
    const moments = [start, (start + end) / 2, end];
    const answers = [];
    for (const now of moments) answers.push(await answersAt(emulator, till, Math.round(now)));
    const [, truth] = world(emulator);
    const required = answers.at(-1)?.walk ?? [];
    const optional = answers.flatMap(({ walk, others }) => [...walk, ...others]);
    await till.sync();
    const clean = await emptyAccount(till);
    for (const delivery of required) await delivery(clean);
    await sumFacts(db, organizationId, clean.posAccountId);
    if (truth === null) throw new Error('This emulator has a truth.');
    expect(compare(await readCells(db, organizationId, clean.posAccountId), truth)).toEqual([]);
    const wanted = await ledgerDigest(db, organizationId, clean.posAccountId);
    // There is something to get wrong: much has changed since the first moment.
    const early = await emptyAccount(till);
    for (const delivery of answers[0]?.walk ?? []) await delivery(early);
    await sumFacts(db, organizationId, early.posAccountId);
    expect(await ledgerDigest(db, organizationId, early.posAccountId)).not.toBe(wanted);

    const when = fc.integer({ min: 0, max: 1_000_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(when, { minLength: required.length, maxLength: required.length }),
        fc.array(fc.record({ pick: fc.nat(optional.length - 1), when, sums: fc.boolean() }), { minLength: 5, maxLength: 25 }),
        async (order, more) => {
          const scope = await emptyAccount(till);
          const all = [
            ...required.map((delivery, index) => ({ delivery, when: order[index] ?? 0, sums: false })),
            ...more.flatMap(({ pick, ...rest }) => {
              const delivery = optional[pick];
              return delivery === undefined ? [] : [{ delivery, ...rest }];
            }),
          ].toSorted((a, b) => a.when - b.when);
          for (const { delivery, sums } of all) {
            await delivery(scope);
            if (sums) await sumFacts(db, organizationId, scope.posAccountId);
          }
          await sumFacts(db, organizationId, scope.posAccountId);
          expect(await ledgerDigest(db, organizationId, scope.posAccountId)).toBe(wanted);
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
  },
  120_000,
);
