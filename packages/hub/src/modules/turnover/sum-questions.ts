/** The questions that sums are asked by: of hours, days or months, by the shop. Built as SQL; what they answer is merged in `sums.ts`. */
import { type RawBuilder, sql } from 'kysely';
import { addDays, monthOf } from '../ledger/figure/business-day.ts';
import { addMonths } from './columns.ts';
import { isQuantity, type MeasureChoice, type PaymentTypeChoice } from './measure-choice.ts';
import type { Bucket, Span } from './sums.ts';

/**
 * All lines in one row, by shop and then a column at a time, as JSON: a thousand cells are read so in a fraction of the time that a thousand
 * rows take. Null: there are none. Sums beyond 2^53 do not pass: they are no safe integers, which adding up checks.
 */
export interface Lines {
  readonly accounts: readonly string[] | null;
  readonly shops: readonly string[] | null;
  /** Null: no shop is divided. */
  readonly registers: readonly (string | null)[] | null;
  /** By place, then by line. */
  readonly days: readonly (readonly string[])[] | null;
  /** Null: not by hour. */
  readonly hours: readonly (readonly number[])[] | null;
  /** By value, then by place and line. */
  readonly sums: readonly (readonly (readonly (number | null)[])[] | null)[];
}

/** What is summed, and of which tables: the hours, and what is rolled up of them by day and month. */
interface Summed {
  readonly hours: 'fact' | 'payment_fact';
  readonly days: 'fact_day' | 'payment_day';
  readonly months: 'fact_month' | 'payment_month';
  readonly values: readonly { readonly name: string; readonly of: (alias: string) => RawBuilder<unknown> }[];
  readonly where: (alias: string) => RawBuilder<unknown>;
}

/**
 * By hour from the facts; by day and week from their sums by day; by month from those by month, where the whole month went to one department.
 * Exported for the test of its plan.
 */
export function factSums(
  span: Span,
  bucket: Bucket,
  columns: MeasureChoice['columns'],
  divided: readonly string[] = [],
): RawBuilder<Lines> {
  return sumsOf(span, bucket, divided, {
    hours: 'fact',
    days: 'fact_day',
    months: 'fact_month',
    values: columns.map((column) => ({ name: column, of: (alias) => unit(alias, column) })),
    where: () => sql``,
  });
}

/** Payments by type, likewise: a value each of the types asked for. Exported for the test of its plan. */
export function paymentSums(
  span: Span,
  bucket: Bucket,
  types: readonly Pick<PaymentTypeChoice, 'paymentTypeId'>[],
  divided: readonly string[] = [],
): RawBuilder<Lines> {
  const wanted = [...new Set(types.map(({ paymentTypeId }) => paymentTypeId))];
  return sumsOf(span, bucket, divided, {
    hours: 'payment_fact',
    days: 'payment_day',
    months: 'payment_month',
    values: types.map(({ paymentTypeId }, index) => ({
      name: `type_${index}`,
      of: (alias) =>
        sql`case when ${sql.ref(`${alias}.payment_type_id`)} = ${paymentTypeId} then ${sql.ref(`${alias}.payments`)} end`,
    })),
    where: (alias) => sql` and ${sql.ref(`${alias}.payment_type_id`)} = any(${wanted}::text[])`,
  });
}

function sumsOf(span: Span, bucket: Bucket, divided: readonly string[], summed: Summed): RawBuilder<Lines> {
  const { head, parts } = partsOf(span, bucket, summed);
  const isHourly = bucket.by === 'hour';
  const isDivided = divided.length > 0;
  const each = (of: (name: RawBuilder<unknown>) => RawBuilder<unknown>) =>
    sql.join(summed.values.map(({ name }) => of(sql.ref(name))));
  const column = (name: RawBuilder<unknown>) => sql`to_json(array_agg(${name})) as ${name}`;
  // By day there is hardly more than one line a register and day: what few there are of one day are added up here as well.
  const isRaw = bucket.by === 'day';
  return sql<Lines>`${head}
    select to_json(array_agg(pos_account_id)) as accounts, to_json(array_agg(shop_id)) as shops,
      ${isDivided ? sql`to_json(array_agg(register_id))` : sql`null`} as registers, json_agg(day) as days,
      ${isHourly ? sql`json_agg(hour)` : sql`null`} as hours, json_build_array(${each((name) => sql`json_agg(${name})`)}) as sums
    from (
      select pos_account_id, shop_id, register_id, ${column(sql.ref('day'))}, ${isHourly ? column(sql.ref('hour')) : sql`null as hour`},
        ${each(column)}
      from (
        select ${keys(bucket, divided)},
          ${each((name) => (isRaw ? sql`part.${name}::bigint as ${name}` : sql`sum(part.${name})::bigint as ${name}`))}
        from (${parts}) part
        -- A join would let the planner expect hardly any row, and sort them all.
        where part.pos_account_id = any (array(
          select id from pos_account where organization_id = ${span.organizationId} and currency = ${span.currency}
        ))
        ${isRaw ? sql`` : sql`group by 1, 2, 4${isDivided ? sql`, 3` : sql``}${isHourly ? sql`, 5` : sql``}`}
      ) sums
      group by pos_account_id, shop_id, register_id
    ) places`;
}

interface Parts {
  readonly head: RawBuilder<unknown>;
  readonly parts: RawBuilder<unknown>;
}

function partsOf(span: Span, bucket: Bucket, summed: Summed): Parts {
  if (bucket.by === 'hour') return { head: sql`with recursive ${places(summed.hours, span)}`, parts: hourParts(span, summed) };
  const parts = bucket.by === 'month' ? monthParts(span, summed) : dayParts(span, summed, span.from, span.to);
  return { head: sql``, parts };
}

function dayParts({ organizationId }: Span, summed: Summed, from: string, to: string) {
  return sql`
    select f.pos_account_id, f.shop_id, f.register_id, f.business_day, ${valuesOf('f', summed)}
    from ${sql.table(summed.days)} f
    where f.organization_id = ${organizationId} and f.business_day between ${from}::date and ${to}::date${summed.where('f')}`;
}

/**
 * Whole months from their own sums, save those of shops whose mapping changes within them; these, and the ends of the range, by day. All days
 * of a month from its own sums have the mapping of its first.
 */
function monthParts(span: Span, summed: Summed) {
  const first = `${monthOf(span.from)}-01`;
  const fullFrom = first === span.from ? first : addMonths(first, 1);
  const afterTo = addDays(span.to, 1);
  const fullUntil = `${monthOf(afterTo)}-01`;
  if (fullFrom >= fullUntil) return dayParts(span, summed, span.from, span.to);
  const { organizationId } = span;
  const values = valuesOf('f', summed);
  return sql`
    with split as materialized (
      select distinct m.pos_account_id, m.shop_id, date_trunc('month', edge.day)::date as month
      from mapping m cross join lateral (values (m.valid_from), (m.valid_until)) edge (day)
      where m.organization_id = ${organizationId} and edge.day > ${fullFrom}::date and edge.day < ${fullUntil}::date
        and extract(day from edge.day) <> 1
    )
    select f.pos_account_id, f.shop_id, f.register_id, f.month as business_day, ${values}
    from ${sql.table(summed.months)} f
    where f.organization_id = ${organizationId} and f.month >= ${fullFrom}::date and f.month < ${fullUntil}::date
      and not exists (
        select from split where split.pos_account_id = f.pos_account_id and split.shop_id = f.shop_id and split.month = f.month
      )${summed.where('f')}
    union all
    select f.pos_account_id, f.shop_id, f.register_id, f.business_day, ${values}
    from split join ${sql.table(summed.days)} f on f.organization_id = ${organizationId}
      and f.pos_account_id = split.pos_account_id and f.shop_id = split.shop_id
      and f.business_day >= split.month and f.business_day < split.month + interval '1 month'${summed.where('f')}
    union all ${dayParts(span, summed, span.from, addDays(fullFrom, -1))}
    union all ${dayParts(span, summed, fullUntil, span.to)}`;
}

function hourParts(span: Span, summed: Summed) {
  return sql`
    select place.pos_account_id, place.shop_id, f.register_id, f.business_day, f.hour, ${valuesOf('f', summed)}
    from place join lateral (
      select * from ${sql.table(summed.hours)} f
      where f.organization_id = ${span.organizationId} and f.pos_account_id = place.pos_account_id
        and f.shop_id = place.shop_id and f.business_day between ${span.from}::date and ${span.to}::date${summed.where('f')}
      -- Keeps it one range of the key a shop.
      offset 0
    ) f on true`;
}

function valuesOf(alias: string, { values }: Summed) {
  return sql.join(values.map(({ name, of }) => sql`${of(alias)} as ${sql.ref(name)}`));
}

/**
 * The shops that have facts, found by hopping through the primary key from one shop to the next; shops the till never listed are among
 * them. Knowing the shop makes a period one range of the key a shop, however many years are stored.
 */
function places(table: Summed['hours'], { organizationId, currency }: Pick<Span, 'organizationId' | 'currency'>) {
  const facts = sql.table(table);
  return sql`hop as (
      select account.id as pos_account_id, (
        select found.shop_id from ${facts} found
        where found.organization_id = ${organizationId} and found.pos_account_id = account.id
        order by found.shop_id limit 1
      ) as shop_id
      from pos_account account
      where account.organization_id = ${organizationId} and account.currency = ${currency}
      union all
      select hop.pos_account_id, (
        select found.shop_id from ${facts} found
        where found.organization_id = ${organizationId} and found.pos_account_id = hop.pos_account_id
          and found.shop_id > hop.shop_id
        order by found.shop_id limit 1
      )
      from hop where hop.shop_id is not null
    ), place as (select pos_account_id, shop_id from hop where shop_id is not null)`;
}

/**
 * By shop: the mapping is joined by us. One lookup of a mapping a fact costs several times the facts, and what the planner makes of a join is
 * a matter of luck, because under row security it expects hardly any row. Shops that are divided, among departments or in time, keep their
 * registers and days.
 */
function keys(bucket: Bucket, divided: readonly string[]) {
  const own = (column: string, whole: RawBuilder<unknown>) =>
    divided.length === 0
      ? whole
      : sql`case when part.shop_id = any (${[...divided]}::text[]) then ${sql.ref(`part.${column}`)} else ${whole} end`;
  const hour = bucket.by === 'hour' ? sql`(extract(epoch from part.hour) * 1000)::bigint` : sql`null::bigint`;
  return sql`part.pos_account_id, part.shop_id, ${own('register_id', sql`null::text`)} as register_id,
    ${own('business_day', bucketDay(bucket))} as day, ${hour} as hour`;
}

/** The first day of the bucket. The week starts where the organization says (D25). */
function bucketDay(bucket: Bucket) {
  if (bucket.by === 'month') return sql`date_trunc('month', part.business_day)::date`;
  if (bucket.by === 'week') {
    return sql`part.business_day - ((extract(isodow from part.business_day)::int - ${bucket.weekStart}::int + 7) % 7)`;
  }
  return sql`part.business_day`;
}

/** Quantities are exact decimals: they travel as integers of a millionth. */
function unit(alias: string, column: string) {
  const value = sql.ref(`${alias}.${column}`);
  return isQuantity(column) ? sql`${value} * 1000000` : value;
}
