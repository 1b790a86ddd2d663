import { arraySource } from '../array-source.ts';
import { childSource } from '../child-source.ts';
import { loadedEndpoint } from '../loaded.ts';
import type { LoadedDocument } from '../loaded.ts';
import type { Resource } from '../resource.ts';
import { saleSource } from '../sale-source.ts';
import { endpoint } from '../source.ts';
import type { Endpoint } from '../source.ts';
import { tradeBook } from '../trade-book.ts';
import type { View } from '../view.ts';
import { ccCharge, isCharged } from './cc-charge.ts';
import { category, item, itemShop, stockOf } from './catalogue.ts';
import { creditAccount, creditAccounts } from './credit-account.ts';
import { customer } from './customer.ts';
import { employeeHours, hours } from './hours.ts';
import { inventoryLog, loggedLines } from './inventory-log.ts';
import {
  customerType,
  customerTypes,
  discount,
  discounts,
  itemFee,
  itemFees,
  manufacturer,
  manufacturers,
  tag,
  tags,
  vendor,
  vendors,
} from './office.ts';
import { quote, shipTo, specialOrder, workorder, workorders } from './orders.ts';
import { paymentType } from './payment-type.ts';
import { employee, register, shop } from './places.ts';
import { order, orderLine, orders } from './purchase-orders.ts';
import { saleLine } from './sale-line.ts';
import { salePayment } from './sale-payment.ts';
import { sale, saleVoid } from './sale.ts';
import { classesOf, taxCategory, taxCategoryClass, taxClass } from './taxes.ts';
import { closedDays, countAmounts, registerCount, registerCountAmount, registerWithdraw, withdraws } from './tills.ts';

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
    listed(
      itemShop,
      perList(
        (view) => view.state.items(),
        (items, view) => items.flatMap((record) => stockOf(record, view)),
      ),
    ),
    listed(customer, (view) => view.state.customers()),
    listed(
      taxCategoryClass,
      perList(
        (view) => view.state.taxCategories(),
        (categories) => categories.flatMap(classesOf),
      ),
    ),
    listed(saleVoid, (view) => view.state.saleVoids()),
    listed(creditAccount, creditAccounts),
    listed(customerType, () => customerTypes),
    listed(vendor, () => vendors),
    listed(manufacturer, () => manufacturers),
    listed(discount, () => discounts),
    listed(tag, () => tags),
    listed(itemFee, () => itemFees),
    listed(employeeHours, hours),
    listed(workorder, workorders),
    listed(order, orders),
    listed(
      orderLine,
      perList(orders, (all) => all.flatMap((one) => one.lines)),
    ),
    listed(quote, (view) => tradeBook(view).quotes),
    listed(shipTo, (view) => tradeBook(view).shipments),
    listed(specialOrder, (view) => tradeBook(view).specialOrders),
    listed(registerCount, closedDays),
    listed(registerCountAmount, countAmounts),
    listed(registerWithdraw, withdraws),
    endpoint(
      inventoryLog,
      childSource(inventoryLog, loggedLines, (row) => row.line.id),
    ),
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
    endpoint(
      ccCharge,
      childSource(
        ccCharge,
        (row) => row.payments.filter(isCharged),
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

/** Rows made from a list of the world, anew only when that list is another. */
function perList<L extends object, R>(
  list: (view: View) => L,
  make: (list: L, view: View) => readonly R[],
): (view: View) => readonly R[] {
  const made = new WeakMap<L, readonly R[]>();
  return (view) => {
    const from = list(view);
    const rows = made.get(from) ?? make(from, view);
    made.set(from, rows);
    return rows;
  };
}
