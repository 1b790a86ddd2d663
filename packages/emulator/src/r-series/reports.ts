/**
 * `Reports/Accounting/*`: sums a shop and calendar day over completed sales (R §7.12). Reference and client need the amounts; the further
 * names of the columns are unverified. Amounts have two decimals here, unlike everywhere else.
 */
import { zone } from '../world/zone.ts';
import type { ShopRecord } from '../world/types.ts';
import { readStamp } from './dates.ts';
import { add, format, round, subtract, zero } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { decimal } from './decimal.ts';
import { badRequest } from './errors.ts';
import { SaleRow } from './sale-row.ts';
import { discountOf } from './resources/office.ts';
import type { View } from './view.ts';
import { quote } from './wire.ts';

/** The scopes that may read reports. */
export const reportScopes = ['employee:reports'] as const;

interface Report {
  /** The key of the rows. */
  readonly rowsName: string;
  /** Amounts of one sale: the columns that name the row (after date and shop), and what is added up. */
  entries(sale: SaleRow, view: View): readonly Entry[];
}

interface Entry {
  readonly columns: Readonly<Record<string, string>>;
  readonly sums: Readonly<Record<string, Decimal>>;
}

const reports: Readonly<Record<string, Report>> = {
  PaymentsByDay: {
    rowsName: 'Payments',
    entries: (sale, view) =>
      sale.record.payments
        .filter((payment) => !payment.archived)
        .map((payment) => ({
          columns: {
            paymentTypeName: view.paymentType(payment.paymentTypeId)?.name ?? '',
            paymentTypeID: payment.paymentTypeId,
            layaway: String(sale.record.lines.some((line) => line.isLayaway)),
          },
          sums: { amount: decimal(payment.amount) },
        })),
  },
  TaxesByDay: {
    rowsName: 'Taxes',
    entries(sale, view) {
      const category = view.taxCategory(sale.record.taxCategoryId);
      const { money } = sale;
      return [
        { name: category?.tax1Name ?? '', tax: money.tax1 },
        { name: category?.tax2Name ?? '', tax: money.tax2 },
      ]
        .filter(({ tax }) => tax.digits !== 0)
        .map(({ name, tax }) => ({
          columns: { taxCategoryID: sale.record.taxCategoryId, taxName: name },
          sums: { amount: tax, taxable: money.taxable },
        }));
    },
  },
  DiscountsByDay: {
    rowsName: 'Discounts',
    entries: (sale) =>
      sale.record.lines.flatMap((line, index) => {
        const columns = sale.money.lines[index];
        if (columns === undefined) return [];
        const amount = add(columns.lineDiscount, columns.transactionDiscount);
        const named = discountOf(line.discountPercent);
        return amount.digits === 0
          ? []
          : [{ columns: { discountName: named?.name ?? '', discountID: named?.id ?? '0' }, sums: { amount } }];
      }),
  },
  TaxClassSalesByDay: {
    rowsName: 'SalesDay',
    entries: (sale, view) =>
      sale.record.lines.flatMap((line, index) => {
        const columns = sale.money.lines[index];
        if (columns === undefined) return [];
        const tax = add(columns.tax1, columns.tax2);
        return [
          {
            columns: { taxClassName: view.taxClass(line.taxClassId)?.name ?? '', taxClassID: line.taxClassId },
            sums: { subtotal: sale.record.taxInclusive ? subtract(columns.amount, tax) : columns.amount, tax },
          },
        ];
      }),
  },
  // This account orders nothing from its vendors.
  OrdersByTaxClass: { rowsName: 'Orders', entries: () => [] },
};

/** A report as JSON text; undefined when there is none of this name. Throws a 400 on dates that are none. */
export function report(name: string, search: URLSearchParams, view: View): string | undefined {
  const known = Object.hasOwn(reports, name) ? reports[name] : undefined;
  if (known === undefined) return undefined;
  const from = readDay(search, 'startDate');
  const until = readDay(search, 'endDate');
  const shopID = search.get('shopID');
  const rows = new Map<string, { readonly head: Readonly<Record<string, string>>; readonly sums: Map<string, Decimal> }>();
  // Local days begin and end at most a day away from those of UTC. By `timeStamp`, which is never before the completion: a sale whose
  // document carries no `completeTime` was completed all the same.
  for (const stamps of view.state.walk({ order: 'timeStamp', from: (from - 1) * 86_400_000 })) {
    const completedAt = stamps.completeTime ?? stamps.timeStamp;
    if (completedAt >= (until + 2) * 86_400_000) continue;
    const sale = new SaleRow(stamps, view.state);
    const shop = view.shop(sale.record.shopId);
    if (shop === undefined || !sale.record.completed || sale.record.voided) continue;
    if (shopID !== null && shopID !== shop.id) continue;
    const day = localDay(completedAt, shop);
    if (day < from || day > until) continue;
    for (const { columns, sums } of known.entries(sale, view)) {
      const head = { date: americanDay(day), shopID: shop.id, ...columns };
      const key = JSON.stringify([day, head]);
      const row = rows.get(key) ?? { head, sums: new Map<string, Decimal>() };
      rows.set(key, row);
      for (const [sum, amount] of Object.entries(sums)) row.sums.set(sum, add(row.sums.get(sum) ?? zero, amount));
    }
  }
  const texts = [...rows.values()].map(({ head, sums }) => {
    const amounts = [...sums].map(([sum, amount]) => [sum, twoPlaces(amount)] as const);
    const values = [...Object.entries(head), ...amounts].map(([key, value]) => `${quote(key)}:${quote(value)}`);
    return `{${values.join(',')}}`;
  });
  const attributes = `{"@attributes":{"count":"${texts.length}"}`;
  if (texts.length === 0) return `${attributes}}`;
  return `${attributes},"${known.rowsName}":${texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(',')}]`}}`;
}

function readDay(search: URLSearchParams, name: string): number {
  const text = search.get(name) ?? '';
  const day = /^(\d{4}-\d{2}-\d{2})/.exec(text)?.[1];
  const american = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  const iso = day ?? (american === null ? '' : `${american[3]}-${american[1]}-${american[2]}`);
  const seconds = readStamp(iso, 'UTC');
  if (seconds === undefined) throw badRequest(`'${text}' is not a valid date for '${name}'.`);
  return seconds / 86_400;
}

function localDay(at: number, shop: ShopRecord): number {
  return Math.floor((at + zone(shop.timeZone).offset(at)) / 86_400_000);
}

function americanDay(day: number): string {
  const [year, month, date] = new Date(day * 86_400_000).toISOString().slice(0, 10).split('-');
  return `${month}/${date}/${year}`;
}

function twoPlaces(value: Decimal): string {
  const text = format(round(value, 2));
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}
