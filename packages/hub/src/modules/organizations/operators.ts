import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { Role } from './permissions.ts';

/** Somebody of the staff who run this installation, and the role they have when they act as an organization. */
export interface Operator {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly createdAt: Date;
}

export async function listOperators(services: Services): Promise<Operator[]> {
  return services.db
    .selectFrom('auth.operator')
    .innerJoin('auth.user', 'auth.user.id', 'auth.operator.userId')
    .select(['auth.user.email', 'auth.user.name', 'auth.operator.role', 'auth.operator.createdAt'])
    .orderBy('auth.user.email')
    .execute();
}

/**
 * Lets somebody act as any organization, with a role; null takes that away. Only whoever has a shell on this machine can say so.
 *
 * @throws AppError `not_found` when nobody has this e-mail address.
 */
export async function setOperator(services: Services, email: string, role: Role | null): Promise<void> {
  const user = await services.db
    .selectFrom('auth.user')
    .select('id')
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst();
  if (user === undefined) throw new AppError('not_found', 'Nobody has this e-mail address.');
  if (role === null) {
    await services.db.deleteFrom('auth.operator').where('userId', '=', user.id).execute();
    return;
  }
  await sql`
    insert into auth.operator ("userId", role) values (${user.id}::uuid, ${role})
    on conflict ("userId") do update set role = excluded.role`.execute(services.db);
}
