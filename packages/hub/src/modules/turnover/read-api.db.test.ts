import type { z } from '@hono/zod-openapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServices, type TestServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newMember, newOwner, type Person } from '../../http/testing/people.ts';
import { receiptDetail, receiptList, receiptVersionDetail } from '../ledger/schemas.ts';
import { overviewAnswer } from '../overview/schemas.ts';
import { calendarAnswer, departmentList, mappingList, shopList, storeList } from '../stores/schemas.ts';
import { cellsAnswer, coverageAnswer, measureList, turnoverAnswer } from './schemas.ts';
import { testLedger, type TestLedger } from './testing/ledger.ts';

let services: TestServices;
let owner: Person;
let ledger: TestLedger;

beforeAll(async () => {
  services = await testServices();
  const app = createApp(services);
  owner = await newOwner(services, app);
  ledger = await testLedger(services.db, owner.organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] },
  ]);
  await ledger.record([
    { id: '1', shop: '1', register: '1', at: '2026-10-19T10:00:00+02:00', net: '10.00', payment: 'card' },
    { id: '2', shop: '1', register: '2', at: '2026-10-19T10:05:00+02:00', net: '7.00' },
  ]);
  await ledger.caughtUp('2026-10-21T12:00:00Z');
});

/** Answers 200 with exactly the documented shape: no key more, none less. */
async function get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const response = await owner.call('GET', path);
  const body: unknown = await response.json();
  expect([path, response.status, body]).toEqual([path, 200, body]);
  const parsed = schema.parse(body);
  expect(parsed).toEqual(body);
  return parsed;
}

describe('The read API answers as documented', () => {
  it('from the grid down to the document and its request', async () => {
    const turnover = await get(
      '/turnover?from=2026-10-19&to=2026-10-20&by=hour&measure=net_sales&measure=payments:3&compare=week',
      turnoverAnswer,
    );
    const cell = turnover.rows[0]?.cells[0];
    expect([turnover.currency, turnover.minorDigits, cell?.values]).toEqual(['DKK', 2, { net_sales: 1700, 'payments:3': 1250 }]);
    const hours = (cell?.hours ?? []).map((hour) => `hour=${hour}`).join('&');
    const department = turnover.rows[0]?.department?.id ?? '';
    const receipts = await get(`/receipts?day=2026-10-19&${hours}&department=${department}&measure=net_sales`, receiptList);
    expect(receipts.items.map((receipt) => receipt.figure['net_sales'])).toEqual([700, 1000]);
    expect(receipts.total?.figure['net_sales']).toBe(cell?.values['net_sales']);
    const receipt = await get(`/receipts/${ledger.posAccountId}/1`, receiptDetail);
    const version = await get(`/receipts/${ledger.posAccountId}/1/versions/${receipt.versions}`, receiptVersionDetail);
    expect(version).toMatchObject({ document: { id: '1', net: '10.00' }, request: { method: 'GET' } });
  });

  it('for everything else that is read', async () => {
    expect((await get('/measures', measureList)).measures.map(({ name }) => name)).toContain('payments:1');
    expect((await get('/turnover/cells?from=2026-10-19&to=2026-10-19&limit=1', cellsAnswer)).nextCursor).not.toBeNull();
    expect((await get('/coverage?from=2026-10-19&to=2026-10-19', coverageAnswer)).shops[0]?.days[0]?.coverage).toBe('complete');
    expect((await get('/overview', overviewAnswer)).today.stores).toHaveLength(1);
    expect((await get('/stores', storeList)).stores).toHaveLength(1);
    expect((await get('/departments', departmentList)).departments).toHaveLength(1);
    expect((await get('/shops', shopList)).shops[0]?.registers).toHaveLength(2);
    expect((await get('/mappings', mappingList)).mappings).toHaveLength(1);
  });

  it('takes mappings, refuses overlaps as a problem with both sides, and changes a calendar', async () => {
    const [mapping] = (await get('/mappings', mappingList)).mappings;
    if (mapping === undefined) throw new Error('no mapping');
    const { posAccountId, shopId, departmentId } = mapping;
    const put = (mappings: readonly object[]) => owner.call('PUT', '/mappings', { shops: [{ posAccountId, shopId }], mappings });
    const refused = await put([
      { posAccountId, shopId, departmentId, until: '2026-10-01' },
      { posAccountId, shopId, departmentId, from: '2026-09-01' },
    ]);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'mapping_overlap',
      details: { shop: 'Nyhavn', first: { until: '2026-10-01' }, second: { from: '2026-09-01' } },
    });
    const kept = await put([{ id: mapping.id, posAccountId, shopId, departmentId }]);
    expect([kept.status, mappingList.parse(await kept.json()).mappings[0]?.id]).toEqual([200, mapping.id]);
    const preview = await owner.call('PUT', `/shops/${posAccountId}/${shopId}/calendar`, {
      from: '2026-10-19',
      dayStartHour: 11,
      preview: true,
    });
    expect(calendarAnswer.parse(await preview.json())).toMatchObject({ rebucketed: 2 });
    const marked = await owner.call('PUT', `/shops/${posAccountId}/${shopId}/closed-days/2026-10-18`, { reason: 'Sunday' });
    expect(marked.status).toBe(204);
    expect((await get('/coverage?from=2026-10-18&to=2026-10-18', coverageAnswer)).shops[0]?.days[0]?.coverage).toBe('closed');
    expect((await owner.call('DELETE', `/shops/${posAccountId}/${shopId}/closed-days/2026-10-18`)).status).toBe(204);
    expect((await get('/coverage?from=2026-10-18&to=2026-10-18', coverageAnswer)).shops[0]?.days[0]?.coverage).toBe('complete');
  });

  it('answers 400 to what makes no sense', async () => {
    for (const path of [
      '/turnover?from=2026-02-30&to=2026-03-01',
      '/turnover?from=2026-10-19',
      '/receipts',
      '/receipts?day=2026-10-19&cursor=x',
    ]) {
      const response = await owner.call('GET', path);
      expect([path, response.status, await response.json()]).toMatchObject([path, 400, { code: 'invalid_request' }]);
    }
  });

  it('keeps receipts from viewers, and writing from all but those who may', async () => {
    const viewer = await newMember(services, createApp(services), owner.organizationId, 'viewer');
    expect((await viewer.call('GET', '/turnover?from=2026-10-19&to=2026-10-19')).status).toBe(200);
    expect((await viewer.call('GET', '/receipts?day=2026-10-19')).status).toBe(403);
    expect((await viewer.call('GET', `/receipts/${ledger.posAccountId}/1/versions/1`)).status).toBe(403);
    expect(
      (await viewer.call('PUT', '/mappings', { shops: [{ posAccountId: ledger.posAccountId, shopId: '1' }], mappings: [] }))
        .status,
    ).toBe(403);
    expect((await get('/mappings', mappingList)).mappings).toHaveLength(1);
  });

  it('shows the owner of another organization none of it', async () => {
    const stranger = await newOwner(services, createApp(services), 'Another company');
    const read = async (path: string) => (await (await stranger.call('GET', path)).json()) as Record<string, unknown>;
    expect((await read('/turnover?from=2026-10-19&to=2026-10-19'))['rows']).toEqual([]);
    expect((await read('/receipts?day=2026-10-19'))['items']).toEqual([]);
    expect((await read('/receipts?q=1'))['items']).toEqual([]);
    expect((await read('/turnover/cells?from=2026-10-19&to=2026-10-19'))['items']).toEqual([]);
    expect((await read('/shops'))['shops']).toEqual([]);
    expect((await stranger.call('GET', `/receipts/${ledger.posAccountId}/1`)).status).toBe(404);
    expect((await stranger.call('GET', `/receipts/${ledger.posAccountId}/1/versions/1`)).status).toBe(404);
    const calendar = await stranger.call('PUT', `/shops/${ledger.posAccountId}/1/calendar`, {
      from: '2026-10-19',
      dayStartHour: 3,
    });
    expect(calendar.status).toBe(404);
  });

  it('a shop mapped anew from a day on changes history at the next read, exactly, with no job', async () => {
    const made = await owner.call('POST', '/stores', { name: 'Kiosk', timeZone: null });
    expect(made.status).toBe(201);
    const { departments } = await get('/departments', departmentList);
    const kiosk = departments.find(({ name }) => name === 'Kiosk')?.id ?? '';
    const [known] = (await get('/mappings', mappingList)).mappings;
    if (known === undefined) throw new Error('no mapping');
    const { posAccountId, shopId, departmentId } = known;
    await ledger.record([{ id: '3', shop: '1', register: '1', at: '2026-10-20T10:00:00+02:00', net: '4.00' }]);
    const put = (mappings: readonly object[]) => owner.call('PUT', '/mappings', { shops: [{ posAccountId, shopId }], mappings });
    const days = async () => {
      const answer = await get('/turnover?from=2026-10-19&to=2026-10-20&by=day&measure=net_sales', turnoverAnswer);
      return Object.fromEntries(
        answer.rows.map(({ department, cells }) => [
          department?.id === kiosk ? 'kiosk' : 'nyhavn',
          cells.map(({ values }) => values['net_sales'] ?? null),
        ]),
      );
    };
    const months = async () =>
      (await get('/turnover?from=2026-10-01&to=2026-10-31&by=month&measure=net_sales', turnoverAnswer)).rows.map(
        ({ total }) => total.values['net_sales'],
      );
    const before = await days();
    // The whole shop from the second day on; of the first day only one of the two registers.
    expect(
      (
        await put([
          { posAccountId, shopId, departmentId, until: '2026-10-20' },
          { posAccountId, shopId, departmentId: kiosk, from: '2026-10-20' },
          { posAccountId, shopId, registerId: '2', departmentId: kiosk, from: '2026-10-19', until: '2026-10-20' },
        ])
      ).status,
    ).toBe(200);
    expect(before['nyhavn']).toEqual([1700, 400]);
    expect(await days()).toEqual({ nyhavn: [1000, null], kiosk: [700, 400] });
    expect((await months()).toSorted((a, b) => Number(a) - Number(b))).toEqual([1000, 1100]);
    // No worker runs here: there is nobody who could have done it but the reading.
    expect((await put([{ posAccountId, shopId, departmentId }])).status).toBe(200);
    expect((await days())['nyhavn']).toEqual([1700, 400]);
  });
});
