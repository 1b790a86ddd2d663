import { message } from '../messages/message.ts';
import { listDepartments } from '../modules/stores/queries.ts';
import { tenantTransaction } from '../platform/database/transaction.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';

/**
 * Departments by their ids or names; null when none are named, which is no limit.
 *
 * @throws AppError `not_found`, or `invalid_request` for a name that several have.
 */
export async function chooseDepartments(
  services: Services,
  organizationId: string,
  wanted: readonly string[] | undefined,
): Promise<string[] | null> {
  if (wanted === undefined) return null;
  const all = await tenantTransaction(services.db, organizationId, (trx) => listDepartments(trx, organizationId));
  return wanted.map((text) => {
    const [only, ...others] = all.filter(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase());
    if (only === undefined) throw new AppError('not_found', message('cli.department.unknown', { wanted: text }));
    if (others.length > 0) throw new AppError('invalid_request', message('cli.department.several', { wanted: text }));
    return only.id;
  });
}
