import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newMember, newOwner, signIn } from '../../http/testing/people.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { changedFields } from './changed-fields.ts';
import { recordAudit, SYSTEM_ACTOR } from './record-audit.ts';

const services = await testServices();
const app = createApp(services);
const owner = await newOwner(services, app, 'Audited');
const { organizationId } = owner;

interface Page {
  readonly items: readonly { action: string; before: unknown; after: unknown; actor: { kind: string; name: string | null } }[];
  readonly nextCursor: string | null;
}

async function record(action: string, at: string, more: Partial<Parameters<typeof recordAudit>[1]> = {}): Promise<void> {
  await tenantTransaction(services.db, organizationId, (trx) =>
    recordAudit(trx, {
      organizationId,
      actor: SYSTEM_ACTOR,
      action,
      subject: { kind: action.split('.')[0] ?? '', id: 'one', name: 'One' },
      at: new Date(at),
      ...more,
    }),
  );
}

async function read(query: string): Promise<Page> {
  const answer = await owner.call('GET', `/audit?${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Page;
}

test('every page of the audit is read once, the newest first, and narrowed to a subject, an actor, an action or its area', async () => {
  for (const [index, action] of ['shop.frozen', 'shop.thawed', 'shopping.done', 'member.removed'].entries()) {
    await record(action, `2026-11-2${index}T10:00:00Z`);
  }
  await record('member.invited', '2026-11-24T10:00:00Z', { actor: { kind: 'person', id: owner.userId, name: 'Owner' } });
  const first = await read('limit=2');
  const second = await read(`limit=2&cursor=${first.nextCursor}`);
  const third = await read(`limit=2&cursor=${second.nextCursor}`);
  expect([first, second, third].map(({ items }) => items.map(({ action }) => action))).toEqual([
    ['member.invited', 'member.removed'],
    ['shopping.done', 'shop.thawed'],
    ['shop.frozen'],
  ]);
  expect(third.nextCursor).toBeNull();
  expect((await read('action=shop')).items.map(({ action }) => action)).toEqual(['shop.thawed', 'shop.frozen']);
  expect((await read('action=shop.thawed')).items).toHaveLength(1);
  expect((await read(`actorId=${owner.userId}`)).items).toMatchObject([{ actor: { kind: 'person', name: 'Owner' } }]);
  expect((await read('subjectKind=member&subjectId=one')).items).toHaveLength(2);
  expect((await owner.call('GET', '/audit?cursor=bm9uc2Vuc2U')).status).toBe(400);
});

test('nobody changes or removes what is written down, whatever they may do elsewhere', async () => {
  for (const run of [tenantTransaction<unknown>, undefined]) {
    const attempt = (work: Parameters<typeof systemTransaction<unknown>>[1]): Promise<unknown> =>
      run === undefined ? systemTransaction(services.db, work) : run(services.db, organizationId, work);
    await expect(attempt((trx) => trx.updateTable('audit_entry').set({ reason: 'x' }).execute())).rejects.toThrow(
      /permission denied/u,
    );
    await expect(attempt((trx) => trx.deleteFrom('audit_entry').execute())).rejects.toThrow(/permission denied/u);
  }
});

test('what is called like a secret never gets in; what changed is named field by field', async () => {
  expect(changedFields({ a: 1, b: [1], c: null }, { a: 1, b: [2], d: 4 })).toEqual({
    before: { b: [1], c: null, d: null },
    after: { b: [2], c: null, d: 4 },
  });
  await record('connection.replaced', '2026-11-24T11:00:00Z', {
    before: { accessToken: 'planted-one', oauthClient: { clientId: 'public', clientSecret: 'planted-two' } },
    after: { url: 'https://user:planted-three@example.test/?code=planted-four', hasSecret: true },
  });
  const [entry] = (await read('action=connection')).items;
  expect(JSON.stringify(entry)).not.toContain('planted');
  expect(entry).toMatchObject({ before: { oauthClient: { clientId: 'public' } }, after: { hasSecret: true } });
});

test('only owners and admins read it', async () => {
  const supervisor = await newMember(services, app, organizationId, 'supervisor');
  expect((await supervisor.call('GET', '/audit')).status).toBe(403);
  const admin = await newMember(services, app, organizationId, 'admin');
  expect((await admin.call('GET', '/audit')).status).toBe(200);
});

test('what somebody does to their own account is written down: their name, browsers they ended', async () => {
  const member = await newMember(services, app, organizationId, 'viewer');
  await signIn(app, member.email, member.password);
  expect((await member.call('PATCH', '/me', { name: 'Renamed' })).status).toBe(204);
  // Nothing changed, nothing written.
  expect((await member.call('PATCH', '/me', { name: 'Renamed' })).status).toBe(204);
  expect((await member.call('DELETE', '/sessions')).status).toBe(204);
  expect((await member.call('DELETE', '/sessions')).status).toBe(204);
  const { items } = await read(`subjectKind=person&subjectId=${member.userId}`);
  const by = { kind: 'person', name: expect.any(String) as string };
  expect(items).toMatchObject([
    { action: 'person.sessions_ended', after: { sessions: 1 }, actor: by },
    { action: 'person.renamed', before: { name: 'viewer' }, after: { name: 'Renamed' }, actor: by },
  ]);
});
