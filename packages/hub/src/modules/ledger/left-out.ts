import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import { runNamed, textArray } from './statement.ts';

/**
 * Shops and registers that do not count (M14): their documents are read and kept like all others, with every version, and how far their days
 * are read is told as ever; their figures stand in tables of their own, of the same form, which nothing sums or lists. A change of the choice
 * moves figures from one to the other, so that history is as if it had always been so.
 */

type AccountKey = readonly [organizationId: string, posAccountId: string];

/** Whose figures are looked at: all of the account's, or those of named receipts, or of receipts of one shop. */
export type Which = { readonly saleIds: readonly string[] } | { readonly shopId: string } | 'all';

const ACCOUNT = 'organization_id = $1::uuid and pos_account_id = $2::uuid';
const PLACE = 'organization_id, pos_account_id, sale_id, shop_id, register_id, business_day, hour';
const SALE_COLUMNS = `${PLACE}, ${SALE_MEASURES.join(', ')}`;
const PAYMENT_COLUMNS = `${PLACE}, payment_type_id, ${PAYMENT_MEASURES.join(', ')}`;

/** Brings the marks of an account's shops up to its choice and their addresses. @returns Whether any changed. */
export async function markCounted(trx: Transaction<Database>, account: AccountKey): Promise<boolean> {
  const rows = await runNamed<{ shop_id: string }>(trx, 'left_out.mark', MARK, account);
  return rows.length > 0;
}

const MARK = `update shop set counted = wanted.counted
from (
  select s.shop_id, case a.shop_filter->>'by'
    when 'shops' then a.shop_filter->'shopIds' ? s.shop_id
    when 'regions' then coalesce(a.shop_filter->'regions' ? s.country or a.shop_filter->'regions' ? (s.country || '-' || s.region), false)
    else true end as counted
  from shop s join pos_account a on a.organization_id = s.organization_id and a.id = s.pos_account_id
  where s.organization_id = $1::uuid and s.pos_account_id = $2::uuid
) wanted
where ${ACCOUNT} and shop.shop_id = wanted.shop_id and shop.counted <> wanted.counted
returning shop.shop_id`;

/** Takes figures of places that do not count out of those that do. @returns How many rows. */
export async function takeOut(trx: Transaction<Database>, account: AccountKey, which: Which): Promise<number> {
  return move(trx, account, which, 'out');
}

/** Puts figures back: of places that count again, or of all with `every`, for a moment in which they are worked on. */
export async function putBack(
  trx: Transaction<Database>,
  account: AccountKey,
  which: Which,
  { every = false }: { readonly every?: boolean } = {},
): Promise<number> {
  return move(trx, account, which, every ? 'every' : 'back');
}

/** Forgets the figures of receipts that are about to be written anew. */
export async function forgetLeftOut(trx: Transaction<Database>, account: AccountKey, saleIds: readonly string[]): Promise<void> {
  await runNamed(
    trx,
    'left_out.forget',
    `with sales as (delete from left_out_sale_figure where ${ACCOUNT} and sale_id = any($3::text[]))
delete from left_out_payment_figure where ${ACCOUNT} and sale_id = any($3::text[])`,
    [...account, textArray(saleIds)],
  );
}

/** Moves what has to be moved after a choice or an address changed, and marks the days it stood in. */
export async function moveLeftOut(trx: Transaction<Database>, account: AccountKey): Promise<number> {
  return (await putBack(trx, account, 'all')) + (await takeOut(trx, account, 'all'));
}

async function move(
  trx: Transaction<Database>,
  account: AccountKey,
  which: Which,
  way: 'out' | 'back' | 'every',
): Promise<number> {
  const [kind, values] =
    which === 'all'
      ? (['all', []] as const)
      : 'saleIds' in which
        ? (['sales', [textArray(which.saleIds)]] as const)
        : (['shop', [which.shopId]] as const);
  const [row] = await runNamed<{ moved: number }>(trx, `left_out.${way}_${kind}`, MOVE[way][kind], [...account, ...values]);
  return row?.moved ?? 0;
}

const OF = {
  all: '',
  sales: 'and f.sale_id = any($3::text[])',
  shop: 'and f.shop_id = $3::text',
} as const;

const IS_LEFT_OUT = `exists (
  select from shop s join pos_account a on a.organization_id = s.organization_id and a.id = s.pos_account_id
  where s.organization_id = $1::uuid and s.pos_account_id = $2::uuid and s.shop_id = f.shop_id
    and (not s.counted or f.register_id = any(a.registers_out))
)`;

function statement(way: 'out' | 'back' | 'every', kind: keyof typeof OF): string {
  const [from, to] = way === 'out' ? ['', 'left_out_'] : ['left_out_', ''];
  const condition = way === 'every' ? 'true' : way === 'out' ? IS_LEFT_OUT : `not ${IS_LEFT_OUT}`;
  const taken = (table: string): string => `delete from ${from}${table} f
  where f.organization_id = $1::uuid and f.pos_account_id = $2::uuid ${OF[kind]} and ${condition} returning f.*`;
  return `with sales as (${taken('sale_figure')}),
payments as (${taken('payment_figure')}),
sales_in as (insert into ${to}sale_figure (${SALE_COLUMNS}) select ${SALE_COLUMNS} from sales),
payments_in as (insert into ${to}payment_figure (${PAYMENT_COLUMNS}) select ${PAYMENT_COLUMNS} from payments),
moved as (select shop_id, business_day from sales union all select shop_id, business_day from payments),
marked as (
  insert into dirty_day (organization_id, pos_account_id, shop_id, business_day, generation)
  select $1::uuid, $2::uuid, shop_id, business_day, pg_current_xact_id()::text::bigint
  from (select distinct shop_id, business_day from moved) days
  order by business_day, shop_id
  on conflict (organization_id, pos_account_id, shop_id, business_day) do update set generation = excluded.generation
)
select count(*)::int as moved from moved`;
}

const KINDS = ['all', 'sales', 'shop'] as const;
const statementsOf = (way: 'out' | 'back' | 'every'): Readonly<Record<keyof typeof OF, string>> => {
  const [all, sales, shop] = KINDS.map((kind) => statement(way, kind));
  return { all: all ?? '', sales: sales ?? '', shop: shop ?? '' };
};
const MOVE = { out: statementsOf('out'), back: statementsOf('back'), every: statementsOf('every') } as const;
