import type { TillEvent } from '../../world/events.ts';
import type { SaleRecord } from '../../world/types.ts';
import type { Additions } from '../additions.ts';
import type { Drawers } from '../drawers.ts';
import { ApiError, notFound } from '../errors.ts';
import { noRelations, readRelations } from '../relations.ts';
import type { RelationTree } from '../relations.ts';
import type { Resource } from '../resource.ts';
import { saleLine } from '../resources/sale-line.ts';
import { registerCount, registerWithdraw } from '../resources/tills.ts';
import { SaleRow } from '../sale-row.ts';
import { writeSingle } from '../list.ts';
import type { View } from '../view.ts';
import { countNested, readFlagField } from './body.ts';
import type { Body } from './body.ts';
import { createCategory, createGiftCard, createItem } from './catalogue.ts';
import { anonymizeCustomer, createCustomer, saveCustomer } from './customers.ts';
import { archiveSale, changeLine, createSale, refundSale, updateSale } from './sales.ts';
import type { SaleWrite } from './sales.ts';
import { addWithdraw, closeRegister, openRegister, registerById } from './tills.ts';

/** A request that wants to change something, taken apart. */
export interface WriteRequest {
  readonly method: string;
  /** Below the account: `['Sale', '12', 'refund']`. */
  readonly path: readonly string[];
  readonly body: Body;
}

/** What a write costs and does. */
export interface PlannedWrite {
  readonly cost: number;
  run(view: View): WriteResult;
}

/** What is answered: a record as it is afterwards, by its list; or JSON as it stands. */
export type WriteResult =
  | { readonly resource: string; readonly id: string; readonly relations: RelationTree }
  | { readonly json: string };

/** What a writer needs to change. */
export interface WriterParts {
  readonly play: (events: readonly TillEvent[]) => void;
  readonly drawers: Drawers;
  readonly additions: Additions;
  readonly saleId: (name: string) => number | undefined;
}

/** Embedded unasked in the answer to a write of a sale (R §7.4). */
const saleRelations = ['Shop', 'Customer', 'TaxCategory', 'SaleLines', 'SalePayments'];

/** The writes a hub or a tester needs; whatever it does not know answers 405. */
export class Writer {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  /** Undefined: this verb is not supported there. */
  plan(request: WriteRequest, sale: Resource<never>): PlannedWrite | undefined {
    const { method, path, body } = request;
    const [resource = '', id, action, actionId] = path;
    const key = `${method} ${[resource, id === undefined ? '' : '#', action ?? '', actionId === undefined ? '' : '#'].filter((part) => part !== '').join('/')}`;
    const nested = countNested(body) * 0.5;
    const saleCost = 2 + nested + (readFlagField(body, 'completed') === true ? 3 : 0);
    const onSale = (cost: number, change: (record: SaleRecord, view: View) => SaleWrite): PlannedWrite => ({
      cost,
      run: (view) => this.#sale(change(saleOf(id ?? '', view), view), sale),
    });
    const lineId = Number(action === 'SaleLine' ? actionId : id);
    switch (key) {
      case 'POST Sale':
        return { cost: saleCost, run: (view) => this.#sale(createSale(body, this.#freeName(), view), sale) };
      case 'PUT Sale/#':
        return onSale(saleCost, (record, view) => updateSale(record, body, view));
      case 'DELETE Sale/#':
        return onSale(2, archiveSale);
      case 'POST Sale/#/refund':
        return onSale(10 + nested, (record, view) => refundSale(record, body, this.#freeName(), view));
      case 'POST Sale/#/EmailReceipt':
        return { cost: 5, run: (view) => this.#unchanged('Sale', String(saleOf(id ?? '', view).id)) };
      case 'POST Sale/#/SaleLine':
        return { cost: 2 + nested, run: (view) => this.#newLine(saleOf(id ?? '', view), body, view) };
      case 'PUT Sale/#/SaleLine/#':
      case 'PUT SaleLine/#':
        return { cost: 2 + nested, run: (view) => this.#line(lineId, body, view) };
      case 'DELETE Sale/#/SaleLine/#':
      case 'DELETE SaleLine/#':
        return { cost: 2, run: (view) => this.#deleteLine(lineId, view) };
      case 'POST Customer':
        return {
          cost: 1 + nested,
          run: (view) => {
            const { event, id: made } = createCustomer(body, view);
            this.#parts.play([event]);
            return this.#customer(made);
          },
        };
      case 'PUT Customer/#':
        return this.#onCustomer(1 + nested, id ?? '', (view) => saveCustomer(id ?? '', body, view));
      case 'DELETE Customer/#':
        return this.#onCustomer(1, id ?? '', (view) => saveCustomer(id ?? '', { archived: true }, view));
      case 'DELETE Customer/#/Anonymize':
        return this.#onCustomer(1, id ?? '', (view) => anonymizeCustomer(id ?? '', view));
      case 'POST Register/#/open':
        return {
          cost: 1,
          run: (view) => this.#withdraw(openRegister(registerById(id ?? '', view), body, this.#parts.drawers, view).id),
        };
      case 'POST Register/#/close':
        return { cost: 1, run: (view) => this.#close(id ?? '', body, view) };
      case 'POST Item':
        return this.#added('Item', 1 + nested, (view) => createItem(body, this.#parts.additions, view));
      case 'POST Category':
        return this.#added('Category', 1 + nested, (view) => createCategory(body, this.#parts.additions, view));
      case 'POST CreditAccount':
        return this.#added('CreditAccount', 1 + nested, (view) => createGiftCard(body, this.#parts.additions, view));
      case 'POST RegisterWithdraw':
        return { cost: 1, run: (view) => this.#withdraw(addWithdraw(body, this.#parts.drawers, view).id) };
      default:
        return undefined;
    }
  }

  #freeName(): string {
    for (let number = 1; ; number += 1) {
      const name = `api ${number}`;
      if (this.#parts.saleId(name) === undefined) return name;
    }
  }

  #sale(write: SaleWrite, sale: Resource<never>): WriteResult {
    this.#play(write);
    const id = this.#parts.saleId(write.name) ?? 0;
    return { resource: 'Sale', id: String(id), relations: readRelations(JSON.stringify(saleRelations), sale) };
  }

  #play(write: SaleWrite): void {
    try {
      this.#parts.play(write.events);
    } catch (error) {
      // The world knows more about what makes sense than we checked.
      if (error instanceof RangeError) throw new ApiError(422, `Sale not saved: ${error.message}.`);
      throw error;
    }
  }

  #newLine(record: SaleRecord, body: Body, view: View): WriteResult {
    this.#play(changeLine(record, { add: body }, view));
    const next = record.lines.reduce((most, line) => Math.max(most, line.id % 100), 0) + 1;
    return this.#unchanged('SaleLine', String(record.id * 100 + next));
  }

  #line(id: number, body: Body, view: View): WriteResult {
    this.#play(changeLine(lineSale(id, view), { id, to: body }, view));
    return this.#unchanged('SaleLine', String(id));
  }

  /** Gone for good; the answer shows it as it was. */
  #deleteLine(id: number, view: View): WriteResult {
    const record = lineSale(id, view);
    const write = changeLine(record, { id, to: null }, view);
    const sale = new SaleRow(record, view.state, record);
    const row = sale.lines.find((line) => line.line.id === id);
    if (row === undefined) throw notFound('SaleLine', String(id));
    const json = writeSingle(saleLine, row, view, noRelations);
    this.#play(write);
    return { json };
  }

  #onCustomer(cost: number, id: string, change: (view: View) => TillEvent): PlannedWrite {
    return {
      cost,
      run: (view) => {
        if (view.customer(id) === undefined) throw notFound('Customer', id);
        this.#parts.play([change(view)]);
        return this.#customer(id);
      },
    };
  }

  #added(resource: string, cost: number, add: (view: View) => string): PlannedWrite {
    return { cost, run: (view) => this.#unchanged(resource, add(view)) };
  }

  #customer(id: string): WriteResult {
    return { resource: 'Customer', id, relations: new Map([['Contact', noRelations]]) };
  }

  #unchanged(resource: string, id: string): WriteResult {
    return { resource, id, relations: noRelations };
  }

  #withdraw(id: number): WriteResult {
    return this.#unchanged(registerWithdraw.name, String(id));
  }

  #close(id: string, body: Body, view: View): WriteResult {
    const register = registerById(id, view);
    const closing = closeRegister(register, body, this.#parts.drawers, view);
    return {
      resource: registerCount.name,
      id: String(closing.id),
      relations: new Map([['RegisterCountAmounts', noRelations]]),
    };
  }
}

/** By its id, or for refunds by its twelve-digit ticket number (R §1). */
function saleOf(id: string, view: View): SaleRecord {
  const ticket = /^22(\d{10})$/.exec(id)?.[1];
  const record = /^\d+$/.test(id) ? view.state.sale(Number(ticket ?? id)) : undefined;
  if (record === undefined) throw notFound('Sale', id);
  return record;
}

function lineSale(lineId: number, view: View): SaleRecord {
  const record = Number.isSafeInteger(lineId) ? view.state.sale(Math.floor(lineId / 100)) : undefined;
  if (record === undefined) throw notFound('SaleLine', String(lineId));
  return record;
}
