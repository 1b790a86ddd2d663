import { type Customer, Rejected, type Sale } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { daysMarkedHere, type ShopDay, sumFacts } from '../ledger/facts.ts';
import { textArray } from '../ledger/statement.ts';
import type { Page } from './client.ts';
import { preparePage } from './commit-page.ts';
import { commitPage, commitStep, isOver, reportProgress, type Session, sumFactsIfDue } from './session.ts';
import { CUSTOMERS, SALES, type Stream } from './streams.ts';

/** Hints served together: the figures of all are shown at once. */
const AT_ONCE = 25;
/** So many rounds at a time: between two pages of something else, or in a pass. The next time takes what is left. */
const ROUNDS_MAX = 4;
/** Requests under way together; the budget counts each. */
const REQUESTS_AT_ONCE = 5;
/** Deliveries are repeated for 48 hours (X §11.3); a served hint is known for longer. */
const KEPT = '3 days';

/** How a hint ended, as its row says. */
export type HintOutcome = 'read' | 'known' | 'gone_at_pos' | 'refused_by_pos' | 'shop_frozen';

interface WaitingHint {
  readonly id: string;
  readonly versions: readonly string[];
  /** Since the oldest of its deliveries. */
  readonly receivedAt: Date;
  /** The ledger holds this version already, or a newer one. */
  readonly known: boolean;
}

/**
 * Serves hints of every kind if any waits. To be called between the pages of whatever is under way: what the POS tells of is to be seen within
 * a page's time, not at the next poll.
 *
 * @throws As `readHints`.
 */
export async function serveHints(session: Session): Promise<void> {
  if (session.held?.hintsWait !== true) return;
  await readHints(session, 'sale');
  await readHints(session, 'customer');
}

/**
 * Serves the hints that wait: what each names is read at the POS by its id and kept like any page, also while the first walk through the
 * history is under way, when nothing else would show the change. What the feed has brought meanwhile is not asked for again. Every hint is
 * settled: by what was read, or dismissed with the reason. Only the days it touched are summed, whatever else is dirty.
 *
 * @throws Errors of the POS that concern more than one record, once the answers that did come are kept.
 */
export async function readHints(session: Session, resource: 'sale' | 'customer'): Promise<void> {
  if (session.client.feed !== 'versions' || session.held?.hintsWait === false) return;
  for (let round = 0; ; round += 1) {
    const waiting = await waitingHints(session, resource);
    if (waiting.length === 0) return;
    reportProgress(session, 'live');
    const served = await serve(session, resource, waiting);
    // Settled is what can be seen: the figures first.
    if (resource === 'sale') await sumServed(session, served);
    await settle(session, resource, waiting, served.outcomes);
    if (served.failure !== null) throw served.failure.error;
    // What came meanwhile is served as well, but not for ever: others wait too.
    if (round + 1 >= ROUNDS_MAX || isOver(session)) return;
  }
}

async function waitingHints(session: Session, resource: 'sale' | 'customer'): Promise<readonly WaitingHint[]> {
  const { organizationId, posAccountId } = session.lease;
  return tenantTransaction(session.db, organizationId, async (trx) => {
    const { rows } = await sql<WaitingHint>`
      select h.resource_id as id, array_agg(h.version) as versions, min(h.received_at) as "receivedAt",
        coalesce(bool_and(h.version ~ '^[0-9]+$' and s.pos_version >= case when h.version ~ '^[0-9]+$' then h.version::numeric end), false)
          as known
      from hint h
      left join sale s on h.resource = 'sale' and s.organization_id = h.organization_id and s.pos_account_id = h.pos_account_id
        and s.sale_id = h.resource_id
      where h.organization_id = ${organizationId} and h.pos_account_id = ${posAccountId} and h.resource = ${resource}
        and h.served_at is null
      group by h.resource_id
      order by min(h.received_at)
      limit ${AT_ONCE}`.execute(trx);
    return rows;
  });
}

interface Served {
  readonly outcomes: ReadonlyMap<string, HintOutcome>;
  /** Shop-days whose figures are to be summed for it. */
  readonly days: readonly ShopDay[];
  /** What stopped it, after what could be had was kept. */
  readonly failure: { readonly error: unknown } | null;
}

async function serve(session: Session, resource: 'sale' | 'customer', waiting: readonly WaitingHint[]): Promise<Served> {
  const outcomes = new Map<string, HintOutcome>(waiting.flatMap(({ id, known }) => (known ? [[id, 'known']] : [])));
  const days: ShopDay[] = [];
  const ids = waiting.flatMap(({ id, known }) => (known ? [] : [id]));
  for (let at = 0; at < ids.length; at += REQUESTS_AT_ONCE) {
    const some = ids.slice(at, at + REQUESTS_AT_ONCE);
    // One that fails does not take with it what the others have paid for.
    const answers = await Promise.allSettled(
      some.map((id): Promise<Answer> => (resource === 'sale' ? readOne(session, SALES, id) : readOne(session, CUSTOMERS, id))),
    );
    for (const [index, id] of some.entries()) {
      const answer = answers[index];
      if (answer?.status !== 'fulfilled') continue;
      if (typeof answer.value !== 'string') days.push(...(await answer.value.commit()));
      outcomes.set(id, typeof answer.value === 'string' ? answer.value : 'read');
    }
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined) return { outcomes, days, failure: { error: failed.reason } };
  }
  return { outcomes, days, failure: null };
}

type Answer = { readonly commit: () => Promise<readonly ShopDay[]> } | HintOutcome;

/** Asks the POS for one record; what it says of it alone does not stop the others. */
async function readOne<T extends Sale | Customer>(session: Session, stream: Stream<T>, id: string): Promise<Answer> {
  try {
    const pages: Page<T>[] = [];
    for await (const page of stream.open(session.client, { ids: [id] })) pages.push(page);
    if (pages.every(({ documents }) => documents.length === 0))
      return pages.some(({ left }) => left === true) ? 'shop_frozen' : 'gone_at_pos';
    const { organizationId, posAccountId } = session.lease;
    return {
      async commit() {
        const days: ShopDay[] = [];
        for (const page of pages) {
          await commitPage(session, stream, preparePage(stream, page, session.calendars), async (trx) => {
            if (stream.name === 'sales') days.push(...(await daysMarkedHere(trx, [organizationId, posAccountId])));
          });
        }
        return days;
      },
    };
  } catch (error) {
    // Its scope may allow sales and not customers; an id that was made up is refused as well.
    if (error instanceof Rejected) return error.code === 'not_found' ? 'gone_at_pos' : 'refused_by_pos';
    throw error;
  }
}

/** Sums what was read; where the ledger knew a version already, its days are not told, and everything dirty is summed. */
async function sumServed(session: Session, { outcomes, days }: Served): Promise<void> {
  if ([...outcomes.values()].includes('known')) {
    await sumFactsIfDue(session, true);
    return;
  }
  const { organizationId, posAccountId } = session.lease;
  if ((await sumFacts(session.db, organizationId, posAccountId, {}, days)) > 0) await session.onStage?.('facts_summed');
}

async function settle(
  session: Session,
  resource: 'sale' | 'customer',
  waiting: readonly WaitingHint[],
  outcomes: ReadonlyMap<string, HintOutcome>,
): Promise<void> {
  const { organizationId, posAccountId } = session.lease;
  const rows = waiting.flatMap(({ id, versions }) => {
    const outcome = outcomes.get(id);
    return outcome === undefined ? [] : versions.map((version) => [id, version, outcome] as const);
  });
  const column = (index: 0 | 1 | 2): string => textArray(rows.map((row) => row[index]));
  const servedAt = await commitStep(
    session,
    async (trx) => {
      const { rows: served } = await sql<{ at: Date }>`
      update hint set served_at = clock_timestamp(),
        outcome = case when settled.outcome in ('read', 'known') then settled.outcome else 'dismissed' end,
        reason = case when settled.outcome in ('read', 'known') then null else settled.outcome end
      from unnest(${column(0)}::text[], ${column(1)}::text[], ${column(2)}::text[]) as settled (id, version, outcome)
      where hint.organization_id = ${organizationId} and hint.pos_account_id = ${posAccountId} and hint.resource = ${resource}
        and hint.resource_id = settled.id and hint.version = settled.version
      returning hint.served_at as at`.execute(trx);
      return { result: served[0]?.at ?? null };
    },
    { figures: false },
  );
  if (session.held !== null) session.held = { ...session.held, hintsWait: await anyWaits(session) };
  for (const { id, receivedAt } of waiting) {
    const outcome = outcomes.get(id);
    if (outcome === undefined) continue;
    const seconds = servedAt === null ? 0 : Math.max(0, (servedAt.getTime() - receivedAt.getTime()) / 1000);
    session.metrics?.hintServed(outcome, seconds);
  }
}

async function anyWaits(session: Session): Promise<boolean> {
  const { organizationId, posAccountId } = session.lease;
  return tenantTransaction(session.db, organizationId, (trx) => hintsWait(trx, { organizationId, posAccountId }));
}

/** Whether any hint of the account waits. */
async function hintsWait(
  trx: Parameters<Parameters<typeof tenantTransaction>[2]>[0],
  { organizationId, posAccountId }: { readonly organizationId: string; readonly posAccountId: string },
): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select from hint
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and served_at is null
    ) as waits`.execute(trx);
  return rows[0]?.waits ?? false;
}

/** Forgets served hints that no delivery can repeat any more, across organizations. */
export async function forgetServedHints(trx: Parameters<Parameters<typeof tenantTransaction>[2]>[0]): Promise<void> {
  await sql`delete from hint where served_at < now() - ${KEPT}::interval`.execute(trx);
}
