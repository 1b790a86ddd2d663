import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { DAY_MS, daysBetween } from '../ledger/figure/business-day.ts';
import { departmentsWithin } from '../stores/scope.ts';
import { listDepartments } from '../stores/queries.ts';
import { type Coverage, CoverageBook } from './coverage.ts';
import type { CoverageAnswer, CoverageDay } from './schemas.ts';

const LONGEST_DAYS = 1100;

/** How far every shop's and department's days of a range can be trusted, and why not (D21). @throws AppError `invalid_request`. */
export async function listCoverage(
  trx: Transaction<Database>,
  organizationId: string,
  { from, to }: { readonly from: string; readonly to: string },
  now: Instant,
  departmentIds: readonly string[] | null = null,
): Promise<CoverageAnswer> {
  if (to < from) throw new AppError('invalid_request', '`to` is before `from`.');
  if ((Date.parse(to) - Date.parse(from)) / DAY_MS >= LONGEST_DAYS) {
    throw new AppError('invalid_request', `At most ${LONGEST_DAYS} days at once.`);
  }
  const book = await CoverageBook.read(trx, { organizationId, from, to, now });
  const days = daysBetween(from, to);
  const theirs = departmentIds === null ? null : new Set(days.flatMap((each) => book.sources(departmentIds, each)));
  return {
    shops: book.shops
      .filter((shop) => theirs === null || theirs.has(shop))
      .map(({ posAccountId, shopId, name }) => ({
        posAccountId,
        shopId,
        name,
        days: days.map((day) => coverageDay(day, book.shopDay({ posAccountId, shopId, day }))),
      })),
    departments: departmentsWithin(await listDepartments(trx, organizationId), departmentIds).map((one) => ({
      department: { id: one.id, name: one.name },
      store: { id: one.storeId, name: one.storeName },
      days: days.map((day) => coverageDay(day, book.worst(book.sources([one.id], day), day))),
    })),
  };
}

function coverageDay(day: string, coverage: Coverage | null): CoverageDay {
  return { day, coverage: coverage?.state ?? 'not_applicable', reasons: [...(coverage?.reasons ?? [])] };
}
