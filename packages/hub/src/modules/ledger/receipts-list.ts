import { z } from '@hono/zod-openapi';
import type { Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { listDepartments } from '../stores/queries.ts';
import { chooseCurrency, readOrganization } from '../turnover/currency.ts';
import { readShopDays } from '../turnover/scene.ts';
import { columnsOf, paymentTypeOf, requireMeasure } from '../turnover/measure-choice.ts';
import {
  type CellFilter,
  type Contribution,
  type PageOf,
  receiptsByNumber,
  receiptsOfCell,
  sumOfCell,
} from './queries-receipts.ts';
import { amountsOf, headOf } from './receipts-figure.ts';
import type { Limit } from './receipts-scope.ts';
import type { ReceiptList, ReceiptsQuery } from './schemas.ts';

const cursorOf = z.tuple([z.iso.datetime(), z.uuid(), z.string()]);

/**
 * The receipts behind a cell of turnover, each with what it adds: over all pages they sum to the cell, measure by measure. Payments stand in
 * the cell of their own time and register (D16), so a receipt may be here for its payment alone. With `q` and no day, a search by number.
 *
 * @throws AppError `invalid_request` when neither `day` nor `q` is given, or a cursor is foreign.
 */
export async function listReceipts(
  trx: Transaction<Database>,
  organizationId: string,
  query: ReceiptsQuery,
  limit: Limit = null,
): Promise<ReceiptList> {
  const page: PageOf = {
    after: query.cursor === undefined ? null : decodeCursor(cursorOf, query.cursor),
    // One more than shown tells whether there is another page.
    limit: query.limit + 1,
  };
  if (query.day === undefined) {
    if (query.q === undefined)
      throw new AppError('invalid_request', 'Name a business day with `day`, or a receipt number with `q`.');
    return { ...pageOf(await receiptsByNumber(trx, organizationId, query.q, page, limit), query.limit), total: null };
  }
  const to = query.to ?? query.day;
  if (to < query.day) throw new AppError('invalid_request', '`to` is before `day`.');
  const money = chooseCurrency(await readOrganization(trx, organizationId), query.currency);
  const filter: CellFilter = {
    organizationId,
    from: query.day,
    to,
    hours: query.hour,
    weekday: query.weekday ?? null,
    clock: query.localHour === undefined ? null : { hour: query.localHour, shops: await readShopDays(trx, organizationId) },
    currency: money.currency,
    posAccountId: query.posAccount ?? null,
    shopIds: query.shop,
    registerIds: query.register,
    departments: within(await departmentsOf(trx, organizationId, query), limit),
  };
  const only = {
    contribution: query.measure === undefined ? null : contributionOf(query.measure),
    number: query.q ?? null,
  };
  const rows = await receiptsOfCell(trx, filter, only, page);
  const sum = await sumOfCell(trx, filter, only);
  return {
    ...pageOf(rows, query.limit),
    total: {
      currency: money.currency,
      minorDigits: money.minorDigits,
      count: sum.receipts,
      figure: amountsOf(sum),
    },
  };
}

function pageOf(rows: Parameters<typeof headOf>[0][], limit: number): Omit<ReceiptList, 'total'> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => ({ ...headOf(row), figure: amountsOf(row) })),
    nextCursor: last === undefined ? null : encodeCursor([last.occurred_at.toISOString(), last.pos_account_id, last.sale_id]),
  };
}

/** What was asked for, as far as the reader may see it: what is unmapped is nobody's who is limited. */
function within(departments: CellFilter['departments'], limit: Limit): CellFilter['departments'] {
  if (limit === null) return departments;
  return { ids: departments === null ? limit : departments.ids.filter((id) => limit.includes(id)), unmapped: false };
}

/** Stores stand for their departments. */
async function departmentsOf(
  trx: Transaction<Database>,
  organizationId: string,
  { department, store }: ReceiptsQuery,
): Promise<CellFilter['departments']> {
  if (department.length === 0 && store.length === 0) return null;
  const ids = department.filter((id) => id !== 'unmapped');
  if (store.length === 0) return { ids, unmapped: department.includes('unmapped') };
  const ofStores = (await listDepartments(trx, organizationId)).filter((one) => store.includes(one.storeId));
  const wanted = ofStores.map((one) => one.id).filter((id) => department.length === 0 || ids.includes(id));
  return { ids: wanted, unmapped: department.includes('unmapped') };
}

function contributionOf(name: string): Contribution {
  const type = paymentTypeOf(name);
  if (type !== null) return { paymentTypeId: type.paymentTypeId, posAccountId: type.posAccountId };
  return { columns: columnsOf(requireMeasure(name)) };
}
