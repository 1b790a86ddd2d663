import { z } from '@hono/zod-openapi';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import {
  type AccountSettings,
  accountSettingsSchema,
  changeAccountSettings,
  DEFAULT_ACCOUNT_SETTINGS,
  readAccountSettings,
} from '../sync/account-settings.ts';
import type { ConnectionRef } from './credential.ts';

const notificationEmail = z
  .email()
  .max(320)
  .nullable()
  .openapi({ description: 'Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.' });

/** Additional settings of a connection (M14): how its account is read and counted, and who is told. */
export const connectionSettingsSchema = accountSettingsSchema.extend({ notificationEmail }).openapi('ConnectionSettings');

export type ConnectionSettings = z.output<typeof connectionSettingsSchema>;

/** What can be chosen before the account is known (C7). */
export const firstSettingsSchema = connectionSettingsSchema.omit({ registersOut: true, shopFilter: true }).partial();

type Changes = { readonly [Name in keyof ConnectionSettings]?: ConnectionSettings[Name] | undefined };
type FirstSettings = Partial<Omit<AccountSettings, 'registersOut' | 'shopFilter'>>;

const storedFirst = accountSettingsSchema.omit({ registersOut: true, shopFilter: true }).partial();

interface Row {
  readonly name: string;
  readonly posAccountId: string | null;
  readonly notificationEmail: string | null;
  readonly first: FirstSettings;
}

/** @throws AppError `not_found`. */
export async function readConnectionSettings(trx: Transaction<Database>, ref: ConnectionRef): Promise<ConnectionSettings> {
  const row = await rowOf(trx, ref);
  const account =
    row.posAccountId === null
      ? { ...DEFAULT_ACCOUNT_SETTINGS, ...row.first }
      : await readAccountSettings(trx, { organizationId: ref.organizationId, posAccountId: row.posAccountId });
  return { ...account, notificationEmail: row.notificationEmail };
}

/**
 * Changes settings; what is left out stays. Those of the account wait with the connection while it has none.
 *
 * @throws AppError `not_found`, `invalid_request` as `changeAccountSettings`, `conflict` for shops and registers before there are any.
 */
export async function changeConnectionSettings(
  trx: Transaction<Database>,
  ref: ConnectionRef,
  changes: Changes,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<ConnectionSettings> {
  const row = await rowOf(trx, ref);
  const { notificationEmail: email, ...ofAccount } = changes;
  const { organizationId, connectionId } = ref;
  if (row.posAccountId !== null && Object.values(ofAccount).some((value) => value !== undefined)) {
    await changeAccountSettings(trx, { organizationId, posAccountId: row.posAccountId }, ofAccount, by);
  } else if (row.posAccountId === null) {
    await storeFirst(trx, ref, row, ofAccount, by);
  }
  if (email !== undefined && email !== row.notificationEmail) {
    await trx
      .updateTable('connection')
      .set({ notification_email: email })
      .where('organization_id', '=', organizationId)
      .where('id', '=', connectionId)
      .execute();
    await recordAudit(trx, {
      organizationId,
      ...by,
      action: 'connection.settings_changed',
      subject: { kind: 'connection', id: connectionId, name: row.name },
      before: { notificationEmail: row.notificationEmail },
      after: { notificationEmail: email },
    });
  }
  return readConnectionSettings(trx, ref);
}

/** Gives an account the settings that its connection was made with; nothing when there were none. */
export async function takeFirstSettings(
  trx: Transaction<Database>,
  ref: ConnectionRef,
  posAccountId: string,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<void> {
  const { first } = await rowOf(trx, ref);
  if (Object.keys(first).length === 0) return;
  await changeAccountSettings(trx, { organizationId: ref.organizationId, posAccountId }, first, by);
  await writeFirst(trx, ref, {});
}

/** The share of the budget that is left to others, chosen before or after the account is known. */
export async function reserveOf(trx: Transaction<Database>, ref: ConnectionRef): Promise<number> {
  return (await readConnectionSettings(trx, ref)).rateReserve;
}

async function storeFirst(
  trx: Transaction<Database>,
  ref: ConnectionRef,
  { name, first }: Row,
  { registersOut, shopFilter, ...changes }: Changes,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<void> {
  if (registersOut !== undefined || shopFilter !== undefined) {
    throw new AppError('conflict', 'The shops and registers are known once the connection is authorized.');
  }
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) return;
  const after = { ...first, ...given };
  await writeFirst(trx, ref, after);
  await recordAudit(trx, {
    organizationId: ref.organizationId,
    ...by,
    action: 'connection.settings_changed',
    subject: { kind: 'connection', id: ref.connectionId, name },
    before: { ...first },
    after,
  });
}

async function writeFirst(trx: Transaction<Database>, ref: ConnectionRef, settings: FirstSettings): Promise<void> {
  await trx
    .updateTable('connection')
    .set({ first_settings: JSON.stringify(settings) })
    .where('organization_id', '=', ref.organizationId)
    .where('id', '=', ref.connectionId)
    .execute();
}

async function rowOf(trx: Transaction<Database>, { organizationId, connectionId }: ConnectionRef): Promise<Row> {
  const row = await trx
    .selectFrom('connection')
    .select(['name', 'pos_account_id', 'notification_email', 'first_settings'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .where('state', '<>', 'removed')
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  return {
    name: row.name,
    posAccountId: row.pos_account_id,
    notificationEmail: row.notification_email,
    first: storedFirst.parse(row.first_settings) as FirstSettings,
  };
}

const place = { id: z.string(), name: z.string(), archived: z.boolean(), counted: z.boolean() };

/** What of an account can be chosen, and what the choice makes of it. */
export const settingsChoicesSchema = z
  .object({
    shops: z.array(z.object({ ...place, country: z.string().nullable(), region: z.string().nullable() })),
    registers: z.array(z.object({ ...place, shopId: z.string().nullable(), shopName: z.string().nullable() })),
    regions: z.array(z.object({ region: z.string(), shops: z.int() })).openapi({
      description: 'Countries of the shops’ addresses, and states in them where the POS tells; as `shopFilter` takes them.',
    }),
  })
  .openapi('ConnectionChoices');

/** The shops, registers and regions of a connection's account; none before it is authorized. @throws AppError `not_found`. */
export async function readSettingsChoices(
  trx: Transaction<Database>,
  ref: ConnectionRef,
): Promise<z.output<typeof settingsChoicesSchema>> {
  const { posAccountId } = await rowOf(trx, ref);
  const { organizationId } = ref;
  const { rows: shops } = await sql<z.output<typeof settingsChoicesSchema>['shops'][number]>`
    select shop_id as id, name, archived, counted, country, country || '-' || region as region from shop
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
    order by name, shop_id`.execute(trx);
  const { rows: registers } = await sql<z.output<typeof settingsChoicesSchema>['registers'][number]>`
    select r.register_id as id, r.name, r.archived, r.shop_id as "shopId", s.name as "shopName",
      coalesce(s.counted, true) and not r.register_id = any(a.registers_out) as counted
    from register r
    join pos_account a on a.organization_id = r.organization_id and a.id = r.pos_account_id
    left join shop s on s.organization_id = r.organization_id and s.pos_account_id = r.pos_account_id and s.shop_id = r.shop_id
    where r.organization_id = ${organizationId} and r.pos_account_id = ${posAccountId}
    order by s.name, r.name, r.register_id`.execute(trx);
  const regions = new Map<string, number>();
  for (const { country, region } of shops) {
    for (const one of [country, region]) if (one !== null) regions.set(one, (regions.get(one) ?? 0) + 1);
  }
  return {
    shops,
    registers,
    regions: [...regions].map(([region, count]) => ({ region, shops: count })).toSorted((a, b) => (a.region < b.region ? -1 : 1)),
  };
}
