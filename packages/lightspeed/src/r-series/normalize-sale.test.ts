import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountOf, compareAmounts, formatAmount, roundAmount, sumAmounts } from '../amount.ts';
import type { Normalized, Sale, SetAside } from '../model.ts';
import { collection, line, payBy, payment, sale } from '../testing/documents.ts';
import type { Document } from '../testing/documents.ts';
import { lacksLines, lacksPayments, normalizeSale } from './normalize-sale.ts';

function read(document: unknown): Sale {
  const result = normalizeSale(document);
  if (!result.ok) throw new Error(`${result.code} at ${result.path}: ${result.message}`);
  return result.value;
}

function refused(document: unknown): SetAside {
  const result = normalizeSale(document);
  if (result.ok) throw new Error('It was read.');
  return result;
}

describe('an ordinary sale', () => {
  test('all its facts', () => {
    expect(read(sale())).toStrictEqual({
      provider: 'lightspeed-r',
      id: '5012',
      number: '220000005012',
      shopId: '1',
      registerId: '2',
      employeeId: '4',
      customerId: '77',
      state: 'completed',
      archived: false,
      createdAt: Date.UTC(2026, 4, 2, 17, 39, 55),
      occurredAt: Date.UTC(2026, 4, 2, 17, 41, 9),
      changedAt: Date.UTC(2026, 4, 2, 17, 41, 10),
      taxInclusive: false,
      total: '19.08',
      tax: '1.08',
      cashRounding: '0',
      lines: [
        {
          id: '8101',
          position: 8101,
          kind: 'goods',
          itemId: '733',
          quantity: '1',
          unitPrice: '30',
          normalUnitPrice: null,
          exclusive: '18',
          tax: '1.08',
          discount: '12',
          fallbackRate: '0.06',
          parentLineId: null,
        },
      ],
      adjustments: [],
      payments: [
        {
          id: '922',
          typeId: '3',
          kind: 'card',
          amount: '19.08',
          tip: '0',
          paidAt: Date.UTC(2026, 4, 2, 17, 41),
          registerId: '2',
          archived: false,
        },
      ],
    });
  });

  test('unknown extra fields change nothing, wherever they stand', () => {
    const extended = sale(
      { newField: 'x', MetaData: { tipOption1: '15' }, '@attributes': { a: 'b' } },
      [line({ measurementID: '4', extra: { deep: [] } })],
      [payment({ surcharge: '0' })],
    );
    expect(read(extended)).toStrictEqual(read(sale()));
  });

  test('document without completeTime: timeStamp says when (D12)', () => {
    const { completeTime: _completeTime, updateTime: _updateTime, createTime: _createTime, ...old } = sale();
    const value = read(old);
    expect(value.occurredAt).toBe(Date.UTC(2026, 4, 2, 17, 41, 9));
    expect(value.changedAt).toBe(value.occurredAt);
    expect(value.createdAt).toBeNull();
  });

  test('either spelling of the change stamp', () => {
    const { updateTime: _updateTime, ...other } = sale({ updatetime: '2026-06-01T00:00:00+00:00' });
    expect(read(other).changedAt).toBe(Date.UTC(2026, 5, 1));
  });

  test('old style: no tips, fees, line types', () => {
    const { lineType: _lineType, itemFeeID: _itemFeeID, ...oldLine } = line();
    const { tipAmount: _tipAmount, ...oldPayment } = payment();
    expect(read(sale({}, [oldLine], [oldPayment]))).toStrictEqual(read(sale()));
  });

  test('"0" ids are nobody', () => {
    const value = read(sale({ customerID: '0', registerID: '0', employeeID: '0' }, [line({ itemID: '0' })]));
    expect([value.customerId, value.registerId, value.employeeId, value.lines[0]?.itemId]).toStrictEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(value.lines[0]?.kind).toBe('goods');
  });
});

describe('state (D12)', () => {
  test.each([
    ['true', 'false', 'completed'],
    ['false', 'false', 'open'],
    ['false', 'true', 'voided'],
    ['true', 'true', 'voided'],
  ])('completed %s, voided %s is %s', (completed, voided, state) => {
    expect(read(sale({ completed, voided })).state).toBe(state);
  });

  test('an archived sale keeps its state', () => {
    expect(read(sale({ archived: 'true' }))).toMatchObject({ archived: true, state: 'completed' });
  });
});

describe('collections (R §6)', () => {
  test('one as an object, one as an array: the same', () => {
    const asArray = sale({ SaleLines: { SaleLine: [line()] }, SalePayments: { SalePayment: [payment()] } });
    expect(read(asArray)).toStrictEqual(read(sale()));
  });

  test.each([[undefined], [''], [{}], [[]], [{ SaleLine: '' }], [{ SaleLine: [] }], [{ '@attributes': { count: '0' } }], [null]])(
    'no lines written as %j',
    (SaleLines) => {
      const free = sale({ calcSubtotal: '0', calcDiscount: '0', calcTax1: '0', calcTotal: '0', calcPayments: '0' }, [], []);
      const document = SaleLines === undefined ? free : { ...free, SaleLines, SalePayments: '' };
      expect(read(document)).toMatchObject({ lines: [], payments: [] });
    },
  );

  test('lines that must be there and are not set the sale aside, instead of counting nothing', () => {
    for (const SaleLines of ['', {}, { SaleLin: line() }, { SaleLine: 'x' }, { SaleLine: [line(), 'x'] }, 7])
      expect(refused(sale({ SaleLines }))).toMatchObject({ code: 'bad_shape', id: '5012', shopId: '1' });
    expect(refused(sale({}, []))).toMatchObject({ code: 'bad_shape', path: 'SaleLines' });
  });

  test('what is missing is noticed', () => {
    const zeros = { calcSubtotal: '0', calcPayments: '0', total: '0', displayableTotal: '0' };
    expect([lacksLines(sale()), lacksPayments(sale())]).toStrictEqual([false, false]);
    expect(lacksLines(sale({}, []))).toBe(true);
    expect(lacksLines(sale(zeros, [], []))).toBe(true);
    expect(lacksLines(sale(zeros, []))).toBe(false);
    expect(lacksLines(sale({ ...zeros, displayableTotal: '100' }, []))).toBe(true);
    expect(lacksLines(sale({ ...zeros, completed: 'false' }, [], []))).toBe(false);
    expect(lacksPayments(sale({}, [line()], []))).toBe(true);
    expect(lacksPayments(sale(zeros, [line()], []))).toBe(false);
    expect(lacksPayments(sale({ ...zeros, displayableTotal: '100' }, [line()], []))).toBe(true);
    const { PaymentType: _PaymentType, ...bare } = payment();
    expect(lacksPayments(sale({}, [line()], [bare]))).toBe(true);
    expect([lacksLines(''), lacksPayments(null)]).toStrictEqual([false, false]);
  });
});

describe('line kinds (D8)', () => {
  function kinds(lines: readonly Document[], payments: readonly Document[] = []): string[] {
    const numbered = lines.map((item, index) => ({ ...item, saleLineID: String(index + 1) }));
    return read(sale({}, numbered, payments)).lines.map(({ kind }) => kind);
  }
  const misc = { itemID: '0' };

  test('fee by type or by fee id, even when taken back', () => {
    expect(
      kinds([
        line({ lineType: 'item_fee' }),
        line({ lineType: 'item_fee_refund', unitQuantity: '-1' }),
        line({ itemFeeID: '3' }),
      ]),
    ).toStrictEqual(['fee', 'fee', 'fee']);
  });

  test('gift card: zero-price line with a negative gift-card payment, or a bridge', () => {
    const load = line({ ...misc, unitPrice: '0' });
    expect(kinds([load], [payBy('gift card', '-100'), payBy('cash', '100')])).toStrictEqual(['gift_card']);
    expect(kinds([load], [payBy('cash', '100')])).toStrictEqual(['goods']);
    expect(kinds([load], [payBy('gift card', '-100', { archived: 'true' })])).toStrictEqual(['goods']);
    expect(kinds([line({ unitPrice: '0', itemID: '5' })], [payBy('gift card', '-100')])).toStrictEqual(['goods']);
    const bridge = { SaleAccounts: { SaleAccount: { saleAccountID: '1', saleLineID: '2' } } };
    expect(kinds([line(), line()], [payBy('gift card', '-100', bridge)])).toStrictEqual(['goods', 'gift_card']);
    expect(kinds([line({ SalesAccounts: { SaleAccount: [{ saleAccountID: '1' }] } })])).toStrictEqual(['gift_card']);
  });

  test('store credit needs an equal negative credit-account payment, one for each line', () => {
    const credit = line({ ...misc, unitPrice: '-100', calcSubtotal: '-100' });
    expect(kinds([credit], [payBy('credit account', '-100')])).toStrictEqual(['store_credit']);
    expect(kinds([credit], [payBy('credit account', '-100.0')])).toStrictEqual(['store_credit']);
    expect(kinds([credit], [payBy('credit account', '-99')])).toStrictEqual(['discount']);
    expect(kinds([credit, credit], [payBy('credit account', '-100')])).toStrictEqual(['store_credit', 'discount']);
    expect(kinds([line({ unitPrice: '-100', calcSubtotal: '-100' })], [payBy('credit account', '-100')])).toStrictEqual([
      'discount',
    ]);
  });

  test('rebate, return, goods', () => {
    expect(
      kinds([
        line({ unitPrice: '-5', calcSubtotal: '-5' }),
        line({ unitQuantity: '-1' }),
        line({ unitQuantity: '-1', parentSaleLineID: '0' }),
        line({ ...misc }),
        line({ unitPrice: '0' }),
        line({ unitQuantity: '0' }),
        line({ unitQuantity: '-1', unitPrice: '-5' }),
      ]),
    ).toStrictEqual(['discount', 'return', 'return', 'goods', 'goods', 'goods', 'return']);
  });

  test('a reservation that is not on a sale never counts', () => {
    expect(kinds([line({ saleID: '0', isLayaway: 'true' }), line({ isSpecialOrder: 'true' })])).toStrictEqual([
      'ignored',
      'goods',
    ]);
  });
});

describe('tax (D3, D5, D6)', () => {
  const inclusiveLine = line({ unitPrice: '30', calcLineDiscount: '0', calcTax1: '1.69811321', calcTotal: '30' });
  const inclusive = { calcDiscount: '0', calcTax1: '1.7', calcTotal: '30', total: '30', isTaxInclusive: 'false' };

  test('tax-inclusive is found by arithmetic, whatever the flag says', () => {
    const value = read(sale(inclusive, [inclusiveLine]));
    expect(value.taxInclusive).toBe(true);
    expect(value.lines[0]).toMatchObject({ exclusive: '28.30188679', tax: '1.69811321' });
    expect(read(sale({ isTaxInclusive: 'true' })).taxInclusive).toBe(false);
  });

  test('without tax, and when nothing adds up, the flag decides', () => {
    const untaxed = { calcTax1: '0', calcTotal: '18' };
    expect(read(sale({ ...untaxed, isTaxInclusive: 'true' })).taxInclusive).toBe(true);
    expect(read(sale({ ...untaxed, isTaxInclusive: 'false' })).taxInclusive).toBe(false);
    expect(read(sale({ calcTotal: '500', isTaxInclusive: 'true' })).taxInclusive).toBe(true);
    expect(read(sale({ calcTotal: '500', isTaxInclusive: 'false' })).taxInclusive).toBe(false);
  });

  test('the switch overrules', () => {
    const value = (result: Normalized<Sale>): unknown => result.ok && result.value.taxInclusive;
    expect(value(normalizeSale(sale(), { taxInclusive: 'inclusive' }))).toBe(true);
    expect(value(normalizeSale(sale(inclusive, [inclusiveLine]), { taxInclusive: 'exclusive' }))).toBe(false);
    expect(value(normalizeSale(sale(inclusive, [inclusiveLine]), { taxInclusive: 'flag' }))).toBe(false);
  });

  test('E and X of the lines are exact and unrounded', () => {
    const value = read(sale({}, [line({ calcTax1: '11.4860025', calcTax2: '0.0000005', calcTransactionDiscount: '0.125' })]));
    expect(value.lines[0]).toMatchObject({ exclusive: '17.875', tax: '11.486003', discount: '12.125' });
  });

  test("the fallback rate is the line's, else the sale's, and none where the line is not taxed", () => {
    const { tax1Rate: _tax1Rate, tax2Rate: _tax2Rate, ...bare } = line();
    const value = read(
      sale({ tax2Rate: '0.09975' }, [
        line({ tax2Rate: '0.02' }),
        { ...bare, saleLineID: '2' },
        line({ saleLineID: '3', tax: 'false' }),
      ]),
    );
    expect(value.lines.map(({ fallbackRate }) => fallbackRate)).toStrictEqual(['0.08', '0.15975', '0']);
  });

  test('cash rounding is read where a document states it', () => {
    expect(read(sale({ cashRounding: '-0.02' })).cashRounding).toBe('-0.02');
    expect(refused(sale({ cashRounding: 'two' }))).toMatchObject({ code: 'bad_number', path: 'cashRounding' });
  });
});

describe('payments (D16)', () => {
  test('kinds by type, never by name or id', () => {
    const types = [
      'cash',
      'credit card',
      'credit account',
      'gift card',
      'ecom',
      'adjustment',
      'user defined',
      'something new',
      'Cash',
    ];
    const value = read(
      sale(
        {},
        [line()],
        types.map((type, index) => payBy(type, '1', { salePaymentID: String(index + 1) })),
      ),
    );
    expect(value.payments.map(({ kind }) => kind)).toStrictEqual([
      'cash',
      'card',
      'credit_account',
      'gift_card',
      'ecom',
      'adjustment',
      'other',
      'other',
      'cash',
    ]);
  });

  test('without an embedded type the given kinds are used, else it is of no special kind', () => {
    const { PaymentType: _PaymentType, ...bare } = payment();
    const kind = (result: Normalized<Sale>): unknown => result.ok && result.value.payments[0]?.kind;
    expect(kind(normalizeSale(sale({}, [line()], [bare]), undefined, new Map([['3', 'gift_card']])))).toBe('gift_card');
    expect(kind(normalizeSale(sale({}, [line()], [bare])))).toBe('other');
  });

  test('archived ones stay, marked; register 0 is none', () => {
    const value = read(sale({}, [line()], [payment({ archived: 'true', registerID: '0', tipAmount: '1.5' })]));
    expect(value.payments[0]).toMatchObject({ archived: true, registerId: null, tip: '1.5' });
  });
});

describe('a document that cannot be read is set aside with its reason (D22)', () => {
  test.each([
    ['a bad number', sale({ calcTotal: '19,08' }), 'bad_number', 'calcTotal'],
    ['an empty number', sale({ calcTax1: '' }), 'bad_number', 'calcTax1'],
    ['a JSON number', sale({ calcTotal: 19.08 }), 'bad_number', 'calcTotal'],
    ['a missing id', { ...sale(), saleID: undefined }, 'missing_id', 'saleID'],
    ['id 0', sale({ saleID: '0' }), 'missing_id', 'saleID'],
    ['an id that is none', sale({ shopID: 'main' }), 'bad_shape', 'shopID'],
    ['an unreadable time', sale({ completeTime: 'yesterday' }), 'bad_time', 'completeTime'],
    ['an empty time', sale({ completeTime: '' }), 'bad_time', 'completeTime'],
    ['a JSON boolean', sale({ completed: true }), 'bad_boolean', 'completed'],
    ['an unknown boolean', sale({ voided: 'no' }), 'bad_boolean', 'voided'],
    ['a bad line', sale({}, [line(), line({ saleLineID: '2', calcTax1: 'x' })]), 'bad_number', 'SaleLines.SaleLine[1].calcTax1'],
    ['a bad payment', sale({}, [line()], [payment({ createTime: '1' })]), 'bad_time', 'SalePayments.SalePayment[0].createTime'],
    ['no object', 'hello', 'bad_shape', ''],
    ['null', null, 'bad_shape', ''],
    ['a list', [], 'bad_shape', ''],
  ])('%s', (_name, document, code, path) => {
    expect(refused(document)).toMatchObject({ ok: false, code, path });
  });

  test('it keeps the first readable time: completion, change, creation', () => {
    const broken = { calcTotal: 'x' };
    const time = (changes: Document): unknown => refused(sale({ ...broken, ...changes })).readableTime;
    expect(time({})).toBe(Date.UTC(2026, 4, 2, 17, 41, 9));
    expect(time({ completeTime: '?' })).toBe(Date.UTC(2026, 4, 2, 17, 41, 10));
    expect(time({ completeTime: '?', updateTime: '?', timeStamp: '?' })).toBe(Date.UTC(2026, 4, 2, 17, 39, 55));
    expect(time({ completeTime: '?', updateTime: '?', timeStamp: '?', createTime: '?' })).toBeNull();
  });

  test('its message is one short sentence', () => {
    const { message } = refused(sale({ calcTotal: 'x'.repeat(5000) }));
    expect(message).toMatch(/^calcTotal is not a number: "x+\.\.\.\.$/);
    expect(message.length).toBeLessThan(120);
  });
});

describe('mutated documents', () => {
  const junk = fc.oneof(
    fc.constantFrom(
      undefined,
      null,
      '',
      '0',
      'abc',
      {},
      [],
      '1e5',
      '-1',
      'true',
      12,
      true,
      '2026-13-45T00:00:00+00:00',
      '٣',
      '1'.repeat(70),
    ),
    fc.string(),
    fc.jsonValue(),
  );
  const money = ['calcTotal', 'calcTax1', 'calcTax2', 'calcSubtotal', 'calcDiscount'];

  test('never throw; are exact or set aside, never a silent zero', () => {
    const original = sale({}, [line(), line({ saleLineID: '8102' })], [payment(), payment({ salePaymentID: '923' })]);
    const paths = leafPaths(original);
    fc.assert(
      fc.property(fc.constantFrom(...paths), junk, fc.boolean(), (path, value, drop) => {
        const mutated = mutate(original, path, value, drop);
        const result = normalizeSale(mutated);
        if (!result.ok) {
          expect(result.code).toMatch(/^(missing_id|bad_number|bad_time|bad_boolean|bad_text|bad_shape)$/);
          return;
        }
        const key = path.at(-1);
        if (path.length === 1 && typeof key === 'string' && money.includes(key)) {
          const now = (mutated as Document)[key];
          // Read: then it is a number as text, and its exact value is what stands in the sale. calcTotal alone has a twin.
          if (now === undefined) expect(key).toBe('calcTotal');
          else {
            expect(typeof now).toBe('string');
            expect(Number.isFinite(Number(now))).toBe(true);
            if (key === 'calcTotal') expect(Number(result.value.total)).toBe(Number(now));
          }
        }
        const lines = result.value.lines.map(({ exclusive }) => amountOf(exclusive));
        expect(formatAmount(sumAmounts(lines))).toMatch(/^-?\d+(\.\d+)?$/);
      }),
      { numRuns: 4000 },
    );
  });
});

type Path = readonly (string | number)[];

function leafPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item: unknown, index) => leafPaths(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => leafPaths(item, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function mutate(value: unknown, path: Path, replacement: unknown, drop: boolean): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? mutate(item, rest, replacement, drop) : item));
  const fields = value as Document;
  const { [step]: _old, ...others } = fields;
  if (rest.length === 0 && drop) return others;
  return { ...fields, [step]: mutate(fields[step], rest, replacement, drop) };
}

/** Beside the checkout where it is available; the repository holds no copy. */
const recordings = new URL('../../../../../shared/recordings/account.load.json', import.meta.url);

describe.skipIf(!existsSync(recordings))('recorded sales of 2015', () => {
  test('all are read; nine count, 434.62 in all, to the cent', () => {
    const { Sale: documents } = JSON.parse(readFileSync(recordings, 'utf8')) as { Sale: unknown[] };
    const sales = documents.map(read);
    const counted = sales.filter(({ state }) => state === 'completed');
    expect(counted).toHaveLength(9);
    const total = sumAmounts(counted.map((item) => amountOf(item.total)));
    expect(roundAmount(total, 2)).toBe(43_462);
    for (const { lines, total: stated, tax } of counted) {
      const parts = sumAmounts(lines.map(({ exclusive }) => amountOf(exclusive)));
      expect(compareAmounts(parts, amountOf(stated))).toBe(0);
      expect(tax).toBe('0');
    }
  });
});

test('a collection helper writes what the POS writes', () => {
  expect(collection('A', 'B', [])).toStrictEqual({});
  expect(collection('A', 'B', [{ c: '1' }])).toStrictEqual({ A: { B: { c: '1' } } });
});
