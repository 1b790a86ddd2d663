import {
  type Amount,
  addAmounts,
  amountOf,
  amountFromUnits,
  type Instant,
  type Normalized,
  parseAmount,
  Rejected,
  type RSeriesClient,
  type Sale,
  sumAmounts,
  type XSeriesClient,
  ZERO,
} from '@tillweave/lightspeed';
import { AppError } from '../../../platform/errors.ts';
import type { Preset } from './presets.ts';

/** What the POS says, with the parts it says it in. */
export interface PosFigure {
  readonly amount: Amount;
  readonly source: 'api' | 'typed';
  /** Rows of a report, each rounded to cents by the POS. */
  readonly rows: number;
  /** By `day/shop`, where the POS tells days and shops. */
  readonly byShopDay: ReadonlyMap<string, { readonly amount: Amount; readonly rows: number }> | null;
}

export interface PosQuestion {
  readonly preset: Preset;
  readonly from: string;
  readonly to: string;
  /** Null: all. */
  readonly shopId: string | null;
}

/** Ids in one request. */
const IDS_MOST = 100;

/** An account's own client. */
export type Opened =
  | { readonly provider: 'lightspeed-r'; readonly client: RSeriesClient }
  | { readonly provider: 'lightspeed-x'; readonly client: XSeriesClient };

export function typedFigure(units: number, minorDigits: number): PosFigure {
  return { amount: amountFromUnits(units, minorDigits), source: 'typed', rows: 0, byShopDay: null };
}

/** Asks the POS for its own figure by day. @throws AppError `invalid_request` for a preset that has no API. */
export async function askPos(opened: Opened, question: PosQuestion): Promise<PosFigure> {
  if (opened.provider === 'lightspeed-r') return askReports(opened.client, question);
  throw new AppError('invalid_request', 'The POS shows this figure on a screen only: type it in.');
}

async function askReports(client: RSeriesClient, { preset, from, to, shopId }: PosQuestion): Promise<PosFigure> {
  const byShopDay = new Map<string, { amount: Amount; rows: number }>();
  const add = async (report: 'PaymentsByDay' | 'TaxClassSalesByDay' | 'DiscountsByDay', columns: readonly string[]) => {
    const { records } = await client.report(report, from, to);
    for (const record of records) {
      if (!record.ok) throw new AppError('pos_shape_changed', `A row of ${report} cannot be read: ${record.message}`);
      const { day, columns: texts } = record.value;
      const shop = record.value.shopId ?? '';
      if (shopId !== null && shop !== shopId) continue;
      const known = byShopDay.get(`${day}/${shop}`) ?? { amount: ZERO, rows: 0 };
      const amounts = columns.map((column) => readAmount(texts[column], report));
      byShopDay.set(`${day}/${shop}`, {
        amount: addAmounts(known.amount, sumAmounts(amounts)),
        rows: known.rows + columns.length,
      });
    }
  };
  if (preset.counts === 'payments') await add('PaymentsByDay', ['amount']);
  if (preset.counts === 'sale_totals') await add('TaxClassSalesByDay', ['subtotal', 'tax']);
  if (preset.counts === 'sale_subtotals') {
    await add('TaxClassSalesByDay', ['subtotal']);
    await add('DiscountsByDay', ['amount']);
  }
  const parts = [...byShopDay.values()];
  return {
    amount: sumAmounts(parts.map(({ amount }) => amount)),
    source: 'api',
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    byShopDay,
  };
}

function readAmount(text: string | undefined, report: string): Amount {
  const amount = text === undefined ? null : parseAmount(text);
  if (amount === null) throw new AppError('pos_shape_changed', `An amount of ${report} cannot be read.`);
  return amount;
}

/** The sales the POS itself has from one moment to another, for finding which ours lacks: R-Series completed ones, X-Series by date. */
export async function salesAtPos(
  opened: Opened,
  { from, until, shopId }: { readonly from: Instant; readonly until: Instant; readonly shopId?: string },
): Promise<readonly Sale[]> {
  if (opened.provider === 'lightspeed-r') return readAll(opened.client.sales({ order: 'completed', from, until }));
  return readAll(opened.client.searchSales({ from, until, ...(shopId === undefined ? {} : { filters: { outlet_id: shopId } }) }));
}

/** These sales as the POS has them now; those it does not have are left out. */
export async function salesByIds(opened: Opened, ids: readonly string[]): Promise<readonly Sale[]> {
  const sales: Sale[] = [];
  if (opened.provider === 'lightspeed-r') {
    for (let from = 0; from < ids.length; from += IDS_MOST)
      sales.push(...(await readAll(opened.client.sales({ ids: ids.slice(from, from + IDS_MOST) }))));
    return sales;
  }
  for (const id of ids) {
    try {
      const sale = await opened.client.sale(id);
      if (sale.ok) sales.push(sale.value);
    } catch (error) {
      if (!(error instanceof Rejected && error.code === 'not_found')) throw error;
    }
  }
  return sales;
}

async function readAll(pages: AsyncIterable<{ readonly records: readonly Normalized<Sale>[] }>): Promise<Sale[]> {
  const sales: Sale[] = [];
  for await (const page of pages) for (const record of page.records) if (record.ok) sales.push(record.value);
  return sales;
}

/** What one sale adds to a report of the R-Series: exact, before any rounding. */
export function reportedBy(sale: Sale, counts: Preset['counts']): Amount {
  if (sale.state !== 'completed') return ZERO;
  if (counts === 'payments')
    return sumAmounts(sale.payments.filter((each) => !each.archived).map((each) => amountOf(each.amount)));
  return sumAmounts(
    sale.lines.map((line) => addAmounts(amountOf(line.exclusive), amountOf(counts === 'sale_totals' ? line.tax : line.discount))),
  );
}
