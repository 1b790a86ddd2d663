/**
 * The gate every request of a connection to the till goes through. A process may send while it holds leave to: a row of a few seconds, kept
 * up while there are requests, handed back when there are none. Freezing forbids new leave, then waits until nobody holds any: from then on
 * no process can send, whatever it was at. A process that died is waited out until its leave ends.
 */
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Fetch, Services } from '../../platform/services.ts';
import type { ConnectionRef } from './credential.ts';

/** How long a leave lasts without being kept up. A dead process holds a freeze up for at most so long. */
const LEAVE_MS = 10_000;
/** How often leaves are kept up, and with it how soon another process learns that one was withdrawn. */
const BEAT_MS = 300;
/** A leave that is not used for so long is handed back. */
const IDLE_MS = 2_000;
/** An answer under way when a leave is withdrawn may still come in for so long; then it is cut off. */
const GRACE_MS = 1_000;

/** How a connection's requests are sent. `clock` ends waits between two tries when the gate closes. */
export interface Calls {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

export interface CallsOptions {
  /** A request whose answer must not be lost, such as new tokens: it is never cut off, and who closes the gate waits for it. */
  readonly whole?: boolean;
}

/** Where every request of this connection is sent through. Cheap to call. */
export function callsOf(services: Services, ref: ConnectionRef, { whole = false }: CallsOptions = {}): Calls {
  const gate = bookOf(services).gate(ref);
  return {
    fetch: (request, init) => gate.send(services.fetch, request, init, whole),
    clock: {
      now: () => services.clock.now(),
      sleep: (ms, signal) => gate.sleep(services.clock, ms, signal),
    },
  };
}

/**
 * Runs `work` with leave to call already held, for work that holds a database connection: its requests need no other one.
 *
 * @throws AppError `connection_frozen`, `not_found`, or `conflict` for a retired connection.
 */
export async function holdingCalls<T>(services: Services, ref: ConnectionRef, work: () => Promise<T>): Promise<T> {
  return bookOf(services).gate(ref).hold(work);
}

/**
 * Waits until no process can send a request through this connection. The connection's state must forbid new leave already.
 *
 * @throws AppError `unavailable` when somebody goes on holding leave, which a token answer that does not come may do.
 */
export async function callsEnded(services: Services, ref: ConnectionRef): Promise<void> {
  const giveUpAt = performance.now() + CLOSING_MAX_MS;
  await bookOf(services).beat();
  for (;;) {
    const isFree = await tenantTransaction(services.db, ref.organizationId, async (trx) => {
      const { rows } = await sql<{ held: boolean }>`
        select exists (
          select from call_permit where organization_id = ${ref.organizationId} and connection_id = ${ref.connectionId}
            and until > clock_timestamp()
        ) as held`.execute(trx);
      return rows[0]?.held === false;
    });
    if (isFree) return;
    if (performance.now() > giveUpAt) {
      throw new AppError(
        'unavailable',
        'A request to the POS is still under way. The connection is frozen; look again in a minute.',
      );
    }
    await pause(LOOK_MS);
  }
}

const CLOSING_MAX_MS = 60_000;
const LOOK_MS = 50;

const books = new WeakMap<Services['pool'], Book>();

function bookOf(services: Services): Book {
  // By the pool: several bags of services in one process share it, and with it their leave.
  const book = books.get(services.pool) ?? new Book(services);
  books.set(services.pool, book);
  return book;
}

/** All leaves of this process. */
class Book {
  readonly processId = randomUUID();
  readonly services: Services;
  readonly #gates = new Map<string, Gate>();
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;

  constructor(services: Services) {
    this.services = services;
  }

  gate(ref: ConnectionRef): Gate {
    // One for good: two gates of one connection would hand back each other's leave.
    const gate = new Gate(this, ref);
    const known = this.#gates.get(gate.key);
    if (known !== undefined) return known;
    this.#gates.set(gate.key, gate);
    return gate;
  }

  /** Starts keeping leaves up, unless that is under way. */
  wake(): void {
    this.#timer ??= setTimeout(() => void this.beat(), BEAT_MS).unref();
  }

  /** Keeps up the leaves in use, hands back the others, and learns which were withdrawn. */
  async beat(): Promise<void> {
    this.#beating ??= this.#beatOnce().finally(() => {
      this.#beating = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if ([...this.#gates.values()].some((gate) => gate.isOpen)) this.wake();
    });
    return this.#beating;
  }

  async #beatOnce(): Promise<void> {
    for (const gate of this.#gates.values()) gate.cutOffIfOver();
    const open = [...this.#gates.values()].filter((gate) => gate.isOpen);
    const idle = open.filter((gate) => gate.isIdle);
    const used = open.filter((gate) => !gate.isIdle);
    if (open.length === 0) return;
    const askedAt = performance.now();
    const asking = this.#keepUp(used, idle);
    // Whoever wants to call meanwhile asks anew, after the old leave is gone.
    for (const gate of idle) gate.handBack(asking);
    try {
      const { standing, withdrawn } = await asking;
      for (const gate of used) {
        if (withdrawn.has(gate.key)) gate.handBack(gate.withdraw().then(() => this.#delete([gate])));
        else if (standing.has(gate.key)) gate.extend(askedAt + LEAVE_MS);
        else gate.shut();
      }
    } catch (error) {
      // Without a database leaves run out by themselves.
      this.services.log.debug({ err: error }, 'Leave to call could not be kept up');
    }
  }

  /** Keys of those whose connection's state allows calls, and of those that are held until their requests have ended. */
  async #keepUp(
    used: readonly Gate[],
    idle: readonly Gate[],
  ): Promise<{ readonly standing: ReadonlySet<string>; readonly withdrawn: ReadonlySet<string> }> {
    if (idle.length > 0) await this.#delete(idle);
    const { organizations, connections } = columnsOf(used);
    const rows = await systemTransaction(this.services.db, async (trx) => {
      const kept = await sql<{ key: string; stands: boolean }>`
        update call_permit p set until = clock_timestamp() + ${LEAVE_MS} * interval '1 millisecond'
        from unnest(${organizations}::uuid[], ${connections}::uuid[]) as wanted (organization_id, connection_id)
        join connection c on c.organization_id = wanted.organization_id and c.id = wanted.connection_id
        where p.organization_id = wanted.organization_id and p.connection_id = wanted.connection_id and p.process_id = ${this.processId}
        returning p.organization_id || '/' || p.connection_id as key, c.state not in ('frozen', 'retired', 'removed') as stands`.execute(
        trx,
      );
      return kept.rows;
    });
    const keys = (stands: boolean): ReadonlySet<string> =>
      new Set(rows.flatMap((row) => (row.stands === stands ? [row.key] : [])));
    return { standing: keys(true), withdrawn: keys(false) };
  }

  async #delete(gates: readonly Gate[]): Promise<void> {
    const { organizations, connections } = columnsOf(gates);
    await systemTransaction(this.services.db, (trx) =>
      sql`
        delete from call_permit where process_id = ${this.processId} and (organization_id, connection_id) in (
          select * from unnest(${organizations}::uuid[], ${connections}::uuid[]))`.execute(trx),
    );
  }
}

function columnsOf(gates: readonly Gate[]): { readonly organizations: string[]; readonly connections: string[] } {
  return {
    organizations: gates.map(({ ref }) => ref.organizationId),
    connections: gates.map(({ ref }) => ref.connectionId),
  };
}

/** One connection's leave in this process. */
class Gate {
  readonly ref: ConnectionRef;
  readonly key: string;
  readonly #book: Book;
  /** When, by this process's own steady clock, the leave ends; nothing is sent after it. */
  #until = Number.NEGATIVE_INFINITY;
  #opening: Promise<void> | undefined;
  #handingBack: Promise<unknown> | undefined;
  #users = 0;
  #usedAt = 0;
  /** Ends what is under way: `hard` cuts off requests, `soft` only waits between two of them. */
  #soft = new AbortController();
  #hard = new AbortController();
  #drained: (() => void) | undefined;
  /** Withdrawn, and waiting for what is under way: whoever comes now is refused, for waiting they would be waited for. */
  #isEnding = false;

  constructor(book: Book, ref: ConnectionRef) {
    this.#book = book;
    this.ref = ref;
    this.key = `${ref.organizationId}/${ref.connectionId}`;
  }

  get isOpen(): boolean {
    return this.#until > performance.now();
  }

  get isIdle(): boolean {
    return this.#users === 0 && performance.now() - this.#usedAt > IDLE_MS;
  }

  shut(): void {
    this.#until = Number.NEGATIVE_INFINITY;
  }

  extend(until: number): void {
    if (this.#until !== Number.NEGATIVE_INFINITY) this.#until = Math.max(this.#until, until);
  }

  /** Ends a leave; a new one is asked for after `done`. */
  handBack(done: Promise<unknown>): void {
    this.shut();
    const handingBack = done
      .catch((error: unknown) => this.#book.services.log.debug({ err: error }, 'Leave to call could not be handed back'))
      .finally(() => {
        if (this.#handingBack === handingBack) this.#handingBack = undefined;
      });
    this.#handingBack = handingBack;
  }

  /** A leave that ran out, for want of a database, covers nothing that is still on its way. */
  cutOffIfOver(): void {
    if (this.isOpen || this.#users === 0 || this.#until === Number.NEGATIVE_INFINITY) return;
    this.#hard.abort(new Error('Leave to call has run out.'));
    this.#hard = new AbortController();
    this.shut();
  }

  /** Lets nothing more out, and resolves when nothing is under way. */
  async withdraw(): Promise<void> {
    this.shut();
    this.#soft.abort(frozen());
    if (this.#users === 0) return;
    const hard = this.#hard;
    const cutOff = setTimeout(() => hard.abort(frozen()), GRACE_MS);
    this.#isEnding = true;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    this.#isEnding = false;
    clearTimeout(cutOff);
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      await this.#open();
      return await work();
    } finally {
      this.#leave();
    }
  }

  async send(fetch: Fetch, request: Request | string | URL, init: RequestInit | undefined, whole: boolean): Promise<Response> {
    this.#users += 1;
    try {
      await this.#open();
      const own = whole ? [] : [this.#hard.signal];
      const given = init?.signal ?? undefined;
      const signals = given === undefined ? own : [...own, given];
      return await fetch(request, signals.length === 0 ? init : { ...init, signal: AbortSignal.any(signals) });
    } finally {
      this.#leave();
    }
  }

  async sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
    const closing = this.#soft.signal;
    // A client that is refused its tries must not go on trying.
    closing.throwIfAborted();
    try {
      await clock.sleep(ms, signal === undefined ? closing : AbortSignal.any([signal, closing]));
    } catch (error) {
      closing.throwIfAborted();
      throw error;
    }
  }

  #leave(): void {
    this.#users -= 1;
    this.#usedAt = performance.now();
    if (this.#users > 0) return;
    this.#drained?.();
    this.#drained = undefined;
  }

  async #open(): Promise<void> {
    if (this.isOpen) return;
    if (this.#isEnding) throw frozen();
    this.#opening ??= this.#take()
      .catch((error: unknown) => {
        if (error instanceof AppError) this.#soft.abort(error);
        throw error;
      })
      .finally(() => {
        this.#opening = undefined;
      });
    await this.#opening;
  }

  async #take(): Promise<void> {
    const { services, processId } = this.#book;
    const { organizationId, connectionId } = this.ref;
    while (this.#handingBack !== undefined) await this.#handingBack;
    const askedAt = performance.now();
    await tenantTransaction(services.db, organizationId, async (trx) => {
      // Who changes the state holds the row: leave is either given before, and then waited for, or not at all.
      const { rows } = await sql<{ state: string }>`
        select state from connection where organization_id = ${organizationId} and id = ${connectionId} for share`.execute(trx);
      refuseCalls(rows[0]?.state);
      await sql`
        insert into call_permit (organization_id, connection_id, process_id, until)
        values (${organizationId}, ${connectionId}, ${processId}, clock_timestamp() + ${LEAVE_MS} * interval '1 millisecond')
        on conflict (organization_id, connection_id, process_id) do update set until = excluded.until`.execute(trx);
    });
    if (this.#soft.signal.aborted) this.#soft = new AbortController();
    if (this.#hard.signal.aborted) this.#hard = new AbortController();
    this.#until = askedAt + LEAVE_MS;
    this.#book.wake();
  }
}

/** @throws AppError for a state in which no calls are made. */
function refuseCalls(state: string | undefined): void {
  if (state === undefined || state === 'removed') throw new AppError('not_found', 'There is no such connection.');
  if (state === 'frozen') throw frozen();
  if (state === 'retired') throw new AppError('conflict', 'The connection is retired. Add a new one.');
}

function frozen(): AppError {
  return new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
