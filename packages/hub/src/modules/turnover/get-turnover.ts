import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { DAY_MS } from '../ledger/figure/business-day.ts';
import type { Department } from '../stores/schemas.ts';
import { compareRange } from './columns.ts';
import { CoverageBook, readKnown } from './coverage.ts';
import { chooseCurrency, type Organization } from './currency.ts';
import { buildDateGrid, type GridInput, type GridRow } from './date-grid.ts';
import { buildHourGrid } from './hour-grid.ts';
import { chooseMeasures, describeMeasures, type MeasureChoice } from './measure-choice.ts';
import { departmentsWithin } from '../stores/scope.ts';
import type { TurnoverAnswer, TurnoverGrid, TurnoverQuery } from './schemas.ts';
import { type Bucket, sumFacts } from './sums.ts';

/** The longest range of each kind of column, in days: what a screen or a spreadsheet can still hold. */
const LONGEST: Readonly<Record<TurnoverQuery['by'], number>> = { hour: 31, day: 1100, week: 4000, month: 4000 };

/**
 * Turnover by department or store: sums of facts, with the mappings as they stand now joined when read, so that a changed mapping changes
 * history at the next look. Each cell says how far it can be trusted.
 *
 * @param now The present, for what is still running.
 * @param departmentIds The departments the reader is limited to: there are no others, and nothing unmapped. Null: all.
 * @throws AppError `invalid_request` for a range that is too long or reversed, or an unknown measure.
 */
export async function getTurnover(
  trx: Transaction<Database>,
  organizationId: string,
  query: TurnoverQuery,
  now: Instant,
  departmentIds: readonly string[] | null = null,
): Promise<TurnoverAnswer> {
  requireRange(query);
  const known = await readKnown(trx, { organizationId, from: query.from, to: query.to });
  const { organization, settings, departments } = known.scene;
  const money = chooseCurrency(organization, query.currency);
  const { preset } = settings;
  const choice = chooseMeasures(query.measure, preset);
  const reading = {
    organizationId,
    organization,
    query,
    currency: money.currency,
    choice,
    departments: departmentsWithin(departments, departmentIds),
    isLimited: departmentIds !== null,
    now,
  };
  const grid = await readGrid(trx, { ...reading, known, from: query.from, to: query.to });
  const read = async (from: string, to: string) =>
    readGrid(trx, { ...reading, known: await readKnown(trx, { organizationId, from, to }), from, to });
  return {
    ...grid,
    currency: money.currency,
    minorDigits: money.minorDigits,
    otherCurrencies: [...money.otherCurrencies],
    by: query.by,
    group: query.group,
    measures: await describeMeasures(trx, organizationId, choice.names, preset),
    comparison: query.compare === undefined ? null : await readComparison(query, query.compare, grid, read),
  };
}

interface Reading {
  readonly organizationId: string;
  readonly organization: Organization;
  /** How far everything was read, and the scene, of these days. */
  readonly known: Awaited<ReturnType<typeof readKnown>>;
  readonly query: TurnoverQuery;
  readonly currency: string;
  readonly choice: MeasureChoice;
  readonly departments: readonly Department[];
  /** To some departments: what is unmapped is nobody's. */
  readonly isLimited: boolean;
  readonly from: string;
  readonly to: string;
  readonly now: Instant;
}

async function readGrid(trx: Transaction<Database>, reading: Reading): Promise<TurnoverGrid> {
  const { organizationId, organization, known, query, currency, choice, from, to, now } = reading;
  const bucket: Bucket = query.by === 'week' ? { by: 'week', weekStart: organization.weekStart } : { by: query.by };
  // Trust first, sums second: what comes in between may be in the sums, and never is a sum trusted that lacks it.
  const coverage = await CoverageBook.of(trx, known, { organizationId, from, to, now, currency });
  const facts = await sumFacts(trx, { organizationId, currency, from, to }, bucket, choice, coverage.mappings);
  const { rows, unmapped } = rowsOf(query, reading.departments);
  const input: GridInput = {
    from,
    to,
    names: choice.names,
    facts,
    coverage,
    rows,
    unmapped: unmapped && !reading.isLimited && facts.some((sum) => sum.departmentId === null),
  };
  return query.by === 'hour'
    ? buildHourGrid(input, organization.dayStartHour)
    : buildDateGrid(input, query.by, organization.weekStart);
}

/** The rows the filters leave, and whether what is unmapped belongs to the answer. */
function rowsOf(
  query: TurnoverQuery,
  departments: readonly Department[],
): { readonly rows: GridRow[]; readonly unmapped: boolean } {
  const wanted = departments.filter(
    (one) =>
      (query.department.length === 0 || query.department.includes(one.id)) &&
      (query.store.length === 0 || query.store.includes(one.storeId)),
  );
  const isFiltered = query.department.length > 0 || query.store.length > 0;
  const unmapped = !isFiltered || query.department.includes('unmapped');
  const rows =
    query.group === 'department'
      ? wanted.map((one) => ({
          department: { id: one.id, name: one.name },
          store: { id: one.storeId, name: one.storeName },
          departmentIds: [one.id],
        }))
      : [...Map.groupBy(wanted, (one) => one.storeId)].map(([id, ofStore]) => ({
          department: null,
          store: { id, name: ofStore[0]?.storeName ?? id },
          departmentIds: ofStore.map((one) => one.id),
        }));
  return { rows, unmapped };
}

async function readComparison(
  query: TurnoverQuery,
  compare: 'week' | 'year' | 'previous',
  grid: TurnoverGrid,
  read: (from: string, to: string) => Promise<TurnoverGrid>,
): Promise<TurnoverGrid> {
  const range = compareRange(query, compare);
  const comparison = await read(range.from, range.to);
  const keys = new Set(grid.columns.map((column) => column.key));
  const columns = comparison.columns.map((column, index) => {
    const comparesTo =
      query.by === 'hour'
        ? `${range.shift(column.from)}T${column.localHour ?? ''}#${column.repeat ?? 1}`
        : grid.columns[index]?.key;
    return comparesTo === undefined || !keys.has(comparesTo) ? column : { ...column, comparesTo };
  });
  return { ...comparison, columns };
}

function requireRange({ from, to, by }: TurnoverQuery): void {
  if (to < from) throw new AppError('invalid_request', '`to` is before `from`.');
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days > LONGEST[by]) {
    throw new AppError('invalid_request', `At most ${LONGEST[by]} days by ${by}; ${days} were asked for.`, {
      details: { by, days, most: LONGEST[by] },
    });
  }
}
