import type { Decimal, Instant, Sale, SaleAdjustment } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf } from './figure.ts';
import { isQuantity, SALE_MEASURES } from './measures.ts';
import { decimalOf, saleArbitrary } from './testing/arbitraries.ts';
import { makeLine, makePayment, makeSale, NOON } from './testing/sales.ts';

const calendar = [{ validFrom: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 0 }];
const settings = { minorDigits: 2, calendar };

describe('the figure of a sale', () => {
  it('D3, identities: net incl. + all other parts + unexplained incl. = the POS total', () => {
    fc.assert(
      fc.property(saleArbitrary(3), ({ sale, total }) => {
        const { measures, lines } = figureOf(sale, settings);
        if (measures === null) throw new Error('a completed sale counts');
        const revenue = new Set(['goods', 'return', 'discount']);
        const others = lines
          .filter((_line, index) => !revenue.has(sale.lines[index]?.kind ?? ''))
          .reduce((all, line) => all + line.netCents + line.taxCents, 0);
        expect(measures.net_sales_incl + others + measures.unexplained_incl).toBe(total);
        expect(lines.reduce((all, line) => all + line.netCents + line.taxCents, measures.unexplained_incl)).toBe(total);
        expect(measures.tax).toBe(lines.reduce((all, line) => all + line.taxCents, 0));
      }),
    );
  });

  it('identities with adjustments: net incl. + fees incl. + rounding + liabilities + unexplained incl. = the POS total', () => {
    fc.assert(
      fc.property(saleArbitrary(1), fc.array(adjustmentArbitrary, { minLength: 1, maxLength: 4 }), ({ sale, total }, added) => {
        const adjustments = added.map(({ cents, taxCents, kind }, index): SaleAdjustment => ({
          id: String(index),
          kind,
          exclusive: decimalOf(BigInt(cents) * 10_000n),
          tax: decimalOf(BigInt(taxCents) * 10_000n),
        }));
        const extra = added.reduce((all, { cents, taxCents }) => all + cents + taxCents, 0);
        const extraTax = added.reduce((all, { taxCents }) => all + taxCents, 0);
        const whole: Sale = {
          ...sale,
          provider: 'lightspeed-x',
          adjustments,
          total: decimalOf(BigInt(total + extra) * 10_000n),
          tax: decimalOf(BigInt(Math.round(Number(sale.tax) * 100) + extraTax) * 10_000n),
        };
        const { measures: m, lines } = figureOf(whole, settings);
        if (m === null) throw new Error('a completed sale counts');
        const liabilities = new Set(['gift_card', 'store_credit', 'internal']);
        const others = lines
          .filter((_line, index) => liabilities.has(sale.lines[index]?.kind ?? ''))
          .reduce((all, line) => all + line.netCents + line.taxCents, 0);
        expect(m.net_sales_incl + m.fees_incl + m.rounding + others + m.unexplained_incl).toBe(total + extra);
        expect(m.gross_sales_incl - m.discounts_incl - m.returns_incl).toBe(m.net_sales_incl);
      }),
    );
  });

  it('D4: gross − discounts − returns = net to the cent, in both bases', () => {
    fc.assert(
      fc.property(saleArbitrary(), ({ sale }) => {
        const { measures: m, lines } = figureOf(sale, settings);
        if (m === null) throw new Error('a completed sale counts');
        const net = lines
          .filter((_line, index) => ['goods', 'return', 'discount'].includes(sale.lines[index]?.kind ?? ''))
          .reduce((all, line) => all + line.netCents, 0);
        expect(m.gross_sales - m.discounts - m.returns).toBe(net);
        expect(m.net_sales).toBe(net);
        expect(m.turnover).toBe(m.net_sales);
        expect(m.turnover_incl).toBe(m.net_sales_incl);
        expect(m.gross_sales_incl - m.discounts_incl - m.returns_incl).toBe(m.net_sales_incl);
      }),
    );
  });

  it('D4: only goods lines have a discount of their own', () => {
    fc.assert(
      fc.property(saleArbitrary(), ({ sale }) => {
        for (const [index, line] of figureOf(sale, settings).lines.entries()) {
          if (sale.lines[index]?.kind !== 'goods') expect([line.discountCents, line.discountInclCents]).toEqual([0, 0]);
        }
      }),
    );
  });

  it('D5: the two bases of a discount differ by the line’s rate', () => {
    fc.assert(
      fc.property(saleArbitrary(), ({ sale }) => {
        for (const [index, { discountCents, discountInclCents }] of figureOf(sale, settings).lines.entries()) {
          const rate = Number(sale.lines[index]?.fallbackRate);
          const base = Number(sale.lines[index]?.exclusive);
          // A base of a few millionths has a tax cut to millionths: no rate to speak of.
          if (sale.lines[index]?.kind !== 'goods' || (base !== 0 && Math.abs(base) < 1)) continue;
          expect(Math.abs(discountInclCents - discountCents * (1 + rate))).toBeLessThanOrEqual(
            1 + rate + Math.abs(discountCents) * 2e-6,
          );
        }
      }),
    );
  });

  it('D1: the order of lines and payments changes nothing', () => {
    fc.assert(
      fc.property(saleArbitrary(1), fc.infiniteStream(fc.nat()), ({ sale }, dice) => {
        const shuffled = { ...sale, lines: shuffle(sale.lines, dice), payments: shuffle(sale.payments, dice) };
        const [before, after] = [figureOf(sale, settings), figureOf(shuffled, settings)];
        expect({ ...after, lines: after.lines.toSorted(byId) }).toEqual({ ...before, lines: before.lines.toSorted(byId) });
      }),
    );
  });

  it('D15: every counted sale is exactly one kind of transaction', () => {
    fc.assert(
      fc.property(saleArbitrary(), ({ sale }) => {
        const { measures: m } = figureOf(sale, settings);
        if (m === null) throw new Error('a completed sale counts');
        expect(m.transactions + m.return_transactions + m.other_transactions).toBe(1);
        expect(m.identified_transactions).toBe(sale.customerId === null ? 0 : m.transactions);
      }),
    );
  });

  it('D12: open and voided sales have no measures; their lines keep their cents', () => {
    fc.assert(
      fc.property(saleArbitrary(), fc.constantFrom('open' as const, 'voided' as const), ({ sale }, state) => {
        const counted = figureOf(sale, settings);
        const figure = figureOf({ ...sale, state }, settings);
        expect(figure).toMatchObject({ counted: false, measures: null, problem: null, businessDay: counted.businessDay });
        expect(figure.lines).toEqual(counted.lines);
        // D16: takings of open tickets count, those of voided sales never.
        expect(figure.payments).toEqual(state === 'open' ? counted.payments : []);
      }),
    );
  });

  it('measures have exactly the columns of the list, integers and decimal text', () => {
    fc.assert(
      fc.property(saleArbitrary(2), ({ sale }) => {
        const { measures } = figureOf(sale, settings);
        expect(Object.keys(measures ?? {}).toSorted()).toEqual(SALE_MEASURES.toSorted());
        for (const [name, value] of Object.entries(measures ?? {})) {
          if (isQuantity(name)) expect(value).toMatch(/^-?\d+(\.\d{0,5}[1-9])?$/u);
          else expect(Number.isSafeInteger(value) && !Object.is(value, -0), name).toBe(true);
        }
      }),
    );
  });

  it('D3: a difference beyond rounding lands as unexplained, with a problem', () => {
    const figure = figureOf(makeSale({ total: '51', tax: '10', lines: [makeLine({ exclusive: '40', tax: '10' })] }), settings);
    expect(figure.problem).toEqual({ code: 'unexplained', unexplained: 100, unexplainedIncl: 100 });
    expect(figure.measures).toMatchObject({ net_sales: 4000, unexplained: 100, unexplained_incl: 100 });
    const taxToo = figureOf(makeSale({ total: '54', tax: '12', lines: [makeLine({ exclusive: '40', tax: '10' })] }), settings);
    expect(taxToo.measures).toMatchObject({ net_sales_incl: 5000, tax: 1000, unexplained: 200, unexplained_incl: 400 });
  });

  it('D2: currencies without and with three decimals', () => {
    const line = makeLine({ exclusive: '1234.5', tax: '123.45' });
    const sale = makeSale({ total: '1358', tax: '123', lines: [line] });
    expect(figureOf(sale, { minorDigits: 0, calendar }).measures).toMatchObject({ net_sales: 1235, tax: 123 });
    const fils = makeSale({ total: '1.358', tax: '0.123', lines: [makeLine({ exclusive: '1.2345', tax: '0.12345' })] });
    expect(figureOf(fils, { minorDigits: 3, calendar }).measures).toMatchObject({ net_sales: 1235, tax: 123 });
  });

  it('D10: a positive discount line of the X-Series reduces returns', () => {
    const lines = [
      makeLine({ id: '1', position: 1, kind: 'return', exclusive: '-40', quantity: '-1' }),
      makeLine({ id: '2', position: 2, kind: 'discount', exclusive: '4' }),
    ];
    const sale = makeSale({ total: '-36', lines });
    expect(figureOf({ ...sale, provider: 'lightspeed-x' }, settings).measures).toMatchObject({ returns: 3600, discounts: 0 });
    expect(figureOf(sale, settings).measures).toMatchObject({ returns: 4000, discounts: -400 });
  });

  it('D2: on the X-Series the total excl. tax is rounded, its tax is what is left of the total', () => {
    const line = makeLine({ exclusive: '26.085', tax: '3.915' });
    const sale = makeSale({ total: '30', tax: '3.915', lines: [line] });
    expect(figureOf({ ...sale, provider: 'lightspeed-x' }, settings).measures).toMatchObject({ net_sales: 2609, tax: 391 });
    expect(figureOf(sale, settings).measures).toMatchObject({ net_sales: 2608, tax: 392 });
  });

  it('D7: a negative discount of the X-Series is a mark-up: gross is what was charged', () => {
    const line = makeLine({ exclusive: '12', tax: '3', discount: '-2' });
    const sale = makeSale({ provider: 'lightspeed-x', total: '15', tax: '3', lines: [line] });
    expect(figureOf(sale, settings).measures).toMatchObject({ gross_sales: 1200, discounts: 0, discounts_incl: 0 });
  });

  it('D9: gift-card lines of the X-Series carry their amount; a refund put on a card loads it too', () => {
    const lines = [
      makeLine({ id: '1', kind: 'gift_card', exclusive: '50' }),
      makeLine({ id: '2', kind: 'goods', exclusive: '8' }),
    ];
    const payments = [makePayment({ amount: '58' })];
    const sold = makeSale({ provider: 'lightspeed-x', total: '58', lines, payments });
    expect(figureOf(sold, settings).measures).toMatchObject({ gift_cards_sold: 5000, net_sales: 800, transactions: 1 });
    const refund = makeSale({
      provider: 'lightspeed-x',
      total: '-8',
      lines: [makeLine({ kind: 'return', quantity: '-1', exclusive: '-8' })],
      payments: [makePayment({ kind: 'gift_card', amount: '-8' })],
    });
    expect(figureOf(refund, settings)).toMatchObject({ measures: { gift_cards_sold: 800 }, payments: [] });
    expect(figureOf({ ...refund, provider: 'lightspeed-r' }, settings).measures).toMatchObject({ gift_cards_sold: 0 });
  });

  it('D9, D16: a tip adjustment stands with the largest payment that counts, and takes part in the total', () => {
    const tip: SaleAdjustment = { id: '0', kind: 'tip', exclusive: '4' as Decimal, tax: '1' as Decimal };
    const earlier = (NOON - 3_600_000) as Instant;
    const payments = [
      makePayment({ id: '1', amount: '20', typeId: '1' }),
      makePayment({ id: '3', amount: '25', typeId: '3' }),
      makePayment({ id: '2', amount: '25.0', typeId: '4', paidAt: earlier }),
      makePayment({ id: '4', amount: '70', typeId: '5', archived: true }),
    ];
    const sale = makeSale({
      provider: 'lightspeed-x',
      total: '70',
      tax: '14',
      lines: [makeLine({ exclusive: '52', tax: '13' })],
    });
    const figure = figureOf({ ...sale, adjustments: [tip], payments }, settings);
    expect(figure.payments.map(({ paymentTypeId, payments: taken, tips }) => [paymentTypeId, taken, tips])).toEqual([
      ['4', 2500, 500],
      ['1', 2000, 0],
      ['3', 2500, 0],
    ]);
    expect(figure.measures).toMatchObject({ net_sales: 5200, tax: 1400, fees: 0, unexplained_incl: 0 });
    expect(figureOf({ ...sale, adjustments: [tip] }, settings).payments).toEqual([]);
  });

  it('adjustments take part in the allocation and stand in their own measures', () => {
    const adjustments = (['shipping', 'surcharge', 'discount', 'rounding', 'tip'] as const).map(
      (kind, index): SaleAdjustment => ({
        id: String(index),
        kind,
        exclusive: String(index + 1) as Decimal,
        tax: '0.1' as Decimal,
      }),
    );
    const sale = { ...makeSale({ total: '25.50', tax: '0.5', lines: [makeLine({ exclusive: '10' })] }), adjustments };
    expect(figureOf(sale, settings).measures).toMatchObject({
      shipping: 100,
      fees: 200,
      fees_incl: 210,
      discounts: -300,
      discounts_incl: -310,
      rounding: 410,
      tax: 50,
      unexplained_incl: 0,
    });
  });

  it('D16: payments by register, time and type; liability legs are no takings', () => {
    const later = Date.UTC(2026, 8, 15, 23) as Instant satisfies Instant;
    const payments = [
      makePayment({ id: '1', kind: 'gift_card', typeId: '5', amount: '-50' }),
      makePayment({ id: '2', kind: 'cash', typeId: '1', amount: '30', registerId: null }),
      makePayment({ id: '3', kind: 'cash', typeId: '1', amount: '20', tip: '2', paidAt: later }),
      makePayment({ id: '4', kind: 'credit_account', typeId: '4', amount: '7' }),
      makePayment({ id: '5', kind: 'card', typeId: '3', amount: '99', archived: true }),
      makePayment({ id: '6', kind: 'cash', typeId: '1', amount: '1', registerId: null }),
    ];
    const figure = figureOf(makeSale({ total: '0', lines: [makeLine({ kind: 'gift_card' })], payments }), settings);
    const rows = figure.payments.map((row) => [
      row.registerId,
      row.businessDay,
      row.paymentTypeId,
      row.payments,
      row.tips,
      row.on_account,
    ]);
    expect(rows).toEqual([
      ['', '2026-09-15', '1', 3100, 0, 0],
      ['1', '2026-09-15', '4', 700, 0, 700],
      ['1', '2026-09-16', '1', 2000, 200, 0],
    ]);
    expect(figure.measures).toMatchObject({ gift_cards_sold: 5000, other_transactions: 1 });
  });

  it('deposits are credit made by a sale of nothing; any other credit made is store credit', () => {
    const payments = [
      makePayment({ kind: 'credit_account', amount: '-50' }),
      makePayment({ id: '2', kind: 'cash', amount: '50' }),
    ];
    expect(figureOf(makeSale({ payments }), settings).measures).toMatchObject({ deposits: 5000, store_credit: 0 });
    const ignored = [makeLine({ kind: 'ignored', exclusive: '99' })];
    expect(figureOf(makeSale({ payments, lines: ignored }), settings).measures).toMatchObject({ deposits: 5000, tax: 0 });
    const goods = [makeLine({ exclusive: '0' })];
    expect(figureOf(makeSale({ payments, lines: goods }), settings).measures).toMatchObject({ deposits: 0, store_credit: 5000 });
  });

  it('an amount no integer can hold does not count and says so', () => {
    const sale = makeSale({ total: '99999999999999999', lines: [makeLine({})] });
    expect(figureOf(sale, settings)).toMatchObject({ counted: false, measures: null, problem: { code: 'amount_out_of_range' } });
  });
});

const adjustmentArbitrary = fc.record({
  kind: fc.constantFrom('surcharge' as const, 'discount' as const, 'rounding' as const),
  cents: fc.integer({ min: -5000, max: 5000 }),
  taxCents: fc.integer({ min: -500, max: 500 }),
});

function shuffle<T>(values: readonly T[], dice: fc.Stream<number>): readonly T[] {
  return values
    .map((value) => ({ value, at: dice.next().value ?? 0 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function byId(a: { readonly lineId: string }, b: { readonly lineId: string }): number {
  return a.lineId < b.lineId ? -1 : 1;
}
