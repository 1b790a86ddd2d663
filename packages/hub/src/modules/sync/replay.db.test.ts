import { createEmulator } from '@tillweave/emulator';
import type { Instant, Normalized, Sale } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { COMMAND_ACTOR } from '../audit/record-audit.ts';
import type { Page, PosClient } from './client.ts';
import { coverageInputs } from './coverage-inputs.ts';
import { listProblems } from './problems.ts';
import { askReplay, dismissProblems } from './problems-settle.ts';
import { addWindows } from './reconcile.ts';
import { testAccount, type TestAccount } from './testing/account.ts';
import { testXAccount } from './testing/x-account.ts';

const services = await testServices();
const { db, organizationId } = services;
const asked = { organizationId, actor: COMMAND_ACTOR };

const read = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  tenantTransaction(db, organizationId, async (trx) => (await query.execute(trx)).rows);

/** Yesterday's code: it cannot read these sales, for this reason. */
function yesterday(client: PosClient, ids: readonly string[], code = 'bad_shape'): PosClient {
  const spoil = (record: Normalized<Sale>): Normalized<Sale> => {
    if (!record.ok || !ids.includes(record.value.id)) return record;
    const { id, shopId, occurredAt: readableTime } = record.value;
    return { ok: false, code, path: 'lines', message: 'Unknown then.', id, shopId, readableTime };
  };
  async function* spoiled(pages: AsyncIterable<Page<Sale>>): AsyncGenerator<Page<Sale>> {
    for await (const page of pages) yield { ...page, records: page.records.map(spoil) };
  }
  const { normalizeSales } = client;
  return {
    ...client,
    sales: (query, position) => spoiled(client.sales(query, position)),
    ...(normalizeSales === undefined
      ? {}
      : { normalizeSales: async (documents) => (await normalizeSales(documents)).map(spoil) }),
  };
}

const coverageOf = async ({ posAccountId }: TestAccount) => {
  const all = await tenantTransaction(db, organizationId, (trx) => coverageInputs(trx));
  return all.find((each) => each.posAccountId === posAccountId)?.setAside;
};
const rowsOf = ({ posAccountId }: TestAccount) =>
  read(sql<{ id: string; resource_id: string; code: string; open: boolean; resolution: string | null; waits: boolean }>`
    select id, resource_id, code, resolved_at is null as open, resolution, replay_asked_at is not null as waits
    from set_aside where pos_account_id = ${posAccountId} order by resource_id`);
const versionsOf = async ({ posAccountId }: TestAccount, saleId: string) =>
  (
    await read(sql<{ versions: number }>`
      select count(*)::int as versions from sale_version where pos_account_id = ${posAccountId} and sale_id = ${saleId}`)
  )[0]?.versions;
const everything = { from: 0 as Instant, until: Date.parse('2027-01-01T00:00:00Z') as Instant };
const readAllAgain = (account: TestAccount) =>
  tenantTransaction(db, organizationId, (trx) => addWindows(trx, account, [everything]));

test('R: a document set aside by yesterday’s code lands by replay and its day is whole; nothing doubles, nothing newer is lost', async () => {
  const emulator = createEmulator({ sales: 300, customers: 10, frozenClock: true, series: 'r' });
  const account = await testAccount(db, organizationId, emulator);
  const state = emulator.world.at(emulator.control.clock.now());
  const completed = [...state.walk({ order: 'completeTime' })].flatMap(({ id }) => {
    const sale = state.sale(id);
    return sale?.completed === true && !sale.voided && sale.lines.length > 0 ? [sale] : [];
  });
  const [lost, edited] = [completed[20], completed[30]];
  if (lost === undefined || edited === undefined) throw new Error('There are sales.');
  const ids = [String(lost.id), String(edited.id)];
  expect(await account.sync({}, yesterday(account.client(), ids))).toMatchObject({ state: 'partial', setAside: 2 });
  expect(await account.mismatches()).not.toEqual([]);
  expect((await coverageOf(account))?.length).toBeGreaterThan(0);

  // An update of the code alone changes nothing: what it can read now is not read again by itself.
  await account.sync();
  expect((await rowsOf(account)).map(({ open }) => open)).toEqual([true, true]);
  const problems = await tenantTransaction(db, organizationId, (trx) => listProblems(trx, organizationId));
  expect(problems.groups).toMatchObject([
    {
      cause: 'set_aside:bad_shape:sale',
      count: 2,
      canReplay: true,
      shopDays: expect.any(Number),
      remedy: expect.stringContaining('POS'),
    },
  ]);

  // One of them was changed at the POS meanwhile, and came in readable: what was kept of it is older.
  emulator.control.clock.advance(60_000);
  const at = new Date(emulator.control.clock.now()).toISOString();
  emulator.control.play([{ event: 'void', sale: edited.name, at }]);
  await account.sync();
  expect((await rowsOf(account)).filter(({ open }) => open).map(({ resource_id }) => resource_id)).toEqual([ids[0]]);
  await read(sql`update set_aside set resolved_at = null where resource_id = ${ids[1]}`);

  expect(await askReplay(services, asked, { cause: 'set_aside:bad_shape:sale' })).toMatchObject({ asked: 2 });
  await account.sync();
  expect(await rowsOf(account)).toMatchObject([
    { open: false, resolution: 'replayed', waits: false },
    { open: false, resolution: 'replayed', waits: false },
  ]);
  expect(await account.mismatches()).toEqual([]);
  expect(await coverageOf(account)).toEqual([]);
  expect(await versionsOf(account, ids[0] ?? '')).toBe(1);
  const before = await read(
    sql<{ sale: string }>`select t::text as sale from sale t where pos_account_id = ${account.posAccountId} order by 1`,
  );

  // Again, by hand: nothing to do. And the POS's own answer is the same version still.
  await read(sql`update set_aside set resolved_at = null, replay_asked_at = now()`);
  await account.sync();
  expect(
    await read(
      sql<{ sale: string }>`select t::text as sale from sale t where pos_account_id = ${account.posAccountId} order by 1`,
    ),
  ).toEqual(before);
  await readAllAgain(account);
  await account.sync();
  expect(await versionsOf(account, ids[0] ?? '')).toBe(1);
  expect(await versionsOf(account, ids[1] ?? '')).toBe(1);
  expect(await account.mismatches()).toEqual([]);
  await expect(askReplay(services, asked, { id: '0192aaaa-0000-7000-8000-000000000000' })).rejects.toMatchObject({
    code: 'not_found',
  });
}, 60_000);

test('X: what today’s code cannot read either stays with today’s reason; what nobody ever will is dismissed, with who and why', async () => {
  const emulator = createEmulator({ sales: 200, customers: 10, frozenClock: true, series: 'x' });
  const account = await testXAccount(db, organizationId, emulator);
  const state = emulator.world.x.at(emulator.control.clock.now());
  const [one, two] = [...state.sales()].flatMap(({ id }) => {
    const sale = state.sale(id);
    return sale?.state === 'closed' && sale.deletedAt === null && sale.returnIds.length === 0 ? [id] : [];
  });
  if (one === undefined || two === undefined) throw new Error('There are sales.');
  await account.sync({}, yesterday(account.client(), [one, two]));
  expect(await askReplay(services, asked, { posAccountId: account.posAccountId })).toMatchObject({ asked: 2 });
  await account.sync({}, yesterday(account.client(), [two], 'bad_number'));
  const rows = await rowsOf(account);
  expect(rows.find(({ resource_id }) => resource_id === one)).toMatchObject({ open: false, resolution: 'replayed' });
  const kept = rows.find(({ resource_id }) => resource_id === two);
  expect(kept).toMatchObject({ open: true, code: 'bad_number', waits: false });
  expect(await coverageOf(account)).not.toEqual([]);

  expect(await dismissProblems(services, asked, { id: kept?.id ?? '' }, 'A test receipt of 1899')).toBe(1);
  expect(await coverageOf(account)).toEqual([]);
  const audit = await read(sql<{ action: string; reason: string }>`
    select action, reason from audit_entry where action = 'problem.dismissed'`);
  expect(audit).toEqual([{ action: 'problem.dismissed', reason: 'A test receipt of 1899' }]);
  await expect(dismissProblems(services, asked, { id: kept?.id ?? '' }, 'Again')).rejects.toMatchObject({ code: 'not_found' });
  // The same content again stays dismissed.
  emulator.control.clock.advance(60_000);
  await readAllAgain(account);
  await account.sync({}, yesterday(account.client(), [two], 'bad_number'));
  expect((await rowsOf(account)).every(({ open }) => !open)).toBe(true);
  expect(await coverageOf(account)).toEqual([]);
}, 60_000);
