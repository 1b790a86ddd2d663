import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { asTenant } from './as-tenant.ts';

export interface NewOrganization {
  readonly organizationName: string;
  /** ISO 4217; EUR unless said. */
  readonly currency?: string;
  /** IANA; UTC unless said. */
  readonly timeZone?: string;
}

/**
 * Makes an organization when there is none at all, so that a till can be connected before anybody has an account. Its first owner takes
 * it over with a name, currency and zone of their own.
 *
 * @returns The new organization's id, or null when there is one already.
 */
export async function ensureFirstOrganization(services: Services, organizationName: string): Promise<string | null> {
  return services.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('tillweave set-up')), set_config('role', 'app_system', true)`.execute(trx);
    const existing = await trx.selectFrom('organization').select('organization_id').limit(1).executeTakeFirst();
    if (existing !== undefined) return null;
    await sql`reset role`.execute(trx);
    return insertOrganization(services, trx, { organizationName });
  });
}

/** The organization of a new owner: the one that nobody belongs to yet, renamed, else a new one. */
export async function takeOrganization(services: Services, trx: Transaction<Database>, input: NewOrganization): Promise<string> {
  const orphan = await trx
    .selectFrom('auth.organization')
    .select('id')
    .where((query) =>
      query.not(
        query.exists(query.selectFrom('auth.member').select('id').whereRef('organizationId', '=', 'auth.organization.id')),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  if (orphan === undefined) return insertOrganization(services, trx, input);
  const { organizationName: name, currency, timeZone } = input;
  await trx.updateTable('auth.organization').set({ name }).where('id', '=', orphan.id).execute();
  await asTenant(trx, orphan.id, () =>
    trx
      .updateTable('organization')
      .set({ name, ...(currency === undefined ? {} : { currency }), ...(timeZone === undefined ? {} : { time_zone: timeZone }) })
      .where('organization_id', '=', orphan.id)
      .execute(),
  );
  return orphan.id;
}

async function insertOrganization(services: Services, trx: Transaction<Database>, input: NewOrganization): Promise<string> {
  const now = services.clock.now();
  const id = uuidv7(now);
  await trx
    .insertInto('auth.organization')
    .values({
      id,
      name: input.organizationName,
      slug: `o-${randomBytes(6).toString('hex')}`,
      createdAt: new Date(now),
      metadata: null,
    })
    .execute();
  await asTenant(trx, id, () =>
    trx
      .insertInto('organization')
      .values({
        organization_id: id,
        name: input.organizationName,
        currency: input.currency ?? 'EUR',
        time_zone: input.timeZone ?? 'UTC',
      })
      .execute(),
  );
  return id;
}
