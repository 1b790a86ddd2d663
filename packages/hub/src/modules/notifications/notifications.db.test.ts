import { afterAll, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newMember, newOwner, type Person } from '../../http/testing/people.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { openMailbox } from '../../platform/mail/testing/mailbox.ts';
import { registerMailWorker } from '../../platform/mail/mail.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { notificationKindNames } from './kinds.ts';
import { evaluateEverywhere } from './evaluate.ts';
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
  const rule = (kind: string, role: string, mail: boolean): object => ({ kind, role, mail, bell: true });
  const changed = await owner.call('PUT', '/notification-rules', {
    rules: [rule('import_overdue', 'owner', false), rule('import_overdue', 'regional_supervisor', true)],
  });
  expect(changed.status).toBe(204);
  expect((await owner.call('PUT', '/notification-rules', { rules: [rule('import_overdue', 'viewer', true)] })).status).toBe(400);
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const data = { connection: 'Kassen\r\nBcc: evil@example.test', due: '05:00' };
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
    .toEqual(expect.arrayContaining([admin.email, limited.email]));
  expect(mine().map(({ to }) => to)).not.toContain(owner.email);
  expect(new Set(mine().map(({ to }) => to)).size).toBe(mine().length);
  expect(mine()[0]?.subject).toBe('Købmand & Co: The import of Kassen Bcc: evil@example.test is overdue');
  expect(mine()[0]?.text).toContain('/settings/notifications');
  const { rows } = await services.pool.query<{ data: string }>(`select data::text as data from pgboss.job where name = 'mail'`);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ data }) => /overdue|@/u.test(data))).toEqual([]);
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
