import type { OfficeEvent } from '../../world/events.ts';
import { instantText } from '../../world/zone.ts';
import { badRequest } from '../errors.ts';
import type { View } from '../view.ts';
import { isBody, readChildren, readField, readFlagField } from './body.ts';
import type { Body } from './body.ts';

/** `POST Customer.json`: the next id, and what was said. The world keeps one e-mail and one mobile number. */
export function createCustomer(body: Body, view: View): { readonly event: OfficeEvent; readonly id: string } {
  const id = String(view.state.customers().reduce((most, customer) => Math.max(most, Number(customer.id)), 0) + 1);
  if ((readField(body, 'firstName') ?? '') === '' && (readField(body, 'lastName') ?? '') === '') {
    throw badRequest('Customer not created. A Customer must have a name.');
  }
  return { event: saveCustomer(id, body, view), id };
}

/** What a PUT says: fields left out stay. */
export function saveCustomer(id: string, body: Body, view: View): OfficeEvent {
  const contact = isBody(body['Contact']) ? body['Contact'] : {};
  const email = memberOf(contact, 'Emails', 'ContactEmail', 'address', ['Primary']);
  const mobile = memberOf(contact, 'Phones', 'ContactPhone', 'number', ['Mobile']);
  const firstName = readField(body, 'firstName');
  const lastName = readField(body, 'lastName');
  const company = readField(body, 'company');
  const archived = readFlagField(body, 'archived');
  const noEmail = readFlagField(contact, 'noEmail');
  const noPhone = readFlagField(contact, 'noPhone');
  return {
    event: 'save_customer',
    customer: id,
    at: instantText(view.state.now),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(company === undefined ? {} : { company }),
    ...(archived === undefined ? {} : { archived }),
    ...(email === undefined ? {} : { email }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(noEmail === undefined ? {} : { noEmail }),
    ...(noPhone === undefined ? {} : { noPhone }),
  };
}

/** `DELETE Customer/{id}/Anonymize.json` (R §7.8). */
export function anonymizeCustomer(id: string, view: View): OfficeEvent {
  return { event: 'erase_customer', customer: id, at: instantText(view.state.now) };
}

function memberOf(
  contact: Body,
  wrapper: string,
  child: string,
  key: string,
  uses: readonly string[],
): string | null | undefined {
  const members = readChildren(contact, wrapper, child);
  const member = members?.find((entry) => uses.includes(readField(entry, 'useType') ?? uses[0] ?? ''));
  if (member === undefined) return undefined;
  const value = readField(member, key) ?? '';
  return value === '' ? null : value;
}
