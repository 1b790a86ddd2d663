import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Database } from './database/schema.ts';
import { JOBS_SCHEMA } from './jobs-schema.ts';
import type { Logger } from './logging.ts';
import type { Metrics } from './metrics.ts';

const POLL_SECONDS = 1;
const RETRIES = 8;
const RETRY_DELAY_SECONDS = 2;
const RETRY_DELAY_MAX_SECONDS = 300;
/** A worker that has not been heard of for this long is dead; its jobs are run again. */
const HEARTBEAT_SECONDS = 15;
const SUPERVISE_SECONDS = 5;
const DELETE_AFTER_SECONDS = 86_400;
const COALESCE_ATTEMPTS = 5;
const DEFAULT_STOP_MS = 20_000;

/** JSON that says what to do; ids, never content. The handler checks it with a schema. */
export type JobData = Readonly<Record<string, string | number | boolean | null>>;

export interface EnqueueOptions {
  /** At most one job of this key waits in the queue; another is folded into it, and the earlier start wins. One more may run already. */
  readonly singletonKey?: string;
  /** Not before this time. */
  readonly startAfter?: Date;
}

/** One of many jobs that are put in together. */
export interface KeyedJob {
  readonly data: JobData;
  /** As in `EnqueueOptions`; no two of a call may share one. */
  readonly singletonKey: string;
  readonly startAfter?: Date;
}

export interface RunningJob {
  readonly id: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the process wants to stop: finish the step at hand and return. */
  readonly signal: AbortSignal;
}

/** Returns when done; throws to be tried again, later and later. Must bear being run twice: a job outlives a killed worker. */
export type JobHandler = (data: unknown, job: RunningJob) => Promise<void>;

export interface WorkOptions {
  /** Jobs of this queue at once in this process; default 1. */
  readonly concurrency?: number;
}

export interface ScheduleOptions {
  /** IANA zone of the cron expression; default UTC. */
  readonly tz?: string;
  readonly data?: JobData;
}

/** How much waits and what went wrong, by queue. */
export interface Backlog {
  readonly queue: string;
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
  /** How long the oldest that could run has waited, in seconds. */
  readonly oldestSeconds: number;
}

/** Background work in the database: survives restarts, shared by all processes. The only user of pg-boss. */
export interface Jobs {
  /** Starts working on what `work` registered (before or after). Enqueuing needs no start. */
  start(): Promise<void>;
  /** Tells handlers to stop, waits for them up to `timeoutMs`, hands back what is unfinished. Safe to call twice. */
  stop(timeoutMs?: number): Promise<void>;
  /** Puts a job in; with `trx` it appears when that transaction commits and never when it rolls back. */
  enqueue(trx: Transaction<Database> | null, queue: string, data: JobData, options?: EnqueueOptions): Promise<void>;
  /** The same for many jobs of one queue, in as few statements as for one. */
  enqueueMany(trx: Transaction<Database>, queue: string, jobs: readonly KeyedJob[]): Promise<void>;
  work(queue: string, options: WorkOptions, handler: JobHandler): void;
  /** Enqueues regularly, once across all processes. Takes effect with `start`. */
  schedule(queue: string, cron: string, options?: ScheduleOptions): void;
  backlog(): Promise<Backlog[]>;
}

interface Needs {
  readonly db: Kysely<Database>;
  readonly url: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** How often it is looked for dead workers; 5 unless a test is in a hurry. */
  readonly superviseSeconds?: number;
}

export function createJobs({ db, url, log, metrics, superviseSeconds = SUPERVISE_SECONDS }: Needs): Jobs {
  const workers = new Map<string, { options: WorkOptions; handler: JobHandler }>();
  const schedules = new Map<string, { cron: string; options: ScheduleOptions }>();
  const queues = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let sender: Promise<PgBoss> | undefined;
  let worker: PgBoss | undefined;

  const connect = async (working: boolean): Promise<PgBoss> => {
    const boss = new PgBoss({
      connectionString: url,
      application_name: 'tillweave-jobs',
      schema: JOBS_SCHEMA,
      max: working ? 4 : 2,
      migrate: false,
      createSchema: false,
      supervise: working,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
      schedule: working,
      useListenNotify: working,
    });
    boss.on('error', (error) => log.error({ err: error }, 'The job queue met an error'));
    boss.on('warning', (warning) => log.warn({ warning }, 'The job queue warns'));
    await boss.start();
    return boss;
  };

  const sending = async (): Promise<PgBoss> => {
    sender ??= connect(false).catch((error: unknown) => {
      sender = undefined;
      throw error;
    });
    return sender;
  };

  const ensureQueue = async (boss: PgBoss, queue: string): Promise<void> => {
    const known = queues.get(queue);
    if (known !== undefined) return known;
    const made = createQueue(boss, queue);
    queues.set(queue, made);
    await made.catch((error: unknown) => {
      queues.delete(queue);
      throw error;
    });
  };

  const run = async (
    queue: string,
    handler: JobHandler,
    job: { id: string; data: unknown; retryCount: number; signal: AbortSignal },
  ) => {
    const finished = metrics.jobSeconds.startTimer({ queue });
    try {
      await handler(job.data, {
        id: job.id,
        attempt: job.retryCount + 1,
        signal: AbortSignal.any([job.signal, stopping.signal]),
      });
      metrics.jobs.inc({ queue, outcome: 'done' });
    } catch (error) {
      metrics.jobs.inc({ queue, outcome: 'failed' });
      log.warn({ err: error, queue, job: job.id, attempt: job.retryCount + 1 }, 'A job failed and will be tried again');
      throw error;
    } finally {
      finished();
    }
  };

  const register = async (boss: PgBoss, queue: string, options: WorkOptions, handler: JobHandler): Promise<void> => {
    await ensureQueue(boss, queue);
    const settings = {
      batchSize: 1,
      localConcurrency: options.concurrency ?? 1,
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
    };
    await boss.work<unknown>(queue, settings, async (batch) => {
      for (const job of batch) await run(queue, handler, job);
    });
  };

  const plan = async (boss: PgBoss, queue: string, cron: string, { tz, data }: ScheduleOptions): Promise<void> => {
    await ensureQueue(boss, queue);
    await boss.schedule(queue, cron, { ...data }, { tz: tz ?? 'UTC', singletonKey: `schedule:${queue}` });
  };

  const later = (what: Promise<void>): void => {
    what.catch((error: unknown) => log.error({ err: error }, 'A job queue could not be set up'));
  };

  return {
    async start() {
      if (worker !== undefined) return;
      const boss = await connect(true);
      worker = boss;
      for (const [queue, { options, handler }] of workers) await register(boss, queue, options, handler);
      for (const [queue, { cron, options }] of schedules) await plan(boss, queue, cron, options);
    },
    async stop(timeoutMs = DEFAULT_STOP_MS) {
      stopping.abort(new Error('The process is stopping.'));
      await worker?.stop({ graceful: true, timeout: timeoutMs });
      const started = await sender?.catch(() => undefined);
      await started?.stop({ graceful: false });
    },
    async enqueue(trx, queue, data, options = {}) {
      const boss = await sending();
      await ensureQueue(boss, queue);
      await send(boss, trx ?? db, queue, data, options);
    },
    async enqueueMany(trx, queue, jobs) {
      if (jobs.length === 0) return;
      const boss = await sending();
      await ensureQueue(boss, queue);
      await sendMany(boss, trx, queue, jobs);
    },
    work(queue, options, handler) {
      workers.set(queue, { options, handler });
      if (worker !== undefined) later(register(worker, queue, options, handler));
    },
    schedule(queue, cron, options = {}) {
      schedules.set(queue, { cron, options });
      if (worker !== undefined) later(plan(worker, queue, cron, options));
    },
    backlog: () => readBacklog(db),
  };
}

/** `short`: one waiting job per key. Running ones do not count: a killed worker's must not hold up the next. */
async function createQueue(boss: PgBoss, queue: string): Promise<void> {
  if ((await boss.getQueue(queue)) !== null) return;
  await boss.createQueue(queue, {
    policy: 'short',
    notify: true,
    retryLimit: RETRIES,
    retryDelay: RETRY_DELAY_SECONDS,
    retryBackoff: true,
    retryDelayMax: RETRY_DELAY_MAX_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: DELETE_AFTER_SECONDS,
  });
}

async function send(
  boss: PgBoss,
  db: Kysely<Database>,
  queue: string,
  data: JobData,
  { singletonKey, startAfter }: EnqueueOptions,
): Promise<void> {
  const settings = { db: fromKysely(db), ...(startAfter === undefined ? {} : { startAfter }) };
  // Without a key of its own every job of the queue would fold into one.
  const key = singletonKey ?? randomUUID();
  for (let attempt = 0; attempt < COALESCE_ATTEMPTS; attempt += 1) {
    if ((await boss.send(queue, { ...data }, { ...settings, singletonKey: key })) !== null) return;
    if (await hold(db, queue, key, startAfter)) return;
  }
  throw new Error(`A job of queue ${queue} was neither taken nor folded into a waiting one.`);
}

/**
 * Folds into the waiting job of this key, and holds its row until the caller's transaction ends: a worker skips a held row, so the
 * job cannot run before what it was enqueued for is visible. False when it has started meanwhile.
 */
async function hold(db: Kysely<Database>, queue: string, key: string, startAfter: Date | undefined): Promise<boolean> {
  const { rows } = await sql`
    update pgboss.job
    set start_after = least(start_after, coalesce(${startAfter ?? null}::timestamptz, now()))
    where name = ${queue} and singleton_key = ${key} and state = 'created'
    returning id`.execute(db);
  return rows.length > 0;
}

/** As `send`: what is not taken is folded into the waiting job of its key; what has neither happened to started meanwhile, and goes in anew. */
async function sendMany(boss: PgBoss, trx: Transaction<Database>, queue: string, jobs: readonly KeyedJob[]): Promise<void> {
  // In one order for everybody, so that two who put in the same keys cannot wait for each other.
  let left = jobs.toSorted((a, b) => (a.singletonKey < b.singletonKey ? -1 : 1));
  for (let attempt = 0; attempt < COALESCE_ATTEMPTS; attempt += 1) {
    const rows = left.map(({ data, singletonKey, startAfter }) => ({
      data: { ...data },
      singletonKey,
      ...(startAfter === undefined ? {} : { startAfter }),
    }));
    await boss.insert(queue, rows, { db: fromKysely(trx) });
    const wanted = JSON.stringify(left.map(({ singletonKey, startAfter }) => ({ key: singletonKey, start: startAfter ?? null })));
    const { rows: held } = await sql<{ key: string }>`
      update pgboss.job j set start_after = least(j.start_after, coalesce(wanted.start, now()))
      from jsonb_to_recordset(${wanted}::jsonb) as wanted (key text, start timestamptz)
      where j.name = ${queue} and j.singleton_key = wanted.key and j.state = 'created'
      returning wanted.key`.execute(trx);
    const waiting = new Set(held.map(({ key }) => key));
    left = left.filter(({ singletonKey }) => !waiting.has(singletonKey));
    if (left.length === 0) return;
  }
  throw new Error(`${left.length} jobs of queue ${queue} were neither taken nor folded into waiting ones.`);
}

/** What waits in each queue; needs no job system, only the database. */
export async function readBacklog(db: Kysely<Database>): Promise<Backlog[]> {
  const { rows } = await sql<Backlog>`
    select name as queue,
      count(*) filter (where state in ('created', 'retry'))::int as waiting,
      count(*) filter (where state = 'active')::int as running,
      count(*) filter (where state = 'failed')::int as failed,
      coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and start_after <= now())), 0)::int as "oldestSeconds"
    from pgboss.job
    where name not like '\\_\\_pgboss%'
    group by name
    order by name`.execute(db);
  return rows;
}
