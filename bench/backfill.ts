/**
 * A history import over HTTP with the POS's limits off: the emulator, PostgreSQL and the hub each in a process of its own. Shown: how many
 * sales a second, of either series, against the same sales written bare (their rows and documents by plain upserts, nothing fetched, nothing
 * summed) and against the same walk through the client with nothing kept.
 */
import { createEmulator } from '@tillweave/emulator';
import { normalizeSale, type Normalized, normalizeXSale, type Sale, xSaleLookUps } from '@tillweave/lightspeed';
import { readCalendars } from '../packages/hub/src/modules/ledger/calendars.ts';
import { prepareSales } from '../packages/hub/src/modules/ledger/prepare-sales.ts';
import { tenantTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';
import { runImport } from './import.ts';
import { type Measurement, rounded } from './measurement.ts';
import { PLAIN_TABLES, type PlainSale, writePlainly } from './plain-write.ts';
import type { PosAnnounced } from './pos-process.ts';
import { startProgram } from './process.ts';
import { startServer, type TemporaryServer } from './temporary-server.ts';

const SALES = 40_000;
const SMALL_SALES = 2_000;
/** The bare write of so many is enough to know its rate. */
const BARE_SALES = 10_000;
const PAGE = 100;

type World = Readonly<{ seed: number; sales: number; customers: number; days: number }>;

export const measurement: Measurement = async function* measureBackfill(say, { isSmall, sales: wanted }) {
  const sales = wanted ?? (isSmall ? SMALL_SALES : SALES);
  const world: World = { seed: 7, sales, customers: 200, days: 90 };
  const server = await startServer();
  const pos = startProgram(new URL('pos-process.ts', import.meta.url), [JSON.stringify(world)]);
  try {
    const announced = (await pos.line()) as PosAnnounced;
    for (const series of ['r', 'x'] as const) {
      // The bare walk first: whatever the emulator keeps after making a page once, the import finds it as well.
      const walk = await runImport(server, announced, { series, mode: 'walk' });
      const bare = await bareWrite(server, series, { ...world, sales: Math.min(sales, BARE_SALES) });
      const ledger = await runImport(server, announced, { series, mode: 'ledger' });
      const rate = sales / ledger.seconds;
      const walked = sales / walk.seconds;
      say(`backfill.${series}: ${rate.toFixed(0)} sales/s, bare write ${bare.toFixed(0)}, bare walk ${walked.toFixed(0)}`);
      const n = sales;
      const read = 'everything read and kept, with facts';
      yield {
        name: `backfill.${series}`,
        value: rounded(rate),
        unit: 'sales/s',
        baseline: rounded(bare),
        ratio: rounded(rate / bare),
        n,
        note: `${read}; ${rounded((1000 * ledger.cpuSeconds) / sales)} ms of CPU a sale in the hub; against the bare write of the same sales`,
      };
      yield {
        name: `backfill.${series}.walk`,
        value: rounded(rate),
        unit: 'sales/s',
        baseline: rounded(walked),
        ratio: rounded(rate / walked),
        n,
        note: `${read}; against the same walk through the client with nothing kept`,
      };
    }
  } finally {
    await pos.stop();
    await server.stop();
  }
};

/** Sales a second of the bare write, everything normalised beforehand. */
async function bareWrite(server: TemporaryServer, series: 'r' | 'x', world: World): Promise<number> {
  const pages = await preparedPages(server, series, world);
  const client = await server.connect();
  await client.query('drop table if exists plain_sale, plain_sale_line, plain_payment, plain_document');
  await client.query(PLAIN_TABLES);
  const posAccountId = uuidv7();
  const start = performance.now();
  for (const page of pages) await writePlainly(client, server.organizationId, posAccountId, page);
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  return pages.reduce((sum, page) => sum + page.length, 0) / seconds;
}

async function preparedPages(
  server: TemporaryServer,
  series: 'r' | 'x',
  world: World,
): Promise<readonly (readonly PlainSale[])[]> {
  const { documents, normalize } = series === 'r' ? await rDocuments(world) : await xDocuments(world);
  const { db, close } = server.open(1);
  const anyAccount = await server.addAccount(series);
  const calendars = await tenantTransaction(db, server.organizationId, (trx) =>
    readCalendars(trx, server.organizationId, anyAccount),
  );
  await close();
  const pages: PlainSale[][] = [];
  for (let from = 0; from < documents.length; from += PAGE) {
    const some = documents.slice(from, from + PAGE);
    const { sales } = prepareSales(some.map(normalize), some, calendars);
    pages.push(sales.map(({ sale, lines, payments, document }) => ({ sale, lines, payments, document })));
  }
  return pages;
}

interface Documents {
  readonly documents: readonly unknown[];
  readonly normalize: (document: unknown) => Normalized<Sale>;
}

async function rDocuments(world: World): Promise<Documents> {
  const { fetch, credentials } = createEmulator({ ...world, series: 'r' });
  const { accountID, accessToken } = credentials.rSeries;
  const relations = encodeURIComponent('["SaleLines","SalePayments","SalePayments.PaymentType"]');
  const documents: unknown[] = [];
  let url = `https://api.example.test/API/V3/Account/${accountID}/Sale.json?sort=saleID&limit=100&load_relations=${relations}`;
  while (url !== '') {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } });
    const body = (await answer.json()) as { '@attributes': { next: string }; Sale?: unknown[] };
    documents.push(...(body.Sale ?? []));
    url = body['@attributes'].next;
  }
  return { documents, normalize: (document) => normalizeSale(document) };
}

async function xDocuments(world: World): Promise<Documents> {
  const { fetch, credentials } = createEmulator({ ...world, series: 'x' });
  const headers = { authorization: `Bearer ${credentials.xSeries?.personalToken ?? ''}` };
  const list = async (path: string): Promise<unknown[]> => {
    const answer = await fetch(`https://demostore.example.test/api/2.0/${path}`, { headers });
    const { data } = (await answer.json()) as { data: unknown };
    return Array.isArray(data) ? data : [data];
  };
  const [retailer] = await list('retailer');
  const lookUps = xSaleLookUps({
    retailer,
    taxes: await list('taxes'),
    paymentTypes: await list('payment_types'),
    registers: await list('registers'),
  });
  const documents: unknown[] = [];
  for (let after = 0; ;) {
    const page = await list(`sales?page_size=${PAGE}&after=${after}`);
    if (page.length === 0) return { documents, normalize: (document) => normalizeXSale(document, lookUps) };
    documents.push(...page);
    after = (page.at(-1) as { version: number }).version;
  }
}
