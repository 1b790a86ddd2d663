import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';

const Contact = z.object({ name: z.string(), email: z.string(), phone: z.string() });
const Support = Contact.extend({ hours: z.string(), links: z.array(z.object({ label: z.string(), url: z.string() })) });

/** Somebody to turn to; parts that nobody gave are ''. */
export type Contact = z.infer<typeof Contact>;
/** Whoever runs this installation, for their clients' people (W9). */
export type Support = z.infer<typeof Support>;

const NO_CONTACT: Contact = { name: '', email: '', phone: '' };
const NO_SUPPORT: Support = { ...NO_CONTACT, hours: '', links: [] };

/** What an organization is set to. Times are `HH:MM` on its own clocks. */
export interface Settings {
  readonly general: {
    readonly name: string;
    /** IANA; for what has no shop of its own, and for shops whose till names none. */
    readonly timeZone: string;
    readonly currency: string;
    /** 1 Monday to 7 Sunday. */
    readonly weekStart: number;
    /** When the last days are read again each night. */
    readonly nightlyAt: string;
  };
  /** Tab Budget & Weekly Balance (W2). */
  readonly balance: {
    /** Off: terminal numbers and the mapping of registers are not shown. */
    readonly multipleCashRegisters: boolean;
    readonly posImport: boolean;
    /** Which connection feeds the balance; null: every one. */
    readonly posConnectionId: string | null;
    readonly autoConfirm: boolean;
    readonly autoConfirmAt: string;
  };
  /** Whom overdue imports are told to, besides the bell. */
  readonly integrationContact: Contact;
  readonly support: Support;
}

export type SettingsChange = { readonly [Part in keyof Settings]?: Partial<Settings[Part]> };

export async function readSettings(services: Services, organizationId: string): Promise<Settings> {
  return tenantTransaction(services.db, organizationId, (trx) => read(trx, organizationId));
}

/**
 * Changes what is given and leaves the rest, and writes down both states.
 *
 * @throws AppError `not_found` for a connection that is not the organization's.
 */
export async function changeSettings(
  services: Services,
  organizationId: string,
  actor: AuditActor,
  change: SettingsChange,
): Promise<Settings> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    await trx.selectFrom('organization').select('name').where('organization_id', '=', organizationId).forUpdate().execute();
    const before = await read(trx, organizationId);
    const after: Settings = {
      general: { ...before.general, ...change.general },
      balance: { ...before.balance, ...change.balance },
      integrationContact: { ...before.integrationContact, ...change.integrationContact },
      support: { ...before.support, ...change.support },
    };
    const changed = changedFields(flat(before), flat(after));
    if (changed === null) return before;
    if (after.balance.posConnectionId !== before.balance.posConnectionId) {
      await requireConnection(trx, organizationId, after.balance.posConnectionId);
    }
    await write(trx, organizationId, after);
    if (after.general.nightlyAt !== before.general.nightlyAt) {
      await trx
        .updateTable('pos_account')
        .set({ nightly_time: after.general.nightlyAt })
        .where('organization_id', '=', organizationId)
        .execute();
    }
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'settings.changed',
      subject: { kind: 'settings', id: organizationId, name: after.general.name },
      ...changed,
      at: new Date(services.clock.now()),
    });
    return after;
  });
}

async function read(trx: Transaction<Database>, organizationId: string): Promise<Settings> {
  const row = await trx
    .selectFrom('organization')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow();
  return {
    general: {
      name: row.name,
      timeZone: row.time_zone,
      currency: row.currency,
      weekStart: row.week_start,
      nightlyAt: row.nightly_at.slice(0, 5),
    },
    balance: {
      multipleCashRegisters: row.multiple_cash_registers,
      posImport: row.pos_import,
      posConnectionId: row.pos_connection_id,
      autoConfirm: row.auto_confirm,
      autoConfirmAt: row.auto_confirm_at.slice(0, 5),
    },
    integrationContact: Contact.parse({ ...NO_CONTACT, ...Object(row.integration_contact) }),
    support: Support.parse({ ...NO_SUPPORT, ...Object(row.support) }),
  };
}

async function write(trx: Transaction<Database>, organizationId: string, settings: Settings): Promise<void> {
  const { general, balance, integrationContact, support } = settings;
  await trx
    .updateTable('organization')
    .set({
      name: general.name,
      time_zone: general.timeZone,
      currency: general.currency,
      week_start: general.weekStart,
      nightly_at: general.nightlyAt,
      multiple_cash_registers: balance.multipleCashRegisters,
      pos_import: balance.posImport,
      pos_connection_id: balance.posConnectionId,
      auto_confirm: balance.autoConfirm,
      auto_confirm_at: balance.autoConfirmAt,
      integration_contact: JSON.stringify(integrationContact),
      support: JSON.stringify(support),
    })
    .where('organization_id', '=', organizationId)
    .execute();
}

async function requireConnection(trx: Transaction<Database>, organizationId: string, id: string | null): Promise<void> {
  if (id === null) return;
  const row = await trx
    .selectFrom('connection')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('state', '<>', 'removed')
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
}

function flat(settings: Settings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([part, values]) =>
      Object.entries(values).map(([name, value]): [string, unknown] => [`${part}.${name}`, value]),
    ),
  );
}
