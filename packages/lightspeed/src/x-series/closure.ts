import { addAmounts, formatAmount } from '../amount.ts';
import type { Decimal, Instant, Normalized } from '../model.ts';
import {
  isFields,
  readOptionalXAmount,
  readSection,
  readXAmount,
  readXId,
  readXInstant,
  readXText,
  XFieldProblem,
} from './read.ts';
import type { Section } from './read.ts';
import { settingXAside } from './set-aside.ts';

/** A session of a register that ended, as the POS reports it: the payload of `register_closure.create` (X §11.4). It tells of each once only. */
export interface XClosure {
  readonly id: string;
  readonly registerId: string;
  readonly shopId: string;
  readonly openedAt: Instant;
  /** To the second. */
  readonly closedAt: Instant;
  /** Of sales, excl. tax, and their tax. */
  readonly sales: Decimal;
  readonly tax: Decimal;
  /** By payment type: what the sales say was taken, and how far the count was off. */
  readonly payments: readonly {
    readonly paymentTypeId: string;
    readonly name: string;
    readonly total: Decimal;
    readonly counted: Decimal;
  }[];
}

/** Reads the payload of a closure, or sets it aside. Pure. */
export function normalizeXClosure(document: unknown): Normalized<XClosure> {
  return settingXAside(document, ['register_close_time', 'register_open_time'], readClosure);
}

function readClosure(closure: Section): XClosure {
  const register = readSection(closure, 'register');
  const totals = readSection(closure, 'totals');
  return {
    id: readXId(closure, 'id'),
    registerId: readXId(register, 'id'),
    shopId: readXId(register, 'outlet_id'),
    openedAt: readXInstant(closure, 'register_open_time'),
    closedAt: readXInstant(closure, 'register_close_time'),
    sales: formatAmount(readXAmount(totals, 'sales')),
    tax: formatAmount(readXAmount(totals, 'tax')),
    payments: readPayments(readSection(closure, 'payments_summary')),
  };
}

/** Keyed by payment type; a zero is a number, everything else text. */
function readPayments({ fields, at }: Section): XClosure['payments'] {
  return Object.entries(fields).map(([paymentTypeId, value]) => {
    const path = `${at}${paymentTypeId}`;
    if (!isFields(value)) throw new XFieldProblem('bad_shape', path, value);
    const section = { fields: value, at: `${path}.` };
    const total = readXAmount(section, 'total');
    const discrepancy = readOptionalXAmount(section, 'discrepancy');
    return {
      paymentTypeId,
      name: readXText(section, 'payment_type_name'),
      total: formatAmount(total),
      counted: formatAmount(discrepancy === null ? total : addAmounts(total, discrepancy)),
    };
  });
}
