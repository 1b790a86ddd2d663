import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import { runNamed, textArray } from './statement.ts';

/**
 * Which receipts were written since their day was last summed, and what they added to it then: from these the change log tells why a
 * published figure changed. While an account's first import runs nothing is published, and nothing is kept.
 */

export const FIGURE_MEASURES = [...SALE_MEASURES, ...PAYMENT_MEASURES] as const;

const ACCOUNT = 'organization_id = $1::uuid and pos_account_id = $2::uuid';
const PUBLISHED = `exists (select from fact_state where ${ACCOUNT} and published_until is not null)`;
const PLACE = 'shop_id, business_day, register_id, sale_id';

/** A receipt's figures by day and register, both tables in one form. `where` restricts each. */
export function figuresOfSales(where: string): string {
  return `select ${PLACE}, ${FIGURE_MEASURES.map((measure) => `sum(${measure}) as ${measure}`).join(', ')} from (
    select ${PLACE}, ${SALE_MEASURES.join(', ')}, ${PAYMENT_MEASURES.map((measure) => `0::bigint as ${measure}`).join(', ')}
    from sale_figure where ${where}
    union all
    select ${PLACE}, ${SALE_MEASURES.map((measure) => `0 as ${measure}`).join(', ')}, ${PAYMENT_MEASURES.join(', ')}
    from payment_figure where ${where}
  ) figures group by ${PLACE}`;
}

const REMEMBER = `insert into dirty_sale (organization_id, pos_account_id, ${PLACE}, ${FIGURE_MEASURES.join(', ')})
select $1::uuid, $2::uuid, ${PLACE}, ${FIGURE_MEASURES.join(', ')} from (
  ${figuresOfSales(`${ACCOUNT} and sale_id = any($3::text[])`)}
) known
where ${PUBLISHED} on conflict do nothing`;

/** To be called before figures of these receipts are replaced or moved. */
export async function rememberFigures(
  trx: Transaction<Database>,
  account: readonly [organizationId: string, posAccountId: string],
  saleIds: readonly string[],
): Promise<void> {
  await runNamed(trx, 'ledger.remember_figures', REMEMBER, [...account, textArray(saleIds)]);
}

/** The end of a statement that wrote figures in two parts: notes each place that had nothing of the receipt before. */
export function noteNewPlaces(saleFigures: string, paymentFigures: string): string {
  return `insert into dirty_sale (organization_id, pos_account_id, ${PLACE})
select $1::uuid, $2::uuid, ${PLACE} from (
  select ${PLACE} from ${saleFigures} union select ${PLACE} from ${paymentFigures}
) written
where ${PUBLISHED} on conflict do nothing`;
}

const NOTE = noteNewPlaces(
  `(select ${PLACE} from sale_figure where ${ACCOUNT} and sale_id = any($3::text[])) as sales`,
  `(select ${PLACE} from payment_figure where ${ACCOUNT} and sale_id = any($3::text[])) as payments`,
);

/** To be called after figures of these receipts were moved. */
export async function notePlaces(
  trx: Transaction<Database>,
  account: readonly [organizationId: string, posAccountId: string],
  saleIds: readonly string[],
): Promise<void> {
  await runNamed(trx, 'ledger.note_places', NOTE, [...account, textArray(saleIds)]);
}
