import { xEndpoint } from '../resource.ts';
import type { XEndpoint } from '../resource.ts';
import { sales } from '../sales/resource.ts';
import { brands, productTypes, products, suppliers, tags } from './catalogue.ts';
import { paymentTypes, taxes } from './money.ts';
import { customerGroups, customers } from './people.ts';
import { outletTaxes, outlets, registers, users } from './places.ts';
import { consignments, inventory, priceBookProducts, priceBooks, promotions } from './stock.ts';

export type XRegistry = ReadonlyMap<string, XEndpoint>;

/** Every resource that pages by version, by its path segment. */
export const worldXRegistry: XRegistry = new Map(
  [
    xEndpoint(sales),
    xEndpoint(outlets),
    xEndpoint(registers),
    xEndpoint(users),
    xEndpoint(paymentTypes),
    xEndpoint(taxes),
    xEndpoint(outletTaxes),
    xEndpoint(customers),
    xEndpoint(customerGroups),
    xEndpoint(products),
    xEndpoint(productTypes),
    xEndpoint(brands),
    xEndpoint(tags),
    xEndpoint(suppliers),
    xEndpoint(inventory),
    xEndpoint(priceBooks),
    xEndpoint(priceBookProducts),
    xEndpoint(consignments),
    xEndpoint(promotions),
  ].map((endpoint) => [endpoint.name, endpoint]),
);
