import { noteNewPlaces } from './dirty-sales.ts';
import { isQuantity, SALE_MEASURES } from './figure/measures.ts';
import type { SaleMeasures } from './figure/types.ts';
import { insertStatement, type Row, takeOver } from './statement.ts';

/** The ledger's tables as the page commit writes them. `$3` is the page's id, `$4` its receive time, `$5` the run, `$6` the request's start. */
const SCALARS = 6;

const saleColumns = {
  sale_id: 'text',
  number: 'text',
  shop_id: 'text',
  register_id: 'text',
  employee_id: 'text',
  customer_id: 'text',
  state: 'text',
  archived: 'boolean',
  tax_inclusive: 'boolean',
  created_at: 'timestamptz',
  occurred_at: 'timestamptz',
  changed_at: 'timestamptz',
  total: 'numeric',
  tax: 'numeric',
  hash: 'hex',
  version: 'integer',
  pos_version: 'bigint',
  business_day: 'date',
  hour: 'timestamptz',
  problem: 'text',
  session_id: 'text',
} as const;

export const SALE = {
  table: 'sale',
  same: { seen_at: '$6::timestamptz' },
  columns: saleColumns,
  suffix: takeOver(['sale_id'], [...Object.keys(saleColumns), 'seen_at']),
} as const;

export const LINE = {
  table: 'sale_line',
  columns: {
    sale_id: 'text',
    line_id: 'text',
    position: 'bigint',
    kind: 'text',
    item_id: 'text',
    quantity: 'numeric',
    unit_price: 'numeric',
    exclusive: 'numeric',
    tax: 'numeric',
    discount: 'numeric',
    net_cents: 'bigint',
    tax_cents: 'bigint',
    discount_cents: 'bigint',
    discount_incl_cents: 'bigint',
  },
} as const;

export const PAYMENT = {
  table: 'payment',
  columns: {
    sale_id: 'text',
    payment_id: 'text',
    type_id: 'text',
    kind: 'text',
    amount: 'numeric',
    tip: 'numeric',
    paid_at: 'timestamptz',
    register_id: 'text',
    archived: 'boolean',
    session_id: 'text',
  },
} as const;

export const VERSION = {
  table: 'sale_version',
  same: {
    page_id: '$3::uuid',
    page_received_at: '$4::timestamptz',
    received_at: '$4::timestamptz',
    run_id: '$5::uuid',
  },
  columns: { sale_id: 'text', version: 'integer', changed_at: 'timestamptz', hash: 'hex', page_index: 'integer' },
} as const;

/** For the note of which receipts were written where. */
const returning = 'returning shop_id, business_day, register_id, sale_id';
const cell = { sale_id: 'text', shop_id: 'text', register_id: 'text', business_day: 'date', hour: 'timestamptz' } as const;

type MeasureColumns = Readonly<Record<keyof SaleMeasures, 'bigint' | 'numeric'>>;
const measureColumns = Object.fromEntries(
  SALE_MEASURES.map((measure) => [measure, isQuantity(measure) ? 'numeric' : 'bigint']),
) as MeasureColumns;

export const SALE_FIGURE = { table: 'sale_figure', columns: { ...cell, ...measureColumns }, suffix: returning } as const;

export const PAYMENT_FIGURE = {
  table: 'payment_figure',
  columns: {
    ...cell,
    payment_type_id: 'text',
    payments: 'bigint',
    tips: 'bigint',
    gift_cards_redeemed: 'bigint',
    on_account: 'bigint',
  },
  suffix: returning,
} as const;

/** The transaction's own id is a generation that no other mark of the day ever had. */
export const DIRTY = {
  table: 'dirty_day',
  same: { generation: 'pg_current_xact_id()::text::bigint' },
  columns: { shop_id: 'text', business_day: 'date' },
  suffix: takeOver(['shop_id', 'business_day'], ['generation']),
} as const;

/** Everything a page of sales adds, in one round trip. */
export const PAGE_SPECS = [SALE, LINE, PAYMENT, VERSION, SALE_FIGURE, PAYMENT_FIGURE, DIRTY] as const;
const written = (spec: (typeof PAGE_SPECS)[number]) => `w${PAGE_SPECS.indexOf(spec)}`;
export const WRITE_PAGE = insertStatement(PAGE_SPECS, SCALARS, noteNewPlaces(written(SALE_FIGURE), written(PAYMENT_FIGURE)));

/** A row of `sale` without its version, which only the ledger knows. */
export type SaleRow = Omit<Row<typeof SALE>, 'version'>;
export type LineRow = Row<typeof LINE>;
export type PaymentRow = Row<typeof PAYMENT>;
export type SaleFigureRow = Row<typeof SALE_FIGURE>;
export type PaymentFigureRow = Row<typeof PAYMENT_FIGURE>;

/** What one sale adds to cells; no sale figure when it does not count. */
export interface FigureRows {
  readonly saleFigure: SaleFigureRow | null;
  readonly paymentFigures: readonly PaymentFigureRow[];
}
