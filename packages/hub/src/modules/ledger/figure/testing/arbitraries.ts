/** Random sales for the property tests, as a till could state them: parts follow from quantities, prices and rates; totals are rounded sums. */
import type { Decimal, Instant, LineKind, Payment, Sale, SaleLine } from '@tillweave/lightspeed';
import fc from 'fast-check';

/** Micro-units: exact integers in 10^-6 of the major unit, so that what the kernel computes can be computed without it. */
export function decimalOf(micro: bigint, digits = 6): Decimal {
  const sign = micro < 0n ? '-' : '';
  const text = (micro < 0n ? -micro : micro).toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/u, '');
  const whole = text.slice(0, -digits);
  return `${fraction === '' && /^0+$/u.test(whole) ? '' : sign}${whole}${fraction === '' ? '' : `.${fraction}`}` as Decimal;
}

/** Cents of micro-units, half away from zero. */
export function centsOf(micro: bigint): bigint {
  const half = micro < 0n ? -5000n : 5000n;
  return (micro + half) / 10_000n;
}

const kinds: readonly LineKind[] = [
  'goods',
  'goods',
  'goods',
  'return',
  'discount',
  'fee',
  'gift_card',
  'store_credit',
  'internal',
  'ignored',
];

const lineArbitrary = fc.record({
  kind: fc.constantFrom(...kinds),
  /** Thousandths. */
  quantity: fc.integer({ min: 1, max: 20_000 }),
  /** Cents. */
  price: fc.integer({ min: 0, max: 300_000 }),
  /** Per mille. */
  off: fc.constantFrom(0, 0, 0, 100, 333, 1000),
  rate: fc.constantFrom(0, 60, 83, 100, 250),
  listed: fc.option(fc.integer({ min: 0, max: 300_000 }), { nil: null }),
});

export interface MadeSale {
  readonly sale: Sale;
  /** POS cents: E + X. */
  readonly total: number;
}

const nowhere = { registerId: '1', employeeId: null, createdAt: null, archived: false, adjustments: [] } as const;

/** A sale whose totals are the rounded sums of its lines, moved by at most `drift` cents. */
export function saleArbitrary(drift = 0): fc.Arbitrary<MadeSale> {
  return fc
    .record({
      provider: fc.constantFrom('lightspeed-r', 'lightspeed-x'),
      lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 12 }),
      inclusive: fc.boolean(),
      customer: fc.boolean(),
      occurredAt: fc.integer({ min: Date.UTC(2026, 0, 1) / 1000, max: Date.UTC(2026, 11, 31) / 1000 }),
      netDrift: fc.integer({ min: -drift, max: drift }),
      taxDrift: fc.integer({ min: -drift, max: drift }),
      payments: fc.array(paymentArbitrary, { maxLength: 4 }),
    })
    .map(({ provider, lines: specs, inclusive, customer, occurredAt, netDrift, taxDrift, payments }) => {
      const parts = specs.map((spec, index) => lineOf(spec, index, inclusive));
      const counted = parts.filter(({ line }) => line.kind !== 'ignored');
      const net = centsOf(counted.reduce((sum, part) => sum + part.net, 0n)) + BigInt(netDrift);
      const tax = centsOf(counted.reduce((sum, part) => sum + part.tax, 0n)) + BigInt(taxDrift);
      const sale: Sale = {
        ...nowhere,
        provider,
        id: '1',
        number: '220000000001',
        shopId: '1',
        customerId: customer ? '7' : null,
        state: 'completed',
        occurredAt: (occurredAt * 1000) as Instant,
        changedAt: (occurredAt * 1000) as Instant,
        taxInclusive: inclusive,
        total: decimalOf((net + tax) * 10_000n),
        tax: decimalOf(tax * 10_000n),
        cashRounding: '0' as Decimal,
        lines: parts.map(({ line }) => line),
        payments: payments.map((payment, index) => ({
          ...payment,
          id: String(index + 1),
          paidAt: (occurredAt * 1000) as Instant,
        })),
      };
      return { sale, total: Number(net + tax) };
    });
}

const paymentArbitrary: fc.Arbitrary<Omit<Payment, 'id' | 'paidAt'>> = fc.record({
  typeId: fc.constantFrom('1', '3', '4', '5'),
  kind: fc.constantFrom('cash', 'card', 'credit_account', 'gift_card'),
  amount: fc.integer({ min: -50_000, max: 50_000 }).map((cents) => decimalOf(BigInt(cents) * 10_000n)),
  tip: fc.integer({ min: 0, max: 900 }).map((cents) => decimalOf(BigInt(cents) * 10_000n)),
  registerId: fc.constantFrom('1', '2', null),
  archived: fc.boolean(),
});

interface LineSpec {
  readonly kind: LineKind;
  readonly quantity: number;
  readonly price: number;
  readonly off: number;
  readonly rate: number;
  readonly listed: number | null;
}

function lineOf(
  spec: LineSpec,
  index: number,
  inclusive: boolean,
): { readonly line: SaleLine; readonly net: bigint; readonly tax: bigint } {
  const sign = spec.kind === 'return' || spec.kind === 'discount' || spec.kind === 'store_credit' ? -1n : 1n;
  // Thousandths × cents = 10^-5; in micro-units ten times that.
  const subtotal = sign * BigInt(spec.quantity) * BigInt(spec.price) * 10n;
  const discount = (subtotal * BigInt(spec.off)) / 1000n;
  const amount = subtotal - discount;
  const tax = inclusive ? (amount * BigInt(spec.rate)) / BigInt(1000 + spec.rate) : (amount * BigInt(spec.rate)) / 1000n;
  const net = inclusive ? amount - tax : amount;
  const line: SaleLine = {
    id: String(100 + index),
    position: 100 + index,
    kind: spec.kind,
    itemId: null,
    quantity: decimalOf(BigInt(spec.quantity) * 1000n * (spec.kind === 'return' ? -1n : 1n)),
    unitPrice: decimalOf(BigInt(spec.price) * 10_000n),
    normalUnitPrice: spec.listed === null ? null : decimalOf(BigInt(spec.listed) * 10_000n),
    exclusive: decimalOf(net),
    tax: decimalOf(tax),
    discount: decimalOf(discount),
    fallbackRate: decimalOf(BigInt(spec.rate) * 1000n),
    parentLineId: null,
  };
  return { line, net, tax };
}
