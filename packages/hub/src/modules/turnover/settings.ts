import { z } from '@hono/zod-openapi';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';

/** How an organization names its figures (preset) and whether its planner counts tax in (basis). */
export const turnoverSettings = z
  .object({
    preset: z.enum(['retail', 'vat']).openapi({
      description:
        'retail: gross − discounts − returns = net. vat: gross is what was charged incl. tax after discounts and returns, net the same excl. tax.',
    }),
    basis: z.enum(['excl', 'incl']).openapi({ description: 'Whether tax is in the planner’s turnover.' }),
  })
  .openapi('TurnoverSettings');

export type TurnoverSettings = z.infer<typeof turnoverSettings>;

/** Where nothing was set. */
export const DEFAULT_SETTINGS: TurnoverSettings = { preset: 'retail', basis: 'excl' };

export async function readTurnoverSettings(trx: Transaction<Database>, organizationId: string): Promise<TurnoverSettings> {
  const row = await trx
    .selectFrom('turnover_setting')
    .select(['preset', 'basis'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  return row === undefined ? DEFAULT_SETTINGS : turnoverSettings.parse(row);
}

/** Sets both; figures follow at the next look, nothing is summed anew. */
export async function changeTurnoverSettings(
  trx: Transaction<Database>,
  organizationId: string,
  settings: TurnoverSettings,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<TurnoverSettings> {
  const before = await readTurnoverSettings(trx, organizationId);
  await trx
    .insertInto('turnover_setting')
    .values({ organization_id: organizationId, ...settings })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet({ ...settings, updated_at: by.at }))
    .execute();
  await recordAudit(trx, {
    organizationId,
    ...by,
    action: 'measures.changed',
    subject: { kind: 'organization', id: organizationId, name: null },
    before,
    after: settings,
  });
  return settings;
}

/** The planner's turnover in the organization's basis. */
export function plannersMeasure({ basis }: Pick<TurnoverSettings, 'basis'>): 'net_sales' | 'net_sales_incl' {
  return basis === 'incl' ? 'net_sales_incl' : 'net_sales';
}
