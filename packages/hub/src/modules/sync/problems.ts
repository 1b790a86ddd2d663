import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { ProblemGroup } from './schemas.ts';

const SHOWN = 50;

interface Row {
  readonly kind: 'set_aside' | 'shop' | 'sale';
  readonly code: string;
  readonly resource: string;
  readonly resource_id: string | null;
  readonly pos_account_id: string;
  readonly shop_id: string | null;
  readonly day: string | null;
  readonly path: string;
  readonly message: string;
  readonly first_seen_at: Date | null;
  readonly run_id: string | null;
  readonly of_kind: number;
}

/** What is wrong with an organization's data, grouped by cause, the most frequent cause first. */
export async function listProblems(
  trx: Transaction<Database>,
  organizationId: string,
): Promise<{ open: number; groups: ProblemGroup[] }> {
  // Open documents and sales with a problem are found through partial indexes that hold nothing else.
  const { rows } = await sql<Row>`
    with problem as (
      select 'set_aside' as kind, code, resource, resource_id, pos_account_id, shop_id, business_day as day, path, message,
        first_seen_at, run_id
      from set_aside where organization_id = ${organizationId} and resolved_at is null
      union all
      select 'shop', problem, 'shop', shop_id, pos_account_id, shop_id, null, 'timeZone', coalesce(time_zone, ''), first_seen_at, null
      from shop where organization_id = ${organizationId} and problem is not null
      union all
      select 'sale', problem, 'sale', sale_id, pos_account_id, shop_id, business_day, '', number, null, null
      from sale where organization_id = ${organizationId} and problem is not null
    ), numbered as (
      select problem.*, count(*) over same as of_kind, row_number() over (same order by first_seen_at desc nulls last, day desc) as place
      from problem window same as (partition by kind, code, resource)
    )
    select kind, code, resource, resource_id, pos_account_id, shop_id, day, path, message, first_seen_at, run_id, of_kind
    from numbered where place <= ${SHOWN}
    order by of_kind desc, kind, code, resource, place`.execute(trx);
  const groups = [...Map.groupBy(rows, (row) => `${row.kind} ${row.code} ${row.resource}`).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { kind, code, resource, of_kind: count } = first;
    return [{ kind, code, resource, count, problems: members.map(toProblem) }];
  });
  return { open: groups.reduce((sum, { count }) => sum + count, 0), groups };
}

function toProblem(row: Row): ProblemGroup['problems'][number] {
  return {
    kind: row.kind,
    code: row.code,
    resource: row.resource,
    resourceId: row.resource_id,
    posAccountId: row.pos_account_id,
    shopId: row.shop_id,
    day: row.day,
    path: row.path,
    message: row.message,
    firstSeenAt: row.first_seen_at?.toISOString() ?? null,
    runId: row.run_id,
  };
}
