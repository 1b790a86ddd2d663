/** Events may name things by the ids of the API; inside they go by their numbers. */
import type { TicketLine, TicketPayment, TillEvent } from '../events.ts';
import type { XIds, XKind } from './ids.ts';

/** The event with numbers for ids; what is neither stays as it is, for the check to refuse. */
export function namesOf(event: TillEvent, ids: XIds): TillEvent {
  const number = (kind: XKind, name: string): string => String(ids.read(kind, name) ?? name);
  const line = (one: TicketLine): TicketLine => (one.item === undefined ? one : { ...one, item: number('product', one.item) });
  const payment = (one: TicketPayment): TicketPayment =>
    one.register === undefined ? one : { ...one, register: number('register', one.register) };
  const customer = (name: string | undefined): { customer?: string } =>
    name === undefined ? {} : { customer: number('customer', name) };
  switch (event.event) {
    case 'ring_up':
      return {
        ...event,
        ...customer(event.customer),
        ...(event.employee === undefined ? {} : { employee: number('user', event.employee) }),
        shop: number('outlet', event.shop),
        register: number('register', event.register),
        lines: event.lines.map(line),
        payments: event.payments.map(payment),
      };
    case 'edit':
      return {
        ...event,
        ...customer(event.customer),
        ...(event.lines === undefined ? {} : { lines: event.lines.map(line) }),
        ...(event.payments === undefined ? {} : { payments: event.payments.map(payment) }),
      };
    case 'move_register':
      return { ...event, register: number('register', event.register), shop: number('outlet', event.shop) };
    case 'archive_shop':
      return { ...event, shop: number('outlet', event.shop) };
    case 'save_customer':
      return { ...event, ...customer(event.customer) };
    case 'merge_customers':
      return { ...event, customer: number('customer', event.customer), into: number('customer', event.into) };
    case 'erase_customer':
      return { ...event, customer: number('customer', event.customer) };
    case 'delete_product':
      return { ...event, item: number('product', event.item) };
    default:
      return event;
  }
}
