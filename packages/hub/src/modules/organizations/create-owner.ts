import { createHash, timingSafeEqual } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { takeOrganization, type NewOrganization } from './create-organization.ts';
import { authOf, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './auth.ts';
import type { Role } from './permissions.ts';

/** A person who may sign in. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Whether nobody can sign in yet. */
export async function setupNeeded(services: Services): Promise<boolean> {
  const user = await services.db.selectFrom('auth.user').select('id').limit(1).executeTakeFirst();
  return user === undefined;
}

/**
 * The token with which the first owner is set up, printed by `tillweave start`. It is the same on every machine with the same
 * key, and worthless once somebody can sign in.
 */
export function setupToken(services: Services): string {
  return services.sealer.derive('first owner').slice(0, 32);
}

/**
 * Makes the first person of this installation, owner of a first organization.
 *
 * @throws AppError `forbidden` for a wrong token, `conflict` when somebody can sign in already.
 */
export async function setUpFirstOwner(
  services: Services,
  token: string,
  input: NewPerson & NewOrganization,
): Promise<{ userId: string; organizationId: string }> {
  if (!sameText(token, setupToken(services))) {
    throw new AppError('forbidden', 'This is not the set-up token. `tillweave start` prints it.');
  }
  const hash = await passwordHash(services, input.password);
  return services.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('tillweave set-up'))`.execute(trx);
    const user = await trx.selectFrom('auth.user').select('id').limit(1).executeTakeFirst();
    if (user !== undefined) throw new AppError('conflict', 'The set-up has been done. Sign in instead.');
    return insertOwner(services, trx, input, hash);
  });
}

/**
 * Makes a person who owns a new organization.
 *
 * @throws AppError `conflict` when the e-mail address is taken, `invalid_request` for a password of a wrong length.
 */
export async function createOwner(
  services: Services,
  input: NewPerson & NewOrganization,
): Promise<{ userId: string; organizationId: string }> {
  const hash = await passwordHash(services, input.password);
  return services.db.transaction().execute((trx) => insertOwner(services, trx, input, hash));
}

/** Makes a person with a role in an organization that exists; errors as `createOwner`. */
export async function createMember(
  services: Services,
  input: NewPerson & { readonly organizationId: string; readonly role: Role },
): Promise<{ userId: string }> {
  const hash = await passwordHash(services, input.password);
  return services.db.transaction().execute(async (trx) => {
    const userId = await insertPerson(services, trx, input, hash);
    await insertMember(services, trx, input.organizationId, userId, input.role);
    return { userId };
  });
}

/** @throws AppError `not_found` when nobody has this e-mail address. Ends the person's sessions. */
export async function setPassword(services: Services, email: string, password: string): Promise<void> {
  const hash = await passwordHash(services, password);
  await services.db.transaction().execute(async (trx) => {
    const user = await trx.selectFrom('auth.user').select('id').where('email', '=', normalEmail(email)).executeTakeFirst();
    if (user === undefined) throw new AppError('not_found', 'Nobody has this e-mail address.');
    await trx
      .updateTable('auth.account')
      .set({ password: hash, updatedAt: now(services) })
      .where('userId', '=', user.id)
      .where('providerId', '=', 'credential')
      .execute();
    await trx.deleteFrom('auth.session').where('userId', '=', user.id).execute();
  });
}

async function insertOwner(
  services: Services,
  trx: Transaction<Database>,
  input: NewPerson & NewOrganization,
  hash: string,
): Promise<{ userId: string; organizationId: string }> {
  const userId = await insertPerson(services, trx, input, hash);
  const organizationId = await takeOrganization(services, trx, input);
  await insertMember(services, trx, organizationId, userId, 'owner');
  return { userId, organizationId };
}

/**
 * Makes a person who may sign in with the password of `hash`.
 *
 * @throws AppError `conflict` when the e-mail address is taken.
 */
export async function insertPerson(
  services: Services,
  trx: Transaction<Database>,
  person: Omit<NewPerson, 'password'> & { readonly verified?: boolean },
  hash: string,
): Promise<string> {
  const userId = uuidv7(services.clock.now());
  const at = now(services);
  const inserted = await trx
    .insertInto('auth.user')
    .values({
      id: userId,
      name: person.name,
      email: normalEmail(person.email),
      emailVerified: person.verified ?? false,
      createdAt: at,
      updatedAt: at,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) throw new AppError('conflict', 'Somebody has this e-mail address already.');
  await trx
    .insertInto('auth.account')
    .values({
      id: uuidv7(services.clock.now()),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: hash,
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  return userId;
}

export async function insertMember(
  services: Services,
  trx: Transaction<Database>,
  organizationId: string,
  userId: string,
  role: Role,
  departmentIds: readonly string[] | null = null,
): Promise<void> {
  await trx
    .insertInto('auth.member')
    .values({
      id: uuidv7(services.clock.now()),
      organizationId,
      userId,
      role,
      departmentIds,
      createdAt: now(services),
    })
    .execute();
}

/** @throws AppError `invalid_request` for a length that is not allowed. */
export async function passwordHash(services: Services, password: string): Promise<string> {
  if (password.length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX) {
    throw new AppError('invalid_request', `A password has ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`);
  }
  const context = await authOf(services).$context;
  return context.password.hash(password);
}

export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function now(services: Services): Date {
  return new Date(services.clock.now());
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
