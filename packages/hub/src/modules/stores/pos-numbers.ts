import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { contains, overlaps, type Period } from './mapping.ts';
import type { PosNumbersBody } from './mapping-schemas.ts';
import { listDepartments, listMappings, listShops } from './queries.ts';
import type { Mapping, Shop } from './schemas.ts';
import { type ChangedBy, mapFrom } from './set-mappings.ts';

/** W3: a department's mapping of today in the words of the planner's form. */
export interface PosNumbers {
  /** `account` where it has all shops of the account, else `account:shop`; several joined with “, ”. */
  readonly posClientNumber: string | null;
  readonly posTerminalNumbers: readonly string[];
}

interface Account {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

async function readAccounts(trx: Transaction<Database>, organizationId: string): Promise<Account[]> {
  return trx
    .selectFrom('pos_account')
    .select(['id', 'external_id as number', 'name'])
    .where('organization_id', '=', organizationId)
    .orderBy('external_id')
    .execute();
}

/** What every department's form shows, from the same mappings as everything else (D20). */
export async function readPosNumbers(
  trx: Transaction<Database>,
  organizationId: string,
  today: string,
): Promise<(departmentId: string) => PosNumbers> {
  const accounts = await readAccounts(trx, organizationId);
  const shops = await trx
    .selectFrom('shop')
    .select(['pos_account_id', 'shop_id', 'archived'])
    .where('organization_id', '=', organizationId)
    .execute();
  const mappings = (await listMappings(trx, organizationId)).filter((mapping) => contains(mapping, today));
  const byDepartment = Map.groupBy(mappings, (mapping) => mapping.departmentId);
  return (departmentId) => {
    const own = byDepartment.get(departmentId) ?? [];
    const numbers = accounts.flatMap((account) => {
      const ofAccount = own.filter((mapping) => mapping.posAccountId === account.id);
      const whole = new Set(ofAccount.filter((mapping) => mapping.registerId === null).map((mapping) => mapping.shopId));
      const all = shops.filter((shop) => shop.pos_account_id === account.id && !shop.archived);
      if (all.length > 0 && all.every((shop) => whole.has(shop.shop_id))) return [account.number];
      return [...new Set(ofAccount.map((mapping) => mapping.shopId))].map((shopId) => `${account.number}:${shopId}`);
    });
    return {
      posClientNumber: numbers.length === 0 ? null : numbers.join(', '),
      posTerminalNumbers: own.flatMap((mapping) => mapping.registerId ?? []),
    };
  };
}

/**
 * Maps a department by POS client and terminal numbers from a day on: what these name becomes its, what it had besides ends there.
 *
 * @param limit The departments the caller is limited to; null: all. Nothing is taken from any other, nor told of it.
 * @throws AppError `not_found` for a number that is none, `mapping_overlap` naming the department that has it already, `forbidden` for what
 *   belongs to a department beyond the limit.
 */
export async function setPosNumbers(
  trx: Transaction<Database>,
  organizationId: string,
  departmentId: string,
  { clientNumber, terminalNumbers, from, takeOver }: PosNumbersBody,
  by: ChangedBy,
  today: string,
  limit: readonly string[] | null = null,
): Promise<void> {
  if (!(await listDepartments(trx, organizationId)).some((department) => department.id === departmentId)) {
    throw new AppError('not_found', 'That department does not exist.', { details: { departmentId } });
  }
  const accounts = await readAccounts(trx, organizationId);
  const all = await listShops(trx, organizationId, today);
  const shops = clientNumber
    .split(',')
    .map((number) => number.trim())
    .filter((number) => number !== '')
    .flatMap((number) => shopsOf(number, accounts, all, limit === null));
  if (shops.length === 0 && terminalNumbers.length > 0) {
    throw new AppError('invalid_request', 'A POS terminal number needs the POS client number it belongs to.');
  }
  const targets =
    terminalNumbers.length === 0
      ? shops.map((shop) => ({ shop, registerId: null }))
      : terminalNumbers.map((number) => registerOf(number, shops, limit === null));
  const mappings = await listMappings(trx, organizationId);
  const period = { from, until: null };
  if (limit !== null) refuseBeyond(limit, mappings, targets, period);
  for (const { shop, registerId } of targets) {
    const taken = mappings.find(
      (mapping) => isOf(mapping, shop, registerId) && mapping.departmentId !== departmentId && overlaps(mapping, period),
    );
    if (taken !== undefined && !takeOver) throw takenAlready(taken);
  }
  const isWanted = (mapping: Mapping) => targets.some(({ shop, registerId }) => isOf(mapping, shop, registerId));
  const given = mappings.filter(
    (mapping) => mapping.departmentId === departmentId && overlaps(mapping, period) && !isWanted(mapping),
  );
  for (const { posAccountId, shopId, registerId } of given) {
    await mapFrom(trx, organizationId, { posAccountId, shopId, registerId, departmentId: null, ...period }, by);
  }
  for (const { shop, registerId } of targets) {
    const { posAccountId, shopId } = shop;
    await mapFrom(trx, organizationId, { posAccountId, shopId, registerId, departmentId, ...period }, by);
  }
}

/** A register of a shop that somebody else has as a whole is theirs as well: mapping it would take its sales from them. */
function refuseBeyond(
  limit: readonly string[],
  mappings: readonly Mapping[],
  targets: readonly { readonly shop: Shop; readonly registerId: string | null }[],
  period: Period,
): void {
  const isTheirs = targets.some(({ shop, registerId }) =>
    mappings.some(
      (mapping) =>
        !limit.includes(mapping.departmentId) &&
        (isOf(mapping, shop, null) || isOf(mapping, shop, registerId)) &&
        overlaps(mapping, period),
    ),
  );
  if (!isTheirs) return;
  throw new AppError(
    'forbidden',
    'That part of the till belongs to a department that is not yours. Somebody who may change every mapping can move it.',
    { details: { permission: 'stores:write' } },
  );
}

/** @param tell Whether an unknown number may name those there are. */
function shopsOf(number: string, accounts: readonly Account[], shops: readonly Shop[], tell: boolean): Shop[] {
  const [wanted = '', ...rest] = number.split(':');
  const named = accounts.filter(
    (account) => account.number === wanted || account.name.toLowerCase() === wanted.trim().toLowerCase(),
  );
  const [account] = named;
  if (account === undefined || named.length > 1) {
    const known = accounts.map((each) => `${each.number} (${each.name})`);
    throw new AppError('not_found', `No POS account has the client number “${wanted}”.${thereAre(known, tell)}`);
  }
  const ofAccount = shops.filter((shop) => shop.posAccountId === account.id);
  if (rest.length === 0) return ofAccount.filter((shop) => !shop.archived);
  const shopId = rest.join(':').trim();
  const shop = ofAccount.find((each) => each.shopId === shopId);
  if (shop === undefined) {
    const known = ofAccount.map((each) => `${each.shopId} (${each.name})`);
    throw new AppError('not_found', `POS account ${account.number} has no shop “${shopId}”.${thereAre(known, tell)}`);
  }
  return [shop];
}

function thereAre(known: readonly string[], tell: boolean): string {
  return tell ? ` There are: ${known.join(', ') || '–'}.` : '';
}

function registerOf(number: string, shops: readonly Shop[], tell: boolean): { shop: Shop; registerId: string } {
  for (const shop of shops) {
    const register = shop.registers.find((each) => each.registerId === number);
    if (register !== undefined) return { shop, registerId: register.registerId };
  }
  const known = shops.flatMap((shop) => shop.registers.map((each) => `${each.registerId} (${each.name})`));
  throw new AppError('not_found', `There is no POS terminal “${number}” there.${thereAre(known, tell)}`);
}

function isOf(mapping: Mapping, shop: Shop, registerId: string | null): boolean {
  return mapping.posAccountId === shop.posAccountId && mapping.shopId === shop.shopId && mapping.registerId === registerId;
}

function takenAlready(mapping: Mapping): AppError {
  const source = mapping.registerId === null ? 'Shop' : `Register ${mapping.registerId} of shop`;
  const until = mapping.until === null ? ' on' : ` until ${mapping.until}`;
  return new AppError(
    'mapping_overlap',
    `${source} “${mapping.shopName}” goes to “${mapping.departmentName}” from ${mapping.from}${until}. End that first, or take it over.`,
    {
      details: {
        shop: mapping.shopName,
        shopId: mapping.shopId,
        registerId: mapping.registerId,
        department: mapping.departmentName,
        other: mapping.departmentName,
        first: { id: mapping.id, departmentId: mapping.departmentId, from: mapping.from, until: mapping.until },
      },
    },
  );
}
