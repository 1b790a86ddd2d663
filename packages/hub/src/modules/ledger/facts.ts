import type { Kysely, Transaction } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/schema.ts';
import { FIGURE_MEASURES } from './dirty-sales.ts';
import { type ChangeContext, daysBefore, readDayStates, recordChanges } from './fact-changes.ts';
import { PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { runNamed, textArray } from './statement.ts';

/** Shop-days summed in one transaction: a busy shop-day is a few hundred figures. */
const DAYS_AT_ONCE = 400;

/** A run that is not known is told by the nil UUID: an entry of the log needs one. */
const NO_RUN = '00000000-0000-0000-0000-000000000000';

/** A shop's business day. */
export interface ShopDay {
  readonly shop_id: string;
  readonly business_day: string;
}

interface DirtyDay extends ShopDay {
  readonly generation: string;
}

/** Why days are summed, when it is not a run that read them. */
export type SumReason = Partial<Pick<ChangeContext, 'cause' | 'author'>>;

/**
 * Sums the facts of every dirty shop-day of an account anew from the figures, and rolls them up by day and month, a bounded number a
 * transaction. What changes in a day that was complete and shown before goes into the change log in the same transaction.
 *
 * A mark is held while its day is summed, and cleared only if its generation is unchanged: a page commit writes figures and mark in one
 * transaction, so it either came before (its figures are in the sum) or comes after (its mark stays).
 *
 * @param only Sums these days alone, those of them that are dirty, in one transaction: what somebody waits for need not wait for all that an
 *   import brings. How far the account is published stays as it is.
 * @returns How many shop-days were summed.
 */
export async function sumFacts(
  db: Kysely<Database>,
  organizationId: string,
  posAccountId: string,
  reason: SumReason = {},
  only?: readonly ShopDay[],
): Promise<number> {
  if (only?.length === 0) return 0;
  if (only !== undefined) {
    return tenantTransaction(db, organizationId, (trx) => sumTheseDays(trx, organizationId, posAccountId, reason, only));
  }
  let summed = 0;
  for (;;) {
    const days = await tenantTransaction(db, organizationId, (trx) => sumSomeDays(trx, organizationId, posAccountId, reason));
    summed += days;
    if (days < DAYS_AT_ONCE) return summed;
  }
}

/** Sums every dirty shop-day of an account in the caller's transaction: what changes a setting changes the sums with it, or nothing. */
export async function sumMarked(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  reason: SumReason,
): Promise<void> {
  let days: number;
  do days = await sumSomeDays(trx, organizationId, posAccountId, reason);
  while (days === DAYS_AT_ONCE);
}

interface State {
  readonly published_until: Date | null;
  /** Everything up to here is read; null before the end of the first import. */
  readonly read_until: Date | null;
  readonly run_id: string | null;
}

async function sumSomeDays(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  reason: SumReason,
): Promise<number> {
  const account = [organizationId, posAccountId] as const;
  const state = await holdState(trx, account);
  const dirty = await runNamed<DirtyDay>(trx, 'facts.hold', HOLD, [...account, DAYS_AT_ONCE]);
  if (dirty.length > 0) await sumDays(trx, account, dirty, state, reason);
  if (dirty.length < DAYS_AT_ONCE && state.read_until?.getTime() !== state.published_until?.getTime()) {
    await runNamed(trx, 'facts.publish', PUBLISH, [...account, state.read_until]);
  }
  return dirty.length;
}

async function sumTheseDays(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  reason: SumReason,
  only: readonly ShopDay[],
): Promise<number> {
  const account = [organizationId, posAccountId] as const;
  const state = await holdState(trx, account);
  const dirty = await runNamed<DirtyDay>(trx, 'facts.hold_these', HOLD_THESE, [
    ...account,
    textArray(only.map((day) => day.shop_id)),
    textArray(only.map((day) => day.business_day)),
  ]);
  if (dirty.length > 0) await sumDays(trx, account, dirty, state, reason);
  return dirty.length;
}

async function holdState(trx: Transaction<Database>, account: readonly [string, string]): Promise<State> {
  const [state] = await runNamed<State>(trx, 'facts.state', STATE, account);
  if (state === undefined) throw new Error('The state of the facts cannot be read.');
  return state;
}

/** The shop-days that this transaction has marked so far; for who wants to sum them soon. */
export async function daysMarkedHere(
  trx: Transaction<Database>,
  account: readonly [organizationId: string, posAccountId: string],
): Promise<readonly ShopDay[]> {
  return runNamed<ShopDay>(trx, 'facts.marked_here', MARKED_HERE, account);
}

async function sumDays(
  trx: Transaction<Database>,
  account: readonly [organizationId: string, posAccountId: string],
  dirty: readonly DirtyDay[],
  state: State,
  reason: SumReason,
): Promise<void> {
  const { published, running } = await readDayStates(trx, account, dirty, state.published_until, state.read_until);
  const before = await daysBefore(trx, account, published);
  const shops = textArray(dirty.map((day) => day.shop_id));
  const days = textArray(dirty.map((day) => day.business_day));
  // One statement each, in this order: within one statement the delete would not be seen by the insert.
  await runNamed(trx, 'facts.clear', CLEAR, [...account, shops, days]);
  const isRunning = `{${dirty.map((day) => running.has(day)).join(',')}}`;
  const runId = reason.author === undefined ? state.run_id : null;
  const entry = reason.author === undefined ? (runId ?? NO_RUN) : uuidv7();
  await runNamed(trx, 'facts.sum', SUM, [...account, shops, days, isRunning, runId, entry]);
  await runNamed(trx, 'facts.sum_payments', SUM_PAYMENTS, [...account, shops, days]);
  await runNamed(trx, 'facts.sum_months', SUM_MONTHS, [...account, shops, days]);
  if (published.length > 0) await recordChanges(trx, account, before, published, { ...reason, runId });
  const generations = textArray(dirty.map((day) => day.generation));
  await runNamed(trx, 'facts.done', DONE, [...account, shops, days, generations]);
}

const ACCOUNT = 'organization_id = $1::uuid and pos_account_id = $2::uuid';
const DAYS = 'unnest($3::text[], $4::date[]) as dirty (shop_id, business_day)';
const CELL = 'shop_id, business_day, register_id, hour';
const OWN = 'organization_id, pos_account_id';
const NAMES = FIGURE_MEASURES.join(', ');
const SUMS = FIGURE_MEASURES.map((measure) => `sum(${measure})`).join(', ');
const NAMED_SUMS = FIGURE_MEASURES.map((measure) => `sum(${measure}) as ${measure}`).join(', ');

// Also the lock of everybody who sums this account's facts: two who sum days of one month would each miss the other's.
const STATE = `insert into fact_state (organization_id, pos_account_id) values ($1::uuid, $2::uuid)
on conflict (organization_id, pos_account_id) do update set summed_at = now()
returning published_until,
  (select run_id from sync_state where sync_state.organization_id = $1::uuid and sync_state.pos_account_id = $2::uuid) as run_id,
  (select live.caught_up_at from cursor live join cursor walk on walk.organization_id = live.organization_id
    and walk.pos_account_id = live.pos_account_id and walk.stream = 'sales' and walk.lane = 'history'
    and walk.caught_up_at is not null
  where live.organization_id = $1::uuid and live.pos_account_id = $2::uuid and live.stream = 'sales' and live.lane = 'live')
  as read_until`;

const PUBLISH = `update fact_state set published_until = $3::timestamptz where ${ACCOUNT}`;

const HOLD = `select shop_id, business_day, generation::text
from dirty_day where ${ACCOUNT}
order by business_day, shop_id limit $3
for update skip locked`;

// In the same order as above: two who hold days of one account never wait for each other crosswise.
const HOLD_THESE = `select shop_id, business_day, generation::text
from dirty_day where ${ACCOUNT} and (shop_id, business_day) in (select shop_id, business_day from ${DAYS})
order by business_day, shop_id
for update skip locked`;

// A mark's generation is the id of the transaction that made it.
const MARKED_HERE = `select shop_id, business_day from dirty_day
where ${ACCOUNT} and generation = pg_current_xact_id()::text::bigint`;

// What all shops of the account have in an hour loses what goes, and gains below what comes: no other shop is read for it.
const CLEAR = `with dirty as materialized (select * from ${DAYS}),
payments as (
  delete from payment_fact using dirty
  where ${ACCOUNT} and payment_fact.shop_id = dirty.shop_id and payment_fact.business_day = dirty.business_day
), days as (
  delete from fact_day using dirty
  where ${ACCOUNT} and fact_day.shop_id = dirty.shop_id and fact_day.business_day = dirty.business_day
), payment_days as (
  delete from payment_day using dirty
  where ${ACCOUNT} and payment_day.shop_id = dirty.shop_id and payment_day.business_day = dirty.business_day
), dirty_month as (
  select distinct shop_id, date_trunc('month', business_day)::date as month from dirty
), months as (
  delete from fact_month using dirty_month dirty
  where ${ACCOUNT} and fact_month.shop_id = dirty.shop_id and fact_month.month = dirty.month
), payment_months as (
  delete from payment_month using dirty_month dirty
  where ${ACCOUNT} and payment_month.shop_id = dirty.shop_id and payment_month.month = dirty.month
), gone as (
  delete from fact using dirty
  where ${ACCOUNT} and fact.shop_id = dirty.shop_id and fact.business_day = dirty.business_day
  returning fact.business_day, fact.hour, ${FIGURE_MEASURES.map((measure) => `fact.${measure}`).join(', ')}
)
update account_hour set facts = account_hour.facts - gone.facts,
  ${FIGURE_MEASURES.map((measure) => `${measure} = account_hour.${measure} - gone.${measure}`).join(', ')}
from (select business_day, hour, count(*) as facts, ${NAMED_SUMS} from gone group by business_day, hour) gone
where ${ACCOUNT} and account_hour.business_day = gone.business_day and account_hour.hour = gone.hour`;

// Each day is looked up by itself through the figures' day index: the plan holds for one day among millions of sales as for a whole import.
// What a register sold is summed by hour, and that by day; a register that no longer sold anything is told with 0 in the day's log.
const SUM = `with dirty as materialized (
  select * from unnest($3::text[], $4::date[], $5::boolean[]) as dirty (shop_id, business_day, running)
), hours as (
  insert into fact (${OWN}, ${CELL}, ${NAMES})
  select $1::uuid, $2::uuid, dirty.shop_id, dirty.business_day, sums.register_id, sums.hour,
    ${FIGURE_MEASURES.map((measure) => `sums.${measure}`).join(', ')}
  from dirty
  cross join lateral (
    select register_id, hour, ${NAMED_SUMS}
    from (
      select register_id, hour, ${SALE_MEASURES.join(', ')}, ${PAYMENT_MEASURES.map((measure) => `0::bigint as ${measure}`).join(', ')}
      from sale_figure
      where ${ACCOUNT} and shop_id = dirty.shop_id and business_day = dirty.business_day
      union all
      select register_id, hour, ${SALE_MEASURES.map((measure) => `0 as ${measure}`).join(', ')}, ${PAYMENT_MEASURES.join(', ')}
      from payment_figure
      where ${ACCOUNT} and shop_id = dirty.shop_id and business_day = dirty.business_day
    ) as figures
    group by register_id, hour
  ) as sums
  returning ${CELL}, ${NAMES}
), together as (
  insert into account_hour (${OWN}, business_day, hour, facts, ${NAMES})
  select $1::uuid, $2::uuid, business_day, hour, count(*), ${SUMS} from hours group by business_day, hour
  on conflict (organization_id, business_day, pos_account_id, hour) do update set facts = account_hour.facts + excluded.facts,
    ${FIGURE_MEASURES.map((measure) => `${measure} = account_hour.${measure} + excluded.${measure}`).join(', ')}
), days as (
  insert into fact_day (${OWN}, shop_id, business_day, register_id, ${NAMES})
  select $1::uuid, $2::uuid, shop_id, business_day, register_id, ${SUMS} from hours group by shop_id, business_day, register_id
  returning shop_id, business_day, register_id, net_sales, net_sales_incl, transactions
)
insert into turnover_import (${OWN}, shop_id, business_day, register_id, entry, run_id, at, net_sales, net_sales_incl, transactions)
select $1::uuid, $2::uuid, told.shop_id, told.business_day, told.register_id,
  case when dirty.running then '${NO_RUN}'::uuid else $7::uuid end, $6::uuid, now(),
  told.net_sales, told.net_sales_incl, told.transactions
from (
  select * from days
  union all
  select known.shop_id, known.business_day, known.register_id, 0, 0, 0
  from dirty cross join lateral (
    select distinct shop_id, business_day, register_id from turnover_import
    where ${ACCOUNT} and shop_id = dirty.shop_id and business_day = dirty.business_day
  ) known
  where not exists (
    select from days where days.shop_id = known.shop_id and days.business_day = known.business_day
      and days.register_id = known.register_id
  )
) told
join dirty on dirty.shop_id = told.shop_id and dirty.business_day = told.business_day
on conflict (${OWN}, shop_id, business_day, register_id, entry) do update set run_id = excluded.run_id, at = excluded.at,
  net_sales = excluded.net_sales, net_sales_incl = excluded.net_sales_incl, transactions = excluded.transactions`;

const SUM_PAYMENTS = `with hours as (
insert into payment_fact (${OWN}, ${CELL}, payment_type_id, payments)
select $1::uuid, $2::uuid, dirty.shop_id, dirty.business_day, sums.register_id, sums.hour, sums.payment_type_id, sums.payments
from ${DAYS}
cross join lateral (
  select register_id, hour, payment_type_id, sum(payments) as payments
  from payment_figure
  where ${ACCOUNT} and shop_id = dirty.shop_id and business_day = dirty.business_day
  group by register_id, hour, payment_type_id
) as sums
returning shop_id, business_day, register_id, payment_type_id, payments
)
insert into payment_day (${OWN}, shop_id, business_day, register_id, payment_type_id, payments)
select $1::uuid, $2::uuid, shop_id, business_day, register_id, payment_type_id, sum(payments)
from hours group by shop_id, business_day, register_id, payment_type_id`;

const SUM_MONTHS = `with dirty as materialized (
  select distinct shop_id, date_trunc('month', business_day)::date as month from ${DAYS}
), payments as (
  insert into payment_month (${OWN}, shop_id, month, register_id, payment_type_id, payments)
  select $1::uuid, $2::uuid, dirty.shop_id, dirty.month, sums.register_id, sums.payment_type_id, sums.payments
  from dirty cross join lateral (
    select register_id, payment_type_id, sum(payments) as payments
    from payment_day
    where ${ACCOUNT} and shop_id = dirty.shop_id and business_day >= dirty.month and business_day < dirty.month + interval '1 month'
    group by register_id, payment_type_id
  ) as sums
)
insert into fact_month (${OWN}, shop_id, month, register_id, ${NAMES})
select $1::uuid, $2::uuid, dirty.shop_id, dirty.month, sums.register_id, ${FIGURE_MEASURES.map((measure) => `sums.${measure}`).join(', ')}
from dirty cross join lateral (
  select register_id, ${NAMED_SUMS}
  from fact_day
  where ${ACCOUNT} and shop_id = dirty.shop_id and business_day >= dirty.month and business_day < dirty.month + interval '1 month'
  group by register_id
) as sums`;

const DONE = `with summed as materialized (
  select * from unnest($3::text[], $4::date[], $5::bigint[]) as summed (shop_id, business_day, generation)
), causes as (
  delete from dirty_sale using summed
  where ${ACCOUNT} and dirty_sale.shop_id = summed.shop_id and dirty_sale.business_day = summed.business_day
), empty as (
  -- An hour of which the last fact went.
  delete from account_hour where ${ACCOUNT} and business_day in (select business_day from summed) and facts = 0
)
delete from dirty_day using summed
where ${ACCOUNT} and dirty_day.shop_id = summed.shop_id and dirty_day.business_day = summed.business_day
  and dirty_day.generation = summed.generation`;
