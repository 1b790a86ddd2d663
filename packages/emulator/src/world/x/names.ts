/** Events may name things by the ids of the API; inside they go by their numbers. */
import type { TicketLine, TicketPayment, TillEvent } from '../events.ts';
import type { XIds, XKind } from './ids.ts';

/**
 * The event with numbers for ids, and for sales the names they were rung up under (`nameOf`); what is neither stays as it is, for the check
 * to refuse.
 */
export function namesOf(event: TillEvent, ids: XIds, nameOf: (sale: string) => string): TillEvent {
  const number = (kind: XKind, name: string): string => String(ids.read(kind, name) ?? name);
  const returned = (line: string): string => {
    const end = line.lastIndexOf('/');
    return `${nameOf(line.slice(0, end))}${line.slice(end)}`;
  };
  const line = (one: TicketLine): TicketLine =>
    one.item === undefined && one.returns === undefined
      ? one
      : {
          ...one,
          ...(one.item === undefined ? {} : { item: number('product', one.item) }),
          ...(one.returns === undefined ? {} : { returns: returned(one.returns) }),
        };
  const payment = (one: TicketPayment): TicketPayment =>
    one.register === undefined ? one : { ...one, register: number('register', one.register) };
  const customer = (name: string | undefined): { customer?: string } =>
    name === undefined ? {} : { customer: number('customer', name) };
  switch (event.event) {
    case 'ring_up':
      return {
        ...event,
        sale: nameOf(event.sale),
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
        sale: nameOf(event.sale),
        ...customer(event.customer),
        ...(event.lines === undefined ? {} : { lines: event.lines.map(line) }),
        ...(event.payments === undefined ? {} : { payments: event.payments.map(payment) }),
      };
    case 'void':
      return { ...event, sale: nameOf(event.sale) };
    case 'move_register':
      return { ...event, register: number('register', event.register), shop: number('outlet', event.shop) };
    case 'open_register':
    case 'close_register':
      return { ...event, register: number('register', event.register) };
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
