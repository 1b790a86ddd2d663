import type { Kysely, Transaction } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/schema.ts';
import { PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import { runNamed, textArray } from './statement.ts';

/** Shop-days summed in one transaction: a busy shop-day is a few hundred figures. */
const DAYS_AT_ONCE = 400;

interface DirtyDay {
  readonly shop_id: string;
  readonly business_day: string;
  readonly generation: string;
}

/**
 * Sums the facts of every dirty shop-day of an account anew from the figures, a bounded number a transaction.
 *
 * A mark is held while its day is summed, and cleared only if its generation is unchanged: a page commit writes figures and mark in one
 * transaction, so it either came before (its figures are in the sum) or comes after (its mark stays).
 *
 * @returns How many shop-days were summed.
 */
export async function sumFacts(db: Kysely<Database>, organizationId: string, posAccountId: string): Promise<number> {
  let summed = 0;
  for (;;) {
    const days = await tenantTransaction(db, organizationId, (trx) => sumSomeDays(trx, organizationId, posAccountId));
    summed += days;
    if (days < DAYS_AT_ONCE) return summed;
  }
}

async function sumSomeDays(trx: Transaction<Database>, organizationId: string, posAccountId: string): Promise<number> {
  const account = [organizationId, posAccountId];
  const dirty = await runNamed<DirtyDay>(trx, 'facts.hold', HOLD, [...account, DAYS_AT_ONCE]);
  if (dirty.length === 0) return 0;
  const shops = textArray(dirty.map((day) => day.shop_id));
  const days = textArray(dirty.map((day) => day.business_day));
  // One statement each, in this order: within one statement the delete would not be seen by the insert.
  await runNamed(trx, 'facts.clear', CLEAR, [...account, shops, days]);
  await runNamed(trx, 'facts.sum', SUM, [...account, shops, days]);
  await runNamed(trx, 'facts.sum_payments', SUM_PAYMENTS, [...account, shops, days]);
  const generations = textArray(dirty.map((day) => day.generation));
  await runNamed(trx, 'facts.done', DONE, [...account, shops, days, generations]);
  return dirty.length;
}

const ACCOUNT = 'organization_id = $1::uuid and pos_account_id = $2::uuid';
const DAYS = 'unnest($3::text[], $4::date[]) as dirty (shop_id, business_day)';

const HOLD = `select shop_id, business_day, generation::text
from dirty_day where ${ACCOUNT}
order by business_day, shop_id limit $3
for update skip locked`;

const CLEAR = `with dirty as materialized (select * from ${DAYS}),
payments as (
  delete from payment_fact using dirty
  where ${ACCOUNT} and payment_fact.shop_id = dirty.shop_id and payment_fact.business_day = dirty.business_day
)
delete from fact using dirty
where ${ACCOUNT} and fact.shop_id = dirty.shop_id and fact.business_day = dirty.business_day`;

const CELL = 'shop_id, business_day, register_id, hour';

// Each day is looked up by itself through the figures' day index: the plan holds for one day among millions of sales as for a whole import.
const SUM = `insert into fact (organization_id, pos_account_id, ${CELL}, ${[...SALE_MEASURES, ...PAYMENT_MEASURES].join(', ')})
select $1::uuid, $2::uuid, dirty.shop_id, dirty.business_day, sums.register_id, sums.hour,
  ${[...SALE_MEASURES, ...PAYMENT_MEASURES].map((measure) => `sums.${measure}`).join(', ')}
from ${DAYS}
cross join lateral (
  select register_id, hour, ${[...SALE_MEASURES, ...PAYMENT_MEASURES].map((measure) => `sum(${measure}) as ${measure}`).join(', ')}
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
) as sums`;

const SUM_PAYMENTS = `insert into payment_fact (organization_id, pos_account_id, ${CELL}, payment_type_id, payments)
select $1::uuid, $2::uuid, dirty.shop_id, dirty.business_day, sums.register_id, sums.hour, sums.payment_type_id, sums.payments
from ${DAYS}
cross join lateral (
  select register_id, hour, payment_type_id, sum(payments) as payments
  from payment_figure
  where ${ACCOUNT} and shop_id = dirty.shop_id and business_day = dirty.business_day
  group by register_id, hour, payment_type_id
) as sums`;

const DONE = `delete from dirty_day using unnest($3::text[], $4::date[], $5::bigint[]) as summed (shop_id, business_day, generation)
where ${ACCOUNT} and dirty_day.shop_id = summed.shop_id and dirty_day.business_day = summed.business_day
  and dirty_day.generation = summed.generation`;
