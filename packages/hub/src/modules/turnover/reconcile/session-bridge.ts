import {
  type Amount,
  absoluteAmount,
  addAmounts,
  amountFromUnits,
  amountOf,
  compareAmounts,
  roundAmount,
  type Sale,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '@tillweave/lightspeed';
import { causeOfSalePart, isLiabilityMove, read, salePart, type Step } from './bridge.ts';
import type { PaymentSide, SaleSide } from './our-side.ts';
import type { Preset } from './presets.ts';
import { type PosSession, sessionFinder } from './sessions.ts';

/** What each session has of each receipt, as our data stand now, with where ours differs. */
export interface SessionsSide {
  readonly ours: Amount;
  readonly steps: readonly Step[];
  /** By session, then by sale. */
  readonly expected: ReadonlyMap<PosSession, ReadonlyMap<string, Amount>>;
}

/** A receipt that changed after its session ended. */
export interface ChangedSince {
  readonly session: PosSession;
  readonly saleId: string;
  readonly number: string;
  /** Written down only after it: not in it at all, whatever time it is dated. */
  readonly isLater: boolean;
}

export interface Counting {
  readonly sessions: readonly PosSession[];
  readonly minorDigits: number;
  /** Whether a business day of a shop is among those asked about. */
  readonly isAsked: (shopId: string, day: string) => boolean;
}

/** Cash rounding of a sale: a payment of its own at the X-Series, a measure here. */
export type Rounding = ReadonlyMap<string, number>;

/** Payments in sessions: everything taken at the register, liability moves too, whatever the sale's state unless it was voided. Pure. */
export function sessionPayments(
  payments: readonly PaymentSide[],
  rounding: Rounding,
  { sessions, minorDigits, isAsked }: Counting,
): SessionsSide {
  const find = sessionFinder(sessions);
  const steps: Step[] = [];
  const expected = new Map<PosSession, Map<string, Amount>>();
  const rounded = new Set<string>();
  let ours: Amount = ZERO;
  for (const payment of payments) {
    if (payment.archived) continue;
    const { sale_id: saleId, number, shop_id: shopId } = payment;
    const amount = read(payment.amount);
    const session =
      payment.state === 'voided'
        ? undefined
        : find({ sessionId: payment.session_id, registerId: payment.register_id, at: payment.paid_at.getTime() });
    const isMove = isLiabilityMove(payment, amount);
    const day = payment.paid_business_day;
    const isOurs = !isMove && day !== null && isAsked(shopId, day);
    const mine = isOurs ? amountFromUnits(roundAmount(amount, minorDigits), minorDigits) : ZERO;
    ours = addAmounts(ours, mine);
    const about = { saleId, number, shopId, day: session?.day ?? day ?? payment.paid_calendar_day };
    if (session !== undefined) {
      addTo(expected, session, saleId, amount);
      const units = payment.kind === 'cash' && !rounded.has(saleId) ? (rounding.get(saleId) ?? 0) : 0;
      if (units !== 0) {
        rounded.add(saleId);
        addTo(expected, session, saleId, amountFromUnits(-units, minorDigits));
        steps.push({ ...about, cause: 'cash_rounding', amount: amountFromUnits(-units, minorDigits) });
      }
    }
    const step = subtractAmounts(session === undefined ? ZERO : amount, mine);
    if (signOf(step) === 0) continue;
    const cause = isMove
      ? 'liability_moves'
      : session === undefined
        ? 'no_session'
        : isOurs
          ? 'cents_of_lines'
          : day === null
            ? 'left_out'
            : 'other_day';
    steps.push({ ...about, cause, amount: step });
  }
  return { ours, steps, expected };
}

/** Sales completed in sessions, incl. tax. Pure. */
export function sessionSales(
  sales: readonly SaleSide[],
  preset: Pick<Preset, 'counts' | 'provider'>,
  { sessions, minorDigits, isAsked }: Counting,
): SessionsSide {
  const find = sessionFinder(sessions);
  // Where sales name their session, one that names none has not been completed at the POS.
  const isNamed = sales.some(({ session_id }) => session_id !== null);
  const steps: Step[] = [];
  const expected = new Map<PosSession, Map<string, Amount>>();
  let ours: Amount = ZERO;
  for (const sale of sales) {
    const isOpen = sale.state !== 'completed' || (isNamed && sale.session_id === null);
    const session = isOpen
      ? undefined
      : find({ sessionId: sale.session_id, registerId: sale.register_id, at: sale.occurred_at.getTime() });
    const mine = sale.gross_sales !== null && isAsked(sale.shop_id, sale.business_day);
    if (session === undefined && !mine) continue;
    if (session !== undefined) addTo(expected, session, sale.sale_id, read(sale.stated_total));
    const part = salePart(sale, preset, minorDigits, { isTheirs: session !== undefined, isMine: mine });
    ours = addAmounts(ours, part.ours);
    const day = session?.day ?? sale.business_day;
    const about = { saleId: sale.sale_id, number: sale.number, shopId: sale.shop_id, day };
    const outside = causeOfSalePart(sale, session === undefined ? (isOpen ? 'open_sales' : 'no_session') : 'other_day');
    for (const { cause, amount } of part.steps) steps.push({ ...about, cause: cause ?? outside, amount });
  }
  return { ours, steps, expected };
}

/** Receipts that a session has, or may have had, and that changed after it ended. */
export function changedSince(
  rows: readonly Pick<PaymentSide, 'sale_id' | 'number' | 'register_id' | 'session_id' | 'created_at' | 'changed_at'>[],
  { sessions, timeOf }: { readonly sessions: readonly PosSession[]; readonly timeOf: (index: number) => number },
): ChangedSince[] {
  const find = sessionFinder(sessions);
  const found = new Map<string, ChangedSince>();
  rows.forEach((row, index) => {
    const at = timeOf(index);
    const candidates = [
      find({ sessionId: row.session_id, registerId: row.register_id, at }),
      // As it stood, it may have been in the session of its own time.
      find({ sessionId: null, registerId: row.register_id, at }),
    ];
    for (const session of candidates) {
      if (session?.closedAt == null || row.changed_at.getTime() < session.closedAt + 1000) continue;
      const isLater = row.created_at !== null && row.created_at.getTime() >= session.closedAt + 1000;
      found.set(`${session.id}/${row.sale_id}`, { session, saleId: row.sale_id, number: row.number, isLater });
    }
  });
  return [...found.values()];
}

/** What a session has of a sale as a version of it says. Pure. */
export function inSession(sale: Sale, session: PosSession, counts: Preset['counts']): Amount {
  if (sale.state === 'voided') return ZERO;
  const find = sessionFinder([session]);
  if (counts === 'session_sales') {
    if (sale.state !== 'completed') return ZERO;
    const place = { sessionId: sale.sessionId ?? null, registerId: sale.registerId ?? '', at: sale.occurredAt };
    return find(place) === undefined ? ZERO : amountOf(sale.total);
  }
  const isIn = (payment: Sale['payments'][number]) =>
    find({ sessionId: payment.sessionId ?? null, registerId: payment.registerId ?? '', at: payment.paidAt }) !== undefined;
  const own = sale.payments.filter((payment) => !payment.archived && isIn(payment));
  const isRounded = own.some(({ kind }) => kind === 'cash') && sale.provider === 'lightspeed-x';
  return subtractAmounts(sumAmounts(own.map(({ amount }) => amountOf(amount))), isRounded ? amountOf(sale.cashRounding) : ZERO);
}

/**
 * A closing is a report of its moment: what changed afterwards is not in it, unless the POS reckons it anew. Which it is, the report's own
 * amount says: for each session the reading that comes nearer is taken, and its receipts are named.
 *
 * @param atClosing What each of the changed receipts had in its session as it stood then; unknown ones are left out.
 */
export function asReported(
  side: SessionsSide,
  atClosing: readonly (ChangedSince & { readonly amount: Amount })[],
): { readonly steps: readonly Step[]; readonly left: ReadonlyMap<PosSession, Amount> } {
  const steps: Step[] = [];
  const left = new Map<PosSession, Amount>();
  const then = Map.groupBy(atClosing, ({ session }) => session);
  const every = new Set([...side.expected.keys(), ...then.keys()]);
  for (const session of every) {
    const now = side.expected.get(session) ?? new Map<string, Amount>();
    const rest = subtractAmounts(session.amount, sumAmounts([...now.values()]));
    const changes = (then.get(session) ?? []).flatMap(({ saleId, number, amount }) => {
      const change = subtractAmounts(amount, now.get(saleId) ?? ZERO);
      const { shopId, day } = session;
      return signOf(change) === 0 ? [] : [{ cause: 'changed_since' as const, saleId, number, shopId, day, amount: change }];
    });
    const restThen = subtractAmounts(rest, sumAmounts(changes.map(({ amount }) => amount)));
    const isThen = compareAmounts(absoluteAmount(restThen), absoluteAmount(rest)) < 0;
    if (isThen) steps.push(...changes);
    left.set(session, isThen ? restThen : rest);
  }
  return { steps, left };
}

function addTo(sums: Map<PosSession, Map<string, Amount>>, session: PosSession, saleId: string, amount: Amount): void {
  const own = sums.get(session) ?? new Map<string, Amount>();
  sums.set(session, own);
  own.set(saleId, addAmounts(own.get(saleId) ?? ZERO, amount));
}
