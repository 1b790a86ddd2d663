import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { ConnectionRef } from './credential.ts';
import { changeState, stopRun } from './states.ts';

/**
 * Freezes a connection: its data is kept and no calls are made until it is thawed.
 *
 * @throws AppError `not_found`, or `conflict` for a retired one.
 */
export async function freezeConnection(services: Services, ref: ConnectionRef, reason: string | null): Promise<void> {
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    await changeState(trx, { ...ref, to: 'frozen', reason, at: new Date(services.clock.now()) });
    await stopRun(trx, ref);
  });
}

/**
 * Thaws a frozen connection; it goes on from its cursors.
 *
 * @throws AppError `not_found`, or `conflict` when it is not frozen.
 */
export async function thawConnection(services: Services, ref: ConnectionRef): Promise<void> {
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const row = await trx
      .selectFrom('connection')
      .select(['state', 'pos_account_id'])
      .where('organization_id', '=', ref.organizationId)
      .where('id', '=', ref.connectionId)
      .where('state', '<>', 'removed')
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
    if (row.state !== 'frozen')
      throw new AppError('conflict', 'The connection is not frozen.', { details: { state: row.state } });
    const complete = row.pos_account_id !== null;
    await changeState(trx, {
      ...ref,
      to: complete ? 'active' : 'set_up_incomplete',
      reason: complete ? null : 'not_authorized',
      at: new Date(services.clock.now()),
    });
  });
}
