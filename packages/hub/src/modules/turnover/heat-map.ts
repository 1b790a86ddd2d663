import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { daysBetween } from '../ledger/figure/business-day.ts';
import { listDepartments } from '../stores/queries.ts';
import { departmentsWithin } from '../stores/scope.ts';
import { CoverageBook } from './coverage.ts';
import { chooseCurrency, readOrganization } from './currency.ts';
import { rename } from './sums.ts';
import { chooseMeasures, describeMeasures, isQuantity, type MeasureChoice } from './measure-choice.ts';
import type { HeatMap, HeatMapQuery, MeasureDefinition } from './schemas.ts';
import type { ShopDays } from './shop-days.ts';
import { stretches } from './stretches.ts';
import { readTurnoverSettings } from './settings.ts';
import { decimalText, divideRounded, QUANTITY_UNITS, type Sums, valueOf } from './values.ts';

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
  const complete = days.filter((day) => book.worst(book.sources(ids, day), day)?.state === 'complete');
  const rows = await sumHours(trx, { organizationId, from, to, choice, ids, complete, shops: book.shops });
  return {
    from,
    to,
    currency: money.currency,
    minorDigits: money.minorDigits,
    measure: definition,
    weekStart: organization.weekStart,
    weekdays: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      days: days.filter((day) => weekdayOf(day) === weekday).length,
      completeDays: complete.filter((day) => weekdayOf(day) === weekday).length,
    })),
    hours: [...new Set(rows.map(({ hour }) => hour))].toSorted(byText).map(hourText),
    cells: rows.map((row) => {
      const average = complete.filter((day) => weekdayOf(day) === row.weekday).length;
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
  readonly from: string;
  readonly to: string;
  readonly choice: MeasureChoice;
  readonly ids: readonly string[];
  readonly complete: readonly string[];
  readonly shops: readonly ShopDays[];
}

/** By weekday of the business day and hour of the clock: what each shop's clock showed is told by stretches of one offset. */
async function sumHours(trx: Transaction<Database>, wanted: Wanted): Promise<HourSum[]> {
  const { organizationId, choice } = wanted;
  const { columns } = choice;
  const sums = sql.join(
    columns.flatMap((column) => {
      const value = isQuantity(column) ? sql`part.${sql.ref(column)} * 1000000` : sql`part.${sql.ref(column)}`;
      return [
        sql`sum(${value})::bigint as ${sql.ref(`all_${column}`)}`,
        sql`(sum(${value}) filter (where part.complete))::bigint as ${sql.ref(`of_${column}`)}`,
      ];
    }),
  );
  const { rows } = await sql<Readonly<Record<string, number | null>> & { weekday: number; hour: number }>`
    with stretch as materialized (${stretches(wanted)}), complete as materialized (
      select unnest(${[...wanted.complete]}::date[]) as business_day
    )
    select extract(isodow from part.business_day)::int as weekday, part.local_hour as hour, ${sums}
    from (
      select fact.pos_account_id, fact.shop_id, fact.register_id, fact.business_day, complete.business_day is not null as complete,
        extract(hour from (fact.hour at time zone 'UTC') + stretch.offset_ms * interval '1 millisecond')::int as local_hour,
        ${sql.join(columns.map((column) => sql`sum(${sql.ref(`fact.${column}`)}) as ${sql.ref(column)}`))}
      from stretch
      join fact on fact.organization_id = ${organizationId} and fact.pos_account_id = stretch.pos_account_id
        and fact.shop_id = stretch.shop_id and fact.business_day between stretch.first_day and stretch.last_day
        and fact.hour >= stretch.since and fact.hour < stretch.until
      left join complete on complete.business_day = fact.business_day
      group by 1, 2, 3, 4, 5, 6
    ) part
    left join mapping own on own.organization_id = ${organizationId} and own.pos_account_id = part.pos_account_id
      and own.shop_id = part.shop_id and own.register_id = part.register_id
      and own.valid_from <= part.business_day and (own.valid_until is null or part.business_day < own.valid_until)
    left join mapping whole on whole.organization_id = ${organizationId} and whole.pos_account_id = part.pos_account_id
      and whole.shop_id = part.shop_id and whole.register_id is null
      and whole.valid_from <= part.business_day and (whole.valid_until is null or part.business_day < whole.valid_until)
    where coalesce(own.department_id, whole.department_id) = any(${[...wanted.ids]}::uuid[])
    group by 1, 2 order by 1, 2`.execute(trx);
  const sumsOf = (row: (typeof rows)[number], prefix: string): Sums => {
    const found: Sums = new Map(columns.map((column) => [column, row[`${prefix}_${column}`] ?? 0]));
    rename(found, wanted.choice);
    return found;
  };
  return rows.map((row) => ({
    weekday: row.weekday,
    hour: row.hour,
    all: sumsOf(row, 'all'),
    complete: sumsOf(row, 'of'),
  }));
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
