import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { contains } from './mapping.ts';
import { listDepartments, listShops } from './queries.ts';
import { similarity } from './similarity.ts';
import type { Suggestion } from './mapping-schemas.ts';

/** Below this two names have nothing to do with each other. */
const LEAST = 0.5;

/**
 * M8: for each shop that no mapping takes today, and each register of it without one of its own, the department whose name (or whose store's)
 * is most like it. Archived ones are left out; where nothing is alike there is no suggestion.
 */
export async function suggestMappings(trx: Transaction<Database>, organizationId: string, today: string): Promise<Suggestion[]> {
  const departments = await listDepartments(trx, organizationId);
  const best = (name: string) =>
    departments
      .map((one) => ({
        departmentId: one.id,
        departmentName: one.name,
        storeName: one.storeName,
        score: Math.max(
          similarity(name, one.name),
          similarity(name, one.storeName),
          similarity(name, `${one.storeName} ${one.name}`),
        ),
      }))
      .toSorted((a, b) => b.score - a.score)
      .find((one) => one.score >= LEAST);
  const shops = await listShops(trx, organizationId, today);
  return shops
    .filter((shop) => !shop.archived && !shop.mapped)
    .flatMap((shop) => {
      const { posAccountId, shopId } = shop;
      const valid = shop.mappings.filter((mapping) => contains(mapping, today));
      const registers = shop.registers.filter(
        (register) => !register.archived && !valid.some((mapping) => mapping.registerId === register.registerId),
      );
      const sources = [{ registerId: null, name: shop.name }, ...registers];
      return sources.flatMap(({ registerId, name }) => {
        const found = best(name);
        return found === undefined ? [] : [{ posAccountId, shopId, registerId, ...found }];
      });
    })
    .toSorted((a, b) => b.score - a.score);
}
