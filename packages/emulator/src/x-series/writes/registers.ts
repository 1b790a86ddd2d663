import type { TillEvent } from '../../world/events.ts';
import type { XRegister, XState } from '../../world/x-types.ts';
import { badRequest, notFound } from '../errors.ts';
import { rowOf } from '../view.ts';
import { decimal, needed, object, objects, optional } from './sale-body.ts';

/** `PUT registers/{id}/actions/open` (X §8.3); a till that is open stays as it is: the vendor does not say. Throws `XError`. */
export function openedRegister(body: unknown, state: XState, id: string): readonly TillEvent[] {
  const register = registerOf(state, id);
  const fields = body === undefined ? {} : object(body, 'the body');
  if (register.isOpen) return [];
  const text = optional(fields, 'register_open_time');
  const wanted = text === undefined ? state.now : Date.parse(text);
  if (Number.isNaN(wanted)) throw badRequest('register_open_time is not a time');
  const at = Math.min(state.now, Math.max(wanted, register.closedAt ?? 0));
  return [{ event: 'open_register', register: id, at: new Date(at).toISOString() }];
}

/** `PUT registers/{id}/actions/close`, with what was counted (X §8.3); a till that is closed stays as it is. Throws `XError`. */
export function closedRegister(body: unknown, state: XState, id: string): readonly TillEvent[] {
  const register = registerOf(state, id);
  const fields = body === undefined ? {} : object(body, 'the body');
  const counted: Record<string, string> = {};
  for (const payment of objects(fields, 'payments')) {
    const type = needed(payment, 'payment_type_id');
    if (rowOf(state.paymentTypes(), type) === undefined) throw badRequest(`payment_type_id ${type} is not a payment type`);
    counted[type] = decimal(payment['total'], 'total');
  }
  if (!register.isOpen) return [];
  return [{ event: 'close_register', register: id, at: new Date(state.now).toISOString(), counted }];
}

function registerOf(state: XState, id: string): XRegister {
  const register = rowOf(state.registers(), id);
  if (register === undefined || register.deletedAt !== null) throw notFound('register');
  return register;
}
