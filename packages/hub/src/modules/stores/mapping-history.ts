import { z } from '@hono/zod-openapi';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { BEGINNING, contains, type DatedMapping, type Period } from './mapping.ts';
import { day, posId, uuid } from './schema-parts.ts';

/** A mapping as the history keeps it, with the names of that time. */
export const historicMapping = z.object({
  registerId: posId.nullable(),
  departmentId: uuid,
  departmentName: z.string(),
  from: day,
  until: day.nullable(),
});
export type HistoricMapping = z.infer<typeof historicMapping>;

export interface MappingChange {
  readonly id: string;
  /** ISO 8601 to the microsecond. */
  readonly at: string;
  readonly posAccountId: string;
  readonly shopId: string;
  readonly shopName: string;
  readonly currency: string;
  readonly author: { readonly kind: AuditActor['kind']; readonly id: string | null; readonly name: string | null } | null;
  readonly before: HistoricMapping[];
  readonly after: HistoricMapping[];
  /** The days from the first to the last whose department is another one because of it. */
  readonly touches: Period;
  /** Who has the first of these days now. */
  readonly department: { readonly id: string; readonly name: string } | null;
}

/** Keeps a shop's mappings before and after, unless they are the same. */
export async function recordMappingChange(
  trx: Transaction<Database>,
  organizationId: string,
  change: {
    readonly posAccountId: string;
    readonly shopId: string;
    readonly before: readonly HistoricMapping[];
    readonly after: readonly HistoricMapping[];
  },
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<void> {
  const { kind, id, name } = by.actor;
  await trx
    .insertInto('mapping_change')
    .values({
      organization_id: organizationId,
      id: uuidv7(),
      at: by.at,
      pos_account_id: change.posAccountId,
      shop_id: change.shopId,
      author: JSON.stringify({ kind, id, name: name ?? null }),
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
    })
    .execute();
}

export interface HistoryQuery {
  readonly posAccount?: string | undefined;
  readonly shop?: string | undefined;
  readonly department?: string | undefined;
  /** Business days that it must touch. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly departmentIds: readonly string[] | null;
  readonly after: readonly [at: string, id: string] | null;
  readonly limit: number;
}

/** Changes of mappings, the newest first. */
export async function listMappingChanges(
  trx: Transaction<Database>,
  organizationId: string,
  query: HistoryQuery,
): Promise<MappingChange[]> {
  const names = (ids: readonly string[]) =>
    sql`(jsonb_path_query_array(c.before, '$[*].departmentId') ?| ${[...ids]}::text[]
      or jsonb_path_query_array(c.after, '$[*].departmentId') ?| ${[...ids]}::text[])`;
  const conditions = [
    sql`true`,
    ...(query.after === null ? [] : [sql`(c.at, c.id) < (${query.after[0]}::timestamptz, ${query.after[1]}::uuid)`]),
    ...(query.posAccount === undefined ? [] : [sql`c.pos_account_id = ${query.posAccount}::uuid`]),
    ...(query.shop === undefined ? [] : [sql`c.shop_id = ${query.shop}`]),
    ...(query.department === undefined ? [] : [names([query.department])]),
    ...(query.departmentIds === null ? [] : [names(query.departmentIds)]),
  ];
  const { rows } = await sql<Omit<MappingChange, 'touches' | 'department'>>`
    select c.id, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, c.pos_account_id as "posAccountId",
      c.shop_id as "shopId", coalesce(shop.name, c.shop_id) as "shopName", account.currency, c.author, c.before, c.after
    from mapping_change c
    join pos_account account on account.organization_id = c.organization_id and account.id = c.pos_account_id
    left join shop on shop.organization_id = c.organization_id and shop.pos_account_id = c.pos_account_id and shop.shop_id = c.shop_id
    where c.organization_id = ${organizationId} and ${sql.join(conditions, sql` and `)}
    order by c.at desc, c.id desc limit ${query.limit}`.execute(trx);
  return rows
    .map((row) => {
      const touches = touchedDays(row.before, row.after);
      const now = assigned(row.after, null, touches.from);
      const department = now === null ? null : { id: now.departmentId, name: now.departmentName };
      return { ...row, touches, department };
    })
    .filter(
      ({ touches }) =>
        (query.to === undefined || touches.from <= query.to) &&
        (query.from === undefined || touches.until === null || touches.until > query.from),
    );
}

/** Which mapping has a register (null: the rest of the shop) on a day: its own beats the shop's. */
export function assigned<T extends Pick<DatedMapping, 'registerId'> & Period>(
  mappings: readonly T[],
  registerId: string | null,
  day: string,
): T | null {
  const valid = mappings.filter((mapping) => contains(mapping, day));
  return (
    (registerId === null ? undefined : valid.find((mapping) => mapping.registerId === registerId)) ??
    valid.find((mapping) => mapping.registerId === null) ??
    null
  );
}

/** From the first to the last day on which something of the shop goes elsewhere. */
export function touchedDays(before: readonly HistoricMapping[], after: readonly HistoricMapping[]): Period {
  const edges = [
    BEGINNING,
    ...[...before, ...after].flatMap(({ from, until }) => (until === null ? [from] : [from, until])),
  ].toSorted();
  const registers = [null, ...new Set([...before, ...after].map(({ registerId }) => registerId))];
  const days = [...new Set(edges)];
  const differs = days.map((day) =>
    registers.some((register) => assigned(before, register, day)?.departmentId !== assigned(after, register, day)?.departmentId),
  );
  const first = differs.indexOf(true);
  const last = differs.lastIndexOf(true);
  return { from: days[first] ?? BEGINNING, until: days[last + 1] ?? null };
}
