import type { Instant } from '@tillweave/lightspeed';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { daysBetween } from '../ledger/figure/business-day.ts';
import { listDepartments } from '../stores/queries.ts';
import { departmentsWithin } from '../stores/scope.ts';
import { CoverageBook } from './coverage.ts';
import { chooseCurrency, readOrganization } from './currency.ts';
import { wallHour } from './columns.ts';
import { type MappedPiece, mappedPieces } from './mapped-pieces.ts';
import { rename } from './sums.ts';
import { chooseMeasures, describeMeasures, isQuantity, type MeasureChoice } from './measure-choice.ts';
import type { HeatMap, HeatMapQuery, MeasureDefinition } from './schemas.ts';
import { readTurnoverSettings } from './settings.ts';
import { addSums, decimalText, divideRounded, QUANTITY_UNITS, type Sums, valueOf } from './values.ts';

const LONGEST_DAYS = 1100;

/**
 * Turnover by weekday and hour of the clock on the wall. Averages are of complete days alone, and say of how many: a day that is running,
 * partial, missing or closed is in the sum and in no average.
 *
 * @throws AppError `invalid_request` for a range that is too long or reversed, or a measure that cannot be told by hour.
 */
export async function readHeatMap(
  trx: Transaction<Database>,
  organizationId: string,
  query: HeatMapQuery,
  now: Instant,
  departmentIds: readonly string[] | null = null,
): Promise<HeatMap> {
  const { from, to } = query;
  if (to < from) throw new AppError('invalid_request', '`to` is before `from`.');
  const days = daysBetween(from, to);
  if (days.length > LONGEST_DAYS) throw new AppError('invalid_request', `At most ${LONGEST_DAYS} days at once.`);
  const organization = await readOrganization(trx, organizationId);
  const money = chooseCurrency(organization, query.currency);
  const { preset } = await readTurnoverSettings(trx, organizationId);
  const choice = chooseMeasures([query.measure], preset);
  const [definition] = await describeMeasures(trx, organizationId, choice.names, preset);
  if (definition === undefined || choice.columns.length === 0 || choice.visitors) {
    throw new AppError('invalid_request', `“${query.measure}” is not told by weekday and hour.`);
  }
  const departments = departmentsWithin(await listDepartments(trx, organizationId), departmentIds).filter(
    (one) =>
      (query.department.length === 0 || query.department.includes(one.id)) &&
      (query.store.length === 0 || query.store.includes(one.storeId)),
  );
  const ids = departments.map(({ id }) => id);
  const book = await CoverageBook.read(trx, { organizationId, from, to, now, currency: money.currency });
  const complete = days.filter((day) => book.span(ids, { from: day, to: day }).coverage?.state === 'complete');
  const completeOf = Map.groupBy(complete, weekdayOf);
  const daysOf = Map.groupBy(days, weekdayOf);
  const pieces = mappedPieces(book.mappings, ids, book.shops, { from, to });
  const rows = await sumHours(trx, { organizationId, choice, pieces, complete: new Set(complete) });
  return {
    from,
    to,
    currency: money.currency,
    minorDigits: money.minorDigits,
    measure: definition,
    weekStart: organization.weekStart,
    weekdays: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      days: daysOf.get(weekday)?.length ?? 0,
      completeDays: completeOf.get(weekday)?.length ?? 0,
    })),
    hours: [...new Set(rows.map(({ hour }) => hour))].toSorted(byText).map(hourText),
    cells: rows.map((row) => {
      const average = completeOf.get(row.weekday)?.length ?? 0;
      return {
        weekday: row.weekday,
        hour: hourText(row.hour),
        sum: valueOf(query.measure, row.all),
        averageOf: valueOf(query.measure, row.complete),
        average: average === 0 ? null : averageOf(definition, query.measure, row.complete, average),
      };
    }),
  };
}

interface HourSum {
  readonly weekday: number;
  readonly hour: number;
  readonly all: Sums;
  readonly complete: Sums;
}

interface Wanted {
  readonly organizationId: string;
  readonly choice: MeasureChoice;
  readonly pieces: readonly MappedPiece[];
  readonly complete: ReadonlySet<string>;
}

/**
 * By weekday of the business day and hour of the clock. The database adds up what shops of one zone have in the same hour of the same day:
 * what is left is few, and what their clocks showed is told here.
 */
async function sumHours(trx: Transaction<Database>, wanted: Wanted): Promise<HourSum[]> {
  const { organizationId, choice } = wanted;
  const found = new Map<string, HourSum>();
  if (wanted.pieces.length === 0) return [];
  const zones = [...new Set(wanted.pieces.map(({ timeZone }) => timeZone))];
  const { rows } = await hourSums(organizationId, wanted.pieces, choice.columns).execute(trx);
  for (const row of rows) {
    const weekday = weekdayOf(row.day);
    const { localHour } = wallHour(row.day, row.hour.getTime() as Instant, zones[row.zone] ?? 'UTC');
    const hour = Number(localHour.slice(0, 2));
    const key = `${weekday} ${hour}`;
    const sum = found.get(key) ?? { weekday, hour, all: new Map<string, number>(), complete: new Map<string, number>() };
    found.set(key, sum);
    const sums = new Map(choice.columns.map((column) => [column, row[column] ?? 0]));
    addSums(sum.all, sums);
    if (wanted.complete.has(row.day)) addSums(sum.complete, sums);
  }
  for (const { all, complete } of found.values()) {
    rename(all, choice);
    rename(complete, choice);
  }
  return [...found.values()].toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

type HourRow = { readonly [column in MeasureChoice['columns'][number]]?: number } & {
  readonly zone: number;
  readonly day: string;
  readonly hour: Date;
};

/** Each piece is one range of the facts' key. Exported for the test of its plan. */
export function hourSums(
  organizationId: string,
  pieces: readonly MappedPiece[],
  columns: MeasureChoice['columns'],
): RawBuilder<HourRow> {
  const zones = [...new Set(pieces.map(({ timeZone }) => timeZone))];
  const rows = pieces.map(({ posAccountId, shopId, registerId, excluded, from, to, timeZone }) => ({
    pos_account_id: posAccountId,
    shop_id: shopId,
    register_id: registerId,
    excluded,
    first_day: from,
    last_day: to,
    zone: zones.indexOf(timeZone),
  }));
  const sums = columns.map((column) => {
    const value = isQuantity(column) ? sql`fact.${sql.ref(column)} * 1000000` : sql`fact.${sql.ref(column)}`;
    return sql`(sum(${value}))::bigint as ${sql.ref(column)}`;
  });
  return sql<HourRow>`
    with piece as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(pos_account_id uuid, shop_id text, register_id text,
        excluded text[], first_day date, last_day date, zone int)
    )
    select piece.zone, fact.business_day as day, fact.hour, ${sql.join(sums)}
    from piece
    cross join lateral (
      select * from fact
      where fact.organization_id = ${organizationId} and fact.pos_account_id = piece.pos_account_id
        and fact.shop_id = piece.shop_id and fact.business_day between piece.first_day and piece.last_day
        and (piece.register_id is null or fact.register_id = piece.register_id)
        and (piece.excluded is null or fact.register_id <> all (piece.excluded))
      -- Keeps it one range of the key a piece: how many rows these are cannot be told from the text, and all facts would be read.
      offset 0
    ) fact
    group by 1, 2, 3`;
}

function averageOf(definition: MeasureDefinition, name: string, sums: Sums, days: number): number | string | null {
  // A quotient is already one of the days together.
  if (definition.source === 'derived') return valueOf(name, sums);
  const sum = BigInt(sums.get(name) ?? 0);
  if (definition.kind === 'cents') return divideRounded(sum, BigInt(days));
  const unit = definition.kind === 'quantity' ? BigInt(QUANTITY_UNITS) : 1n;
  return decimalText(divideRounded(sum * 100n, BigInt(days) * unit), 2);
}

function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function byText(a: number, b: number): number {
  return a - b;
}
