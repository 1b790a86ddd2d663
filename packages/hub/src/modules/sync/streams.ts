import type { Customer, Instant, Normalized, Sale, SaleVoid } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Calendars } from '../ledger/calendars.ts';
import { prepareSales } from '../ledger/prepare-sales.ts';
import { prepareCustomers, recordCustomers } from '../ledger/record-customers.ts';
import {
  encodePage,
  type LedgerScope,
  type PageOrigin,
  type Recorded,
  recordSales,
  type RecordOptions,
} from '../ledger/record-sales.ts';
import { recordSaleVoids } from '../ledger/record-sale-voids.ts';
import { recordSetAside, setAsideRow } from '../ledger/set-aside.ts';
import type { Page, PosClient, PosQuery, Position } from './client.ts';

/** Documents made ready; `record` writes them in the caller's fenced transaction. */
export interface Recordable {
  record(trx: Transaction<Database>, scope: LedgerScope, origin: PageOrigin, options: RecordOptions): Promise<Recorded>;
}

/** A kind of record that is walked page by page: how it is asked for, and how it is kept. */
export interface Stream<T extends { readonly id: string }> {
  readonly name: 'sales' | 'customers' | 'saleVoids';
  open(client: PosClient, query: PosQuery, position?: Position): AsyncIterable<Page<T>>;
  prepare(records: readonly Normalized<T>[], documents: readonly unknown[], calendars: Calendars): Recordable;
  changedAt(record: T): Instant | null;
}

export const SALES: Stream<Sale> = {
  name: 'sales',
  open: (client, query, position) => client.sales(query, position),
  prepare(records, documents, calendars) {
    const page = encodePage(prepareSales(records, documents, calendars));
    return { record: (trx, scope, origin, options) => recordSales(trx, scope, origin, page, calendars, options) };
  },
  changedAt: (sale) => sale.changedAt,
};

export const CUSTOMERS: Stream<Customer> = {
  name: 'customers',
  open(client, query, position) {
    if ('order' in query && query.order === 'completed') throw new TypeError('Customers are not completed.');
    return client.customers(query, position);
  },
  prepare(records, documents, calendars) {
    const page = prepareCustomers(records, documents, calendars);
    return { record: (trx, scope, origin, options) => recordCustomers(trx, scope, origin, page, options) };
  },
  changedAt: (customer) => customer.changedAt,
};

export const SALE_VOIDS: Stream<SaleVoid> = {
  name: 'saleVoids',
  open(client, query, position) {
    if ('order' in query && query.order !== 'id') throw new TypeError('Voids are read by id.');
    return client.saleVoids(query, position);
  },
  prepare(records, documents, calendars) {
    const voids = records.flatMap((record) => (record.ok ? [record.value] : []));
    const setAside = records.flatMap((record, index) => (record.ok ? [] : [setAsideRow(record, documents[index], calendars)]));
    return {
      async record(trx, scope, origin) {
        await recordSaleVoids(trx, scope, voids);
        if (setAside.length > 0) await recordSetAside(trx, scope, 'saleVoid', setAside, origin.requestedAt);
        return { changed: 0, setAside: setAside.length };
      },
    };
  },
  changedAt: () => null,
};
