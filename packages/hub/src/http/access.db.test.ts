/**
 * Who may call what, walked over the list of routes: a new route is tested as soon as it is listed, and fails here until it has a
 * working sample request.
 */
import { describe, expect, test } from 'vitest';
import { addConnection } from '../modules/connections/add-connection.ts';
import { createAccessToken } from '../modules/organizations/access-tokens.ts';
import { mayDo, type Permission, permissions, type Role, roles } from '../modules/organizations/permissions.ts';
import { syncAccount } from '../modules/sync/run-connection.ts';
import { createApp } from './app.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { newMember, newOwner, type Person } from './testing/people.ts';
import { type Existing, paramsOf, samples } from './testing/samples.ts';
import { oauthClient, till } from './testing/till.ts';

/** What a route of anybody's is for; each is argued for in its description. */
const OPEN = [
  'get /setup',
  'post /setup',
  'post /invitations/look-up',
  'post /invitations/accept',
  'post /email-changes/confirm',
  'post /password-resets',
  'post /password-resets/confirm',
  'get /oauth/r-series/callback',
  'get /oauth/x-series/callback',
  'get /authorizations/{token}',
  'post /authorizations/{token}/begin',
  'post /hooks/x/{token}',
];
/** Who does these is out afterwards: somebody new does them each time. */
const LEAVING = new Set(['post /members/leave']);
/** Only a person can do these: a token has no browser session, makes no other tokens, and gives nobody a role. */
const FOR_PEOPLE = new Set([
  'post /organization/active',
  'post /access-tokens',
  'patch /members/{userId}',
  'delete /members/{userId}',
  'post /invitations',
  'post /invitations/{id}/renew',
  'post /connections/{id}/authorize',
  'post /connections/{id}/authorize/change',
  'post /connections/{id}/authorize/paste',
]);

const { emulator, services } = await till(
  { sales: 40, customers: 5, days: 7, shops: 1 },
  { config: { smtpUrl: 'smtp://mail.test' } },
);
const app = createApp(services);
const owner = await newOwner(services, app, 'Planted company');
const existing = await fill(owner);
const people = new Map<Role, Person>();
for (const role of roles) people.set(role, await newMember(services, app, owner.organizationId, role));
const stranger = await newOwner(services, app, 'Other company');

const guarded = routes.filter(({ requires }) => requires !== 'public');
const named = guarded.map((route): [string, Route] => [nameOf(route), route]);

/** One organization with a connected till, a finished sync, stores and mappings. */
async function fill({ organizationId }: Person): Promise<Existing> {
  const { connectionId, verified } = await addConnection(services, {
    organizationId,
    name: 'Planted till',
    oauthClient: oauthClient(emulator),
    refreshToken: emulator.credentials.rSeries.refreshToken,
  });
  const { posAccountId } = verified;
  await syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' });
  const one = async (query: string): Promise<string> => {
    const { rows } = await services.pool.query<{ id: string }>(query, [organizationId]);
    expect(rows, query).toHaveLength(1);
    return rows[0]?.id ?? '';
  };
  return {
    organizationId,
    connectionId,
    posAccountId,
    shopId: await one('select shop_id as id from shop where organization_id = $1 order by shop_id limit 1'),
    saleId: await one('select sale_id as id from sale where organization_id = $1 order by sale_id limit 1'),
    storeId: await one('select id from store where organization_id = $1 order by id limit 1'),
    departmentId: await one('select id from department where organization_id = $1 order by id limit 1'),
    runId: await one('select id from run where organization_id = $1 order by id limit 1'),
  };
}

function nameOf(route: Route): string {
  return `${route.method} ${route.path}`;
}

/** Sends the route's sample request as somebody. */
async function send(route: Route, call: Person['call']): Promise<Response> {
  const sample = (await samples[nameOf(route)]?.(services, existing)) ?? {};
  const params = { ...paramsOf(route, existing), ...sample.params };
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return call(route.method.toUpperCase(), sample.query === undefined ? path : `${path}?${sample.query}`, sample.body);
}

const asNobody: Person['call'] = async (method, path, body) =>
  app.request(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function asToken(granted: readonly Permission[]): Promise<Person['call']> {
  const { token } = await createAccessToken(services, {
    organizationId: owner.organizationId,
    name: 'Walker',
    permissions: granted,
    expiresAt: null,
    createdBy: null,
  });
  return async (method, path, body) =>
    app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

function person(role: Role): Person {
  const found = people.get(role);
  if (found === undefined) throw new Error(role);
  return found;
}

/** Everything the organization has, as one text: changes when anybody changes anything of it. */
async function everythingOf(organizationId: string): Promise<string> {
  const tables = await services.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
       and c.relname not in ('idempotency_key', 'access_token', 'sync_state', 'call_permit') order by 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await services.pool.query<{ digest: string | null }>(
      `select md5(string_agg(t::text, '|' order by t::text)) as digest from "${name}" t where organization_id = $1`,
      [organizationId],
    );
    parts.push(`${name} ${rows[0]?.digest ?? ''}`);
  }
  return parts.join('\n');
}

test('only the routes that are argued for are open to anybody', () => {
  const open = routes.filter(({ requires }) => requires === 'public');
  expect(open.map(nameOf)).toEqual(OPEN);
  for (const { config } of open) expect(config.description, config.path).toMatch(/^Open/u);
});

test('every permission is needed by some route, or by what is outside the API', () => {
  const needed = new Set<string>(guarded.map(({ requires }) => requires));
  expect(permissions.filter((permission) => !needed.has(permission))).toEqual(['metrics:read']);
});

test('every sample belongs to a route', () => {
  const all = new Set(routes.map(nameOf));
  expect(Object.keys(samples).filter((name) => !all.has(name))).toEqual([]);
});

describe.each(named)('%s', (name, route) => {
  test('is refused to nobody', async () => {
    const answer = await send(route, asNobody);
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unauthenticated' }]);
  });

  test('tells and does nothing to another organization', async () => {
    const sample = (await samples[name]?.(services, existing)) ?? {};
    const named = Object.keys({ ...paramsOf(route, existing), ...sample.params }).length > 0;
    const before = await everythingOf(owner.organizationId);
    // The sample may make what it needs in the owner's organization: that is done before, with this very request kept.
    const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, key: string) => {
      const params: Record<string, string> = { ...paramsOf(route, existing), ...sample.params };
      return encodeURIComponent(params[key] ?? '');
    });
    const answer = await stranger.call(
      route.method.toUpperCase(),
      sample.query === undefined ? path : `${path}?${sample.query}`,
      sample.body,
    );
    const text = await answer.text();
    expect(text).not.toContain('Planted');
    if (named) expect([answer.status, text]).toEqual([expect.toSatisfy(isRefusalOrNothing(route)), expect.any(String)]);
    expect(answer.status).toBeLessThan(500);
    expect(await everythingOf(owner.organizationId)).toBe(before);
  });

  const { requires } = route;
  if (requires !== 'public' && requires !== 'session') {
    test('is refused to every role without its permission, and to tokens with all others', async () => {
      const low = roles.filter((role) => !mayDo(role, requires));
      const callers = low.map((role) => person(role).call);
      callers.push(await asToken(permissions.filter((permission) => permission !== requires)));
      const before = await everythingOf(owner.organizationId);
      for (const call of callers) {
        const answer = await send({ ...route }, call);
        expect([answer.status, await answer.json()]).toMatchObject([
          403,
          { code: 'forbidden', details: { permission: requires } },
        ]);
      }
      // Samples may add what they need; what exists is as it was.
      if (samples[name] === undefined) expect(await everythingOf(owner.organizationId)).toBe(before);
    });

    test('is carried out for every role with its permission, and for a token with it alone', async () => {
      for (const role of roles.filter((role) => mayDo(role, requires))) {
        const answer = await send(route, person(role).call);
        expect([role, answer.status, answer.ok ? '' : await answer.text()]).toEqual([role, expect.toSatisfy(isSuccess), '']);
        await answer.body?.cancel();
      }
      if (FOR_PEOPLE.has(name)) return;
      const answer = await send(route, await asToken([requires]));
      expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([expect.toSatisfy(isSuccess), '']);
      await answer.body?.cancel();
    });
  } else {
    test('is carried out for every role', async () => {
      for (const role of roles) {
        const who = LEAVING.has(name) ? await newMember(services, app, owner.organizationId, role) : person(role);
        const answer = await send(route, who.call);
        expect([role, answer.status]).toEqual([role, expect.toSatisfy(isSuccess)]);
      }
    });
  }
});

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Taking off a mark that is not there is done, for anybody, and changes nothing. */
function isRefusalOrNothing(route: Route): (status: number) => boolean {
  return (status) => status === 404 || (route.method === 'delete' && status === 204);
}
