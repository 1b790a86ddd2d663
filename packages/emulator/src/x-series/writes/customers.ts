import type { TillEvent } from '../../world/events.ts';
import type { XCustomer, XState } from '../../world/x-types.ts';
import { badRequest, notFound } from '../errors.ts';
import { rowOf } from '../view.ts';
import { object, optional } from './sale-body.ts';

/** New or changed fields of a customer. */
export function savedCustomer(body: unknown, state: XState, id: string | undefined): TillEvent {
  const fields = object(body, 'the body');
  if (id === undefined && !('first_name' in fields && 'last_name' in fields)) {
    throw badRequest('first_name and last_name are required');
  }
  const known = id === undefined ? undefined : customerOf(state, id);
  const text = (name: string): string | undefined => redact(optional(fields, name));
  const firstName = text('first_name');
  const lastName = text('last_name');
  const email = text('email');
  const mobile = text('mobile');
  const doNotEmail = fields['do_not_email'];
  return {
    event: 'save_customer',
    at: new Date(state.now).toISOString(),
    ...(known === undefined ? {} : { customer: known.id }),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(email === undefined ? {} : { email }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(typeof doNotEmail === 'boolean' ? { noEmail: doNotEmail } : {}),
  };
}

/** Gone from lists unless `deleted=true`; whether the vendor anonymises is not said (X §9): this one does. */
export function erasedCustomer(state: XState, id: string): TillEvent {
  return { event: 'erase_customer', customer: customerOf(state, id).id, at: new Date(state.now).toISOString() };
}

function customerOf(state: XState, id: string): XCustomer {
  const customer = rowOf(state.customers(), id);
  if (customer === undefined || customer.deletedAt !== null) throw notFound('customer');
  return customer;
}

/** What looks like a card number is blanked, and the call succeeds all the same (X §5). */
function redact(text: string | undefined): string | undefined {
  return text?.replace(/\b\d(?:[ -]?\d){12,18}\b/g, '****************');
}
