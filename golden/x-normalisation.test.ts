import { describe, expect, it } from 'vitest';
import { normalizeXSale, xSaleLookUps, type Sale } from '../packages/lightspeed/src/index.ts';
import { cellsOf, figureInCase } from './cells.ts';
import { inOrder, loadXGolden, loadXLookUps, type XGoldenDocuments } from './load.ts';

const { retailer, taxes, payment_types: paymentTypes, registers, products, customers } = loadXLookUps();
const lookUps = xSaleLookUps({ retailer, taxes, paymentTypes, registers, products, customers });
const cases = loadXGolden();
/** Each case in each shape it has. */
const shapes = cases.flatMap((golden) =>
  shapesOf(golden.documents).map(([shape, documents]) => ({ ...golden, shape, sales: () => documents.map(normalized) })),
);

describe('X-Series golden documents, normalised and figured', () => {
  it.each(shapes)('$name, $shape: gives the cents worked out by hand ($rules)', ({ sales, settings, expected }) => {
    expect(cellsOf(sales(), settings)).toEqual(inOrder(expected.cells));
  });

  it.each(shapes)(
    '$name, $shape: the order of documents, lines and payments changes nothing (D1)',
    ({ sales, settings, expected }) => {
      const turned = sales()
        .toReversed()
        .map((sale) => ({ ...sale, lines: sale.lines.toReversed(), payments: sale.payments.toReversed() }));
      expect(cellsOf(turned, settings)).toEqual(inOrder(expected.cells));
    },
  );

  const earlier = cases.flatMap(({ earlier: before, ...golden }) =>
    before === undefined ? [] : shapesOf(before.documents).map(([shape, documents]) => ({ ...golden, before, shape, documents })),
  );
  it.each(earlier)('$name, $shape: before the correction', ({ before, documents, settings }) => {
    expect(cellsOf(documents.map(normalized), settings)).toEqual(inOrder(before.cells));
  });

  it.each(shapes.filter(({ expected }) => expected.lines !== undefined))(
    '$name, $shape: line by line',
    ({ sales, settings, expected }) => {
      const lines = sales().flatMap((sale) =>
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
    const troubled = shapes.filter(({ sales, settings }) =>
      sales().some((sale) => figureInCase(sale, settings).problem !== null),
    );
    expect(troubled.map(({ name, shape }) => [name, shape])).toEqual([
      ['totals beyond the lines', 'flat'],
      ['totals beyond the lines', 'nested'],
    ]);
  });

  it('without the discount product no sale is read (D9)', () => {
    const [first] = cases.flatMap(({ documents }) => documents.flat);
    expect(normalizeXSale(first, xSaleLookUps({ taxes }))).toMatchObject({ ok: false, code: 'discount_product_unknown' });
    expect(normalizeXSale(first, { discountProductId: null })).toMatchObject({ ok: true });
  });
});

function shapesOf(documents: XGoldenDocuments) {
  return Object.entries(documents) as [string, readonly unknown[]][];
}

function normalized(document: unknown): Sale {
  const result = normalizeXSale(document, lookUps);
  if (!result.ok) throw new Error(`${result.path}: ${result.message}`);
  return result.value;
}
