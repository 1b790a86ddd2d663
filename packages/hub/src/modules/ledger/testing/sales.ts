/** Hand-made sales in the neutral model, for tests of what keeps them. */
import type { Decimal, Instant, Normalized, Sale, SaleLine } from '@tillweave/lightspeed';

export interface TestSale {
  readonly id: string;
  readonly shopId?: string;
  readonly registerId?: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** ISO 8601; `at` when left out. */
  readonly changedAt?: string;
  readonly state?: Sale['state'];
  /** Net amounts of its lines, excl. tax; 25 % tax comes on top. */
  readonly nets?: readonly number[];
  readonly paidAt?: string;
  /** Tells versions apart that are otherwise equal. */
  readonly note?: string;
  /** The till's own counter of changes; left out: it has none. */
  readonly version?: string;
}

const TAX = 0.25;

/** The sale and a document that stands for what the POS sent. */
export function testSale(wanted: TestSale): { readonly record: Normalized<Sale>; readonly document: unknown } {
  const { id, shopId = '1', registerId = '1', state = 'completed', nets = [100] } = wanted;
  const at = instant(wanted.at);
  const net = nets.reduce((sum, each) => sum + each, 0);
  const total = decimal(net * (1 + TAX));
  const lines = nets.map((each, index): SaleLine => ({
    id: `${id}-${index}`,
    position: Number(id) * 100 + index,
    kind: each < 0 ? 'return' : 'goods',
    itemId: '7',
    quantity: decimal(each < 0 ? -1 : 1),
    unitPrice: decimal(Math.abs(each)),
    normalUnitPrice: null,
    exclusive: decimal(each),
    tax: decimal(each * TAX),
    discount: decimal(0),
    fallbackRate: decimal(TAX),
    parentLineId: null,
  }));
  const value: Sale = {
    provider: 'lightspeed-r',
    id,
    number: `22${id.padStart(10, '0')}`,
    shopId,
    registerId,
    employeeId: '4',
    customerId: null,
    state,
    archived: false,
    createdAt: at,
    occurredAt: at,
    changedAt: instant(wanted.changedAt ?? wanted.at),
    ...(wanted.version === undefined ? {} : { version: wanted.version }),
    taxInclusive: false,
    total,
    tax: decimal(net * TAX),
    cashRounding: decimal(0),
    lines,
    adjustments: [],
    payments: [
      {
        id: `${id}-p`,
        typeId: '1',
        kind: 'cash',
        amount: total,
        tip: decimal(0),
        paidAt: instant(wanted.paidAt ?? wanted.at),
        registerId,
        archived: false,
      },
    ],
  };
  return { record: { ok: true, value }, document: { ...wanted } };
}

/** Several as a page. */
export function testPage(sales: readonly TestSale[]): { records: Normalized<Sale>[]; documents: unknown[] } {
  const made = sales.map(testSale);
  return { records: made.map(({ record }) => record), documents: made.map(({ document }) => document) };
}

export function instant(iso: string): Instant {
  return Date.parse(iso) as Instant;
}

function decimal(value: number): Decimal {
  return value.toFixed(2) as Decimal;
}
