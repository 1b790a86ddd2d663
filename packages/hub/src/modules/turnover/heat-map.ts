import type { Instant } from '@tillweave/lightspeed';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { daysBetween } from '../ledger/figure/business-day.ts';
import { departmentsWithin } from '../stores/scope.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import { CoverageBook, readKnown } from './coverage.ts';
import { chooseCurrency } from './currency.ts';
import { wallHour } from './columns.ts';
import type { Days } from './mapped-pieces.ts';
import { runPrepared } from './prepared.ts';
import { rename } from './sums.ts';
import { chooseMeasures, describeMeasures, isQuantity, type MeasureChoice } from './measure-choice.ts';
import type { HeatMap, HeatMapQuery, MeasureDefinition } from './schemas.ts';
import { addSum, decimalText, divideRounded, QUANTITY_UNITS, type Sums, valueOf } from './values.ts';

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
  const known = await readKnown(trx, { organizationId, from, to });
  const { organization, settings } = known.scene;
  const money = chooseCurrency(organization, query.currency);
  const { preset } = settings;
  const choice = chooseMeasures([query.measure], preset);
  const [definition] = await describeMeasures(trx, organizationId, choice.names, preset);
  if (definition === undefined || choice.columns.length === 0 || choice.visitors) {
    throw new AppError('invalid_request', `“${query.measure}” is not told by weekday and hour.`);
  }
  const departments = departmentsWithin(known.scene.departments, departmentIds).filter(
    (one) =>
      (query.department.length === 0 || query.department.includes(one.id)) &&
      (query.store.length === 0 || query.store.includes(one.storeId)),
  );
  const ids = departments.map(({ id }) => id);
  const book = await CoverageBook.of(trx, known, { organizationId, from, to, now, currency: money.currency });
  const complete = book.completeDays(ids);
  const completeOf = Map.groupBy(complete, weekdayOf);
  const daysOf = Map.groupBy(days, weekdayOf);
  const clocks = clocksOf(book.mappings, ids, book.shops, { from, to });
  const rows = await sumHours(trx, { organizationId, choice, clocks, range: { from, to }, complete: new Set(complete) });
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
  readonly clocks: Clocks;
  readonly range: Days;
  readonly complete: ReadonlySet<string>;
}

/**
 * By weekday of the business day and hour of the clock. The database adds up what shops of one zone have in the same hour of the same day:
 * what is left is few, and what their clocks showed is told here.
 */
async function sumHours(trx: Transaction<Database>, wanted: Wanted): Promise<HourSum[]> {
  const { organizationId, choice, clocks, range } = wanted;
  const found = new Map<string, HourSum>();
  if (clocks.together.length === 0 && clocks.pieces.length === 0) return [];
  const [answer] = await runPrepared(trx, hourSums(organizationId, clocks, range, choice.columns));
  for (const [zone, day, hour, ...values] of answer?.lines ?? []) {
    const weekday = weekdayOf(day);
    const { localHour } = wallHour(day, hour as Instant, clocks.zones[zone] ?? 'UTC');
    const key = `${weekday} ${localHour}`;
    const sum = found.get(key) ?? { weekday, hour: Number(localHour.slice(0, 2)), all: new Map(), complete: new Map() };
    found.set(key, sum);
    const isComplete = wanted.complete.has(day);
    for (const [index, column] of choice.columns.entries()) {
      addSum(sum.all, column, values[index] ?? 0);
      if (isComplete) addSum(sum.complete, column, values[index] ?? 0);
    }
  }
  for (const { all, complete } of found.values()) {
    rename(all, choice);
    rename(complete, choice);
  }
  return [...found.values()].toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

/** One row with all lines as JSON, as the sums of the grid are. */
interface HourLines {
  readonly lines: readonly (readonly [zone: number, day: string, hour: number, ...values: number[]])[] | null;
}

/** Each piece is one range of the facts' key, an account together one of its own sums'. Exported for the test of its plan. */
export function hourSums(
  organizationId: string,
  { together, pieces }: Clocks,
  { from, to }: Days,
  columns: MeasureChoice['columns'],
): RawBuilder<HourLines> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const accounts = together.map(({ posAccountId, shopIds, zone }) => ({ pos_account_id: posAccountId, shop_ids: shopIds, zone }));
  const rows = pieces.map(({ sign, zone, posAccountId, shopId, registerId, excluded, from: first, to: last }) => ({
    sign,
    zone,
    pos_account_id: posAccountId,
    shop_id: shopId,
    register_id: registerId,
    excluded,
    first_day: first,
    last_day: last,
  }));
  const of = (alias: string) => sql.join(columns.map((column) => sql.ref(`${alias}.${column}`)));
  const signed = sql.join(columns.map((column) => sql`piece.sign * ${sql.ref(`fact.${column}`)}`));
  const sums = columns.map((column) => {
    const value = isQuantity(column) ? sql`${sql.ref(column)} * 1000000` : sql.ref(column);
    return sql`(sum(${value}))::bigint as ${sql.ref(column)}`;
  });
  return sql<HourLines>`
    with together as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as t(pos_account_id uuid, shop_ids text[], zone int)
    ), piece as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(sign int, zone int, pos_account_id uuid, shop_id text,
        register_id text, excluded text[], first_day date, last_day date)
      union all
      -- Shops that nobody has told us of have no part in any department.
      select -1, unlisted.zone, unlisted.pos_account_id, unlisted.shop_id, null, null, ${from}::date, ${to}::date
      from (
        select together.zone, f.pos_account_id, f.shop_id
        from together join fact_month f on f.organization_id = ${organizationId}
          and f.month between date_trunc('month', ${from}::date)::date and ${to}::date and f.pos_account_id = together.pos_account_id
        except select zone, pos_account_id, unnest(shop_ids) from together
      ) unlisted
    )
    select json_agg(json_build_array(zone, day, hour, ${names})) as lines
    from (
      select zone, day, (extract(epoch from hour) * 1000)::bigint as hour, ${sql.join(sums)}
      from (
        select together.zone, a.business_day as day, a.hour, a.facts, ${of('a')}
        from account_hour a join together on together.pos_account_id = a.pos_account_id
        where a.organization_id = ${organizationId} and a.business_day between ${from}::date and ${to}::date
        union all
        select piece.zone, fact.business_day, fact.hour, piece.sign, ${signed}
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
      ) parts
      group by zone, day, hour
      having sum(facts) <> 0
    ) sums`;
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
