import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountOf, signOf } from '../amount.ts';
import type { Normalized, Sale } from '../model.ts';
import {
  CASH,
  CUSTOMER,
  DISCOUNT_PRODUCT,
  flatSale,
  legacySale,
  LOOK_UPS as LOOK_UP_TEXTS,
  nestedSale,
  OUTLET,
  PLAIN,
  PRODUCT,
  REGISTER,
  SALE,
  TAX_ID,
  USER,
  WALK_IN,
} from '../testing/x-documents.ts';
import type { Document, SaleSpec } from '../testing/x-documents.ts';
import { xSaleLookUps } from './look-ups.ts';
import type { XSaleLookUps } from './look-ups.ts';
import { normalizeXSale } from './normalize-sale.ts';
import { defaultXSeriesSwitches } from './switches.ts';
import type { XSeriesSwitches } from './switches.ts';

/** A layby with everything a ticket can hold. */
const RICH: SaleSpec = {
  attributes: ['layby'],
  totalPrice: 135.17,
  totalTax: 12.83,
  lines: [
    { quantity: 2, price: 26.08696, discount: 4.34783, tax: 3.91304 },
    { quantity: -1, price: 5, product: DISCOUNT_PRODUCT },
    { quantity: -1, price: 10, tax: 1.5, isReturn: true },
    { price: 50, giftCard: 'G-77' },
    { price: 40, tax: 6, status: 'VOIDED' },
    { quantity: 0.375, price: 112, tax: 16.8 },
  ],
  payments: [
    { amount: 50 },
    { amount: 98.02, date: '2026-08-01T09:00:00+00:00' },
    { amount: -0.02, type: 'rounding-1', globalType: '122', name: 'Cash Rounding' },
    { amount: 12, deletedAt: '2026-08-01T09:00:00+00:00' },
  ],
  adjustments: [{ type: 'TIP', value: 1 }],
  charges: [{ name: 'Courier', total: 5, tax: 0.2 }],
};

const LOOK_UPS: XSaleLookUps = {
  ...LOOK_UP_TEXTS,
  taxRates:
    xSaleLookUps({
      taxes: [
        {
          id: TAX_ID,
          rates: [
            { id: 'r1', rate: 0.1 },
            { id: 'r2', rate: '0.05000' },
          ],
        },
      ],
    }).taxRates ?? new Map(),
};
const SHAPES = [
  ['flat 2.0', flatSale],
  ['nested dated', nestedSale],
  ['webhook and 0.9', legacySale],
] as const;

function at(text: string): number {
  return Date.parse(text);
}

function whole(result: Normalized<Sale>): Sale {
  if (!result.ok) throw new Error(`${result.code} ${result.message}`);
  return result.value;
}

function read(document: unknown, switches?: Partial<XSeriesSwitches>, lookUps = LOOK_UPS): Sale {
  return whole(normalizeXSale(document, lookUps, switches));
}

function refusal(document: unknown, lookUps = LOOK_UPS): { code: string; path: string } {
  const result = normalizeXSale(document, lookUps);
  if (result.ok) throw new Error('This document was read.');
  return { code: result.code, path: result.path };
}

/** The kinds of the lines, in order. */
function kinds(spec: SaleSpec): string[] {
  return read(flatSale(spec)).lines.map(({ kind }) => kind);
}

describe('one sale, every shape', () => {
  test.each(SHAPES)('%s: the plain sale, field by field', (_name, write) => {
    expect(read(write(PLAIN))).toStrictEqual({
      provider: 'lightspeed-x',
      id: SALE,
      number: 'QS-2041',
      shopId: OUTLET,
      registerId: REGISTER,
      employeeId: USER,
      customerId: CUSTOMER,
      state: 'completed',
      archived: false,
      createdAt: at('2026-07-14T02:11:12Z'),
      occurredAt: at('2026-07-14T02:11:09Z'),
      changedAt: at('2026-07-14T02:11:12Z'),
      version: '31544120987',
      deletedAt: null,
      originalSaleId: null,
      terms: [],
      taxInclusive: false,
      total: '60',
      tax: '7.83',
      cashRounding: '0',
      lines: [
        {
          id: '0a1b2c3d-1000-11f1-a001-0242ac120001',
          position: 0,
          kind: 'goods',
          itemId: PRODUCT,
          quantity: '2',
          unitPrice: '30.43479',
          normalUnitPrice: null,
          exclusive: '52.17392',
          tax: '7.82608',
          discount: '8.69566',
          fallbackRate: '0.15',
          parentLineId: null,
        },
      ],
      adjustments: [],
      payments: [
        {
          id: '0a1b2c3d-2000-11f1-a001-0242ac120001',
          typeId: CASH,
          kind: 'cash',
          amount: '60',
          tip: '0',
          paidAt: at('2026-07-14T02:11:09Z'),
          registerId: REGISTER,
          archived: false,
        },
      ],
    });
  });

  test('any sale normalises alike in each shape', () => {
    const cents = fc.integer({ min: -50_000, max: 50_000 }).map((value) => value / 100);
    const spec = fc.record({
      state: fc.constantFrom('closed', 'pending', 'parked', 'voided'),
      attributes: fc.subarray(['onaccount', 'layby', 'delivery', 'pickup', 'service'], { maxLength: 2 }),
      customer: fc.constantFrom(CUSTOMER, WALK_IN, null),
      totalPrice: cents,
      totalTax: cents,
      lines: fc.array(
        fc.record({
          product: fc.constantFrom(PRODUCT, DISCOUNT_PRODUCT),
          quantity: fc.constantFrom(1, -1, 2, 0.375),
          price: cents,
          discount: cents,
          tax: cents,
          status: fc.constantFrom('CONFIRMED', 'VOIDED', 'SAVED'),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      payments: fc.array(
        fc.record({
          amount: cents,
          globalType: fc.constantFrom('1', '3', '118', '121', '122'),
          date: fc.constantFrom('2026-07-20T10:00:00+00:00', '2026-07-14T02:11:09+00:00'),
        }),
        { maxLength: 3 },
      ),
      adjustments: fc.array(
        fc.record({ type: fc.constantFrom('TIP', 'NON_CASH_FEE', 'DISCOUNT', 'SURCHARGE'), value: cents, tax: cents }),
        { maxLength: 2 },
      ),
      charges: fc.array(fc.record({ name: fc.constant('Shipping'), total: cents, tax: cents }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(spec, (one) => {
        const flat = read(flatSale(one));
        expect(read(nestedSale(one))).toStrictEqual(flat);
        expect(read(legacySale(one))).toStrictEqual(flat);
      }),
      { numRuns: 300 },
    );
  });

  test('a dated version that still answers flat, or mixes, is read as well', () => {
    const nested = nestedSale(PLAIN);
    const flat = flatSale(PLAIN);
    expect(read({ ...flat, source: nested['source'], _metadata: nested['_metadata'] })).toStrictEqual(read(flat));
    expect(read({ ...flat, line_items: nested['line_items'], payments: nested['payments'] })).toStrictEqual(read(flat));
    expect(read({ ...nested, _metadata: undefined, version: 31_544_120_987 })).toStrictEqual(read(flat));
  });

  test('values stated once are enough: totals by multiplication, T from E and tax', () => {
    const document = flatSale(PLAIN);
    const [line] = document['line_items'] as Document[];
    const bare = {
      id: line?.['id'],
      product_id: PRODUCT,
      quantity: 2,
      unit_price: 26.08696,
      unit_discount: 4.34783,
      unit_tax: 3.91304,
    };
    const sale = read({ ...document, total_price_incl: null, line_items: [bare] });
    expect(sale).toMatchObject({ total: '60', tax: '7.83' });
    expect(sale.lines[0]).toMatchObject({ exclusive: '52.17392', tax: '7.82608', discount: '8.69566', fallbackRate: '0' });
  });
});

describe('D9: what a line is', () => {
  test('the first rule that matches', () => {
    const spec: SaleSpec = {
      ...PLAIN,
      lines: [
        { price: 5, status: 'VOIDED', giftCard: 'G1', product: DISCOUNT_PRODUCT },
        { price: 50, giftCard: 'G2', product: DISCOUNT_PRODUCT },
        { price: 5, quantity: -1, product: DISCOUNT_PRODUCT },
        { price: 5, quantity: 1, product: DISCOUNT_PRODUCT, isReturn: true },
        { price: 5, quantity: -1 },
        { price: 5, quantity: -1, isReturn: true },
        { price: 0 },
      ],
    };
    expect(kinds(spec)).toStrictEqual(['ignored', 'gift_card', 'discount', 'discount', 'return', 'return', 'goods']);
  });

  test('internal products, from the look-ups or the switch', () => {
    const document = flatSale(PLAIN);
    expect(read(document, { internalProductIds: [PRODUCT] }).lines[0]?.kind).toBe('internal');
    expect(read(document, {}, { ...LOOK_UPS, internalProductIds: new Set([PRODUCT]) }).lines[0]?.kind).toBe('internal');
  });

  test('without the discount product the sale is set aside with a reason; a retailer without one is fine', () => {
    const { discountProductId: _unknown, ...blind } = LOOK_UPS;
    expect(refusal(flatSale(PLAIN), blind)).toStrictEqual({ code: 'discount_product_unknown', path: 'line_items[0].product_id' });
    expect(refusal(nestedSale(PLAIN), blind)).toStrictEqual({
      code: 'discount_product_unknown',
      path: 'line_items[0].product.id',
    });
    expect(read(flatSale(PLAIN), {}, { ...blind, discountProductId: null }).lines[0]?.kind).toBe('goods');
  });

  test('D7: a mark-up is no discount; the charged price stands', () => {
    const marked = read(flatSale({ ...PLAIN, lines: [{ quantity: 2, price: 30, discount: -5, tax: 4.5 }] }));
    expect(marked.lines[0]).toMatchObject({ unitPrice: '30', discount: '0', exclusive: '60' });
  });
});

test('D7: promotions are price rules, no discount', () => {
  const document = flatSale(PLAIN);
  const [line] = document['line_items'] as Document[];
  const promoted = read({
    ...document,
    line_items: [
      {
        ...line,
        promotions: [
          { id: 7, name: 'Spring', amount: 1.5 },
          { id: 8, amount: '0.25' },
        ],
      },
    ],
  });
  expect(promoted.lines[0]).toMatchObject({ unitPrice: '30.43479', normalUnitPrice: '32.18479', discount: '8.69566' });
});

describe('D13: which sales count, and when', () => {
  test.each([
    ['closed', [], 'completed'],
    ['closed', ['onaccount', 'delivery'], 'completed'],
    ['pending', [], 'open'],
    ['pending', ['onaccount'], 'completed'],
    ['pending', ['onaccount', 'delivery'], 'open'],
    ['pending', ['onaccount', 'pickup'], 'open'],
    ['pending', ['onaccount', 'service'], 'open'],
    ['pending', ['layby'], 'open'],
    ['parked', [], 'open'],
    ['voided', [], 'voided'],
  ])('%s %j is %s, whatever the status says', (state, attributes, expected) => {
    for (const status of ['CLOSED', 'VOIDED', 'NEW_THING'])
      expect(read(flatSale({ ...PLAIN, state, attributes, status })).state).toBe(expected);
  });

  test.each([
    ['CLOSED', 'completed'],
    ['ONACCOUNT', 'completed'],
    ['ONACCOUNT_CLOSED', 'completed'],
    ['LAYBY', 'open'],
    ['LAYBY_CLOSED', 'completed'],
    ['AWAITING_DISPATCH', 'open'],
    ['DISPATCHED_CLOSED', 'completed'],
    ['AWAITING_PICKUP', 'open'],
    ['PICKED_UP_CLOSED', 'completed'],
    ['SERVICE', 'open'],
    ['SERVICE_CLOSED', 'completed'],
    ['SAVED', 'open'],
    ['OPEN', 'open'],
    ['QUOTE', 'open'],
    ['VOIDED', 'voided'],
  ])('documents from before states: status %s is %s', (status, expected) => {
    const { state: _state, attributes: _attributes, ...old } = flatSale({ ...PLAIN, status });
    expect(read(old).state).toBe(expected);
  });

  test('a tombstone counts nowhere, and says so', () => {
    for (const [, write] of SHAPES) {
      const sale = read(write({ ...PLAIN, deletedAt: '2026-08-01T00:00:00+00:00' }));
      expect(sale).toMatchObject({ state: 'voided', deletedAt: at('2026-08-01T00:00:00Z') });
    }
  });

  test('a closed layby: the day of its last payment that stands, or of its opening by the switch', () => {
    const layby: SaleSpec = {
      ...PLAIN,
      attributes: ['layby'],
      payments: [
        { amount: 20 },
        { amount: 40, date: '2026-08-22T09:00:00+00:00' },
        { amount: 40, date: '2026-08-30T09:00:00+00:00', deletedAt: '2026-08-30T09:01:00+00:00' },
      ],
    };
    for (const [, write] of SHAPES) {
      expect(read(write(layby)).occurredAt).toBe(at('2026-08-22T09:00:00Z'));
      expect(read(write(layby), { laybyDay: 'original' }).occurredAt).toBe(at('2026-07-14T02:11:09Z'));
      expect(read(write({ ...layby, attributes: ['pickup'] })).occurredAt).toBe(at('2026-07-14T02:11:09Z'));
    }
    expect(read(flatSale({ ...layby, payments: [{ amount: 60, date: '2026-07-01T00:00:00+00:00' }] })).occurredAt).toBe(
      at('2026-07-14T02:11:09Z'),
    );
    expect(read(flatSale({ ...layby, state: 'pending' }))).toMatchObject({
      state: 'open',
      occurredAt: at('2026-07-14T02:11:09Z'),
    });
  });

  test('a state nobody knows is set aside, or open by the switch; so is a pending sale with an attribute nobody knows', () => {
    const strange = flatSale({ ...PLAIN, state: 'archived' });
    expect(refusal(strange)).toStrictEqual({ code: 'unknown_state', path: 'state' });
    expect(read(strange, { unknownState: 'open' }).state).toBe('open');
    expect(refusal(flatSale({ ...PLAIN, state: 'pending', attributes: ['subscription'] })).code).toBe('unknown_state');
    expect(read(flatSale({ ...PLAIN, attributes: ['subscription'] })).state).toBe('completed');
    const { state: _state, status: _status, ...silent } = flatSale(PLAIN);
    expect(refusal(silent)).toStrictEqual({ code: 'unknown_state', path: 'state' });
  });

  test('a return names its original; the walk-in customer is nobody', () => {
    for (const [, write] of SHAPES) {
      const sale = read(write({ ...PLAIN, returnFor: CUSTOMER, customer: WALK_IN }));
      expect(sale).toMatchObject({ originalSaleId: CUSTOMER, customerId: null });
    }
    const embedded = legacySale(PLAIN, { customer: { id: CUSTOMER, customer_code: 'WALKIN' } });
    expect(read(embedded).customerId).toBeNull();
  });
});

describe('beside the lines', () => {
  test('D9: adjustments by their type, charges as shipping, no charge twice', () => {
    const sale = read(
      flatSale({
        ...PLAIN,
        totalPrice: 62.17,
        adjustments: [
          { type: 'TIP', value: 3 },
          { type: 'NON_CASH_FEE', value: 1.5, tax: 0.23 },
          { type: 'SURCHARGE', value: 0.5 },
          { type: 'ECOM_CUSTOM_CHARGE', value: 5 },
        ],
        charges: [{ name: 'Courier', total: 5, tax: 0.75 }],
      }),
    );
    expect(sale.adjustments).toStrictEqual([
      { id: 'adjustment-00', kind: 'tip', exclusive: '3', tax: '0' },
      { id: 'adjustment-01', kind: 'surcharge', exclusive: '1.5', tax: '0.23' },
      { id: 'adjustment-02', kind: 'surcharge', exclusive: '0.5', tax: '0' },
      { id: 'charge-00', kind: 'shipping', exclusive: '5', tax: '0.75' },
    ]);
    expect(refusal(flatSale({ ...PLAIN, adjustments: [{ type: 'LEVY', value: 1 }] }))).toStrictEqual({
      code: 'unknown_adjustment',
      path: 'adjustments[0].adjustment_type',
    });
  });

  test('a discount has the sign that adds up', () => {
    const off = (value: number, totalPrice: number): Sale =>
      read(flatSale({ ...PLAIN, totalPrice, adjustments: [{ type: 'DISCOUNT', value, tax: value / 10 }] }));
    expect(off(5, 47.17).adjustments[0]).toMatchObject({ exclusive: '-5', tax: '-0.5' });
    expect(off(-5, 47.17).adjustments[0]).toMatchObject({ exclusive: '-5', tax: '-0.5' });
    expect(off(5, 57.17).adjustments[0]).toMatchObject({ exclusive: '5' });
    const document = flatSale({ ...PLAIN, totalPrice: 47.17, adjustments: [{ type: 'DISCOUNT', value: 5 }] });
    expect(read(document, { discountAdjustmentSign: 'signed' }).adjustments[0]).toMatchObject({ exclusive: '5' });
  });

  test('a surcharge only the totals know becomes one where they need it', () => {
    const document = flatSale({ ...PLAIN, totalPrice: 53.67, totalTax: 8.06, surcharge: 1.5 });
    expect(read(document).adjustments).toStrictEqual([{ id: 'surcharge', kind: 'surcharge', exclusive: '1.5', tax: '0.23392' }]);
    expect(read(document, { surchargeWithoutAdjustment: 'ignore' }).adjustments).toStrictEqual([]);
    expect(read(flatSale({ ...PLAIN, surcharge: 1.5 })).adjustments).toStrictEqual([]);
  });

  test('totals that leave them out are completed by the switches', () => {
    const document = flatSale({
      ...PLAIN,
      adjustments: [{ type: 'TIP', value: 3 }],
      charges: [{ name: 'Courier', total: 5, tax: 0.75 }],
    });
    expect(read(document)).toMatchObject({ total: '60', tax: '7.83' });
    expect(read(document, { ecomChargesInTotal: false })).toMatchObject({ total: '65.75', tax: '8.58' });
    expect(read(document, { adjustmentsInTotal: false, ecomChargesInTotal: false })).toMatchObject({
      total: '68.75',
      tax: '8.58',
    });
  });

  test('a charge is also read from the wrapper’s own sums', () => {
    const sale = read(flatSale(PLAIN, { ecom_custom_charges: { total: 5, total_incl: 5.75 } }));
    expect(sale.adjustments).toStrictEqual([{ id: 'charge-00', kind: 'shipping', exclusive: '5', tax: '0.75' }]);
  });
});

describe('D16: payments', () => {
  test('coins rounded away are no takings', () => {
    for (const [, write] of SHAPES) {
      const sale = read(
        write({
          ...PLAIN,
          payments: [{ amount: 60.02 }, { amount: -0.02, globalType: '122', type: 'rounding-1', name: 'Cash Rounding' }],
        }),
      );
      expect(sale.payments.map(({ amount }) => amount)).toStrictEqual(['60.02']);
      expect(sale.cashRounding).toBe('0.02');
    }
  });

  test('the retailer’s own types decide, then the global kind, then the name', () => {
    const kindOf = (payment: Document, lookUps = LOOK_UPS): string | undefined => {
      const document = flatSale(PLAIN);
      const [first] = document['payments'] as Document[];
      return read({ ...document, payments: [{ ...first, ...payment }] }, {}, lookUps).payments[0]?.kind;
    };
    const known = xSaleLookUps({
      paymentTypes: [{ id: CASH, name: 'Renamed', type_id: '118' }, { id: 'x', name: 'Odd', type_id: 77 }, 'nonsense'],
    });
    expect(kindOf({}, { ...LOOK_UPS, paymentKinds: known.paymentKinds ?? new Map() })).toBe('gift_card');
    expect(known.paymentKinds?.has('x')).toBe(false);
    expect(kindOf({ payment_type_id: '121' })).toBe('credit_account');
    expect(kindOf({ payment_type_id: null, name: 'Gift Card' })).toBe('gift_card');
    expect(kindOf({ payment_type_id: '9', name: 'Bitcoin' })).toBe('other');
  });

  test('deleted payments stay, marked; a missing list of a paid sale is not "nothing paid"', () => {
    const sale = read(flatSale({ ...PLAIN, payments: [{ amount: 60, deletedAt: '2026-07-15 00:00:00' }] }));
    expect(sale.payments[0]?.archived).toBe(true);
    const { payments: _payments, ...bare } = flatSale(PLAIN);
    expect(refusal(bare)).toStrictEqual({ code: 'bad_shape', path: 'payments' });
    expect(read(flatSale({ ...PLAIN, payments: [] })).payments).toStrictEqual([]);
  });

  test('webhooks do not say the register: the sale’s, or none by the switch', () => {
    expect(read(legacySale(PLAIN), { legacyPaymentRegister: 'none' }).payments[0]?.registerId).toBeNull();
  });
});

describe('what cannot be read is set aside', () => {
  test.each<[string, Document | string | null, string, string]>([
    ['not an object', 'text', 'bad_shape', ''],
    ['null', null, 'bad_shape', ''],
    ['no id', { id: null }, 'missing_id', 'id'],
    ['an unknown register', { outlet_id: null, register_id: 'elsewhere' }, 'unknown_register', 'register_id'],
    ['no outlet', { outlet_id: null, register_id: null }, 'missing_id', 'outlet_id'],
    ['no time', { sale_date: '14/07/2026' }, 'bad_time', 'sale_date'],
    ['a total that is none', { total_price: 'NaN' }, 'bad_number', 'total_price'],
    ['a total nobody can hold', { total_price: Number.POSITIVE_INFINITY }, 'bad_number', 'total_price'],
    ['an inexact version', { version: 2 ** 60 }, 'bad_number', 'version'],
    ['lines that are none', { line_items: {} }, 'bad_shape', 'line_items'],
    ['no lines behind the total', { line_items: [] }, 'bad_shape', 'line_items'],
    ['no list of lines', { line_items: null }, 'bad_shape', 'line_items'],
    ['a line that is none', { line_items: [null] }, 'bad_shape', 'line_items[0]'],
    [
      'a payment without a type',
      { payments: [{ id: 'p', amount: 60, payment_date: '2026-07-14 02:11:08' }] },
      'missing_id',
      'payments[0].retailer_payment_type_id',
    ],
  ])('%s', (_name, changes, code, path) => {
    const document = typeof changes === 'object' && changes !== null ? flatSale(PLAIN, changes) : changes;
    expect(refusal(document)).toStrictEqual({ code, path });
  });

  test('it says what it still knows', () => {
    const result = normalizeXSale(nestedSale(PLAIN, { totals: { price: 'much', tax: 1 }, date: 'yesterday' }), LOOK_UPS);
    expect(result).toMatchObject({ ok: false, id: SALE, shopId: OUTLET, readableTime: at('2026-07-14T02:11:12Z') });
  });

  test('the same line or payment twice is no sale', () => {
    expect(refusal(flatSale({ ...PLAIN, lines: [{ id: 'a' }, { id: 'a' }] })).path).toBe('line_items[].id');
    expect(
      refusal(
        flatSale({
          ...PLAIN,
          payments: [
            { id: 'a', amount: 1 },
            { id: 'a', amount: 1 },
          ],
        }),
      ).path,
    ).toBe('payments[].id');
  });

  test('10,000 mutated documents: exact or set aside, never a crash, never a silent zero', () => {
    const originals = SHAPES.flatMap(([, write]) => [write(PLAIN), write(RICH)]);
    const plains = new Map(originals.map((original) => [original, figuresOf(read(original))]));
    const junk = fc.constantFrom<unknown>(
      null,
      '',
      0,
      -1,
      'x',
      true,
      [],
      {},
      [null],
      { id: {} },
      Number.NaN,
      '1e999',
      '0.0',
      1e300,
      '2026-02-30T00:00:00Z',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.nat(),
        fc.oneof(junk, fc.jsonValue()),
        fc.boolean(),
        (original, where, value, drop) => {
          const mutated = structuredClone(original);
          const touched = mutate(mutated, where, value, drop);
          const result = normalizeXSale(mutated, LOOK_UPS);
          if (!result.ok) return /^[a-z_]+$/.test(result.code);
          const sale = result.value;
          if (signOf(amountOf(sale.total)) === 0 && (drop || !isZero(value))) return false;
          // An empty list of payments is what purged sales really have (X §13.7).
          if (touched.endsWith('payments') && Array.isArray(value) && value.length === 0) return true;
          // A readable number in place of another is that number; a state, attribute or tombstone decides what counts.
          if (/price|total|tax|quantity|amount|state|attributes|deleted_at/.test(touched)) return true;
          return figuresOf(sale) === plains.get(original);
        },
      ),
      { numRuns: 10_000 },
    );
  }, 60_000);

  test('a number the document states as nothing is never read as 0', () => {
    for (const [, write] of SHAPES) {
      const original = write(PLAIN);
      for (const path of pathsOf(original).filter((one) =>
        /(price|total_price|amount|quantity|totals|pricing|tax_total)$/.test(one),
      )) {
        for (const nothing of [null, '', {}, [], 'x', undefined]) {
          const mutated = structuredClone(original);
          put(mutated, path.split('/'), nothing);
          const result = normalizeXSale(mutated, LOOK_UPS);
          const sale = result.ok ? result.value : null;
          if (sale !== null) {
            expect(`${path} ${sale.total} ${sale.lines[0]?.exclusive} ${sale.payments[0]?.amount}`).toBe(
              `${path} 60 52.17392 60`,
            );
          }
        }
      }
    }
  });
});

test('defaults stand in one place', () => {
  expect(defaultXSeriesSwitches.laybyDay).toBe('completion');
  expect(defaultXSeriesSwitches.unknownState).toBe('set_aside');
});

/** What becomes cents. */
function figuresOf({ total, tax, state, lines, payments }: Sale): string {
  return JSON.stringify([
    total,
    tax,
    state,
    lines.map((line) => [line.exclusive, line.tax]),
    payments.map(({ amount }) => amount),
  ]);
}

/** A number that is nothing; `null`, `""` and `[]` are none. */
function isZero(value: unknown): boolean {
  return value === 0 || (typeof value === 'string' && /^-?[0.]+$/.test(value));
}

function pathsOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = at === '' ? key : `${at}/${key}`;
    return [path, ...pathsOf(child, path)];
  });
}

function put(target: Document, path: readonly string[], value: unknown): void {
  let holder: Record<string, unknown> = target;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
}

/** Changes or drops one value somewhere; the path it stood at. */
function mutate(document: Document, where: number, value: unknown, drop: boolean): string {
  const paths = pathsOf(document);
  const path = paths[where % paths.length] ?? 'id';
  put(document, path.split('/'), drop ? undefined : value);
  return path;
}
