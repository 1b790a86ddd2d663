import type { Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import type { ConnectionRef } from '../../connections/credential.ts';
import { deliveryOrigin, type HookProblem } from './manage.ts';

/** Whether an account's POS tells of changes by itself, and if not, why. */
export interface WebhookState {
  readonly mode: 'webhooks' | 'polling';
  readonly problem: HookProblem | 'not_offered' | 'not_registered' | null;
  readonly types: string[];
  readonly registeredAt: string | null;
  readonly checkedAt: string | null;
  readonly lastDeliveryAt: string | null;
}

/** @throws AppError `not_found`. */
export async function webhookState(
  { config }: Pick<Services, 'config'>,
  trx: Transaction<Database>,
  { organizationId, connectionId }: ConnectionRef,
): Promise<WebhookState> {
  const connection = await trx
    .selectFrom('connection')
    .select('provider')
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .where('state', '<>', 'removed')
    .executeTakeFirst();
  if (connection === undefined) throw new AppError('not_found', 'There is no such connection.');
  const rows = await trx
    .selectFrom('webhook')
    .select(['type', 'remote_id', 'registered_at', 'checked_at', 'delivered_at', 'problem'])
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)
    .orderBy('type')
    .execute();
  const registered = rows.filter(({ remote_id }) => remote_id !== null);
  const newest = (dates: readonly (Date | null)[]): string | null =>
    dates.reduce<string | null>((latest, date) => {
      const text = date?.toISOString() ?? null;
      return text !== null && (latest === null || text > latest) ? text : latest;
    }, null);
  const problem = problemOf();
  return {
    mode: problem === null ? 'webhooks' : 'polling',
    problem,
    types: registered.map(({ type }) => type),
    registeredAt: newest(registered.map(({ registered_at }) => registered_at)),
    checkedAt: newest(rows.map(({ checked_at }) => checked_at)),
    lastDeliveryAt: newest(rows.map(({ delivered_at }) => delivered_at)),
  };

  function problemOf(): WebhookState['problem'] {
    if (connection?.provider !== 'lightspeed-x') return 'not_offered';
    if (deliveryOrigin(config) === null) return 'no_public_address';
    const noted = rows.find(({ problem }) => problem !== null)?.problem;
    if (noted === 'forbidden' || noted === 'rejected') return noted;
    return registered.length === 0 ? 'not_registered' : null;
  }
}
