/**
 * What keeping a page truly costs: pages of R-Series documents in memory go through the whole engine (normalise, hash, figure, the fenced
 * page transaction with versions, raw page, figures, dirty marks, cursor and counters, then the facts), against the very same sale, line and
 * payment rows and raw documents, already normalised, written by plain batched upserts. One connection each, the same server, the same
 * durability, one transaction a page. The two take turns in short stretches, so that whatever else the machine does meets both alike.
 */
import { createEmulator } from '@tillweave/emulator';
import { type Instant, normalizeSale, type Normalized, systemClock } from '@tillweave/lightspeed';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readCalendars } from '../packages/hub/src/modules/ledger/calendars.ts';
import { prepareSales } from '../packages/hub/src/modules/ledger/prepare-sales.ts';
import type { Page, PosClient, Snapshot } from '../packages/hub/src/modules/sync/client.ts';
import { createRequestCounter } from '../packages/hub/src/modules/sync/request-counter.ts';
import { syncSlice } from '../packages/hub/src/modules/sync/sync-account.ts';
import { tenantTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';
import { type Measurement, median, rounded } from './measurement.ts';
import { PLAIN_TABLES, writePlainly } from './plain-write.ts';
import { startServer } from './temporary-server.ts';

const SALES = 20_000;
const SMALL_SALES = 4_000;
const PAGES_A_TURN = 20;
const PAGE = 100;

export const measurement: Measurement = async function* measureIngest(say, { isSmall }) {
  const sales = isSmall ? SMALL_SALES : SALES;
  const pages = await pagesInMemory(sales);
  const server = await startServer();
  try {
    const { db, close } = server.open(1);
    const plain = await server.connect();
    await plain.query(PLAIN_TABLES);
    const anyAccount = await server.addAccount();
    const calendars = await tenantTransaction(db, server.organizationId, (trx) =>
      readCalendars(trx, server.organizationId, anyAccount),
    );
    const normalised = pages.map((text) => {
      const documents = JSON.parse(text) as unknown[];
      return prepareSales(
        documents.map((document) => normalizeSale(document)),
        documents,
        calendars,
      ).sales.map((sale) => ({
        sale: sale.sale,
        lines: sale.lines,
        payments: sale.payments,
        document: sale.document,
      }));
    });
    const ours: number[] = [];
    const theirs: number[] = [];
    // The first turn of each warms caches and plans and is not counted.
    for (let turn = -1; (turn + 1) * PAGES_A_TURN <= pages.length; turn += 1) {
      const from = Math.max(0, turn) * PAGES_A_TURN;
      const texts = pages.slice(from, from + PAGES_A_TURN);
      if (texts.length === 0) break;
      const accountId = await server.addAccount();
      const ourSeconds = await seconds(async () => {
        await ingest(db, server.organizationId, accountId, texts);
      });
      const plainId = uuidv7();
      const theirSeconds = await seconds(async () => {
        for (const page of normalised.slice(from, from + PAGES_A_TURN))
          await writePlainly(plain, server.organizationId, plainId, page);
      });
      if (turn < 0) continue;
      ours.push((texts.length * PAGE) / ourSeconds);
      theirs.push((texts.length * PAGE) / theirSeconds);
      say(`ingest: ${rounded(ours.at(-1) ?? 0)} against ${rounded(theirs.at(-1) ?? 0)} sales/s`);
    }
    await plain.end();
    await close();
    const value = median(ours);
    const baseline = median(theirs);
    yield {
      name: 'ingest.baseline',
      value: rounded(baseline),
      unit: 'sales/s',
      baseline: null,
      ratio: null,
      n: sales,
      note: 'plain batched upserts of the same sale, line and payment rows and raw documents',
    };
    yield {
      name: 'ingest',
      value: rounded(value),
      unit: 'sales/s',
      baseline: rounded(baseline),
      ratio: rounded(median(ours.map((each, index) => each / (theirs[index] ?? Number.NaN)))),
      n: sales,
      note: 'everything a page commit writes, and the facts; wanted: ratio at least 0.5',
    };
  } finally {
    await server.stop();
  }
};

async function seconds(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

/** The emulator's sales as the JSON texts of pages of 100. */
async function pagesInMemory(sales: number): Promise<readonly string[]> {
  const { fetch, credentials } = createEmulator({ sales, customers: 500 });
  const { accountID, accessToken } = credentials.rSeries;
  const relations = encodeURIComponent('["SaleLines","SalePayments","SalePayments.PaymentType"]');
  const pages: string[] = [];
  let url = `https://api.example.test/API/V3/Account/${accountID}/Sale.json?sort=saleID&limit=100&load_relations=${relations}`;
  while (url !== '') {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } });
    const body = (await answer.json()) as { '@attributes': { next: string }; Sale: unknown[] };
    if (body.Sale.length === PAGE) pages.push(JSON.stringify(body.Sale));
    url = body['@attributes'].next;
  }
  return pages;
}

/** The engine itself on a client that has its pages in memory. */
async function ingest(
  db: Parameters<typeof syncSlice>[0]['db'],
  organizationId: string,
  posAccountId: string,
  texts: readonly string[],
): Promise<void> {
  const summary = await syncSlice(
    { db, clock: systemClock, client: clientOf(texts), counter: createRequestCounter() },
    { organizationId, posAccountId, connectionId: null, settings: { sliceMs: Number.POSITIVE_INFINITY } },
  );
  if (summary.state !== 'complete' || summary.documents !== texts.length * PAGE) {
    throw new Error(`The engine did not take everything: ${JSON.stringify(summary)}`);
  }
}

function clientOf(texts: readonly string[]): PosClient {
  const nothing = async (): Promise<Snapshot<never>> => ({ records: [], documents: [] });
  return {
    account: () => Promise.reject(new Error('Not asked for.')),
    shops: nothing,
    registers: nothing,
    employees: nothing,
    paymentTypes: nothing,
    async *sales(query) {
      if (!('order' in query) || query.order !== 'id') {
        yield pageOf([], [], true);
        return;
      }
      for (const [index, text] of texts.entries()) {
        await nextTurn();
        const documents = JSON.parse(text) as unknown[];
        yield pageOf(
          documents.map((document) => normalizeSale(document)),
          documents,
          index === texts.length - 1,
        );
      }
    },
    async *customers() {
      yield pageOf([], [], true);
    },
    async *saleVoids() {
      yield pageOf([], [], true);
    },
  };
}

function pageOf<T>(records: readonly Normalized<T>[], documents: readonly unknown[], last: boolean): Page<T> {
  const now = Date.now() as Instant;
  const request = { method: 'GET', path: '/API/V3/Account/1/Sale.json', requestedAt: now, serverTime: now };
  return { records, documents, position: { at: documents.length }, last, request };
}
