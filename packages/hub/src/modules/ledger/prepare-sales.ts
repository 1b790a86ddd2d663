import type { Instant, Normalized, Sale } from '@tillweave/lightspeed';
import { hash } from 'node:crypto';
import type { Calendars } from './calendars.ts';
import { figureOf, type Figure } from './figure/figure.ts';
import { paymentsWithTips } from './figure/payments.ts';
import type { FigureRows, LineRow, PaymentFigureRow, PaymentRow, SaleFigureRow, SaleRow } from './sale-rows.ts';
import { setAsideRow, type SetAsideRow } from './set-aside.ts';

/** A sale with everything the ledger will write of it, worked out before the transaction. */
export interface PreparedSale {
  readonly saleId: string;
  readonly shopId: string;
  /** SHA-256 of the document's JSON text, as hex: any visible change is a version. */
  readonly hash: string;
  readonly changedAt: Instant;
  /** The till's own counter of changes as digits; null where it counts nothing. */
  readonly posVersion: string | null;
  /** The document's JSON text. */
  readonly document: string;
  readonly sale: SaleRow;
  readonly lines: readonly LineRow[];
  readonly payments: readonly PaymentRow[];
  readonly figures: FigureRows;
}

/** One page of sales, ready to be recorded. */
export interface PreparedSales {
  readonly sales: readonly PreparedSale[];
  readonly setAside: readonly SetAsideRow[];
  /** How many documents the page had. */
  readonly documents: number;
}

/**
 * Works out rows, hashes and figures of a page. Pure: the same records, documents and calendars give the same. A sale that appears twice
 * is taken once, in its newer version. One that cannot be read, or whose amounts no integer of cents holds, is set aside.
 */
export function prepareSales(
  records: readonly Normalized<Sale>[],
  documents: readonly unknown[],
  calendars: Calendars,
): PreparedSales {
  const sales = new Map<string, PreparedSale>();
  const setAside: SetAsideRow[] = [];
  records.forEach((record, index) => {
    const document = documents[index];
    if (!record.ok) {
      setAside.push(setAsideRow(record, document, calendars));
      return;
    }
    const sale = record.value;
    const figure = tryFigure(sale, calendars);
    if ('reason' in figure) {
      const { code, message } = figure.reason;
      const { id, shopId, occurredAt: readableTime } = sale;
      setAside.push(setAsideRow({ ok: false, code, path: '', message, id, shopId, readableTime }, document, calendars));
      return;
    }
    const earlier = sales.get(sale.id);
    const prepared = prepareSale(sale, document, figure);
    if (earlier === undefined || !isOlder(prepared, earlier)) sales.set(sale.id, prepared);
  });
  return { sales: [...sales.values()], setAside, documents: documents.length };
}

/** The order of versions: by the till's own counter where it has one, else by change stamp. Of equal ones neither is older. */
export function isOlder(
  { posVersion, changedAt }: Pick<PreparedSale, 'posVersion' | 'changedAt'>,
  than: { readonly posVersion: string | null; readonly changedAt: Instant },
): boolean {
  if (posVersion !== null && than.posVersion !== null) return BigInt(posVersion) < BigInt(than.posVersion);
  return changedAt < than.changedAt;
}

/** The figure, or why the sale can have none: such a sale may not count as zero. */
function tryFigure(sale: Sale, calendars: Calendars): Figure | { readonly reason: { code: string; message: string } } {
  try {
    const figure = figureOf(sale, { minorDigits: calendars.minorDigits, calendar: calendars.of(sale.shopId) });
    if (figure.problem?.code !== 'amount_out_of_range') return figure;
    return { reason: { code: 'bad_number', message: figure.problem.message } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { reason: { code: 'bad_time', message: `No business day can be told: ${error.message}` } };
  }
}

function prepareSale(sale: Sale, document: unknown, figure: Figure): PreparedSale {
  const text = JSON.stringify(document);
  const digest = hash('sha256', text);
  return {
    saleId: sale.id,
    shopId: sale.shopId,
    hash: digest,
    changedAt: sale.changedAt,
    posVersion: sale.version ?? null,
    document: text,
    sale: {
      sale_id: sale.id,
      number: sale.number,
      shop_id: sale.shopId,
      register_id: sale.registerId ?? '',
      employee_id: sale.employeeId,
      customer_id: sale.customerId,
      state: sale.state,
      archived: sale.archived,
      tax_inclusive: sale.taxInclusive,
      created_at: sale.createdAt,
      occurred_at: sale.occurredAt,
      changed_at: sale.changedAt,
      total: sale.total,
      tax: sale.tax,
      hash: digest,
      pos_version: sale.version ?? null,
      business_day: figure.businessDay,
      hour: figure.hour,
      problem: figure.problem?.code ?? null,
      session_id: sale.sessionId ?? null,
    },
    lines: sale.lines.map((line, index) => {
      const cents = figure.lines[index];
      return {
        sale_id: sale.id,
        line_id: line.id,
        position: line.position,
        kind: line.kind,
        item_id: line.itemId,
        quantity: line.quantity,
        unit_price: line.unitPrice,
        exclusive: line.exclusive,
        tax: line.tax,
        discount: line.discount,
        net_cents: cents?.netCents ?? 0,
        tax_cents: cents?.taxCents ?? 0,
        discount_cents: cents?.discountCents ?? 0,
        discount_incl_cents: cents?.discountInclCents ?? 0,
      };
    }),
    payments: paymentsWithTips(sale).map((payment) => ({
      sale_id: sale.id,
      payment_id: payment.id,
      type_id: payment.typeId,
      kind: payment.kind,
      amount: payment.amount,
      tip: payment.tip,
      paid_at: payment.paidAt,
      register_id: payment.registerId ?? '',
      archived: payment.archived,
      session_id: payment.sessionId ?? null,
    })),
    figures: figureRows(sale, figure),
  };
}

/** The rows of `sale_figure` and `payment_figure` that a figure makes. */
export function figureRows(sale: Pick<Sale, 'id' | 'shopId' | 'registerId'>, figure: Figure): FigureRows {
  const cell = { sale_id: sale.id, shop_id: sale.shopId };
  const saleFigure: SaleFigureRow | null =
    figure.measures === null
      ? null
      : {
          ...cell,
          register_id: sale.registerId ?? '',
          business_day: figure.businessDay,
          hour: figure.hour,
          ...figure.measures,
        };
  const paymentFigures: PaymentFigureRow[] = figure.payments.map((payment) => ({
    ...cell,
    register_id: payment.registerId,
    business_day: payment.businessDay,
    hour: payment.hour,
    payment_type_id: payment.paymentTypeId,
    payments: payment.payments,
    tips: payment.tips,
    gift_cards_redeemed: payment.gift_cards_redeemed,
    on_account: payment.on_account,
  }));
  return { saleFigure, paymentFigures };
}
