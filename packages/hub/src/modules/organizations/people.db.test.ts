import { afterAll, describe, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newMember, newOwner, ORIGIN, PASSWORD, type Person, signIn } from '../../http/testing/people.ts';
import { registerMailWorker } from '../../platform/mail/mail.ts';
import { openMailbox } from '../../platform/mail/testing/mailbox.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { setOperator } from './operators.ts';
import { type Permission, roles } from './permissions.ts';

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
const services = await testServices({ config: { smtpUrl: mailbox.smtpUrl } });
registerMailWorker(services);
await services.jobs.start();
const app = createApp(services);
const owner = await newOwner(services, app, 'Købmand');
const { organizationId } = owner;

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: JSON.stringify(body),
  });
}

async function json<T>(answer: Promise<Response>, status = 200): Promise<T> {
  const response = await answer;
  const text = await response.text();
  expect([response.status, response.status === status ? '' : text]).toEqual([status, '']);
  return JSON.parse(text) as T;
}

async function code(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  const { code: found } = response.status === 204 ? { code: '' } : ((await response.json()) as { code: string });
  return [response.status, found];
}

/** The link in the newest mail to somebody, once it has come. */
async function linkTo(email: string, page: string): Promise<string> {
  const find = (): string | undefined =>
    mailbox.mails
      .filter(({ to, text }) => to === email && text.includes(`/${page}#`))
      .map(({ text }) => /#(\S+)/u.exec(text)?.[1])
      .at(-1);
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  return find() ?? '';
}

async function audited(
  action: string,
): Promise<{ before: unknown; after: unknown; actor: { name: string; actingAs: boolean } }[]> {
  const { items } = await json<{ items: Awaited<ReturnType<typeof audited>> }>(owner.call('GET', `/audit?action=${action}`));
  return items;
}

async function newDepartment(name: string): Promise<string> {
  const { rows } = await services.pool.query<{ id: string }>(
    `with s as (insert into store (organization_id, id, name) values ($1, gen_random_uuid(), $2) returning id)
     insert into department (organization_id, id, store_id, name) select $1, gen_random_uuid(), id, $2 from s returning id`,
    [organizationId, name],
  );
  return rows[0]?.id ?? '';
}

describe('an invitation', () => {
  test('is mailed as a link, opens once, and makes the person a member with the role and departments it names', async () => {
    const departmentId = await newDepartment('Bageri');
    const sent = await json<{ id: string; link: string; mailed: boolean }>(
      owner.call('POST', '/invitations', { email: 'Ny@Example.test', role: 'supervisor', departmentIds: [departmentId] }),
      201,
    );
    expect(sent.mailed).toBe(true);
    const token = await linkTo('ny@example.test', 'invitation');
    expect(sent.link).toBe(`${services.config.publicUrls[0].url}/invitation#${token}`);
    expect(await json(post('/api/v1/invitations/look-up', { token }))).toEqual({
      organization: 'Købmand',
      email: 'ny@example.test',
      role: 'supervisor',
      known: false,
    });
    expect(await code(post('/api/v1/invitations/accept', { token }))).toEqual([400, 'invalid_request']);
    await json(post('/api/v1/invitations/accept', { token, name: 'Ny', password: PASSWORD }));
    expect(await code(post('/api/v1/invitations/accept', { token, name: 'Ny', password: PASSWORD }))).toEqual([
      410,
      'link_invalid',
    ]);
    const cookie = await signIn(app, 'ny@example.test', PASSWORD);
    const me = await json<{ role: string; departmentIds: string[]; permissions: string[] }>(
      Promise.resolve(app.request('/api/v1/me', { headers: { cookie } })),
    );
    expect(me).toMatchObject({ role: 'supervisor', departmentIds: [departmentId] });
    expect(me.permissions).toContain('balance:configure');
    expect(me.permissions).not.toContain('stores:write');
    expect(await audited('member.joined')).toMatchObject([{ actor: { name: 'Ny' }, after: { role: 'supervisor' } }]);
  });

  test('joins somebody who has an account without asking for another, and is worth nothing when withdrawn, renewed or expired', async () => {
    const other = await newOwner(services, app, 'Elsewhere');
    const invite = async (): Promise<{ id: string; token: string }> => {
      const { id, link } = await json<{ id: string; link: string }>(
        owner.call('POST', '/invitations', { email: other.email, role: 'viewer' }),
        201,
      );
      return { id, token: link.split('#')[1] ?? '' };
    };
    const first = await invite();
    const second = await invite();
    expect(await code(post('/api/v1/invitations/look-up', { token: first.token }))).toEqual([410, 'link_invalid']);
    const renewed = await json<{ link: string }>(owner.call('POST', `/invitations/${second.id}/renew`));
    expect(await code(post('/api/v1/invitations/look-up', { token: second.token }))).toEqual([410, 'link_invalid']);
    const token = renewed.link.split('#')[1] ?? '';
    await services.pool.query(`update invitation set expires_at = now() - interval '1 second' where id = $1`, [second.id]);
    expect(await code(post('/api/v1/invitations/accept', { token }))).toEqual([410, 'link_invalid']);
    await services.pool.query(`update invitation set expires_at = now() + interval '1 day' where id = $1`, [second.id]);
    await json(post('/api/v1/invitations/accept', { token }));
    expect(await json(other.call('GET', '/me'))).toMatchObject({
      organization: { name: 'Elsewhere' },
      organizations: [
        { name: 'Elsewhere', member: true },
        { name: 'Købmand', member: true },
      ],
    });
    expect(await code(owner.call('POST', '/invitations', { email: other.email, role: 'viewer' }))).toEqual([409, 'conflict']);
    const { id } = await json<{ id: string }>(
      owner.call('POST', '/invitations', { email: 'x@example.test', role: 'viewer' }),
      201,
    );
    expect((await owner.call('DELETE', `/invitations/${id}`)).status).toBe(204);
    expect((await json<{ items: object[] }>(owner.call('GET', '/invitations'))).items).toEqual([]);
  });
});

describe('roles', async () => {
  const admin = await newMember(services, app, organizationId, 'admin');
  const regional = await newMember(services, app, organizationId, 'regional_supervisor');
  const viewer = await newMember(services, app, organizationId, 'viewer');

  test('are given up to one’s own, and the last owner stays', async () => {
    const change = (who: Person, whom: Person, body: object): Promise<[number, string]> =>
      code(who.call('PATCH', `/members/${whom.userId}`, body));
    expect(await change(admin, viewer, { role: 'owner' })).toEqual([403, 'forbidden']);
    expect(await change(admin, owner, { role: 'viewer' })).toEqual([403, 'forbidden']);
    expect(await code(admin.call('DELETE', `/members/${owner.userId}`))).toEqual([403, 'forbidden']);
    expect(await code(admin.call('POST', '/invitations', { email: 'o@example.test', role: 'owner' }))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await change(owner, owner, { role: 'admin' })).toEqual([409, 'conflict']);
    expect(await code(owner.call('POST', '/members/leave'))).toEqual([409, 'conflict']);
    expect(await change(owner, owner, { departmentIds: [] })).toEqual([400, 'invalid_request']);
    expect(await change(owner, viewer, { departmentIds: [uuidv7()] })).toEqual([404, 'not_found']);
    expect(await change(admin, viewer, { role: 'supervisor', departmentIds: [] })).toEqual([204, '']);
    expect((await audited('member.changed'))[0]).toMatchObject({
      before: { role: 'viewer', departmentIds: null },
      after: { role: 'supervisor', departmentIds: [] },
    });
    expect(await change(owner, viewer, { role: 'viewer', departmentIds: null })).toEqual([204, '']);
  });

  test('W1: whoever may not is told why, and whom they can ask', async () => {
    interface Explained {
      readonly items: readonly {
        permission: Permission;
        allowed: boolean;
        reason: string | null;
        ask: { name: string; role: string }[];
      }[];
      readonly roles: readonly { role: string; label: string }[];
    }
    const explained = await json<Explained>(viewer.call('GET', '/permissions'));
    expect(explained.roles.map(({ role }) => role)).toEqual([...roles]);
    const balance = explained.items.find(({ permission }) => permission === 'balance:configure');
    expect(balance).toMatchObject({
      allowed: false,
      reason:
        'To set up Budget & Weekly Balance you need another role: owner, integration admin, regional supervisor, supervisor.',
    });
    expect(balance?.ask).toContainEqual({ name: 'regional_supervisor', role: 'regional_supervisor' });
    const limited = await newMember(services, app, organizationId, 'supervisor');
    await owner.call('PATCH', `/members/${limited.userId}`, { departmentIds: [] });
    const { items } = await json<Explained>(limited.call('GET', '/permissions'));
    expect(items.find(({ permission }) => permission === 'balance:configure')).toMatchObject({
      allowed: true,
      reason: null,
      ask: [],
    });
    expect(items.find(({ permission }) => permission === 'stores:write')?.reason).toBe(
      'To change stores, departments and their mapping you must not be limited to departments.',
    );
  });

  test('W1, W2: supervisors set up Budget & Weekly Balance and nothing beyond; every change is written down with both states', async () => {
    const body = { multipleCashRegisters: false, autoConfirm: true, autoConfirmAt: '05:30' };
    expect(await json(regional.call('PATCH', '/settings/balance', body))).toMatchObject({
      balance: { ...body, posImport: true },
    });
    expect(await code(viewer.call('PATCH', '/settings/balance', body))).toEqual([403, 'forbidden']);
    expect(await code(regional.call('PATCH', '/settings/general', { name: 'Mine' }))).toEqual([403, 'forbidden']);
    expect(await code(owner.call('PATCH', '/settings/balance', { posConnectionId: uuidv7() }))).toEqual([404, 'not_found']);
    for (const wrong of [
      { nightlyAt: '24:00' },
      { timeZone: 'Mars/Phobos' },
      { currency: 'kr' },
      { weekStart: 0 },
      { name: '' },
    ]) {
      expect(await code(owner.call('PATCH', '/settings/general', wrong)), JSON.stringify(wrong)).toEqual([
        400,
        'invalid_request',
      ]);
    }
    const general = { nightlyAt: '03:15', timeZone: 'Europe/Oslo', weekStart: 7 };
    expect(await json(owner.call('PATCH', '/settings/general', general))).toMatchObject({ general });
    expect(await audited('settings.changed')).toMatchObject([
      { before: { 'general.nightlyAt': '02:00', 'general.weekStart': 1 }, after: { 'general.nightlyAt': '03:15' } },
      {
        actor: { name: 'regional_supervisor' },
        before: { 'balance.autoConfirmAt': '05:00' },
        after: { 'balance.autoConfirm': true },
      },
    ]);
    await json(owner.call('PATCH', '/settings/general', general));
    expect(await audited('settings.changed')).toHaveLength(2);
  });

  test('W9: everybody sees whom to turn to; the bundle to attach holds states and no secrets', async () => {
    const support = {
      name: 'Helpdesk',
      email: 'help@operator.test',
      hours: 'Mon–Fri 8–16',
      links: [{ label: 'Guide', url: 'https://operator.test' }],
    };
    await json(owner.call('PATCH', '/settings/contacts', { support, integrationContact: { name: 'Ann' } }));
    const script = { support: { links: [{ label: 'x', url: 'javascript:alert(1)' }] } };
    expect(await code(owner.call('PATCH', '/settings/contacts', script))).toEqual([400, 'invalid_request']);
    expect(await json(viewer.call('GET', '/support'))).toMatchObject({
      contact: { name: 'Helpdesk', email: 'help@operator.test' },
      hours: 'Mon–Fri 8–16',
      links: support.links,
      integrationContact: { name: 'Ann' },
    });
    const bundle = JSON.stringify(await json(owner.call('GET', '/support/bundle')));
    expect(bundle).toContain('"postgresql"');
    for (const secret of [mailbox.smtpUrl, services.config.databaseUrl ?? '?', services.config.secretKey ?? '?', owner.email]) {
      expect(bundle).not.toContain(secret);
    }
  });

  test('end at once when a member is removed or leaves, and so do the tokens they made', async () => {
    const leaver = await newMember(services, app, organizationId, 'admin');
    const { token } = await json<{ token: string }>(
      leaver.call('POST', '/access-tokens', { name: 'Mine', permissions: ['stores:read'] }),
      201,
    );
    const withToken = (): Promise<Response> =>
      Promise.resolve(app.request('/api/v1/stores', { headers: { authorization: `Bearer ${token}` } }));
    expect((await withToken()).status).toBe(200);
    expect((await leaver.call('POST', '/members/leave')).status).toBe(204);
    expect((await leaver.call('GET', '/stores')).status).toBe(403);
    expect((await withToken()).status).toBe(401);
    expect(await audited('member.left')).toHaveLength(1);
  });
});

test('a token made by a limited member reaches no further than they do', async () => {
  const [mine, theirs] = [await newDepartment('Mine'), await newDepartment('Theirs')];
  const limited = await newMember(services, app, organizationId, 'admin');
  await owner.call('PATCH', `/members/${limited.userId}`, { departmentIds: [mine] });
  const wanted = (departmentIds: string[] | null, permission: string): Promise<Response> =>
    limited.call('POST', '/access-tokens', { name: 'Reader', permissions: [permission], departmentIds });
  expect(await code(wanted([theirs], 'stores:read'))).toEqual([403, 'forbidden']);
  expect(await code(wanted(null, 'stores:write'))).toEqual([403, 'forbidden']);
  const { token } = await json<{ token: string }>(wanted(null, 'stores:read'), 201);
  const me = (): Promise<{ departmentIds: string[] | null }> =>
    json(Promise.resolve(app.request('/api/v1/me', { headers: { authorization: `Bearer ${token}` } })));
  expect((await me()).departmentIds).toEqual([mine]);
  await owner.call('PATCH', `/members/${limited.userId}`, { departmentIds: [] });
  expect((await me()).departmentIds).toEqual([]);
});

test('W1: the operator’s staff act inside a client’s organization, shown to them and written down there', async () => {
  const staff = await newOwner(services, app, 'Operator');
  const act = (): Promise<Response> => staff.call('POST', '/organization/active', { organizationId, reason: 'Ticket 7' });
  expect((await act()).status).toBe(404);
  await setOperator(services, staff.email, 'regional_supervisor');
  expect((await act()).status).toBe(204);
  expect(await json(staff.call('GET', '/me'))).toMatchObject({
    actingAs: true,
    role: 'regional_supervisor',
    organization: { id: organizationId },
  });
  await json(staff.call('PATCH', '/settings/balance', { autoConfirmAt: '04:00' }));
  expect((await staff.call('PATCH', '/settings/general', { name: 'x' })).status).toBe(403);
  expect(await audited('organization.acted_as')).toMatchObject([{ actor: { actingAs: true } }]);
  expect((await audited('settings.changed'))[0]).toMatchObject({ actor: { actingAs: true } });
  await setOperator(services, staff.email, null);
  expect(await json(staff.call('GET', '/me'))).toMatchObject({ actingAs: false, organization: { name: 'Operator' } });
});

describe('an account', () => {
  test('gets a new password by mail: the link works once, ends every session, and says nothing about who exists', async () => {
    const person = await newMember(services, app, organizationId, 'viewer');
    const nobody = await post('/api/v1/password-resets', { email: 'nobody@example.test' });
    const known = await post('/api/v1/password-resets', { email: person.email });
    expect([nobody.status, await nobody.text()]).toEqual([known.status, await known.text()]);
    const token = await linkTo(person.email, 'reset-password');
    const reset = (text: string, password: string): Promise<[number, string]> =>
      code(post('/api/v1/password-resets/confirm', { token: text, password }));
    expect(await reset(`${token.slice(0, -4)}AAAA`, 'another good password')).toEqual([410, 'link_invalid']);
    expect(await reset(token, 'short')).toEqual([400, 'invalid_request']);
    expect(await reset(token, 'another good password')).toEqual([204, '']);
    expect(await reset(token, 'another good password')).toEqual([410, 'link_invalid']);
    expect((await person.call('GET', '/me')).status).toBe(401);
    await signIn(app, person.email, 'another good password');
    expect(await audited('person.password_reset')).toHaveLength(1);
  });

  test('changes its e-mail address by a link to the new one and with the password only', async () => {
    const person = await newMember(services, app, organizationId, 'viewer');
    const ask = (email: string, password: string): Promise<Response> => person.call('POST', '/me/email', { email, password });
    expect(await code(ask('new@example.test', 'not it at all'))).toEqual([403, 'forbidden']);
    expect((await ask('new@example.test', PASSWORD)).status).toBe(202);
    const token = await linkTo('new@example.test', 'confirm-email');
    expect(await json(post('/api/v1/email-changes/confirm', { token }))).toEqual({ email: 'new@example.test' });
    expect(await code(post('/api/v1/email-changes/confirm', { token }))).toEqual([409, 'conflict']);
    await signIn(app, 'new@example.test', PASSWORD);
    expect((await ask(owner.email, PASSWORD)).status).toBe(202);
    const taken = await linkTo(owner.email, 'confirm-email');
    expect(await code(post('/api/v1/email-changes/confirm', { token: taken }))).toEqual([409, 'conflict']);
  });

  test('sees its browsers and signs them out', async () => {
    const person = await newMember(services, app, organizationId, 'viewer');
    await signIn(app, person.email, PASSWORD);
    await signIn(app, person.email, PASSWORD);
    const list = async (): Promise<{ id: string; current: boolean }[]> =>
      (await json<{ items: { id: string; current: boolean }[] }>(person.call('GET', '/sessions'))).items;
    const sessions = await list();
    expect(sessions.map(({ current }) => current).filter(Boolean)).toHaveLength(1);
    expect(sessions).toHaveLength(3);
    const other = sessions.find(({ current }) => !current)?.id ?? '';
    expect((await owner.call('DELETE', `/sessions/${other}`)).status).toBe(204);
    expect(await list()).toHaveLength(3);
    expect((await person.call('DELETE', `/sessions/${other}`)).status).toBe(204);
    expect((await person.call('DELETE', '/sessions')).status).toBe(204);
    expect(await list()).toMatchObject([{ current: true }]);
  });

  test('nobody is locked out by somebody else’s wrong passwords; whoever guesses waits longer and longer', async () => {
    const person = await newMember(services, app, organizationId, 'viewer');
    const home = { 'x-forwarded-for': '198.51.100.77' };
    const attempt = (password: string, from: Record<string, string>): Promise<Response> =>
      post('/api/auth/sign-in/email', { email: person.email, password }, from);
    expect((await attempt(PASSWORD, home)).status).toBe(200);
    const guesses: number[] = [];
    for (let guess = 0; guess < 30; guess += 1) {
      guesses.push((await attempt('wrong wrong wrong', { 'x-forwarded-for': `203.0.113.${guess}` })).status);
    }
    expect(guesses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
    expect((await attempt(PASSWORD, home)).status).toBe(200);
    const one: number[] = [];
    for (let guess = 0; guess < 8; guess += 1) one.push((await attempt('wrong wrong wrong', home)).status);
    expect(one).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const { rows } = await services.pool.query<{ key: string }>(`select key from auth."rateLimit"`);
    expect(rows.some(({ key }) => key.includes('@'))).toBe(false);
  });
});
