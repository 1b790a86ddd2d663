import { arraySource } from '../array-source.ts';
import { childSource } from '../child-source.ts';
import { loadedEndpoint } from '../loaded.ts';
import type { LoadedDocument } from '../loaded.ts';
import type { Resource } from '../resource.ts';
import { saleSource } from '../sale-source.ts';
import { endpoint } from '../source.ts';
import type { Endpoint } from '../source.ts';
import type { View } from '../view.ts';
import { category, item, itemShop, stockOf } from './catalogue.ts';
import type { ItemShopRow } from './catalogue.ts';
import { customer } from './customer.ts';
import { paymentType } from './payment-type.ts';
import { employee, register, shop } from './places.ts';
import { saleLine } from './sale-line.ts';
import { salePayment } from './sale-payment.ts';
import { sale, saleVoid } from './sale.ts';
import { taxCategory, taxClass } from './taxes.ts';

/** The resources that are lists, by name. A further resource is a table and a line here. */
export type Registry = ReadonlyMap<string, Endpoint>;

export function worldRegistry(): Registry {
  return byName([
    listed(shop, (view) => view.state.shops()),
    listed(register, (view) => view.state.registers()),
    listed(employee, (view) => view.state.employees()),
    listed(paymentType, (view) => view.state.paymentTypes()),
    listed(taxCategory, (view) => view.state.taxCategories()),
    listed(taxClass, (view) => view.state.taxClasses()),
    listed(category, (view) => view.state.categories()),
    listed(item, (view) => view.state.items()),
    listed(itemShop, stockRows()),
    listed(customer, (view) => view.state.customers()),
    listed(saleVoid, (view) => view.state.saleVoids()),
    endpoint(sale, saleSource),
    endpoint(
      saleLine,
      childSource(
        saleLine,
        (row) => row.lines,
        (row) => row.line.id,
      ),
    ),
    endpoint(
      salePayment,
      childSource(
        salePayment,
        (row) => row.payments,
        (row) => row.payment.id,
      ),
    ),
  ]);
}

/** The same names over recorded documents; those the file does not hold are empty. */
export function loadedRegistry(documents: Readonly<Record<string, readonly LoadedDocument[]>>): Registry {
  const tables = new Map([...worldRegistry()].map(([name, known]) => [name, known.table]));
  const names = new Set([...tables.keys(), ...Object.keys(documents).filter((name) => name !== 'Account')]);
  return new Map([...names].map((name) => [name, loadedEndpoint(name, documents[name] ?? [], tables.get(name))]));
}

function listed<R extends object>(table: Resource<R>, list: (view: View) => readonly R[]): Endpoint {
  return endpoint(table, arraySource(table, list));
}

function byName(endpoints: readonly Endpoint[]): Registry {
  return new Map(endpoints.map((known) => [known.table.name, known]));
}

/** Stock rows are made from items and shops, anew only when the list of items is another. */
function stockRows(): (view: View) => readonly ItemShopRow[] {
  const made = new WeakMap<object, readonly ItemShopRow[]>();
  return (view) => {
    const items = view.state.items();
    const rows = made.get(items) ?? items.flatMap((record) => stockOf(record, view));
    made.set(items, rows);
    return rows;
  };
}
