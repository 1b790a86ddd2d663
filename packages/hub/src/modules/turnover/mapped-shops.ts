import { contains, type DatedMapping } from '../stores/mapping.ts';
import { shopKey } from './shop-days.ts';

interface Place {
  readonly posAccountId: string;
  readonly shopId: string;
  readonly registerId: string | null;
  readonly day: string;
}

/** Which department took what a shop, or a register of it, sold on a day (D20). Pure. */
export class MappedShops {
  /** Ids of shops that not one department took as a whole for the whole period: their registers and days are told apart. */
  readonly divided: readonly string[];
  readonly #byShop: ReadonlyMap<string, readonly DatedMapping[]>;

  /** @param mappings Those that hold at some day of the period. */
  constructor(mappings: readonly DatedMapping[], { from, to }: { readonly from: string; readonly to: string }) {
    this.#byShop = Map.groupBy(mappings, shopKey);
    const isWhole = ([only, ...more]: readonly DatedMapping[]) =>
      only !== undefined && more.length === 0 && only.registerId === null && contains(only, from) && contains(only, to);
    this.divided = [...this.#byShop.values()].flatMap((ofShop) => (isWhole(ofShop) ? [] : (ofShop[0]?.shopId ?? [])));
  }

  /** The register's own mapping, else the shop's; null: none took it. */
  departmentOf({ posAccountId, shopId, registerId, day }: Place): string | null {
    const ofShop = this.#byShop.get(shopKey({ posAccountId, shopId })) ?? [];
    const [only] = ofShop;
    // Of a shop that is not divided a day may be the first of a week that began before the period.
    if (registerId === null) return only?.departmentId ?? null;
    const own = ofShop.find((mapping) => mapping.registerId === registerId && contains(mapping, day));
    return (own ?? ofShop.find((mapping) => mapping.registerId === null && contains(mapping, day)))?.departmentId ?? null;
  }
}
