import { afterAll, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newMember, newOwner, type Person } from '../../http/testing/people.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { openMailbox } from '../../platform/mail/testing/mailbox.ts';
import { registerMailWorker } from '../../platform/mail/mail.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { notificationKindNames } from './kinds.ts';
import { instantOf } from '@tillweave/lightspeed';
import { readCalendars } from '../ledger/calendars.ts';
import { recordSetAside, setAsideRow } from '../ledger/set-aside.ts';
import { evaluateEverywhere, evaluateHeldUp } from './evaluate.ts';
import { mailNotifications } from './mail-out.ts';
import { notify, resolveNotification } from './notify.ts';
import { textOf } from './texts.ts';

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
const services = await testServices({ config: { smtpUrl: mailbox.smtpUrl } });
const app = createApp(services);
const owner = await newOwner(services, app, 'Købmand & Co');
const { organizationId } = owner;
const viewer = await newMember(services, app, organizationId, 'viewer');
const posAccountId = uuidv7();
/** Why a document was set aside. */
const REFUSED = { code: 'bad_shape', path: 'total', message: 'not a number' } as const;

interface Bell {
  readonly items: readonly {
    id: string;
    kind: string;
    title: string;
    text: string;
    read: boolean;
    fix: { href: string } | null;
  }[];
  readonly unread: number;
}

async function bell(person: Person, query = ''): Promise<Bell> {
  const answer = await person.call('GET', `/notifications${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Bell;
}

async function plantShop(shopId: string, name: string, firstSeenAt: string): Promise<void> {
  await services.pool.query(
    `insert into shop (organization_id, pos_account_id, shop_id, name, document, first_seen_at) values ($1, $2, $3, $4, '{}', $5)`,
    [organizationId, posAccountId, shopId, name, firstSeenAt],
  );
}

async function map(shopId: string): Promise<void> {
  await services.pool.query(
    `with s as (insert into store (organization_id, id, name) values ($1, gen_random_uuid(), 'Store') returning id),
       d as (insert into department (organization_id, id, store_id, name) select $1, gen_random_uuid(), id, 'Department' from s returning id)
     insert into mapping (organization_id, id, pos_account_id, shop_id, department_id, valid_from)
       select $1, gen_random_uuid(), $2, $3, id, '0001-01-01' from d`,
    [organizationId, posAccountId, shopId],
  );
}

test('M9: unmapped stores are told of once, with the way to fix it, and no more when they are mapped', async () => {
  await services.pool.query(
    `insert into pos_account (organization_id, id, provider, external_id, name, currency) values ($1, $2, 'lightspeed-r', '1', 'Till', 'DKK')`,
    [organizationId, posAccountId],
  );
  await services.pool.query(
    `insert into connection (organization_id, id, name, provider, api_type, pos_account_id, state) values ($1, $2, 'Till', 'lightspeed-r', 'v3', $3, 'active')`,
    [organizationId, uuidv7(), posAccountId],
  );
  await plantShop('1', 'Torvet <script>', '2026-01-01T10:00:00Z');
  await plantShop('2', 'Havnen', '2026-01-01T10:00:30Z');
  for (const _ of [1, 2]) await evaluateEverywhere(services);
  const { items, unread } = await bell(owner);
  expect(unread).toBe(1);
  expect(items).toMatchObject([
    {
      kind: 'unmapped_stores',
      title: 'You have unmapped stores',
      text: 'Nothing sold there is counted in a department: Havnen, Torvet <script>.',
      fix: { href: '/stores?mapping=unmapped' },
    },
  ]);
  expect(await bell(viewer)).toMatchObject({ items: [], unread: 0 });
  await map('1');
  await evaluateEverywhere(services);
  expect((await bell(owner)).items).toMatchObject([{ text: 'Nothing sold there is counted in a department: Havnen.' }]);
  await map('2');
  await evaluateEverywhere(services);
  expect(await bell(owner)).toMatchObject({ items: [], unread: 0 });
  expect((await bell(owner, '?state=all')).items).toHaveLength(1);
});

test('M8: a shop that appears in the POS later is told of, until somebody has looked at its mapping', async () => {
  await plantShop('3', 'Banegården', new Date().toISOString());
  await evaluateEverywhere(services);
  const { items } = await bell(owner);
  expect(items.map(({ title }) => title).toSorted()).toEqual(['A new shop in the POS: Banegården', 'You have unmapped stores']);
  await map('3');
  await evaluateEverywhere(services);
  expect((await bell(owner)).items).toEqual([]);
});

test('M8, M14: so is one that does not count, because only chosen shops do: nothing of it would be seen anywhere', async () => {
  await plantShop('4', 'Torvet', new Date().toISOString());
  await services.pool.query(`update shop set counted = false where shop_id = '4'`);
  await evaluateEverywhere(services);
  expect((await bell(owner)).items).toMatchObject([
    { title: 'A new shop in the POS: Torvet', text: expect.stringContaining('whether it counts') as string },
  ]);
  await services.pool.query(`delete from shop where shop_id = '4'`);
  await evaluateEverywhere(services);
  expect((await bell(owner)).items).toEqual([]);
});

test('documents that could not be read are told of until they are', async () => {
  await services.pool.query(
    `insert into set_aside (organization_id, pos_account_id, id, resource, code, path, message, document, document_hash, seen_at)
     values ($1, $2, gen_random_uuid(), 'Sale', 'invalid', 'total', 'not a number', '{}', '\\x00', now())`,
    [organizationId, posAccountId],
  );
  await evaluateEverywhere(services);
  expect((await bell(owner)).items).toMatchObject([
    { title: 'Documents of the POS that could not be read: 1', fix: { href: '/activity?tab=problems' } },
  ]);
  await services.pool.query('update set_aside set resolved_at = now()');
  await evaluateEverywhere(services);
  expect((await bell(owner)).items).toEqual([]);
});

test('documents set aside are told of in the transaction that sets them aside', async () => {
  const account = { organizationId, posAccountId, runId: null };
  const refusal = { ok: false, id: '77', shopId: null, readableTime: null, ...REFUSED } as const;
  const record = (at: number) =>
    tenantTransaction(services.db, organizationId, async (trx) => {
      const row = setAsideRow(refusal, { saleID: '77' }, await readCalendars(trx, organizationId, posAccountId));
      await recordSetAside(trx, account, 'sale', [row], instantOf(at));
    });
  const now = Date.now();
  await record(now);
  expect((await bell(owner)).items).toMatchObject([{ kind: 'documents_set_aside', text: expect.any(String) as string }]);
  // Seen again it is no news; one that somebody dismissed is none either.
  await record(now + 1000);
  await services.pool.query(`update set_aside set resolved_at = now(), resolution = 'dismissed'`);
  await evaluateHeldUp(services);
  await record(now + 2000);
  expect((await bell(owner)).items).toEqual([]);
});

test('W7: a history import without progress for two hours, and a till that holds us back, are told of until they go on', async () => {
  const told = async (): Promise<string[]> => {
    await evaluateHeldUp(services);
    return (await bell(owner)).items.map(({ title, fix }) => `${title} ${fix?.href ?? ''}`);
  };
  const { rows } = await services.pool.query<{ id: string }>('select id from connection where organization_id = $1', [
    organizationId,
  ]);
  const connectionId = rows[0]?.id ?? '';
  const set = (query: string) => services.pool.query(query, [organizationId]);
  const ago = (minutes: number) => `now() - interval '${minutes} minutes'`;
  // It has been there for long, and has not read a page of its history.
  await set(`update connection set created_at = ${ago(121)}, state_changed_at = ${ago(121)} where organization_id = $1`);
  expect(await told()).toEqual(['The import of Till is overdue /activity']);
  await set(`insert into cursor (organization_id, pos_account_id, stream, lane, position, updated_at)
    select $1, pos_account_id, 'sales', 'history', '{}', ${ago(119)} from connection where organization_id = $1`);
  expect(await told()).toEqual([]);
  await set(`update cursor set updated_at = ${ago(121)} where organization_id = $1`);
  expect(await told()).toHaveLength(1);
  // Who makes no calls is not waited for; thawed, it has its time from then on.
  await set(`update connection set state = 'frozen' where organization_id = $1`);
  expect(await told()).toEqual([]);
  await set(`update connection set state = 'active' where organization_id = $1`);
  await services.pool.query(
    `insert into connection_event (organization_id, id, at, connection_id, from_state, to_state, actor)
     values ($1, gen_random_uuid(), now(), $2, 'frozen', 'active', '{"kind":"system","id":null}')`,
    [organizationId, connectionId],
  );
  expect(await told()).toEqual([]);
  await set(`update connection_event set at = ${ago(130)} where organization_id = $1`);
  await set(`update cursor set caught_up_at = now() where organization_id = $1`);
  expect(await told()).toEqual([]);

  await set(`update connection set state = 'throttled', state_changed_at = ${ago(16)} where organization_id = $1`);
  expect(await told()).toEqual([`Till is slowed down by the POS /integrations/${connectionId}`]);
  await set(`update connection set state = 'active', state_changed_at = now() where organization_id = $1`);
  expect(await told()).toEqual([]);
});

test('each person reads for themselves; what only tells of something done is over when it is read', async () => {
  const admin = await newMember(services, app, organizationId, 'admin');
  const at = new Date();
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const data = { connection: 'Till', connectionId: uuidv7() };
    await notify(trx, { organizationId, kind: 'connection_needs_reauthorisation', key: 'till', data, at });
    await notify(trx, {
      organizationId,
      kind: 'authorization_done',
      key: 'link',
      data: { ...data, email: 'x@example.test' },
      at,
    });
  });
  const before = await bell(owner);
  expect(before.unread).toBe(2);
  for (const { id } of before.items) expect((await owner.call('POST', `/notifications/${id}/read`)).status).toBe(204);
  expect(await bell(owner)).toMatchObject({ unread: 0, items: [{ kind: 'connection_needs_reauthorisation', read: true }] });
  expect(await bell(admin)).toMatchObject({ unread: 1, items: [{ read: false }] });
  expect((await admin.call('POST', '/notifications/read')).status).toBe(204);
  expect((await bell(admin)).unread).toBe(0);
  expect((await viewer.call('POST', `/notifications/${before.items[0]?.id}/read`)).status).toBe(204);
  expect((await viewer.call('POST', `/notifications/${uuidv7()}/read`)).status).toBe(404);
});

test('mail goes to the roles of the rule, once, also after the mail server was busy; a settled matter is not mailed', async () => {
  const at = new Date();
  const admin = await newMember(services, app, organizationId, 'admin');
  const limited = await newMember(services, app, organizationId, 'regional_supervisor');
  await mailNotifications(services);
  registerMailWorker(services);
  const contact = { integrationContact: { email: 'integrations@example.test' } };
  expect((await owner.call('PATCH', '/settings/contacts', contact)).status).toBe(200);
  const rule = (kind: string, role: string, mail: boolean): object => ({ kind, role, mail, bell: true });
  const changed = await owner.call('PUT', '/notification-rules', {
    rules: [rule('import_overdue', 'owner', false), rule('import_overdue', 'regional_supervisor', true)],
  });
  expect(changed.status).toBe(204);
  expect((await owner.call('PUT', '/notification-rules', { rules: [rule('import_overdue', 'viewer', true)] })).status).toBe(400);
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const data = { connection: 'Kassen\r\nBcc: evil@example.test', since: '05:00' };
    await notify(trx, { organizationId, kind: 'import_overdue', key: 'a', data, at });
    await notify(trx, { organizationId, kind: 'import_overdue', key: 'b', data, at });
    await resolveNotification(trx, { organizationId, kind: 'import_overdue', key: 'b', at });
  });
  const sentBefore = mailbox.mails.length;
  mailbox.refuse(1);
  expect(await mailNotifications(services)).toBeGreaterThan(0);
  expect(await mailNotifications(services)).toBe(0);
  await services.jobs.start();
  const mine = (): (typeof mailbox.mails)[number][] =>
    mailbox.mails.slice(sentBefore).filter(({ subject }) => subject.includes('overdue'));
  await expect
    .poll(
      () =>
        mine()
          .map(({ to }) => to)
          .toSorted(),
      { timeout: 30_000 },
    )
    .toEqual(expect.arrayContaining([admin.email, limited.email, 'integrations@example.test']));
  expect(mine().map(({ to }) => to)).not.toContain(owner.email);
  expect(new Set(mine().map(({ to }) => to)).size).toBe(mine().length);
  expect(mine()[0]?.subject).toBe('Købmand & Co: The import of Kassen Bcc: evil@example.test is overdue');
  expect(mine()[0]?.text).toContain('/settings/notifications');
  const { rows } = await services.pool.query<{ data: string }>(`select data::text as data from pgboss.job where name = 'mail'`);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ data }) => /overdue|@/u.test(data))).toEqual([]);
});

test('M14: what concerns a connection is mailed to the address it names as well, what concerns another is not', async () => {
  const oauthClient = { clientId: 'some', clientSecret: 'secret' };
  const make = async (name: string): Promise<string> => {
    const settings = { notificationEmail: `${name}@example.test`, rateReserve: 0.3 };
    const made = await owner.call('POST', '/connections', { provider: 'lightspeed-r', name, oauthClient, settings });
    expect(made.status).toBe(201);
    return ((await made.json()) as { id: string }).id;
  };
  const [one, other] = [await make('one'), await make('other')];
  expect(await (await owner.call('GET', `/connections/${one}/settings`)).json()).toMatchObject({
    notificationEmail: 'one@example.test',
    rateReserve: 0.3,
    registersOut: [],
  });
  await tenantTransaction(services.db, organizationId, (trx) =>
    notify(trx, {
      organizationId,
      kind: 'budget_low',
      key: one,
      data: { connectionId: one, connection: 'one' },
      at: new Date(),
    }),
  );
  await mailNotifications(services);
  const to = (email: string) => mailbox.mails.filter((mail) => mail.to === email);
  await expect.poll(() => to('one@example.test').length, { timeout: 30_000 }).toBe(1);
  expect(to('one@example.test')[0]?.text).toContain('about this connection');
  expect(to('other@example.test')).toEqual([]);
  const nobody = await owner.call('PATCH', `/connections/${other}/settings`, { notificationEmail: null });
  expect(await nobody.json()).toMatchObject({ notificationEmail: null, rateReserve: 0.3 });
  const early = await owner.call('PATCH', `/connections/${other}/settings`, { registersOut: ['1'] });
  expect(early.status).toBe(409);
});

test('W5: the link that was asked for arrives in a mailbox and opens', async () => {
  const oauthClient = { clientId: 'some', clientSecret: 'secret' };
  const made = await owner.call('POST', '/connections', { provider: 'lightspeed-r', name: 'Sent', oauthClient });
  const { id } = (await made.json()) as { id: string };
  const body = { email: 'till-owner@example.test', days: 2 };
  const sent = await owner.call('POST', `/connections/${id}/invite-authorization`, body);
  const { link, mailed } = (await sent.json()) as { link: string; mailed: boolean };
  expect([sent.status, mailed]).toEqual([201, true]);
  const arrived = () => mailbox.mails.filter(({ to }) => to === body.email);
  await expect.poll(() => arrived().length, { timeout: 30_000 }).toBe(1);
  expect(arrived()[0]?.subject).toBe('Købmand & Co: please connect your till');
  const found = /\S+\/authorize\/\S+/u.exec(arrived()[0]?.text ?? '')?.[0] ?? '';
  expect(found).toBe(link);
  const opened = await app.request(`/api/v1/authorizations/${found.split('/').at(-1) ?? ''}`);
  expect(await opened.json()).toMatchObject({ organization: 'Købmand & Co', connection: 'Sent', state: 'open' });
  // Neither the queue nor the database holds it in clear.
  const { rows } = await services.pool.query(`select 1 from pgboss.job where data::text like '%/authorize/%'`);
  expect(rows).toEqual([]);
});

test('every kind has its texts, and none asks for a value that nobody gives', () => {
  for (const kind of notificationKindNames) {
    const { title, text, fix } = textOf(kind, {});
    expect(
      [title, text, fix?.label].every((part) => part !== undefined && part !== ''),
      kind,
    ).toBe(true);
  }
});
