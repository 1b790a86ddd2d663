import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { CoverageBook } from '../turnover/coverage.ts';
import { testLedger } from '../turnover/testing/ledger.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z') as Instant;

interface Unread {
  readonly resource: 'shop' | 'saleVoid';
  readonly resourceId: string | null;
  readonly shopId: string | null;
  readonly document: unknown;
}

/** Two shops with a sale on the 20th and on the 21st each, and everything read. */
async function world() {
  const { db, organizationId } = await testDatabase();
  const ledger = await testLedger(db, organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen' },
    { id: '2', name: 'Aarhus', timeZone: 'Europe/Copenhagen' },
  ]);
  await ledger.record([
    { id: '1', shop: '1', at: '2026-11-20T10:00:00+01:00', net: '10.00' },
    { id: '2', shop: '1', at: '2026-11-21T10:00:00+01:00', net: '10.00' },
    { id: '3', shop: '2', at: '2026-11-20T10:00:00+01:00', net: '10.00' },
    { id: '4', shop: '2', at: '2026-11-21T10:00:00+01:00', net: '10.00' },
  ]);
  await ledger.caughtUp('2026-11-24T11:59:00Z');
  const { posAccountId } = ledger;
  return {
    ledger,
    setAside: ({ resource, resourceId, shopId, document }: Unread) =>
      tenantTransaction(db, organizationId, (trx) =>
        trx
          .insertInto('set_aside')
          .values({
            organization_id: organizationId,
            id: uuidv7(),
            pos_account_id: posAccountId,
            resource,
            resource_id: resourceId,
            shop_id: shopId,
            // Its stamp is readable: no day of the shop's sales follows from it.
            readable_time: '2026-11-01T10:00:00Z',
            business_day: '2026-11-01',
            code: 'bad_shape',
            path: '',
            message: '',
            document: JSON.stringify(document),
            document_hash: Buffer.from('1'),
            seen_at: new Date(NOW),
          })
          .execute(),
      ),
    missAtPos: (saleId: string) =>
      tenantTransaction(db, organizationId, (trx) =>
        sql`update sale set problem = 'missing_at_pos' where organization_id = ${organizationId} and sale_id = ${saleId}`.execute(
          trx,
        ),
      ),
    /** Shop and day of what is not complete, with the reasons. */
    doubted: () =>
      tenantTransaction(db, organizationId, async (trx) => {
        const book = await CoverageBook.read(trx, { organizationId, from: '2026-11-20', to: '2026-11-21', now: NOW });
        return ['1', '2'].flatMap((shopId) =>
          ['2026-11-20', '2026-11-21'].flatMap((day) => {
            const coverage = book.shopDay({ posAccountId, shopId, day });
            return coverage?.state === 'complete'
              ? []
              : [`${shopId} ${day.slice(-2)} ${coverage?.state} ${coverage?.reasons.join()}`];
          }),
        );
      }),
  };
}

test('a shop that cannot be read has no complete day, because its zone is not known; one without an id may be any (D22)', async () => {
  const listed = await world();
  expect(await listed.doubted()).toEqual([]);
  await listed.setAside({ resource: 'shop', resourceId: '2', shopId: null, document: { shopID: '2' } });
  expect(await listed.doubted()).toEqual(['2 20 partial undated_document_set_aside', '2 21 partial undated_document_set_aside']);
  const nameless = await world();
  await nameless.setAside({ resource: 'shop', resourceId: null, shopId: null, document: {} });
  expect(await nameless.doubted()).toHaveLength(4);
});

test('a void that cannot be read makes the days of its sale partial, until the sale is voided (D14, D22)', async () => {
  const { ledger, setAside, doubted } = await world();
  await setAside({ resource: 'saleVoid', resourceId: '5', shopId: '1', document: { saleVoidID: '5', saleID: '2', shopID: '1' } });
  expect(await doubted()).toEqual(['1 21 partial document_set_aside']);
  await ledger.record(
    [{ id: '2', shop: '1', at: '2026-11-21T10:00:00+01:00', net: '10.00', state: 'voided' }],
    '2026-11-24T10:00:00Z',
  );
  expect(await doubted()).toEqual([]);
});

test('a void that does not say its sale may be of any day of its shop, without a shop of any', async () => {
  const known = await world();
  await known.setAside({
    resource: 'saleVoid',
    resourceId: '5',
    shopId: '1',
    document: { saleVoidID: '5', saleID: '', shopID: '1' },
  });
  expect(await known.doubted()).toEqual(['1 20 partial undated_document_set_aside', '1 21 partial undated_document_set_aside']);
  const unknown = await world();
  await unknown.setAside({ resource: 'saleVoid', resourceId: null, shopId: null, document: 'void' });
  expect(await unknown.doubted()).toHaveLength(4);
});

test('a sale the POS no longer has still counts, so its day is partial', async () => {
  const { missAtPos, doubted } = await world();
  await missAtPos('3');
  expect(await doubted()).toEqual(['2 20 partial document_set_aside']);
});
