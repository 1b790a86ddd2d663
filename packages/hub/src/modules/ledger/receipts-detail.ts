import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { isQuantity, PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import { receiptRow } from './queries-receipts.ts';
import { readDocument } from './raw-page.ts';
import { type Amounts, headOf } from './receipts-figure.ts';
import { type Limit, requireReceiptWithin } from './receipts-scope.ts';
import { type ReceiptDetail, receiptLine, type ReceiptVersionDetail } from './schemas.ts';

interface SaleKey {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly saleId: string;
}

/** One receipt as its newest version says, with what it adds where, and every version seen. @throws AppError `not_found`. */
export async function readReceipt(trx: Transaction<Database>, key: SaleKey, limit: Limit = null): Promise<ReceiptDetail> {
  const { organizationId, posAccountId, saleId } = key;
  await requireReceiptWithin(trx, key, limit);
  const row = await receiptRow(trx, organizationId, posAccountId, saleId);
  if (row === null) throw new AppError('not_found', 'No such receipt is known.', { details: { posAccountId, saleId } });
  const sale = await trx
    .selectFrom('sale')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('sale_id', '=', saleId)
    .executeTakeFirstOrThrow();
  return {
    ...headOf(row),
    tax: sale.tax,
    taxInclusive: sale.tax_inclusive,
    archived: sale.archived,
    createdAt: sale.created_at?.toISOString() ?? null,
    changedAt: sale.changed_at.toISOString(),
    employeeId: sale.employee_id,
    employeeName: await employeeName(trx, key, sale.employee_id),
    customerId: sale.customer_id,
    lines: await readLines(trx, key),
    payments: await readPayments(trx, key),
    figure: await readFigure(trx, key),
    leftOut: await isLeftOut(trx, key),
    paymentFigures: await readPaymentFigures(trx, key),
    void: await readVoid(trx, key),
    versionList: await readVersions(trx, key),
  };
}

/** One version: the POS's own document and the request that fetched it. @throws AppError `not_found`. */
export async function readReceiptVersion(
  trx: Transaction<Database>,
  key: SaleKey,
  version: number,
  limit: Limit = null,
): Promise<ReceiptVersionDetail> {
  const { organizationId, posAccountId, saleId } = key;
  await requireReceiptWithin(trx, key, limit);
  const row = await trx
    .selectFrom('sale_version')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('sale_id', '=', saleId)
    .where('version', '=', version)
    .orderBy('received_at', 'desc')
    .executeTakeFirst();
  if (row === undefined) {
    throw new AppError('not_found', 'No such version of this receipt is known.', { details: { posAccountId, saleId, version } });
  }
  const stored = await readDocument(trx, organizationId, posAccountId, row);
  return {
    posAccountId,
    saleId,
    ...versionOf(row),
    document: stored?.document ?? null,
    request:
      stored === null
        ? null
        : {
            method: stored.method,
            path: stored.path,
            requestedAt: stored.requestedAt.toISOString(),
            serverTime: stored.serverTime?.toISOString() ?? null,
          },
  };
}

async function readLines(trx: Transaction<Database>, key: SaleKey): Promise<ReceiptDetail['lines']> {
  const rows = await trx
    .selectFrom('sale_line')
    .selectAll()
    .where('organization_id', '=', key.organizationId)
    .where('pos_account_id', '=', key.posAccountId)
    .where('sale_id', '=', key.saleId)
    .orderBy('position')
    .orderBy('line_id')
    .execute();
  return rows.map((row) => ({
    lineId: row.line_id,
    kind: receiptLine.shape.kind.parse(row.kind),
    itemId: row.item_id,
    quantity: row.quantity,
    unitPrice: row.unit_price,
    exclusive: row.exclusive,
    tax: row.tax,
    netCents: row.net_cents,
    taxCents: row.tax_cents,
    discountCents: row.discount_cents,
    discountInclCents: row.discount_incl_cents,
  }));
}

async function readPayments(trx: Transaction<Database>, key: SaleKey): Promise<ReceiptDetail['payments']> {
  const rows = await trx
    .selectFrom('payment')
    .leftJoin('payment_type', (join) =>
      join
        .onRef('payment_type.organization_id', '=', 'payment.organization_id')
        .onRef('payment_type.pos_account_id', '=', 'payment.pos_account_id')
        .onRef('payment_type.payment_type_id', '=', 'payment.type_id'),
    )
    .leftJoin('register', (join) =>
      join
        .onRef('register.organization_id', '=', 'payment.organization_id')
        .onRef('register.pos_account_id', '=', 'payment.pos_account_id')
        .onRef('register.register_id', '=', 'payment.register_id'),
    )
    .selectAll('payment')
    .select(['payment_type.name as type_name', 'register.name as register_name'])
    .where('payment.organization_id', '=', key.organizationId)
    .where('payment.pos_account_id', '=', key.posAccountId)
    .where('payment.sale_id', '=', key.saleId)
    .orderBy('payment.paid_at')
    .orderBy('payment.payment_id')
    .execute();
  return rows.map((row) => ({
    paymentId: row.payment_id,
    typeId: row.type_id,
    typeName: row.type_name,
    kind: row.kind,
    amount: row.amount,
    tip: row.tip,
    paidAt: row.paid_at.toISOString(),
    registerId: row.register_id,
    registerName: row.register_name,
    archived: row.archived,
  }));
}

/** Whether its figure stands aside, because its shop or register does not count (M14). */
async function isLeftOut(trx: Transaction<Database>, { organizationId, posAccountId, saleId }: SaleKey): Promise<boolean> {
  const row = await trx
    .selectFrom('left_out_sale_figure')
    .select('sale_id')
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('sale_id', '=', saleId)
    .executeTakeFirst();
  return row !== undefined;
}

async function readFigure(trx: Transaction<Database>, key: SaleKey): Promise<Amounts | null> {
  const row = await trx
    .selectFrom('sale_figure')
    .select([...SALE_MEASURES])
    .where('organization_id', '=', key.organizationId)
    .where('pos_account_id', '=', key.posAccountId)
    .where('sale_id', '=', key.saleId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return Object.fromEntries(
    SALE_MEASURES.map((name) => [name, isQuantity(name) ? trimmed(row[name]) : row[name]] as const).filter(
      ([, value]) => value !== 0 && value !== '0',
    ),
  );
}

async function readPaymentFigures(trx: Transaction<Database>, key: SaleKey): Promise<ReceiptDetail['paymentFigures']> {
  const rows = await trx
    .selectFrom('payment_figure')
    .selectAll()
    .where('organization_id', '=', key.organizationId)
    .where('pos_account_id', '=', key.posAccountId)
    .where('sale_id', '=', key.saleId)
    .orderBy('hour')
    .orderBy('payment_type_id')
    .execute();
  return rows.map((row) => ({
    registerId: row.register_id,
    businessDay: row.business_day,
    hour: row.hour.toISOString(),
    paymentTypeId: row.payment_type_id,
    figure: Object.fromEntries(PAYMENT_MEASURES.map((name) => [name, row[name]] as const).filter(([, value]) => value !== 0)),
  }));
}

async function readVoid(trx: Transaction<Database>, key: SaleKey): Promise<ReceiptDetail['void']> {
  const row = await trx
    .selectFrom('sale_void')
    .select(['voided_at', 'employee_id', 'reason'])
    .where('organization_id', '=', key.organizationId)
    .where('pos_account_id', '=', key.posAccountId)
    .where('sale_id', '=', key.saleId)
    .orderBy('voided_at', 'desc')
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    at: row.voided_at?.toISOString() ?? null,
    employeeId: row.employee_id,
    employeeName: await employeeName(trx, key, row.employee_id),
    reason: row.reason,
  };
}

async function readVersions(trx: Transaction<Database>, key: SaleKey): Promise<ReceiptDetail['versionList']> {
  const rows = await trx
    .selectFrom('sale_version')
    .select(['version', 'received_at', 'changed_at', 'run_id'])
    .where('organization_id', '=', key.organizationId)
    .where('pos_account_id', '=', key.posAccountId)
    .where('sale_id', '=', key.saleId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(versionOf);
}

function versionOf(row: { version: number; received_at: Date; changed_at: Date; run_id: string | null }) {
  return {
    version: row.version,
    receivedAt: row.received_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    runId: row.run_id,
  };
}

async function employeeName(trx: Transaction<Database>, key: SaleKey, employeeId: string | null): Promise<string | null> {
  if (employeeId === null) return null;
  const row = await trx
    .selectFrom('employee')
    .select('name')
    .where('organization_id', '=', key.organizationId)
    .where('pos_account_id', '=', key.posAccountId)
    .where('employee_id', '=', employeeId)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Exact decimal text without the zeros that the column's scale adds: `3.000` → `3`. */
function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}
