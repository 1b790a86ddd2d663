import type {
  CategoryRecord,
  CustomerRecord,
  EmployeeRecord,
  ItemRecord,
  PaymentTypeRecord,
  RegisterRecord,
  ShopRecord,
  TaxCategoryRecord,
  TaxClassRecord,
  WorldState,
} from '../world/types.ts';
import type { Additions } from './additions.ts';
import type { Drawers } from './drawers.ts';
import type { RSeriesSwitches } from './switches.ts';

/** The account's own facts. */
export interface AccountRecord {
  readonly accountId: string;
  readonly name: string;
  readonly currency: string;
  /** Zone of dates that name no shop. */
  readonly zone: string;
}

/** Who asks. */
export interface Caller {
  /** The OAuth client's public number, as the headers name it. */
  readonly clientNumber: number;
  readonly userId: string;
  readonly scopes: readonly string[];
}

/** All that tables read from besides their record: the world as of the request, with indexed look-ups. */
export interface View {
  readonly state: WorldState;
  /** One more each time events were played from outside: indexes that follow change stamps start over then. */
  readonly revision: number;
  readonly account: AccountRecord;
  readonly switches: RSeriesSwitches;
  readonly caller: Caller;
  /** `/API` or `/API/V3`, for links inside documents. */
  readonly root: string;
  readonly shop: LookUp<ShopRecord>;
  readonly register: LookUp<RegisterRecord>;
  readonly employee: LookUp<EmployeeRecord>;
  readonly paymentType: LookUp<PaymentTypeRecord>;
  readonly taxCategory: LookUp<TaxCategoryRecord>;
  readonly taxClass: LookUp<TaxClassRecord>;
  readonly category: LookUp<CategoryRecord>;
  readonly item: LookUp<ItemRecord>;
  readonly customer: LookUp<CustomerRecord>;
  /** What the API did to tills; none where nobody can have. */
  readonly drawers?: Drawers | undefined;
  /** What came through the API beside the world; nothing where nobody can have. */
  readonly additions?: Additions | undefined;
}

/** Finds a record by its id; `null` and unknown ids give undefined. */
export type LookUp<R> = (id: string | null) => R | undefined;

export function createView(
  facts: Pick<View, 'state' | 'revision' | 'account' | 'switches' | 'caller' | 'root' | 'drawers' | 'additions'>,
): View {
  const { state } = facts;
  return {
    ...facts,
    shop: lookUp(() => state.shops()),
    register: lookUp(() => state.registers()),
    employee: lookUp(() => state.employees()),
    paymentType: lookUp(() => state.paymentTypes()),
    taxCategory: lookUp(() => state.taxCategories()),
    taxClass: lookUp(() => state.taxClasses()),
    category: lookUp(() => state.categories()),
    item: lookUp(() => state.items()),
    customer: lookUp(() => state.customers()),
  };
}

/** Indexes live as long as the list they index: the world hands out the same list while nothing changes. */
const indexes = new WeakMap<readonly object[], ReadonlyMap<string, object>>();

function lookUp<R extends { readonly id: string }>(list: () => readonly R[]): LookUp<R> {
  let index: ReadonlyMap<string, R> | undefined;
  return (id) => {
    if (id === null) return undefined;
    index ??= indexOf(list());
    return index.get(id);
  };
}

function indexOf<R extends { readonly id: string }>(records: readonly R[]): ReadonlyMap<string, R> {
  const known = indexes.get(records) as ReadonlyMap<string, R> | undefined;
  if (known !== undefined) return known;
  const made = new Map(records.map((record) => [record.id, record]));
  indexes.set(records, made);
  return made;
}
