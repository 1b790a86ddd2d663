import { sql, type Transaction } from 'kysely';
import { isMessageKey, message } from '../../messages/message.ts';
import type { Database } from '../../platform/database/schema.ts';
import type { ProblemGroup } from './schemas.ts';

const SHOWN = 50;
/** Look-ups are read again as whole tables; these are kept one by one, and read again from what was kept. */
const REPLAYED = new Set(['sale', 'customer', 'saleVoid', 'shop', 'register', 'employee', 'paymentType']);

interface Row {
  readonly id: string | null;
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
  readonly replay_asked: boolean;
  readonly of_kind: number;
  readonly shop_days: number;
  readonly days_unknown: number;
}

/** What is wrong with an organization's data, grouped by cause, the most frequent cause first. */
export async function listProblems(
  trx: Transaction<Database>,
  organizationId: string,
): Promise<{ open: number; groups: ProblemGroup[] }> {
  // Open documents and sales with a problem are found through partial indexes that hold nothing else.
  const { rows } = await sql<Row>`
    with problem as (
      select id, 'set_aside' as kind, code, resource, resource_id, pos_account_id, shop_id, business_day as day, path, message,
        first_seen_at, run_id, replay_asked_at is not null as replay_asked
      from set_aside where organization_id = ${organizationId} and resolved_at is null
      union all
      select null, 'shop', problem, 'shop', shop_id, pos_account_id, shop_id, null, 'timeZone', coalesce(time_zone, ''), first_seen_at,
        null, false
      from shop where organization_id = ${organizationId} and problem is not null
      union all
      select null, 'sale', problem, 'sale', sale_id, pos_account_id, shop_id, business_day, '', number, null, null, false
      from sale where organization_id = ${organizationId} and problem is not null
    ), numbered as (
      select problem.*, row_number() over (partition by kind, code, resource order by first_seen_at desc nulls last, day desc) as place
      from problem
    ), counted as (
      select kind, code, resource, count(*)::int as of_kind,
        count(distinct (pos_account_id, shop_id, day)) filter (where day is not null)::int as shop_days,
        count(*) filter (where day is null)::int as days_unknown
      from problem group by kind, code, resource
    )
    select numbered.id, kind, code, resource, resource_id, pos_account_id, shop_id, day, path, message, first_seen_at, run_id,
      replay_asked, of_kind, shop_days, days_unknown
    from numbered join counted using (kind, code, resource) where place <= ${SHOWN}
    order by of_kind desc, kind, code, resource, place`.execute(trx);
  const groups = [...Map.groupBy(rows, causeOf).entries()].flatMap(([cause, members]): ProblemGroup[] => {
    const [first] = members;
    if (first === undefined) return [];
    const { kind, code, resource } = first;
    return [
      {
        cause,
        kind,
        code,
        resource,
        count: first.of_kind,
        newestAt: first.first_seen_at?.toISOString() ?? null,
        example: first.path === '' ? first.message : `${first.path}: ${first.message}`,
        remedy: remedyOf(first),
        shopDays: first.shop_days,
        daysUnknown: first.days_unknown,
        canReplay: kind === 'set_aside' && REPLAYED.has(resource),
        canDismiss: kind === 'set_aside',
        problems: members.map(toProblem),
      },
    ];
  });
  return { open: groups.reduce((sum, { count }) => sum + count, 0), groups };
}

/** The name of a cause, for asking about all its documents at once: `set_aside:bad_number:sale`. */
function causeOf({ kind, code, resource }: Pick<Row, 'kind' | 'code' | 'resource'>): string {
  return `${kind}:${code}:${resource}`;
}

/** What to do about it: by its code, else by its kind. */
function remedyOf({ kind, code, resource }: Row): string {
  const keys = [`problem.remedy.${code}`, `problem.remedy.${kind}.${resource}`, `problem.remedy.${kind}`];
  const key = keys.find(isMessageKey);
  return key === undefined ? '' : message(key);
}

function toProblem(row: Row): ProblemGroup['problems'][number] {
  return {
    id: row.id,
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
    replayAsked: row.replay_asked,
  };
}
