import { sql } from 'kysely';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { type Matter, settleNotifications } from '../notifications/notify.ts';

const EXPIRY_QUEUE = 'credentials-expiry';
/** People are told this many days before a credential ends (T4). */
const WARNINGS = [1, 7, 14] as const;

/** Takes up the daily look at credentials that end. Takes effect when the jobs are started. */
export function registerConnectionWorkers(services: Services): void {
  services.jobs.work(EXPIRY_QUEUE, {}, () => warnOfExpiry(services));
  services.jobs.schedule(EXPIRY_QUEUE, '10 5 * * *');
}

interface Ending {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly name: string;
  readonly expiresOn: string;
  /** From today, by the organization's own calendar; 0 is today. */
  readonly days: number;
}

/**
 * Tells those concerned 14, 7 and 1 days before a credential ends, as stated or as its POS says; once each, however often this runs. What
 * was replaced meanwhile, or ends later than it did, is settled.
 */
export async function warnOfExpiry(services: Services): Promise<void> {
  const at = new Date(services.clock.now());
  const { ending, warned } = await systemTransaction(services.db, async (trx) => {
    const { rows } = await sql<Ending>`
      select c.organization_id as "organizationId", c.id as "connectionId", c.name, e.day as "expiresOn",
        e.day - (${at}::timestamptz at time zone o.time_zone)::date as days
      from connection c
      join organization o on o.organization_id = c.organization_id
      join credential k on k.organization_id = c.organization_id and k.connection_id = c.id
      cross join lateral (
        select coalesce(k.stated_expires_on,
          -- Of tokens that renew themselves this is the end of the newest one, and no news.
          case when c.api_type = 'personal_token' then (k.expires_at at time zone o.time_zone)::date end) as day) e
      where c.state not in ('retired', 'removed') and not k.never_expires
        and e.day - (${at}::timestamptz at time zone o.time_zone)::date between 0 and ${WARNINGS.at(-1)}
      order by c.organization_id, c.id`.execute(trx);
    const open = await trx
      .selectFrom('notification')
      .select('organization_id')
      .distinct()
      .where('kind', '=', 'connection_expires')
      .where('resolved_at', 'is', null)
      .execute();
    return { ending: rows, warned: open.map((row) => row.organization_id) };
  });
  const organizations = new Set([...warned, ...ending.map(({ organizationId }) => organizationId)]);
  for (const organizationId of organizations) {
    const matters = ending.filter((one) => one.organizationId === organizationId).map(matterOf);
    await tenantTransaction(services.db, organizationId, (trx) =>
      settleNotifications(trx, { organizationId, kind: 'connection_expires', at }, matters),
    );
  }
}

/** A key for each warning: the next one is news again. */
function matterOf({ connectionId, name, expiresOn, days }: Ending): Matter {
  const level = WARNINGS.find((warning) => days <= warning) ?? days;
  return { key: `${connectionId}:${expiresOn}:${level}`, data: { connectionId, connection: name, expiresOn, days } };
}
