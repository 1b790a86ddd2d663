import { PosError } from '../errors.ts';
import { xSaleLookUps } from './look-ups.ts';
import type { XLookUpDocuments, XSaleLookUps } from './look-ups.ts';
import type { XResourceName } from './resources.ts';
import type { XSeriesSwitches } from './switches.ts';

/** A look-up that sales need and that these credentials may not see, with the reason. */
export interface MissingLookUp {
  readonly resource: string;
  readonly error: PosError;
}

export interface XLookUpResult {
  readonly lookUps: XSaleLookUps;
  readonly missing: readonly MissingLookUp[];
}

export interface LookUpReader {
  /** Reads once and keeps; `fresh` reads again. What was read before a failure is not asked for twice. */
  read(fresh: boolean): Promise<XLookUpResult>;
}

type Filters = Readonly<Record<string, string>>;

export interface LookUpSources {
  readonly switches: XSeriesSwitches;
  readonly retailer: () => Promise<unknown>;
  readonly rows: (resource: XResourceName, filters?: Filters) => Promise<readonly unknown[]>;
  readonly firstPage: (resource: XResourceName) => Promise<readonly unknown[]>;
  readonly found: (type: 'customers', filters: Filters) => Promise<readonly unknown[]>;
}

export function createLookUpReader({ switches, retailer, rows, firstPage, found }: LookUpSources): LookUpReader {
  let parts = new Map<string, unknown>();
  let missing: MissingLookUp[] = [];
  let reading: Promise<XLookUpResult> | null = null;

  /** One part, once. What may not be seen is undefined and told; anything else stops. */
  async function part<T>(name: string, read: () => Promise<T>): Promise<T | undefined> {
    if (parts.has(name)) return parts.get(name) as T | undefined;
    let value: T | undefined;
    try {
      value = await read();
    } catch (error) {
      if (!(error instanceof PosError) || !MISSING_CODES.has(error.code)) throw error;
      missing.push({ resource: name, error });
    }
    parts.set(name, value);
    return value;
  }

  /** By the search index; where that does not know it, among the customers that changed least: it is as old as the retailer. */
  async function walkIn(): Promise<readonly unknown[]> {
    const customers = await found('customers', { customer_code: switches.walkInCustomerCode });
    return customers.length > 0 ? customers : await firstPage('customers');
  }

  async function readAll(): Promise<XLookUpResult> {
    const documents: { -readonly [Key in keyof XLookUpDocuments]: XLookUpDocuments[Key] } = {
      customers: (await part('customers', async () => await walkIn())) ?? [],
    };
    const described = await part('retailer', retailer);
    if (described !== undefined) documents.retailer = described;
    const taxes = await part('taxes', async () => await rows('taxes'));
    if (taxes !== undefined) documents.taxes = taxes;
    const paymentTypes = await part('payment_types', async () => await rows('payment_types'));
    if (paymentTypes !== undefined) documents.paymentTypes = paymentTypes;
    const registers = await part('registers', async () => await rows('registers'));
    if (registers !== undefined) documents.registers = registers;
    const products: unknown[] = [];
    for (const sku of switches.internalProductSkus)
      products.push(...((await part(`products ${sku}`, async () => await rows('products', { sku }))) ?? []));
    return { lookUps: xSaleLookUps({ ...documents, products }, switches), missing };
  }

  return {
    async read(fresh) {
      if (fresh) {
        parts = new Map();
        missing = [];
        reading = null;
      }
      const mine = (reading ??= readAll());
      try {
        return await mine;
      } catch (error) {
        if (reading === mine) reading = null;
        throw error;
      }
    },
  };
}

/** Not ours to see, or not there in this version. */
const MISSING_CODES: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'gone', 'method_not_allowed']);
