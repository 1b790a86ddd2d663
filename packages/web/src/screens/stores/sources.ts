import type { Mapping, Shop } from '../../api/stores.ts';
import { sourceText } from './mapping-rows.ts';

/** A POS shop, or one of its registers, that can feed a department. */
export interface SourceChoice {
  readonly value: string;
  readonly provider: Shop['provider'];
  readonly shop: Shop;
  readonly register: Shop['registers'][number] | null;
  /** What it feeds at present, if anything. */
  readonly now: Mapping | null;
}

/** Every shop and register that can be chosen, by account; archived ones only where something is mapped to them. */
export function sourceChoices(shops: readonly Shop[]): SourceChoice[] {
  return shops.flatMap((shop) => {
    const { posAccountId, shopId, provider, mappings } = shop;
    const choice = (register: Shop['registers'][number] | null): SourceChoice => {
      const registerId = register?.registerId ?? null;
      return {
        value: sourceText({ posAccountId, shopId, registerId }),
        provider,
        shop,
        register,
        now: mappings.find((mapping) => mapping.registerId === registerId && mapping.until === null) ?? null,
      };
    };
    const registers = shop.registers.map((register) => choice(register));
    return [choice(null), ...registers].filter(
      ({ register, now }) => now !== null || !(shop.archived || register?.archived === true),
    );
  });
}
