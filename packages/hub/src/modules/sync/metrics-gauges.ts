import { sql } from 'kysely';
import { Gauge } from 'prom-client';
import { systemTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { shareOf } from './history.ts';

/** A scrape asks the database at most this often, however many scrape. */
const FRESH_MS = 5_000;
const ACCOUNTS_SHOWN = 50;

/** What the database knows of all accounts together, and of those that are worst off one by one. */
interface Standing {
  readonly runs: Readonly<Record<string, number>>;
  readonly connections: Readonly<Record<string, number>>;
  readonly setAside: Readonly<Record<string, number>>;
  readonly hintsWaiting: number;
  readonly dirtyDays: number;
  readonly accounts: readonly AccountStanding[];
}

interface AccountStanding {
  readonly account: string;
  /** How long its poll is overdue; null when it is not scheduled. */
  readonly dueSeconds: number | null;
  /** How far behind the POS's time what is read is; null before the first poll. */
  readonly lagSeconds: number | null;
  /** Share of the history walked; null when unknown or through. */
  readonly historyShare: number | null;
}

/** Gauges that are asked of the database when somebody scrapes: the same from every process. Labels by account are bounded. */
export function registerSyncGauges(services: Services): void {
  let standing: { readonly at: number; readonly read: Promise<Standing> } | undefined;
  const read = async (): Promise<Standing> => {
    const now = performance.now();
    if (standing === undefined || now - standing.at > FRESH_MS) standing = { at: now, read: readStanding(services) };
    return standing.read;
  };
  const gauge = (
    name: string,
    help: string,
    set: (gauge: Gauge, standing: Standing) => void,
    labelNames: string[] = [],
  ): void => {
    const made = new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      async collect() {
        this.reset();
        set(this, await read());
      },
    });
    services.metrics.registry.registerMetric(made);
  };
  const byLabel =
    (label: string, of: (standing: Standing) => Readonly<Record<string, number>>) => (gauge: Gauge, now: Standing) => {
      for (const [value, count] of Object.entries(of(now))) gauge.set({ [label]: value }, count);
    };
  const worst = (of: (account: AccountStanding) => number | null) => (gauge: Gauge, now: Standing) => {
    const known = now.accounts.flatMap((account) => {
      const value = of(account);
      return value === null ? [] : [{ account: account.account, value }];
    });
    known.sort((a, b) => b.value - a.value);
    for (const { account, value } of known.slice(0, ACCOUNTS_SHOWN)) gauge.set({ account }, value);
  };
  const highest = (of: (account: AccountStanding) => number | null) => (gauge: Gauge, now: Standing) =>
    gauge.set(Math.max(0, ...now.accounts.map((account) => of(account) ?? 0)));

  gauge(
    'tillweave_runs',
    'Runs begun in the last 24 hours, by state',
    byLabel('state', ({ runs }) => runs),
    ['state'],
  );
  gauge(
    'tillweave_connections',
    'Connections, by state',
    byLabel('state', ({ connections }) => connections),
    ['state'],
  );
  gauge(
    'tillweave_set_aside_open',
    'Documents that could not be read and are not settled, by reason',
    byLabel('code', ({ setAside }) => setAside),
    ['code'],
  );
  gauge('tillweave_hints_waiting', 'Hints of the POS that nobody has served yet', (own, now) => own.set(now.hintsWaiting));
  gauge('tillweave_dirty_days', 'Shop-days whose figures are to be summed anew', (own, now) => own.set(now.dirtyDays));
  gauge('tillweave_oldest_due_seconds', 'How long the account that waits longest is overdue to be polled', highest(overdue));
  gauge('tillweave_poll_delay_seconds', 'How long accounts are overdue to be polled, the worst ones', worst(overdue), [
    'account',
  ]);
  gauge(
    'tillweave_coverage_lag_max_seconds',
    'How far the worst account is behind its POS',
    highest(({ lagSeconds }) => lagSeconds),
  );
  gauge(
    'tillweave_coverage_lag_seconds',
    'How far accounts are behind their POS, the worst ones',
    worst(({ lagSeconds }) => lagSeconds),
    ['account'],
  );
  gauge(
    'tillweave_history_left_ratio',
    'Share of the history still to be walked, of accounts that import theirs',
    worst(({ historyShare }) => (historyShare === null ? null : 1 - historyShare)),
    ['account'],
  );
}

function overdue({ dueSeconds }: AccountStanding): number | null {
  return dueSeconds === null || dueSeconds < 0 ? null : dueSeconds;
}

async function readStanding({ db }: Services): Promise<Standing> {
  return systemTransaction(db, async (trx) => {
    const { rows } = await sql<Omit<Standing, 'accounts'>>`
      select
        (select coalesce(jsonb_object_agg(state, n), '{}') from (
          select state, count(*) as n from run where started_at > now() - interval '1 day' or finished_at is null group by state) r) as runs,
        (select coalesce(jsonb_object_agg(state, n), '{}') from (
          select state, count(*) as n from connection where state <> 'removed' group by state) c) as connections,
        (select coalesce(jsonb_object_agg(code, n), '{}') from (
          select code, count(*) as n from set_aside where resolved_at is null group by code) s) as "setAside",
        (select count(*)::int from hint where served_at is null) as "hintsWaiting",
        (select count(*)::int from dirty_day) as "dirtyDays"`.execute(trx);
    const accounts = await sql<{
      account: string;
      due: number | null;
      lag: number | null;
      through: boolean | null;
      place: { lastId: string | null; goalId: string | null } | null;
    }>`
      select s.pos_account_id as account, extract(epoch from now() - s.due_at)::float8 as due,
        extract(epoch from now() - live.caught_up_at)::float8 as lag,
        history.caught_up_at is not null as through, history.position as place
      from sync_state s
      join connection c on c.organization_id = s.organization_id and c.pos_account_id = s.pos_account_id
        and c.state in ('active', 'throttled')
      left join cursor live on live.organization_id = s.organization_id and live.pos_account_id = s.pos_account_id
        and live.stream = 'sales' and live.lane = 'live'
      left join cursor history on history.organization_id = s.organization_id and history.pos_account_id = s.pos_account_id
        and history.stream = 'sales' and history.lane = 'history'`.execute(trx);
    const [row] = rows;
    if (row === undefined) throw new Error('A query without a table answers one row.');
    return {
      ...row,
      accounts: accounts.rows.map(({ account, due, lag, through, place }) => ({
        account,
        dueSeconds: due,
        lagSeconds: lag,
        historyShare: through === true || place === null ? null : shareOf({ lastId: place.lastId, goalId: place.goalId }),
      })),
    };
  });
}
