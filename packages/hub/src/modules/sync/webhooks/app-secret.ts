import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../../platform/database/schema.ts';
import type { Services } from '../../../platform/services.ts';
import type { ConnectionRef } from '../../connections/credential.ts';

/** Of whatever kind a credential is, only this is looked at. */
const WithSecret = z.object({ clientSecret: z.string().min(1).nullish().catch(null) });

/** The secret that the application of an X-Series connection signs deliveries with; null for one without (a personal token, X §11.3). */
export async function appSecretOf(
  { sealer }: Pick<Services, 'sealer'>,
  trx: Transaction<Database>,
  { organizationId, connectionId }: ConnectionRef,
): Promise<string | null> {
  const row = await trx
    .selectFrom('credential')
    .select('sealed')
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const opened: unknown = JSON.parse(sealer.open(row.sealed, `credential:${organizationId}:${connectionId}`));
  return WithSecret.parse(opened).clientSecret ?? null;
}
