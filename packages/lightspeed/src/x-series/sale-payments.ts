import { formatAmount, subtractAmounts, ZERO } from '../amount.ts';
import type { Amount } from '../amount.ts';
import type { Decimal, Instant, Payment } from '../model.ts';
import type { XSaleLookUps } from './look-ups.ts';
import {
  isAbsent,
  isFields,
  problem,
  readOptionalXId,
  readOptionalXInstant,
  readSection,
  readXAmount,
  readXId,
  readXInstant,
  readXText,
  spelled,
} from './read.ts';
import type { Section } from './read.ts';
import { readSessionId } from './session-id.ts';
import type { XPaymentKind, XSeriesSwitches } from './switches.ts';

export interface XPayments {
  readonly payments: readonly Payment[];
  /** + when more was taken than the total: the rounding payments, which are no takings, turned round. */
  readonly cashRounding: Amount;
  /** Of the payments that were not deleted; null without any. */
  readonly lastPaidAt: Instant | null;
}

/** Payments of any shape (X §6.3, §7.1, §11.4). `fallbackRegisterId` is for documents that do not name a payment's register. */
export function readPayments(
  list: readonly Section[],
  fallbackRegisterId: string | null,
  lookUps: XSaleLookUps,
  switches: XSeriesSwitches,
): XPayments {
  const payments: Payment[] = [];
  let cashRounding = ZERO;
  let lastPaidAt: Instant | null = null;
  for (const section of list) {
    const { kind, amount, payment } = readPayment(section, fallbackRegisterId, lookUps, switches);
    if (!payment.archived && (lastPaidAt === null || payment.paidAt > lastPaidAt)) lastPaidAt = payment.paidAt;
    if (kind !== 'rounding') payments.push({ ...payment, kind });
    else if (!payment.archived) cashRounding = subtractAmounts(cashRounding, amount);
  }
  return { payments, cashRounding, lastPaidAt };
}

interface ReadPayment {
  readonly kind: XPaymentKind;
  readonly amount: Amount;
  readonly payment: Omit<Payment, 'kind'>;
}

function readPayment(
  section: Section,
  fallbackRegisterId: string | null,
  lookUps: XSaleLookUps,
  switches: XSeriesSwitches,
): ReadPayment {
  const type = readType(section);
  const amount = readXAmount(section, 'amount');
  const payment = {
    id: readXId(section, 'id'),
    typeId: type.id,
    amount: formatAmount(amount),
    // Tips stand beside the lines as adjustments.
    tip: NO_TIP,
    paidAt: readXInstant(section, spelled(section, DATE)),
    registerId: readRegisterId(section) ?? fallbackRegisterId,
    archived: readOptionalXInstant(section, 'deleted_at') !== null,
    ...readSessionId(section, 'register_open_sequence_id'),
  };
  return { kind: kindOf(type, lookUps, switches), amount, payment };
}

interface PaymentTypeClues {
  /** The retailer's own payment type: the one to group by. */
  readonly id: string;
  /** The POS's global kind; deprecated and missing in newer answers. */
  readonly globalId: string | null;
  readonly name: string;
}

function readType(payment: Section): PaymentTypeClues {
  if (isFields(payment.fields['type'])) {
    const type = readSection(payment, 'type');
    return { id: readXId(type, 'config_id'), globalId: readOptionalXId(type, 'id'), name: readXText(type, 'name') };
  }
  const embedded = readSection(payment, 'retailer_payment_type');
  const id = readOptionalXId(payment, 'retailer_payment_type_id') ?? readOptionalXId(embedded, 'id');
  if (id === null) throw problem(payment, 'retailer_payment_type_id', 'missing_id');
  return {
    id,
    globalId: readOptionalXId(payment, 'payment_type_id') ?? readOptionalXId(embedded, 'payment_type_id'),
    name: readXText(payment, 'name') || readXText(embedded, 'name'),
  };
}

function kindOf({ id, globalId, name }: PaymentTypeClues, lookUps: XSaleLookUps, switches: XSeriesSwitches): XPaymentKind {
  return (
    lookUps.paymentKinds?.get(id) ??
    (globalId === null ? undefined : switches.paymentKindByTypeId.get(globalId)) ??
    switches.paymentKindByName.get(name.trim().toLowerCase()) ??
    'other'
  );
}

function readRegisterId(payment: Section): string | null {
  if (!isAbsent(payment.fields['register_id'])) return readOptionalXId(payment, 'register_id');
  return isFields(payment.fields['source']) ? readOptionalXId(readSection(payment, 'source'), 'register_id') : null;
}

const DATE = ['payment_date', 'date'] as const;
const NO_TIP = '0' as Decimal;
