import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type DatedMapping, findOverlap, type Period, sameSource, without } from './mapping.ts';
import { type AuditActor, recordAudit, SYSTEM_ACTOR } from '../audit/record-audit.ts';
import { type HistoricMapping, recordMappingChange } from './mapping-history.ts';
import { listMappings } from './queries.ts';
import type { Mapping, MappingInput } from './schemas.ts';

interface ShopKey {
  readonly posAccountId: string;
  readonly shopId: string;
}

/**
 * Replaces every mapping of the shops named, and of no other shop, in the caller's transaction.
 *
 * @throws AppError `mapping_overlap` naming the two that conflict; `not_found` for an unknown shop or department; `invalid_request` for a
 *   mapping of a shop that is not among those named, or an `id` that is none of theirs.
 */
export async function setMappings(
  trx: Transaction<Database>,
  organizationId: string,
  { shops, mappings }: { readonly shops: readonly ShopKey[]; readonly mappings: readonly MappingInput[] },
  by: ChangedBy = { actor: SYSTEM_ACTOR, at: new Date() },
): Promise<Mapping[]> {
  await lockMappings(trx, organizationId);
  const keys = new Set(shops.map(keyOf));
  const stray = mappings.find((mapping) => !keys.has(keyOf(mapping)));
  if (stray !== undefined) {
    throw new AppError(
      'invalid_request',
      `The mapping of shop ${stray.shopId} does not belong to the shops this request replaces.`,
    );
  }
  await requireShops(trx, organizationId, shops);
  await requireDepartments(trx, organizationId, mappings);
  const before = await mappingsOf(trx, organizationId, shops);
  const known = new Set(before.map((mapping) => mapping.id));
  const foreign = mappings.find((mapping) => mapping.id !== undefined && !known.has(mapping.id));
  if (foreign !== undefined) {
    throw new AppError('invalid_request', `No mapping ${foreign.id ?? ''} of these shops exists; leave out \`id\` to make one.`);
  }
  const wanted: DatedMapping[] = mappings.map((mapping) => ({ ...mapping, id: mapping.id ?? uuidv7() }));
  await refuseOverlap(trx, organizationId, wanted);
  const named = (await listMappings(trx, organizationId)).filter((mapping) => keys.has(keyOf(mapping)));
  await replace(trx, organizationId, before, wanted);
  const now = (await listMappings(trx, organizationId)).filter((mapping) => keys.has(keyOf(mapping)));
  await keepHistory(trx, organizationId, shops, named, now, by);
  return now;
}

/** Who changes mappings, and when. */
export interface ChangedBy {
  readonly actor: AuditActor;
  readonly at: Date;
}

/** One entry of the history and of the audit a shop whose mappings are others than before. */
async function keepHistory(
  trx: Transaction<Database>,
  organizationId: string,
  shops: readonly ShopKey[],
  before: readonly Mapping[],
  after: readonly Mapping[],
  by: ChangedBy,
): Promise<void> {
  for (const shop of new Map(shops.map((each) => [keyOf(each), each])).values()) {
    const of = (mappings: readonly Mapping[]): HistoricMapping[] =>
      mappings
        .filter((mapping) => keyOf(mapping) === keyOf(shop))
        .map(({ registerId, departmentId, departmentName, from, until }) => ({
          registerId,
          departmentId,
          departmentName,
          from,
          until,
        }));
    const change = { ...shop, before: of(before), after: of(after) };
    if (JSON.stringify(change.before) === JSON.stringify(change.after)) continue;
    await recordMappingChange(trx, organizationId, change, by);
    const name = [...before, ...after].find((mapping) => keyOf(mapping) === keyOf(shop))?.shopName ?? null;
    await recordAudit(trx, {
      organizationId,
      ...by,
      action: 'mapping.changed',
      subject: { kind: 'shop', id: shop.shopId, name },
      before: { mappings: change.before },
      after: { mappings: change.after },
    });
  }
}

/**
 * Maps a shop (or one register) to a department for `[from, until)`; whatever held in that time before gives way, and keeps the rest of
 * its own. Without a department the source is unmapped for that time.
 */
export async function mapFrom(
  trx: Transaction<Database>,
  organizationId: string,
  wanted: ShopKey & Period & { readonly registerId: string | null; readonly departmentId: string | null },
  by?: ChangedBy,
): Promise<Mapping[]> {
  await lockMappings(trx, organizationId);
  const kept: MappingInput[] = [];
  for (const mapping of await mappingsOf(trx, organizationId, [wanted])) {
    const target = { ...wanted, departmentId: mapping.departmentId };
    const pieces = sameSource(mapping, target) ? without(mapping, wanted) : [mapping];
    for (const [index, piece] of pieces.entries()) {
      const { id, ...rest } = { ...mapping, from: piece.from, until: piece.until };
      kept.push(index === 0 ? { ...rest, id } : rest);
    }
  }
  const { departmentId, posAccountId, shopId, registerId, from, until } = wanted;
  const added = departmentId === null ? [] : [{ posAccountId, shopId, registerId, departmentId, from, until }];
  return setMappings(trx, organizationId, { shops: [{ posAccountId, shopId }], mappings: [...kept, ...added] }, by);
}

/** One writer of mappings an organization at a time: two people who save at once must not see each other's half. */
async function lockMappings(trx: Transaction<Database>, organizationId: string): Promise<void> {
  await trx
    .selectFrom('organization')
    .select('organization_id')
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .execute();
}

async function mappingsOf(
  trx: Transaction<Database>,
  organizationId: string,
  shops: readonly ShopKey[],
): Promise<DatedMapping[]> {
  const keys = new Set(shops.map(keyOf));
  const rows = await trx
    .selectFrom('mapping')
    .select([
      'id',
      'pos_account_id as posAccountId',
      'shop_id as shopId',
      'register_id as registerId',
      'department_id as departmentId',
      'valid_from as from',
      'valid_until as until',
    ])
    .where('organization_id', '=', organizationId)
    .where(
      'shop_id',
      'in',
      shops.map((shop) => shop.shopId),
    )
    .orderBy('valid_from')
    .execute();
  return rows.filter((row) => keys.has(keyOf(row)));
}

/** Deletes first: the constraint is checked row by row, and two mappings that swap their time would meet halfway. */
async function replace(
  trx: Transaction<Database>,
  organizationId: string,
  before: readonly DatedMapping[],
  wanted: readonly DatedMapping[],
): Promise<void> {
  const gone = before.filter((old) => !wanted.some((mapping) => isSame(old, mapping)));
  const added = wanted.filter((mapping) => !before.some((old) => isSame(old, mapping)));
  if (gone.length > 0) {
    await trx
      .deleteFrom('mapping')
      .where('organization_id', '=', organizationId)
      .where(
        'id',
        'in',
        gone.map((mapping) => mapping.id),
      )
      .execute();
  }
  if (added.length > 0) {
    await trx
      .insertInto('mapping')
      .values(
        added.map((mapping) => ({
          organization_id: organizationId,
          id: mapping.id,
          pos_account_id: mapping.posAccountId,
          shop_id: mapping.shopId,
          register_id: mapping.registerId,
          department_id: mapping.departmentId,
          valid_from: mapping.from,
          valid_until: mapping.until,
        })),
      )
      .execute();
  }
}

async function refuseOverlap(trx: Transaction<Database>, organizationId: string, wanted: readonly DatedMapping[]): Promise<void> {
  const pair = findOverlap(wanted);
  if (pair === null) return;
  const [first, second] = pair;
  const names = new Map(
    (
      await trx
        .selectFrom('department')
        .select(['id', 'name'])
        .where('organization_id', '=', organizationId)
        .where('id', 'in', [first.departmentId, second.departmentId])
        .execute()
    ).map((row) => [row.id, row.name]),
  );
  const shop = await trx
    .selectFrom('shop')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', first.posAccountId)
    .where('shop_id', '=', first.shopId)
    .executeTakeFirst();
  const source = first.registerId === null ? 'Shop' : `Register ${first.registerId} of shop`;
  const told = (mapping: DatedMapping) => `“${names.get(mapping.departmentId) ?? mapping.departmentId}” ${describe(mapping)}`;
  throw new AppError(
    'mapping_overlap',
    `${source} “${shop?.name ?? first.shopId}” cannot go to ${told(first)} and to ${told(second)}: these overlap. End one before the other begins.`,
    {
      details: {
        shop: shop?.name ?? first.shopId,
        shopId: first.shopId,
        registerId: first.registerId,
        department: names.get(first.departmentId) ?? first.departmentId,
        other: names.get(second.departmentId) ?? second.departmentId,
        first: { id: first.id, departmentId: first.departmentId, from: first.from, until: first.until },
        second: { id: second.id, departmentId: second.departmentId, from: second.from, until: second.until },
      },
    },
  );
}

async function requireShops(trx: Transaction<Database>, organizationId: string, shops: readonly ShopKey[]): Promise<void> {
  const rows = await trx
    .selectFrom('shop')
    .select(['pos_account_id as posAccountId', 'shop_id as shopId'])
    .where('organization_id', '=', organizationId)
    .where(
      'shop_id',
      'in',
      shops.map((shop) => shop.shopId),
    )
    .execute();
  const known = new Set(rows.map(keyOf));
  const missing = shops.find((shop) => !known.has(keyOf(shop)));
  if (missing !== undefined) {
    throw new AppError('not_found', `No shop ${missing.shopId} is known in this POS account.`, { details: { ...missing } });
  }
}

async function requireDepartments(
  trx: Transaction<Database>,
  organizationId: string,
  mappings: readonly MappingInput[],
): Promise<void> {
  const wanted = [...new Set(mappings.map((mapping) => mapping.departmentId))];
  if (wanted.length === 0) return;
  const rows = await trx
    .selectFrom('department')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', 'in', wanted)
    .execute();
  const missing = wanted.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) {
    throw new AppError('not_found', 'That department does not exist.', { details: { departmentId: missing } });
  }
}

function isSame(a: DatedMapping, b: DatedMapping): boolean {
  return a.id === b.id && sameSource(a, b) && a.departmentId === b.departmentId && a.from === b.from && a.until === b.until;
}

function describe(period: Period): string {
  return `from ${period.from}${period.until === null ? ' on' : ` until ${period.until}`}`;
}

function keyOf({ posAccountId, shopId }: ShopKey): string {
  return JSON.stringify([posAccountId, shopId]);
}
