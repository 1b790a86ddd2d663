import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { z } from 'zod';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { sumFacts } from '../ledger/facts.ts';
import type { Window } from './cursors.ts';
import { addWindows } from './reconcile.ts';
import { enqueueSlice, SYNC_QUEUE } from './request-sync.ts';
import { type RunSummary, syncAccount } from './run-connection.ts';
import { registerWebhookWorkers } from './webhooks/jobs.ts';
import { keepMemorySteady } from './steady-memory.ts';

const DUE_QUEUE = 'sync-due';
const PARTITIONS_QUEUE = 'month-partitions';
const NIGHTLY_QUEUE = 'sync-nightly';
/** The schedule's own step: what falls due before its next look is asked for now, and starts when it is due. */
const LOOK_SECONDS = 60;
/** Each night the last days are read again, and one older week in rotation: a year comes round in as many nights as it has weeks. */
const NIGHTLY_DAYS = 2;
const WEEKS_ROUND = 52;
const DAY_MS = 86_400_000;
const MONTHS_AHEAD = 3;
/** Accounts worked on at once by one process. They mostly wait for the POS. */
const CONCURRENCY = 16;
/** Another worker has the account; if it died, its lease has run out by the second look. */
const BUSY_MS = 20_000;
/** A spent budget is let recover a little beyond the first request it allows: a slice should be worth its start. */
const RECOVERY_MS = 3_000;

const Account = z.object({ organizationId: z.uuid(), posAccountId: z.uuid() });
type Account = z.infer<typeof Account>;

/** Takes up everything that is synchronised in the background. Takes effect when the jobs are started. */
export function registerSyncWorkers(services: Services): void {
  keepMemorySteady();
  const { jobs } = services;
  jobs.work(SYNC_QUEUE, { concurrency: CONCURRENCY }, (data, { signal }) => workSlice(services, Account.parse(data), signal));
  jobs.work(DUE_QUEUE, {}, () => requestDue(services));
  jobs.schedule(DUE_QUEUE, '* * * * *');
  jobs.work(NIGHTLY_QUEUE, {}, () => requestNightly(services));
  jobs.schedule(NIGHTLY_QUEUE, '* * * * *');
  jobs.work(PARTITIONS_QUEUE, {}, async () => {
    await services.pool.query('select make_month_partitions($1)', [MONTHS_AHEAD]);
  });
  jobs.schedule(PARTITIONS_QUEUE, '17 3 * * *');
  registerWebhookWorkers(services);
}

/** Works one slice and puts the next one into the queue while there is more to do: so thousands of accounts take turns. */
async function workSlice(services: Services, account: Account, signal: AbortSignal): Promise<void> {
  const { connectionId, isWanted, isHeld } = await standingOf(services, account);
  if (connectionId === null) {
    // Frozen, retired or waiting to be authorised: its request stays, and is served when it works again. What is stored is summed.
    await sumFacts(services.db, account.organizationId, account.posAccountId);
    return;
  }
  if (!isWanted) return;
  if (isHeld) {
    // Whoever has the account sees at its next page what was asked for; nothing is opened for nothing.
    await enqueueSlice(services, null, account, inMs(BUSY_MS));
    return;
  }
  let summary: RunSummary;
  try {
    summary = await syncAccount(services, { ...account, connectionId, signal });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    services.log.warn({ event: 'sync.account_refused', code: error.code, ...account }, 'An account cannot be synchronised now');
    return;
  }
  if (summary.cause !== undefined) throw summary.cause;
  const next = nextSlice(summary, services.clock.now());
  if (next !== null) await enqueueSlice(services, null, account, inMs(next));
  // What was asked for while this slice was ending may have found the account taken: it need not wait for its second try.
  else if (summary.state !== 'failed' && (await standingOf(services, account)).isWanted)
    await enqueueSlice(services, null, account);
}

/** In how many milliseconds to go on; null when the account is done. */
function nextSlice(summary: RunSummary, now: number): number | null {
  switch (summary.state) {
    case 'running':
      return 0;
    case 'throttled':
      return Math.max(0, (summary.retryAt?.getTime() ?? now) - now) + RECOVERY_MS;
    case 'busy':
      return BUSY_MS;
    default:
      return null;
  }
}

/** The queue goes by the database's time, the POS by its own: what both know is how long. */
function inMs(ms: number): Date {
  return new Date(Date.now() + ms);
}

/**
 * Asks for a poll of every account whose time has come, or comes before the next look, across organizations; each at its own moment. That
 * moment is the account's for ever, told by its id: polls are spread evenly over the time between two of them, also those of accounts that
 * were connected, or had to wait, together.
 */
export async function requestDue(services: Services): Promise<void> {
  await systemTransaction(services.db, async (trx) => {
    const { rows } = await sql<Account & { at: Date }>`
      with due as materialized (
        select s.organization_id, s.pos_account_id, greatest(s.due_at, now()) as at, a.poll_seconds as every,
          ('x' || right(s.pos_account_id::text, 7))::bit(28)::int % a.poll_seconds as phase
        from sync_state s
        join pos_account a on a.organization_id = s.organization_id and a.id = s.pos_account_id
        where s.due_at < now() + ${LOOK_SECONDS} * interval '1 second'
        order by s.organization_id, s.pos_account_id
        for no key update of s
      )
      update sync_state s set wanted = s.wanted + 1,
        due_at = to_timestamp((floor((extract(epoch from due.at) - due.phase) / due.every) + 1) * due.every + due.phase)
      from due
      where s.organization_id = due.organization_id and s.pos_account_id = due.pos_account_id
      returning s.organization_id as "organizationId", s.pos_account_id as "posAccountId", due.at`.execute(trx);
    await services.jobs.enqueueMany(
      trx,
      SYNC_QUEUE,
      rows.map(({ at, ...account }) => ({ data: account, singletonKey: account.posAccountId, startAfter: at })),
    );
    // Left by processes that died: long over, and of no effect.
    await sql`delete from call_permit where until < now() - interval '1 minute'`.execute(trx);
  });
}

/**
 * Asks for the nightly reading of every account that is read and whose hour has struck since it was asked for last, on its own clock: a
 * night without workers is made up for, and a frozen account's nights do not pile up. Where clocks skip the hour that is the first moment
 * after; where they show it twice, once (D26): as PostgreSQL reads a local time.
 */
export async function requestNightly(services: Services): Promise<void> {
  const now = services.clock.now();
  await systemTransaction(services.db, async (trx) => {
    const { rows } = await sql<Account & { days: number }>`
      with struck as (
        select a.organization_id, a.id, a.nightly_days,
          ((${new Date(now)}::timestamptz at time zone zone.name)::date + a.nightly_time) at time zone zone.name as at
        from pos_account a
        join organization o on o.organization_id = a.organization_id
        cross join lateral (select coalesce(a.nightly_zone, o.time_zone) as name) zone
        where exists (
          select from connection c
          where c.organization_id = a.organization_id and c.pos_account_id = a.id and c.state in ('active', 'throttled')
        )
      )
      update sync_state s set wanted = s.wanted + 1, nightly_at = struck.at
      from struck
      where struck.organization_id = s.organization_id and struck.id = s.pos_account_id and s.due_at is not null
        and struck.at <= ${new Date(now)} and struck.at > s.nightly_at
      returning s.organization_id as "organizationId", s.pos_account_id as "posAccountId", struck.nightly_days as days`.execute(
      trx,
    );
    for (const { days, ...account } of rows) {
      await addWindows(trx, account, nightlyWindows(now, days));
      await enqueueSlice(services, trx, account);
    }
  });
}

/** The last days, and the older week whose turn it is. */
export function nightlyWindows(now: Instant, days = NIGHTLY_DAYS): readonly Window[] {
  const until = (now + DAY_MS) as Instant;
  const recent = (now - days * DAY_MS) as Instant;
  const turn = Math.floor(now / DAY_MS) % WEEKS_ROUND;
  const weekEnd = (recent - turn * 7 * DAY_MS) as Instant;
  const older = { from: (weekEnd - 7 * DAY_MS) as Instant, until: weekEnd };
  return days === 0 ? [older] : [{ from: recent, until }, older];
}

interface Standing {
  /** The account's working connection, the newest first; null when it has none. */
  readonly connectionId: string | null;
  /** Something was asked for that no pass has served, the POS told of a change, or a run is unfinished. */
  readonly isWanted: boolean;
  /** Somebody has the account. */
  readonly isHeld: boolean;
}

/** What one look at an account tells: most are polled for nothing, so it is one statement. */
async function standingOf(services: Services, { organizationId, posAccountId }: Account): Promise<Standing> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<Standing>`
      select c.id as "connectionId",
        coalesce(s.wanted > s.done, false) or exists (
          select from run r where r.organization_id = s.organization_id and r.id = s.run_id and r.finished_at is null
        ) or exists (
          select from hint h where h.organization_id = s.organization_id and h.pos_account_id = s.pos_account_id and h.served_at is null
        ) as "isWanted", coalesce(s.lease_until >= clock_timestamp(), false) as "isHeld"
      from (select) one
      left join lateral (
        select id from connection
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and state in ('active', 'throttled')
        order by id desc limit 1
      ) c on true
      left join sync_state s on s.organization_id = ${organizationId} and s.pos_account_id = ${posAccountId}`.execute(trx);
    return rows[0] ?? { connectionId: null, isWanted: false, isHeld: false };
  });
}
