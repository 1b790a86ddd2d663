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

/** Requests that may do nothing are sent side by side. */
const AT_ONCE = 6;

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

/** Everything the organization has, a digest for each table: changes when anybody changes anything of it. One question, for it is asked often. */
async function everythingOf(organizationId: string): Promise<Record<string, string>> {
  const tables = await services.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
       and c.relname not in ('idempotency_key', 'access_token', 'sync_state', 'call_permit') order by 1`,
  );
  expect(tables.rows.length).toBeGreaterThan(30);
  const { rows } = await services.pool.query<{ name: string; digest: string | null }>(
    tables.rows
      .map(
        ({ name }) =>
          `select '${name}' as name, (select md5(string_agg(t::text, '|' order by t::text)) from "${name}" t where organization_id = $1) as digest`,
      )
      .join(' union all '),
    [organizationId],
  );
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest ?? '']));
}

/** The same for each of many, some at a time. */
async function inBatches<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    results.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(run))));
  }
  return results;
}

interface Prepared {
  readonly name: string;
  readonly route: Route;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Whether it names something that is the organization's. */
  readonly names: boolean;
}

/** The route's sample request, with what it needs made in the owner's organization. */
async function prepare([name, route]: readonly [string, Route]): Promise<Prepared> {
  const sample = (await samples[name]?.(services, existing)) ?? {};
  const params: Record<string, string> = { ...paramsOf(route, existing), ...sample.params };
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  return {
    name,
    route,
    method: route.method.toUpperCase(),
    path: sample.query === undefined ? path : `${path}?${sample.query}`,
    body: sample.body,
    names: Object.keys(params).length > 0,
  };
}

interface Told {
  readonly status: number;
  readonly text: string;
}

/** What a caller is told; a stream is not waited for. */
async function told({ method, path, body }: Prepared, call: Person['call']): Promise<Told> {
  const answer = await call(method, path, body);
  if (answer.ok && answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await answer.body?.cancel();
    return { status: answer.status, text: '' };
  }
  return { status: answer.status, text: await answer.text() };
}

/** Whom a route is refused to. */
async function lowCallers({ requires }: Route): Promise<Person['call'][]> {
  if (requires === 'public' || requires === 'session') return [];
  const low = roles.filter((role) => !mayDo(role, requires)).map((role) => person(role).call);
  return [...low, await tokenWithout(requires)];
}

const tokens = new Map<Permission, Promise<Person['call']>>();

/** With every other permission. */
async function tokenWithout(permission: Permission): Promise<Person['call']> {
  const made = tokens.get(permission) ?? asToken(permissions.filter((other) => other !== permission));
  tokens.set(permission, made);
  return made;
}

/**
 * Everybody who is to be refused, at all routes, while nothing else goes on: what the organization has must be the same afterwards, whoever
 * asked. The samples, which may make what they need, are made before.
 */
async function refusals(): Promise<{
  readonly before: Record<string, string>;
  readonly after: Record<string, string>;
  readonly byRoute: ReadonlyMap<string, { readonly prepared: Prepared; nobody: Told; stranger: Told; low: Told[] }>;
}> {
  const prepared: Prepared[] = [];
  // One after the other: samples freeze and thaw the same shop.
  for (const route of named) prepared.push(await prepare(route));
  const low = new Map<string, Person['call'][]>();
  for (const [name, route] of named) low.set(name, await lowCallers(route));
  const before = await everythingOf(owner.organizationId);
  const answers = await inBatches(prepared, async (one) => ({
    prepared: one,
    nobody: await told(one, asNobody),
    stranger: await told(one, stranger.call),
    low: await Promise.all((low.get(one.name) ?? []).map((call) => told(one, call))),
  }));
  const after = await everythingOf(owner.organizationId);
  return { before, after, byRoute: new Map(answers.map((answer) => [answer.prepared.name, answer])) };
}

const refused = await refusals();

test('nobody, no other organization and no lower role changed anything', () => {
  expect(refused.after).toEqual(refused.before);
});

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
  const answers = refused.byRoute.get(name);

  test('is refused to nobody', () => {
    expect(answers?.nobody.status).toBe(401);
    expect(JSON.parse(answers?.nobody.text ?? '')).toMatchObject({ code: 'unauthenticated' });
  });

  test('tells nothing to another organization', () => {
    const { status = 0, text = '' } = answers?.stranger ?? {};
    expect(text).not.toContain('Planted');
    if (answers?.prepared.names === true) {
      expect([status, text]).toEqual([expect.toSatisfy(isRefusalOrNothing(route)), expect.any(String)]);
    }
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
  });

  const { requires } = route;
  if (requires !== 'public' && requires !== 'session') {
    test('is refused to every role without its permission, and to tokens with all others', () => {
      expect(answers?.low).toHaveLength(roles.filter((role) => !mayDo(role, requires)).length + 1);
      for (const { status, text } of answers?.low ?? []) {
        expect([status, JSON.parse(text)]).toMatchObject([403, { code: 'forbidden', details: { permission: requires } }]);
      }
    });

    test('is carried out for every role with its permission, and for a token with it alone', async () => {
      for (const role of roles.filter((role) => mayDo(role, requires))) {
        const { status, text } = await told(await prepare([name, route]), person(role).call);
        expect([role, status, isSuccess(status) ? '' : text]).toEqual([role, expect.toSatisfy(isSuccess), '']);
      }
      if (FOR_PEOPLE.has(name)) return;
      const { status, text } = await told(await prepare([name, route]), await asToken([requires]));
      expect([status, isSuccess(status) ? '' : text]).toEqual([expect.toSatisfy(isSuccess), '']);
    });
  } else {
    test('is carried out for every role', async () => {
      for (const role of roles) {
        const who = LEAVING.has(name) ? await newMember(services, app, owner.organizationId, role) : person(role);
        const { status, text } = await told(await prepare([name, route]), who.call);
        expect([role, status, isSuccess(status) ? '' : text]).toEqual([role, expect.toSatisfy(isSuccess), '']);
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
