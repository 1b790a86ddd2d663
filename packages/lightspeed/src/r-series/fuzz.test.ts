/**
 * Ten thousand damaged sale documents: each is read exactly as before (what was damaged does not matter), or set aside with a reason that
 * says where. Never a crash, never an amount that silently became something else.
 */
import { createEmulator } from '@tillweave/emulator';
import { expect, test, vi } from 'vitest';
import type { Normalized, Sale } from '../model.ts';
import { lacksLines, lacksPayments, normalizeSale } from './normalize.ts';
import { isFields } from './read.ts';

// Busy machines are slow.
vi.setConfig({ testTimeout: 30_000 });

const MUTATIONS = 10_000;

/** What no scalar of the POS looks like. */
const garbage: readonly unknown[] = [
  null, 12, 0, true, [], {}, ['1'], 'NaN', 'Infinity', '1,5', '0x1F', ' 1', '1 ', '--1', '.', '١٢', 'yes', 'undefined',
  '2026-13-45T99:00:00+00:00', '2026-05-02 17:41:09', '2026-05-02T17:41:09', '\u0000', 'a'.repeat(300), { '@attributes': { nil: 'true' } },
]; // prettier-ignore

/** What old or small documents lack, or what only names things: the sale is as good without (R §7.4, §6). */
const mayBeAbsent: ReadonlySet<string> = new Set([
  'completeTime', 'tipAmount', 'lineType', 'itemFeeID', 'PaymentType', 'parentSaleLineID', 'normalUnitPrice', 'tax1Rate', 'tax2Rate',
  'isTaxInclusive', 'calcTotal', 'cashRounding', 'SalePayments', 'SaleLines', 'itemID', 'creditAccountID', 'registerID', 'displayableTotal',
]); // prettier-ignore

test('10,000 mutated documents: exact, or set aside with a reason', async () => {
  const random = generator(20_261_123);
  const documents = await saleDocuments();
  const originals = documents.map((document) => JSON.stringify(figuresOf(normalizeSale(document))));
  const texts = documents.map((document) => JSON.stringify(document));
  const outcomes = { same: 0, aside: 0 };
  const wrong: string[] = [];
  for (let turn = 0; turn < MUTATIONS; turn += 1) {
    const at = Math.floor(random() * documents.length);
    const document: unknown = JSON.parse(texts[at] ?? '');
    const change = mutate(document, random);
    const read = normalizeSale(document);
    if (!read.ok) {
      outcomes.aside += 1;
      if (!/^(missing|bad)_/.test(read.code) || read.message === '') wrong.push(`${change}: ${read.code} ${read.message}`);
      continue;
    }
    outcomes.same += 1;
    // Emptied, as by a POS that leaves relations out: noticed, and asked for again before it is read.
    if (lacksLines(document) || lacksPayments(document)) continue;
    if (JSON.stringify(figuresOf(read)) !== originals[at]) wrong.push(change);
  }
  expect(wrong).toStrictEqual([]);
  // Both happen all the time: most of a document does not matter to a figure, and much of it does.
  expect(outcomes.same).toBeGreaterThan(MUTATIONS / 20);
  expect(outcomes.aside).toBeGreaterThan(MUTATIONS / 20);
});

test('documents that are none at all are set aside', () => {
  for (const nothing of [...garbage, undefined, 'Sale', [[]], { Sale: {} }]) expect(normalizeSale(nothing).ok).toBe(false);
});

/** All that a figure is made of. */
function figuresOf(read: Normalized<Sale>): unknown {
  if (!read.ok) throw new Error(read.message);
  const { id, shopId, state, occurredAt, total, tax, cashRounding, lines, payments } = read.value;
  return {
    id,
    shopId,
    state,
    occurredAt,
    total,
    tax,
    cashRounding,
    lines: lines.map(({ id: lineId, kind, quantity, exclusive, tax: lineTax, discount }) => [
      lineId,
      kind,
      quantity,
      exclusive,
      lineTax,
      discount,
    ]),
    payments: payments.map(({ id: paymentId, kind, amount, tip, paidAt, archived }) => [
      paymentId,
      kind,
      amount,
      tip,
      paidAt,
      archived,
    ]),
  };
}

async function saleDocuments(): Promise<readonly unknown[]> {
  const emulator = createEmulator({ seed: 5, sales: 300, customers: 20, days: 90, frozenClock: true });
  const { accountID, accessToken } = emulator.credentials.rSeries;
  const relations = encodeURIComponent('["SaleLines","SalePayments","SalePayments.PaymentType"]');
  const response = await emulator.fetch(
    `https://pos.test/API/V3/Account/${accountID}/Sale.json?archived=true&sort=-saleID&load_relations=${relations}`,
    { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } },
  );
  const { Sale: sales } = (await response.json()) as { Sale: unknown[] };
  return sales;
}

/** Damages one place of a document, wherever it is; says what was done. */
function mutate(document: unknown, random: () => number): string {
  const places: { readonly owner: Record<string, unknown>; readonly key: string; readonly path: string }[] = [];
  collect(document, '', places);
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) throw new Error('Nothing to damage.');
  const { owner, key, path } = place;
  if (random() < 0.3 && !mayBeAbsent.has(key)) {
    Reflect.deleteProperty(owner, key);
    return `${path} deleted`;
  }
  const value = garbage[Math.floor(random() * garbage.length)];
  owner[key] = structuredClone(value);
  return `${path} = ${JSON.stringify(value)?.slice(0, 40)}`;
}

function collect(value: unknown, path: string, places: { owner: Record<string, unknown>; key: string; path: string }[]): void {
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) collect(member, `${path}[${index}]`, places);
    return;
  }
  if (!isFields(value)) return;
  const owner: Record<string, unknown> = value;
  for (const [key, member] of Object.entries(value)) {
    // Of payment types there may be others than we know.
    if (key !== 'type') places.push({ owner, key, path: `${path}.${key}` });
    collect(member, `${path}.${key}`, places);
  }
}

/** Numbers in [0, 1), the same every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
