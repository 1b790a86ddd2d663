import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { createWorld } from './create.ts';
import type { GoldenName } from './golden-names.ts';
import type { SaleRecord } from './types.ts';

const world = createWorld({ seed: 4, sales: 400, customers: 40 });
const state = world.at(world.window.until);
const shops = new Map(state.shops().map((shop) => [shop.id, shop]));

/** The sales a script made, in the order it made them. */
function played(name: GoldenName): SaleRecord[] {
  const records: SaleRecord[] = [];
  for (let n = 1; ; n += 1) {
    const record = state.sale(world.saleId(`golden ${name} ${n}`) ?? 0);
    if (record === undefined) return records;
    records.push(record);
  }
}

function wall(sale: SaleRecord | undefined): string {
  const at = Temporal.Instant.fromEpochMilliseconds(sale?.completeTime ?? 0);
  return at.toZonedDateTimeISO(shops.get(sale?.shopId ?? '')?.timeZone ?? 'UTC').toString({ timeZoneName: 'never' });
}

const days = (name: GoldenName): string[] => played(name).map((sale) => wall(sale).slice(0, 10));

describe('the golden trade names are played as they are called', () => {
  it('at the edges of days and in the nights of change-over', () => {
    expect(played('last second before midnight').map(wall)).toEqual(['2026-09-05T23:59:59+02:00']);
    expect(played('first after').map(wall)).toEqual(['2026-09-06T00:00:00+02:00']);
    expect(played('25 h day').map(wall)).toEqual([
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '2026-10-25T23:30:00+01:00',
    ]);
    expect(played('23 h day').map(wall)).toEqual([
      '2026-10-04T01:59:59+09:30',
      '2026-10-04T03:00:00+10:30',
      '2026-10-04T05:00:00+10:30',
    ]);
    expect(played('zone at :30').map((sale) => wall(sale).slice(11))).toEqual(['12:10:00+09:30', '12:40:00+09:30']);
    expect(played('day-start 05:00').map((sale) => wall(sale).slice(11, 19))).toEqual(['04:59:59', '05:00:00']);
    const [abroad] = played('shop in another zone than the account');
    expect(
      Temporal.Instant.fromEpochMilliseconds(abroad?.completeTime ?? 0)
        .toZonedDateTimeISO(world.homeZone)
        .toPlainDate()
        .toString(),
    ).not.toBe(wall(abroad).slice(0, 10));
  });

  it('over days: refunds, layaways, late edits', () => {
    expect(days('refund next day')).toEqual(['2026-08-29', '2026-08-30']);
    expect(days('layaway/layby day 1, part-paid day 9, complete day 40')).toEqual(['2026-08-26', '2026-09-03', '2026-10-04']);
    const [sold, back] = played('return at another shop');
    expect([sold?.shopId, back?.shopId, back?.lines[0]?.parentLineId]).toEqual(['1', '2', sold?.lines[0]?.id]);
    for (const name of ['void after import', 'quantity edited after close', 'back-dated'] as const) {
      const [sale] = played(name);
      expect(sale?.updateTime).toBeGreaterThan(world.lateEditsFrom);
      expect(sale?.timeStamp).toBeLessThan(world.lateEditsFrom - 86_400_000);
    }
    expect(played('void after import')[0]?.voided).toBe(true);
    expect(
      world.at(world.lateEditsFrom).sale(world.saleId('golden quantity edited after close 1') ?? 0)?.lines[0]?.quantity,
    ).toBe('1');
    expect(played('quantity edited after close')[0]?.lines[0]?.quantity).toBe('3');
    expect(world.at(world.lateEditsFrom).sale(world.saleId('golden back-dated 1') ?? 0)).toBeUndefined();
  });

  it('with the money they are about', () => {
    const exchanges = played('exchange even, up, down').slice(1);
    expect(exchanges.map((sale) => Math.sign(Number(sale.payments[0]?.amount ?? 0)))).toEqual([0, 1, -1]);
    expect(exchanges.every((sale) => sale.lines.some((line) => line.quantity.startsWith('-')) && sale.lines.length === 2)).toBe(
      true,
    );
    const rates = new Set(played('ticket discount over mixed tax rates')[0]?.lines.map((line) => line.taxRates[0]));
    expect([rates.size, played('ticket discount over mixed tax rates')[0]?.ticketDiscountPercent]).toEqual([2, '0.1']);
    expect(played('free sale').every((sale) => sale.completed && sale.payments.length === 0)).toBe(true);
    expect(played('refund of a discounted line')[1]?.lines[0]).toMatchObject({ quantity: '-1', discountPercent: '0.25' });
    expect(played('refund without receipt')[0]?.lines[0]).toMatchObject({ quantity: '-1', parentLineId: null });
    expect(
      played('gift card redeemed and sold on one ticket')[0]
        ?.payments.filter((payment) => payment.kind === 'gift_card')
        .map((payment) => payment.amount),
    ).toEqual(['100', '-200']);
    expect(played('tip')[0]?.payments[0]?.tip).toBe('15');
    expect(played('cash rounding').map((sale) => sale.cashRounding)).toEqual(['-0.21', '0.12']);
    expect(played('split tender with change')[0]).toMatchObject({
      change: '200',
      payments: [{ kind: 'card' }, { kind: 'cash' }],
    });
    expect(played('weighed 0.375')[0]?.lines[0]?.quantity).toBe('0.375');
    expect(played('tax-inclusive odd cents')[0]?.taxInclusive).toBe(true);
    const [bundle] = played('bundle');
    expect(bundle?.lines.map((line) => [line.price === '0', line.parentLineId])).toEqual([
      [false, null],
      [true, bundle?.lines[0]?.id],
      [true, bundle?.lines[0]?.id],
    ]);
  });

  it('with the marks the R-Series puts on them', () => {
    expect(played('100 % discount stored as 0.999999999')[0]?.lines[0]?.discountPercent).toBe('0.999999999');
    expect(played('archived payment')[0]?.payments.map((payment) => payment.archived)).toEqual([true, false]);
    expect(played('special-order line in a completed sale')[0]?.lines[0]).toMatchObject({ isSpecialOrder: true });
    expect(played("line with another shop's id")[0]).toMatchObject({ shopId: '1', lines: [{ shopId: '2' }] });
    expect(played('document without completeTime')[0]).toMatchObject({ completed: true, completeTime: null });
    expect(played('shipping or fee')[0]?.lines[1]).toMatchObject({ kind: 'fee', itemFeeId: '1' });
    expect(played('rebate line')[0]?.lines[1]).toMatchObject({ kind: 'rebate', price: '-20', quantity: '1' });
  });

  it('in the back office', () => {
    const moved = played('register moved to another shop');
    expect(moved.map((sale) => sale.shopId)).toEqual(['1', '2']);
    expect(new Set(moved.map((sale) => sale.registerId)).size).toBe(1);
    expect(state.registers().find((register) => register.id === moved[0]?.registerId)?.shopId).toBe('2');
    const closed = played('shop archived')[0];
    expect(shops.get(closed?.shopId ?? '')?.archived).toBe(true);
    const customer = (sale: SaleRecord | undefined) => state.customers().find((row) => row.id === sale?.customerId);
    expect(customer(played('customer merged')[0])?.mergedInto).toBe(played('customer merged')[1]?.customerId);
    expect(customer(played('customer erased')[0])).toMatchObject({ erased: true, contact: { email: null } });
  });
});
