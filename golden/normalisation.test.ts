import { describe, expect, it } from 'vitest';
import { normalizeSale, type Sale } from '../packages/lightspeed/src/index.ts';
import { cellsOf, figureInCase } from './cells.ts';
import { inOrder, loadGolden } from './load.ts';

const cases = loadGolden();

describe('golden documents, normalised and figured', () => {
  it.each(cases)('$name: the documents give the cents worked out by hand ($rules)', ({ documents, settings, expected }) => {
    const sales = documents.Sale.map(normalized);
    expect(cellsOf(sales, settings)).toEqual(inOrder(expected.cells));
  });

  it.each(cases)(
    '$name: the order of documents, lines and payments changes nothing (D1)',
    ({ documents, settings, expected }) => {
      const sales = documents.Sale.map(normalized).toReversed();
      const turned = sales.map((sale) => ({ ...sale, lines: sale.lines.toReversed(), payments: sale.payments.toReversed() }));
      expect(cellsOf(turned, settings)).toEqual(inOrder(expected.cells));
    },
  );

  it.each(cases.filter(({ earlier }) => earlier !== undefined))(
    '$name: the documents before the correction',
    ({ earlier, settings }) => {
      expect(cellsOf((earlier?.documents.Sale ?? []).map(normalized), settings)).toEqual(inOrder(earlier?.cells ?? []));
    },
  );

  it.each(cases.filter(({ expected }) => expected.lines !== undefined))(
    '$name: line by line',
    ({ documents, settings, expected }) => {
      const lines = documents.Sale.map(normalized).flatMap((sale) =>
        figureInCase(sale, settings).lines.map((line) => ({
          saleID: sale.id,
          lineID: line.lineId,
          net: line.netCents,
          tax: line.taxCents,
          discount: line.discountCents,
          discountIncl: line.discountInclCents,
        })),
      );
      expect(lines).toEqual(expected.lines);
    },
  );

  it('only the one made to differ has a problem', () => {
    const troubled = cases.filter(({ documents, settings }) =>
      documents.Sale.some((document) => figureInCase(normalized(document), settings).problem !== null),
    );
    expect(troubled.map(({ name }) => name)).toEqual(['totals beyond the lines']);
  });
});

function normalized(document: unknown): Sale {
  const result = normalizeSale(document);
  if (!result.ok) throw new Error(`${result.path}: ${result.message}`);
  return result.value;
}
