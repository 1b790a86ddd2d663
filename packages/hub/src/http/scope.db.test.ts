/**
 * A member who is limited to departments, walked over the list of routes: whatever is new is tested as soon as it is listed. Two stores
 * sell; the member has one of them, and nothing of the other's may be in any answer, to them or to a token of theirs.
 */
import { describe, expect, test } from 'vitest';
import { addConnection } from '../modules/connections/add-connection.ts';
import { createAccessToken } from '../modules/organizations/access-tokens.ts';
import { permissions, permissionsWithin } from '../modules/organizations/permissions.ts';
import { syncAccount } from '../modules/sync/run-connection.ts';
import { createApp } from './app.ts';
import { routes } from './routes.ts';
import { newMember, newOwner, type Person } from './testing/people.ts';
import { type Existing, paramsOf, samples } from './testing/samples.ts';
import { oauthClient, till } from './testing/till.ts';

const { emulator, services } = await till({ sales: 60, customers: 5, days: 7, shops: 2 });
const app = createApp(services);
const owner = await newOwner(services, app);
const { organizationId } = owner;

interface Place {
  readonly shopId: string;
  readonly departmentId: string;
  readonly storeId: string;
  readonly saleIds: readonly string[];
}

const { connectionId, posAccountId, places } = await fill();
const [mine, theirs] = places;

/** The shops by id, each with the store and department it was given, and its sales. */
async function fill(): Promise<{ connectionId: string; posAccountId: string; places: [Place, Place] }> {
  const added = await addConnection(services, {
    organizationId,
    name: 'Till',
    oauthClient: oauthClient(emulator),
    refreshToken: emulator.credentials.rSeries.refreshToken,
  });
  const account = { organizationId, posAccountId: added.verified.posAccountId, connectionId: added.connectionId };
  await syncAccount(services, { ...account, until: 'idle' });
  const { rows } = await services.pool.query<Place>(
    `select m.shop_id as "shopId", m.department_id as "departmentId", d.store_id as "storeId",
       array(select sale_id from sale s where s.organization_id = m.organization_id and s.shop_id = m.shop_id order by 1) as "saleIds"
     from mapping m join department d on d.organization_id = m.organization_id and d.id = m.department_id
     where m.organization_id = $1 order by 1`,
    [organizationId],
  );
  const [one, two] = rows;
  if (one === undefined || two === undefined) throw new Error('There should be two shops.');
  for (const [place, name] of [
    [one, 'Mine'],
    [two, 'Planted'],
  ] as const) {
    await services.pool.query('update store set name = $2 where id = $1', [place.storeId, `${name} store`]);
    await services.pool.query('update department set name = $2 where id = $1', [place.departmentId, `${name} department`]);
    await services.pool.query('update shop set name = $2 where shop_id = $1', [place.shopId, `${name} shop`]);
  }
  return { connectionId: account.connectionId, posAccountId: account.posAccountId, places: [one, two] };
}

const limited = await newMember(services, app, organizationId, 'admin');
const narrowed = await owner.call('PATCH', `/members/${limited.userId}`, { departmentIds: [mine.departmentId] });
expect(narrowed.status).toBe(204);

async function existing(place: Place): Promise<Existing> {
  const run = await services.pool.query<{ id: string }>('select id from run where organization_id = $1 limit 1', [
    organizationId,
  ]);
  const { shopId, storeId, departmentId, saleIds } = place;
  return {
    organizationId,
    connectionId,
    posAccountId,
    shopId,
    storeId,
    departmentId,
    saleId: saleIds[0] ?? '',
    runId: run.rows[0]?.id ?? '',
  };
}

async function tokenOfTheirs(): Promise<Person['call']> {
  const { token } = await createAccessToken(services, {
    organizationId,
    name: 'Reader',
    permissions: permissionsWithin(permissions, []),
    expiresAt: null,
    createdBy: limited.userId,
  });
  return async (method, path) => app.request(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } });
}
const callers: readonly (readonly [string, Person['call']])[] = [
  ['the member', limited.call],
  ['a token of theirs', await tokenOfTheirs()],
];

const reading = routes.filter(({ method, scope }) => method === 'get' && scope !== 'none');

describe.each(reading.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (name, route) => {
  test('shows a limited member nothing of the other department', async () => {
    for (const place of places) {
      const known = await existing(place);
      const sample = (await samples[name]?.(services, known)) ?? {};
      const params = { ...paramsOf(route, known), ...sample.params };
      const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, key: string) => encodeURIComponent(params[key] ?? ''));
      for (const [who, call] of callers) {
        const answer = await call('GET', sample.query === undefined ? path : `${path}?${sample.query}`);
        const text = route.config.path.endsWith('/events') ? '' : await answer.text();
        if (text === '') await answer.body?.cancel();
        expect(answer.status, `${who} ${text}`).toBeLessThan(500);
        // What is the same for the whole organization names shops of the till at most; what belongs to departments nothing of theirs.
        const marks = route.scope === 'department' ? ['Planted', theirs.departmentId, theirs.storeId] : ['Planted department'];
        for (const mark of marks) expect(text, `${who}: ${mark}`).not.toContain(mark);
        // A refusal repeats what was asked for.
        if (!answer.ok) continue;
        for (const saleId of theirs.saleIds) expect(text, `${who}: sale ${saleId}`).not.toContain(`"saleId":"${saleId}"`);
      }
    }
  });
});

test('drill-down and search end at the department, whichever way they are asked', async () => {
  const [own, other] = [mine.saleIds[0] ?? '', theirs.saleIds[0] ?? ''];
  const { rows } = await services.pool.query<{ day: string; number: string | null; until: string }>(
    `select business_day::text as day, number, (select max(business_day)::text from sale) as until from sale where sale_id = $1`,
    [other],
  );
  const { day = '', number = null, until = '' } = rows[0] ?? {};
  for (const [who, call] of callers) {
    const read = async (path: string): Promise<{ status: number; text: string }> => {
      const answer = await call('GET', path);
      return { status: answer.status, text: await answer.text() };
    };
    expect((await read(`/receipts/${posAccountId}/${own}`)).status, who).toBe(200);
    for (const path of [`/receipts/${posAccountId}/${other}`, `/receipts/${posAccountId}/${other}/versions/1`]) {
      expect((await read(path)).status, `${who} ${path}`).toBe(404);
    }
    for (const query of [
      `day=${day}&to=${until}`,
      `day=${day}&shop=${theirs.shopId}&posAccount=${posAccountId}`,
      `day=${day}&department=${theirs.departmentId}`,
      `day=${day}&department=unmapped`,
      `q=${number ?? other}`,
    ]) {
      const { text } = await read(`/receipts?${query}`);
      for (const saleId of theirs.saleIds) expect(text, `${who} ${query}`).not.toContain(`"saleId":"${saleId}"`);
    }
    const whole = await read(`/turnover?from=${day}&to=${until}&department=${theirs.departmentId}`);
    expect(whole.text, who).not.toContain('Planted');
  }
});

test('a limited member changes nothing beyond their departments', async () => {
  for (const [method, path, body] of [
    ['PUT', `/stores/${mine.storeId}`, { name: 'Renamed' }],
    ['PUT', '/mappings', { shops: [], mappings: [] }],
    ['PATCH', '/settings/general', { name: 'Renamed' }],
    ['POST', `/connections/${connectionId}/freeze`, { reason: 'x' }],
  ] as const) {
    expect((await limited.call(method, path, body)).status, `${method} ${path}`).toBe(403);
  }
});

test('W1, W3: a supervisor of some departments gives theirs POS numbers and visitors, and nobody else’s', async () => {
  const supervisor = await newMember(services, app, organizationId, 'supervisor');
  const only = { departmentIds: [mine.departmentId] };
  expect((await owner.call('PATCH', `/members/${supervisor.userId}`, only)).status).toBe(204);
  const { accountID } = emulator.credentials.rSeries;
  const outcome = async (answer: Promise<Response>): Promise<[number, string]> => {
    const { status, ...response } = await answer.then(async (sent) => ({ status: sent.status, text: await sent.text() }));
    // Whatever the answer, nothing of the other department is in it.
    expect(response.text).not.toContain('Planted');
    return [status, /"code":"(\w+)"/u.exec(response.text)?.[1] ?? ''];
  };
  const numbers = (departmentId: string, clientNumber: string, more: object = {}) =>
    outcome(supervisor.call('PUT', `/departments/${departmentId}/pos-numbers`, { clientNumber, ...more }));
  const own = `${accountID}:${mine.shopId}`;
  const other = `${accountID}:${theirs.shopId}`;
  const registers = await services.pool.query<{ id: string }>(
    'select register_id as id from register where organization_id = $1 and shop_id = $2 limit 1',
    [organizationId, theirs.shopId],
  );
  const mapped = async () =>
    (
      await services.pool.query(
        'select shop_id, register_id, department_id, valid_from, valid_until from mapping where organization_id = $1 order by 1, 2',
        [organizationId],
      )
    ).rows;
  const before = await mapped();
  expect(await numbers(mine.departmentId, own)).toEqual([200, '']);
  expect(await numbers(theirs.departmentId, own)).toEqual([404, 'not_found']);
  expect(await numbers(mine.departmentId, `${own}, ${other}`)).toEqual([403, 'forbidden']);
  expect(await numbers(mine.departmentId, other, { takeOver: true })).toEqual([403, 'forbidden']);
  const terminal = { terminalNumbers: [registers.rows[0]?.id ?? ''], takeOver: true };
  expect(await numbers(mine.departmentId, other, terminal)).toEqual([403, 'forbidden']);
  expect(await numbers(mine.departmentId, `${accountID}:unheard-of`)).toEqual([404, 'not_found']);
  expect(await mapped()).toEqual(before);

  const visitors = (departmentId: string) =>
    outcome(supervisor.call('PUT', '/visitors', { items: [{ departmentId, day: '2026-11-20', visitors: 7 }] }));
  expect(await visitors(mine.departmentId)).toEqual([204, '']);
  expect(await visitors(theirs.departmentId)).toEqual([404, 'not_found']);
  const counted = await services.pool.query('select department_id, visitors from visitor where organization_id = $1', [
    organizationId,
  ]);
  expect(counted.rows).toEqual([{ department_id: mine.departmentId, visitors: 7 }]);
});
