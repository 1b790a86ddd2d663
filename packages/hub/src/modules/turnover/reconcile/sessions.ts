import {
  type Amount,
  amountOf,
  type Instant,
  normalizeXClosure,
  parseAmount,
  type RSeriesClient,
  rSeriesResources,
  subtractAmounts,
  sumAmounts,
  type XSeriesClient,
  ZERO,
} from '@tillweave/lightspeed';
import { z } from 'zod';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import { keepClosures, newestClosure, readClosures, type StoredClosure } from '../../ledger/closures.ts';
import { addDays, DAY_MS, placeOf } from '../../ledger/figure/business-day.ts';
import type { Scope } from './our-side.ts';
import type { Opened } from './pos-figures.ts';
import type { Preset } from './presets.ts';

/** A register's trade between opening and closing, with what the POS says of it. */
export interface PosSession {
  readonly id: string;
  /** `count`: R-Series, listed for ever; `closure`: X-Series, told by webhook as it ended; `summary`: X-Series, the newest, as it is now. */
  readonly source: 'count' | 'closure' | 'summary';
  readonly registerId: string;
  readonly shopId: string;
  /** Business day it was opened on: its day. */
  readonly day: string;
  readonly openedAt: Instant;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
  /** As the preset counts. */
  readonly amount: Amount;
  readonly counts: readonly { readonly paymentTypeId: string; readonly calculated: Amount; readonly counted: Amount | null }[];
}

export interface SessionScope extends Scope {
  /** Every register's shop. */
  readonly registers: readonly { readonly registerId: string; readonly shopId: string; readonly archived: boolean }[];
}

type Account = Pick<Scope, 'organizationId' | 'posAccountId'>;

/** Counts listed again each time: a till that was offline may bring its own late. */
const COUNTS_AGAIN_MS = 60 * DAY_MS;

/**
 * The sessions that were opened on days of the period, the oldest first. Reads what the POS lists, and keeps it: each count is asked for once.
 *
 * @throws AppError `pos_shape_changed`, or a `pos_*` code of reading.
 */
export async function sessionsOf(
  services: Services,
  opened: Opened,
  scope: SessionScope,
  preset: Preset,
): Promise<readonly PosSession[]> {
  if (opened.provider === 'lightspeed-r') await readCounts(services, opened.client, scope);
  const window = {
    from: (Date.parse(`${addDays(scope.from, -2)}T00:00:00Z`) - DAY_MS) as Instant,
    until: (Date.parse(`${addDays(scope.to, 2)}T00:00:00Z`) + DAY_MS) as Instant,
  };
  const stored = await tenantTransaction(services.db, scope.organizationId, (trx) => readClosures(trx, scope, window));
  const places = new Map(scope.registers.map(({ registerId, shopId }) => [registerId, shopId]));
  const read = opened.provider === 'lightspeed-r' ? countSession : closureSession(preset);
  const sessions = stored.map((closure) => read(closure, closure.shopId ?? places.get(closure.registerId) ?? ''));
  if (opened.provider === 'lightspeed-x' && preset.counts === 'session_payments') {
    const known = new Set(sessions.map(({ id }) => id));
    const running = await readSummaries(opened.client, scope);
    sessions.push(...running.filter(({ id }) => !known.has(id)));
  }
  const calendars = new Map(scope.shops.map((shop) => [shop.shopId, shop.calendar]));
  return sessions
    .flatMap((session) => {
      const calendar = calendars.get(session.shopId);
      if (calendar === undefined) return [];
      const day = placeOf(session.openedAt, calendar).businessDay;
      return day < scope.from || day > scope.to ? [] : [{ ...session, day }];
    })
    .toSorted((a, b) => a.openedAt - b.openedAt);
}

type Undated = Omit<PosSession, 'day'>;

/** Reads counts that are not kept yet, each with what was put into or taken out of its drawer meanwhile. */
async function readCounts(services: Services, client: RSeriesClient, account: Account): Promise<void> {
  const before = new Date(services.clock.now() - COUNTS_AGAIN_MS);
  const afterId = await tenantTransaction(services.db, account.organizationId, (trx) => newestClosure(trx, account, before));
  const { records: moves } = await client.list('RegisterWithdraw');
  const pages = client.walk('RegisterCount', afterId === null ? { order: 'id' } : { order: 'id', afterId });
  for await (const page of pages) {
    const closures: StoredClosure[] = [];
    for (const [index, record] of page.records.entries()) {
      if (!record.ok) throw new AppError('pos_shape_changed', `A register count cannot be read: ${record.message}`);
      const { id: closureId, registerId, openedAt, closedAt } = record.value;
      // Without an opening there is no telling which payments are its.
      if (openedAt === null) continue;
      const moved = moves.flatMap((move) => {
        if (!move.ok) throw new AppError('pos_shape_changed', `A drawer's move cannot be read: ${move.message}`);
        const { registerId: at, movedAt, paymentTypeId, amount } = move.value;
        return at === registerId && movedAt >= openedAt && movedAt <= closedAt ? [{ paymentTypeId, amount }] : [];
      });
      const document = { count: page.documents[index], moved };
      closures.push({ closureId, registerId, shopId: null, openedAt, closedAt, document });
    }
    await tenantTransaction(services.db, account.organizationId, (trx) => keepClosures(trx, account, closures));
  }
}

const Moved = z.object({ moved: z.array(z.object({ paymentTypeId: z.string().nullable(), amount: z.string() })) });

function countSession(stored: StoredClosure, shopId: string): Undated {
  const document = z.looseObject({ count: z.unknown() }).parse(stored.document);
  const { moved } = Moved.parse(document);
  const count = rSeriesResources.RegisterCount.normalize(document.count);
  if (!count.ok) throw new AppError('pos_shape_changed', `A register count cannot be read: ${count.message}`);
  const counts = count.value.amounts.map(({ paymentTypeId, calculated, actual }) => {
    const isCounted = Number(actual) !== 0;
    return {
      paymentTypeId,
      calculated: amountOf(calculated),
      // Nothing in the drawer and not counted are the same to the POS.
      counted: isCounted ? amountOf(actual) : null,
    };
  });
  return {
    ...stored,
    id: stored.closureId,
    source: 'count',
    shopId,
    amount: subtractAmounts(
      sumAmounts(counts.map(({ calculated }) => calculated)),
      sumAmounts(moved.map(({ amount }) => read(amount))),
    ),
    counts,
  };
}

function closureSession({ counts }: Preset): (stored: StoredClosure, shopId: string) => Undated {
  return (stored, shopId) => {
    const closure = normalizeXClosure(stored.document);
    if (!closure.ok) throw new AppError('pos_shape_changed', `A closure cannot be read: ${closure.message}`);
    const { sales, tax, payments } = closure.value;
    const amounts = counts === 'session_sales' ? [sales, tax] : payments.map(({ total }) => total);
    return {
      ...stored,
      id: stored.closureId,
      source: 'closure',
      shopId,
      amount: sumAmounts(amounts.map(amountOf)),
      counts: payments.map(({ paymentTypeId, total, counted }) => ({
        paymentTypeId,
        calculated: amountOf(total),
        counted: amountOf(counted),
      })),
    };
  };
}

const Summary = z.object({
  register_closure_id: z.string(),
  register_open_time: z.iso.datetime({ offset: true }),
  payments: z.array(z.object({ payment_type_id: z.string(), total: z.union([z.string(), z.number()]) })),
});

/** The newest session of each register: the open one, or the last where it is closed. */
async function readSummaries(client: XSeriesClient, { registers, shops }: SessionScope): Promise<Undated[]> {
  const sessions: Undated[] = [];
  for (const { registerId, shopId, archived } of registers) {
    if (archived || !shops.some((shop) => shop.shopId === shopId)) continue;
    const answer = Summary.safeParse(await client.paymentsSummary(registerId));
    if (!answer.success) throw new AppError('pos_shape_changed', 'A payments summary has a shape we do not know.');
    const { register_closure_id: id, register_open_time, payments } = answer.data;
    const openedAt = Date.parse(register_open_time) as Instant;
    const counts = payments.map(({ payment_type_id: paymentTypeId, total }) => ({
      paymentTypeId,
      calculated: read(String(total)),
      counted: null,
    }));
    const amount = counts.reduce((sum, { calculated }) => sumAmounts([sum, calculated]), ZERO);
    sessions.push({ id, source: 'summary', registerId, shopId, openedAt, closedAt: null, amount, counts });
  }
  return sessions;
}

function read(text: string): Amount {
  const amount = parseAmount(text);
  if (amount === null) throw new AppError('pos_shape_changed', 'An amount of a register’s session cannot be read.');
  return amount;
}

/** Finds the session of a moment at a register; closings are told to the second. */
export function sessionFinder(
  sessions: readonly PosSession[],
): (place: { readonly sessionId: string | null; readonly registerId: string; readonly at: number }) => PosSession | undefined {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const byRegister = Map.groupBy(sessions, ({ registerId }) => registerId);
  return ({ sessionId, registerId, at }) => {
    if (sessionId !== null) return byId.get(sessionId);
    const last = byRegister.get(registerId)?.findLast(({ openedAt }) => openedAt <= at);
    return last === undefined || (last.closedAt !== null && at >= last.closedAt + 1000) ? undefined : last;
  };
}
