import {
  absoluteAmount,
  type Amount,
  compareAmounts,
  type Instant,
  roundAmount,
  type Sale,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '@tillweave/lightspeed';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import { addDays, DAY_MS } from '../../ledger/figure/business-day.ts';
import { atClosing } from './at-closing.ts';
import { halfUnits, type Step } from './bridge.ts';
import { readPayments, readRounding, readSales, type Scope } from './our-side.ts';
import { type Opened, type PosFigure, salesAtPos, salesByIds } from './pos-figures.ts';
import type { Preset } from './presets.ts';
import type { Reconcile, ReconcileBody } from './schemas.ts';
import { asReported, changedSince, type Counting, inSession, sessionPayments, sessionSales } from './session-bridge.ts';
import { type PosSession, type SessionScope, sessionsOf } from './sessions.ts';

/** Sessions whose receipts are read again from the POS to find what makes a difference. */
const STRAY_SESSIONS_MOST = 10;
/** Documents are dated around their session. */
const AROUND_MS = DAY_MS;

interface Question {
  readonly opened: Opened;
  readonly scope: SessionScope;
  readonly preset: Preset;
  readonly body: ReconcileBody;
  readonly minorDigits: number;
}

/**
 * Sets our figure of days beside what the POS says of the register sessions opened on them.
 *
 * @throws AppError `invalid_request` when the POS told of none, or a `pos_*` code.
 */
export async function comparedBySession(services: Services, { opened, scope, preset, minorDigits }: Question) {
  const sessions = await sessionsOf(services, opened, scope, preset);
  if (sessions.length === 0) {
    throw new AppError('invalid_request', 'The POS told of no register session of these days: type its figure in.');
  }
  const { side, changed } = await ourSide(services, scope, preset, sessions, minorDigits);
  const then = await atClosing(services, opened, scope, changed, preset.counts);
  const { steps, left } = asReported(side, then);
  // Two decimals a payment type in counts and summaries.
  const rowsOf = ({ counts, source }: PosSession) => (source === 'closure' ? 1 : Math.max(counts.length, 1));
  const strays = sessions.flatMap((session) => {
    const amount = left.get(session) ?? session.amount;
    const within = halfUnits(rowsOf(session), minorDigits);
    return compareAmounts(absoluteAmount(amount), within) <= 0 ? [] : [{ session, amount, within }];
  });
  const found: Step[] = [];
  for (const { session } of strays.slice(0, STRAY_SESSIONS_MOST)) {
    found.push(...(await compareSession(opened, session, side.expected.get(session) ?? new Map<string, Amount>(), preset)));
  }
  const pos: PosFigure = {
    amount: sumAmounts(sessions.map(({ amount }) => amount)),
    source: 'api',
    rows: sessions.reduce((sum, session) => sum + rowsOf(session), 0),
    byShopDay: null,
  };
  const byDay = [...Map.groupBy(strays, ({ session: { day, shopId } }) => `${day}/${shopId}`)].map(([key, ofDay]) => {
    const [day = '', shopId = ''] = key.split('/');
    const sum = (amounts: readonly Amount[]) => sumAmounts(amounts);
    return { day, shopId, amount: sum(ofDay.map(({ amount }) => amount)), within: sum(ofDay.map(({ within }) => within)) };
  });
  return { pos, sessions, side: { ours: side.ours, steps: [...side.steps, ...steps] }, stray: byDay, found };
}

async function ourSide(
  services: Services,
  scope: SessionScope,
  preset: Preset,
  sessions: readonly PosSession[],
  minorDigits: number,
) {
  const shopIds = new Set(scope.shops.map(({ shopId }) => shopId));
  const counting: Counting = {
    sessions,
    minorDigits,
    isAsked: (shopId, day) => shopIds.has(shopId) && scope.from <= day && day <= scope.to,
  };
  const ends = sessions.map(({ openedAt, closedAt }) => closedAt ?? Math.max(openedAt, services.clock.now()));
  const last = new Date(Math.max(...ends)).toISOString().slice(0, 10);
  const wide: Scope = { ...scope, from: addDays(scope.from, -1), to: addDays(last > scope.to ? last : scope.to, 1) };
  return tenantTransaction(services.db, scope.organizationId, async (trx) => {
    if (preset.counts === 'session_sales') {
      const ids = sessions.map(({ id }) => id);
      const sales = await readSales(trx, wide, ids);
      const timeOf = (index: number) => sales[index]?.occurred_at.getTime() ?? 0;
      return { side: sessionSales(sales, preset, counting), changed: changedSince(sales, { sessions, timeOf }) };
    }
    const registerIds = [...new Set(sessions.map(({ registerId }) => registerId))];
    const payments = await readPayments(trx, wide, registerIds);
    const rounding: ReadonlyMap<string, number> =
      preset.provider === 'lightspeed-x' ? await readRounding(trx, wide) : new Map<string, number>();
    const timeOf = (index: number) => payments[index]?.paid_at.getTime() ?? 0;
    return { side: sessionPayments(payments, rounding, counting), changed: changedSince(payments, { sessions, timeOf }) };
  });
}

/** Reads a session's sales from the POS again, and tells which make the difference. */
async function compareSession(
  opened: Opened,
  session: PosSession,
  ours: ReadonlyMap<string, Amount>,
  { counts }: Preset,
): Promise<Step[]> {
  const from = (session.openedAt - AROUND_MS) as Instant;
  const until = ((session.closedAt ?? session.openedAt + AROUND_MS) + AROUND_MS) as Instant;
  const theirs = new Map<string, Sale>();
  const keep = (sales: readonly Sale[]) => {
    for (const sale of sales) theirs.set(sale.id, sale);
  };
  keep(await salesAtPos(opened, { from, until, shopId: session.shopId }));
  keep(
    await salesByIds(
      opened,
      [...ours.keys()].filter((id) => !theirs.has(id)),
    ),
  );
  const about = { shopId: session.shopId, day: session.day };
  const steps: Step[] = [...theirs.values()].flatMap((sale) => {
    const known = ours.get(sale.id);
    const there = inSession(sale, session, counts);
    const amount = subtractAmounts(there, known ?? ZERO);
    if (signOf(amount) === 0) return [];
    const cause = known === undefined ? 'not_read' : signOf(there) === 0 ? 'not_at_pos' : 'differs_at_pos';
    return [{ ...about, cause, saleId: sale.id, number: sale.number, amount } as const];
  });
  for (const [saleId, amount] of ours) {
    if (theirs.has(saleId) || signOf(amount) === 0) continue;
    steps.push({ ...about, cause: 'not_at_pos', saleId, number: null, amount: subtractAmounts(ZERO, amount) });
  }
  return steps;
}

/** The sessions in words and minor units. */
export async function describeSessions(
  services: Services,
  { organizationId, posAccountId }: Scope,
  sessions: readonly PosSession[],
  minorDigits: number,
): Promise<Reconcile['sessions']> {
  if (sessions.length === 0) return [];
  const [registers, types] = await tenantTransaction(services.db, organizationId, async (trx) => [
    await trx
      .selectFrom('register')
      .select(['register_id as id', 'name'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .execute(),
    await trx
      .selectFrom('payment_type')
      .select(['payment_type_id as id', 'name'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .execute(),
  ]);
  const nameIn = (rows: readonly { readonly id: string; readonly name: string }[]) => {
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return (id: string) => names.get(id) ?? null;
  };
  const [register, type] = [nameIn(registers ?? []), nameIn(types ?? [])];
  const units = (amount: Amount) => roundAmount(amount, minorDigits);
  return sessions.map(({ shopId, registerId, openedAt, closedAt, source, amount, counts }) => ({
    shopId,
    registerId,
    registerName: register(registerId),
    openedAt: new Date(openedAt).toISOString(),
    closedAt: closedAt === null ? null : new Date(closedAt).toISOString(),
    source,
    amount: units(amount),
    counts: counts.map(({ paymentTypeId, calculated, counted }) => ({
      paymentTypeId,
      paymentType: type(paymentTypeId),
      calculated: units(calculated),
      counted: counted === null ? null : units(counted),
    })),
  }));
}
