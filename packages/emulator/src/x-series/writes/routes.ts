import type { TillEvent } from '../../world/events.ts';
import type { XCustomer, XSaleRecord, XWorld } from '../../world/x-types.ts';
import { XError, badRequest, notFound } from '../errors.ts';
import { legacyCustomer } from '../legacy/documents.ts';
import { legacySale } from '../legacy/sale.ts';
import { demand } from '../oauth/scopes.ts';
import type { XCaller } from '../oauth/store.ts';
import { writeCustomer } from '../resources/people.ts';
import { registerDocument } from '../resources/places.ts';
import { writeSale } from '../sales/resource.ts';
import { isDated } from '../version.ts';
import type { XAddress, XApiVersion } from '../version.ts';
import { rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { readJson } from '../webhooks/routes.ts';
import { erasedCustomer, savedCustomer } from './customers.ts';
import { readDatedBody, readLegacyBody } from './sale-body.ts';
import type { SaleWrite } from './sale-body.ts';
import { closedRegister, openedRegister } from './registers.ts';
import { changeOf, returnOf } from './sales.ts';
import type { SaleChange } from './sales.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A write, taken apart. */
interface Write {
  /** `PUT sales/:id/actions/return`. */
  readonly route: string;
  readonly version: XApiVersion;
  readonly id: string;
  readonly caller: XCaller;
  /** The JSON body, read once asked for; undefined when there is none. */
  readonly body: () => Promise<unknown>;
}

/** What may be written over the API: sales, returns, customers, and tills opened and closed. Everything becomes events of the world. */
export class XWrites {
  readonly #world: () => XWorld;
  readonly #now: () => number;
  readonly #view: (scopes?: XView['scopes']) => XView;
  readonly #play: (events: readonly TillEvent[]) => void;

  constructor(facts: {
    readonly world: () => XWorld;
    readonly now: () => number;
    readonly view: (scopes?: XView['scopes']) => XView;
    /** Throws `RangeError` when the events make no sense. */
    readonly play: (events: readonly TillEvent[]) => void;
  }) {
    this.#world = facts.world;
    this.#now = facts.now;
    this.#view = facts.view;
    this.#play = facts.play;
  }

  /** Answers anything but a GET. Throws `XError`. */
  answer(request: Request, { version, segments }: XAddress, caller: XCaller): Promise<Answer> {
    const [resource = '', id = '', ...rest] = segments;
    const route = `${request.method} ${[resource, ...(id === '' ? [] : [':id']), ...rest].join('/')}`;
    const body = async (): Promise<unknown> => {
      const text = await request.text();
      return text === '' ? undefined : readJson(text);
    };
    const write = { route, version, id, caller, body };
    if (version === '0.9') return this.#legacy(write);
    if (resource === 'registers') return this.#register(write);
    return resource === 'customers' ? this.#customer(write) : this.#sale(write);
  }

  async #legacy({ route, caller, body }: Write): Promise<Answer> {
    if (route === 'POST register_sales') {
      demand(caller.scopes, ['sales:write']);
      const sale = this.#apply(this.#changeOf(readLegacyBody(await body()), '0.9'));
      return { status: 200, body: { register_sale: legacySale(sale, this.#view(caller.scopes)) } };
    }
    if (route !== 'POST customers') throw notAllowed();
    demand(caller.scopes, ['customers:write']);
    const input = await body();
    const customer = this.#applyCustomer(input, idIn(input));
    return { status: 200, body: { customer: legacyCustomer(customer, this.#view()) } };
  }

  async #sale({ route, version, id, caller, body }: Write): Promise<Answer> {
    const show = (sale: XSaleRecord, isNested: boolean): Answer['body'] => ({
      data: writeSale(sale, this.#view(caller.scopes), isNested),
    });
    // The verb changed with the dated versions (X §1.3).
    if (route === `${isDated(version) ? 'POST' : 'PUT'} sales/:id/actions/return`) {
      demand(caller.scopes, ['sales:write', 'users:read']);
      const { state } = this.#view();
      const original = state.sale(id) ?? fail(notFound('sale'));
      // Its published answer is flat in every version (X §7.1).
      return { status: 200, body: show(this.#apply(returnOf(original, state, version === '2026-07')), false) };
    }
    if (!isDated(version) || (route !== 'POST sales' && route !== 'PUT sales/:id')) throw notAllowed();
    demand(caller.scopes, ['sales:write']);
    if (route === 'POST sales')
      return { status: 201, body: show(this.#apply(this.#changeOf(readDatedBody(await body()), version)), true) };
    if (this.#view().state.sale(id) === undefined) throw notFound('sale');
    return { status: 200, body: show(this.#apply(this.#changeOf({ ...readDatedBody(await body()), id }, version)), true) };
  }

  async #customer({ route, version, id, caller, body }: Write): Promise<Answer> {
    demand(caller.scopes, ['customers:write']);
    if (route === 'DELETE customers/:id') {
      this.#attempt([erasedCustomer(this.#view().state, id)]);
      return { status: 204, body: undefined };
    }
    if (route !== 'POST customers' && route !== 'PUT customers/:id') throw notAllowed();
    const customer = this.#applyCustomer(await body(), id === '' ? undefined : id);
    return { status: id === '' ? 201 : 200, body: { data: writeCustomer(customer, isDated(version)) } };
  }

  async #register({ route, id, caller, body }: Write): Promise<Answer> {
    const isOpening = route === 'PUT registers/:id/actions/open';
    if (!isOpening && route !== 'PUT registers/:id/actions/close') throw notAllowed();
    demand(caller.scopes, isOpening ? ['register:open'] : ['register:close', 'payment_types:read']);
    const change = isOpening ? openedRegister : closedRegister;
    this.#attempt(change(await body(), this.#view().state, id));
    const register = rowOf(this.#view().state.registers(), id) ?? fail(notFound('register'));
    return { status: 200, body: { data: registerDocument(register) } };
  }

  #changeOf(write: SaleWrite, version: XApiVersion): SaleChange {
    return changeOf(write, this.#view().state, version === '2026-07');
  }

  #apply({ events, name }: SaleChange): XSaleRecord {
    this.#attempt(events);
    const id = this.#world().saleId(name);
    return (id === undefined ? undefined : this.#world().at(this.#now()).sale(id)) ?? fail(notFound('sale'));
  }

  #applyCustomer(body: unknown, id: string | undefined): XCustomer {
    this.#attempt([savedCustomer(body, this.#view().state, id)]);
    const all = this.#view().state.customers();
    // The newest version is the one just written.
    return (id === undefined ? all.at(-1) : rowOf(all, id)) ?? fail(notFound('customer'));
  }

  #attempt(events: readonly TillEvent[]): void {
    if (events.length === 0) return;
    try {
      this.#play(events);
    } catch (error) {
      if (error instanceof RangeError) throw badRequest(error.message);
      throw error;
    }
  }
}

function idIn(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string' ? body.id : undefined;
}

function notAllowed(): XError {
  return new XError(405, 'method not allowed');
}

function fail(error: XError): never {
  throw error;
}
