import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import { AppError } from '../../../platform/errors.ts';
import { type AuditActor, recordAudit } from '../../audit/record-audit.ts';
import { listDepartments } from '../../stores/queries.ts';
import { day as dayShape } from '../../stores/schema-parts.ts';
import { authorOf } from '../changes/list-changes.ts';
import type { VisitorCount, VisitorImportAnswer, VisitorImportBody, VisitorsBody } from './schemas.ts';

type Limit = readonly string[] | null;

export interface EnteredBy {
  readonly actor: AuditActor;
  readonly at: Date;
  /** The departments the caller is limited to; null: all. */
  readonly departmentIds: Limit;
}

export async function listVisitors(
  trx: Transaction<Database>,
  organizationId: string,
  query: { readonly from: string; readonly to: string; readonly department: readonly string[] },
  limit: Limit,
): Promise<VisitorCount[]> {
  const rows = await trx
    .selectFrom('visitor')
    .select(['department_id', 'business_day', 'hour', 'visitors', 'source', 'author', 'at'])
    .where('organization_id', '=', organizationId)
    .where('business_day', '>=', query.from)
    .where('business_day', '<=', query.to)
    .orderBy('business_day')
    .orderBy('department_id')
    .orderBy('hour')
    .execute();
  return rows
    .filter((row) => query.department.length === 0 || query.department.includes(row.department_id))
    .filter((row) => limit === null || limit.includes(row.department_id))
    .map((row) => ({
      departmentId: row.department_id,
      day: row.business_day,
      hour: row.hour === -1 ? null : `${String(row.hour).padStart(2, '0')}:00`,
      visitors: row.visitors,
      source: row.source as VisitorCount['source'],
      author: authorOf(row.author as Parameters<typeof authorOf>[0]),
      at: row.at.toISOString(),
    }));
}

/** Sets or takes away what was counted. @throws AppError `not_found` for a department that is none, or not the caller's. */
export async function setVisitors(
  trx: Transaction<Database>,
  organizationId: string,
  { items }: VisitorsBody,
  source: VisitorCount['source'],
  by: EnteredBy,
): Promise<void> {
  if (items.length === 0) return;
  const known = new Set((await listDepartments(trx, organizationId)).map(({ id }) => id));
  const missing = items.find(
    ({ departmentId }) => !known.has(departmentId) || (by.departmentIds !== null && !by.departmentIds.includes(departmentId)),
  );
  if (missing !== undefined) throw new AppError('not_found', 'That department does not exist.', { details: { ...missing } });
  // The last word counts where one cell is given twice.
  const distinct = new Map(items.map((item) => [`${item.departmentId}/${item.day}/${item.hour ?? ''}`, item]));
  const rows = [...distinct.values()].map((item) => ({
    department_id: item.departmentId,
    business_day: item.day,
    hour: item.hour === null ? -1 : Number(item.hour.slice(0, 2)),
    visitors: item.visitors,
  }));
  const { kind, id, name } = by.actor;
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given(department_id uuid, business_day date, hour smallint, visitors integer)
    ), gone as (
      delete from visitor using given
      where visitor.organization_id = ${organizationId} and visitor.department_id = given.department_id
        and visitor.business_day = given.business_day and visitor.hour = given.hour and given.visitors is null
    )
    insert into visitor (organization_id, department_id, business_day, hour, visitors, source, author, at)
    select ${organizationId}::uuid, department_id, business_day, hour, visitors, ${source},
      ${JSON.stringify({ kind, id, name: name ?? null })}::jsonb, ${by.at.toISOString()}::timestamptz
    from given where visitors is not null
    on conflict (organization_id, department_id, business_day, hour) do update
      set visitors = excluded.visitors, source = excluded.source, author = excluded.author, at = excluded.at`.execute(trx);
  const days = rows.map((row) => row.business_day).toSorted();
  await recordAudit(trx, {
    organizationId,
    actor: by.actor,
    at: by.at,
    action: 'visitors.entered',
    subject: { kind: 'organization', id: organizationId, name: null },
    after: { source, numbers: rows.length, firstDay: days[0], lastDay: days.at(-1) },
  });
}

/** Takes a table of numbers; each row that cannot be read is told with its line and column. */
export async function importVisitors(
  trx: Transaction<Database>,
  organizationId: string,
  { csv, dryRun, skipErrors }: VisitorImportBody,
  by: EnteredBy,
): Promise<VisitorImportAnswer> {
  const departments = (await listDepartments(trx, organizationId)).filter(
    ({ id }) => by.departmentIds === null || by.departmentIds.includes(id),
  );
  const lines = csv.split(/\r?\n/u);
  const separator = [';', '\t', ','].find((each) => lines[0]?.includes(each)) ?? ',';
  const cells = (line: string) => line.split(separator).map((cell) => cell.trim().replaceAll(/^"|"$/gu, ''));
  const heading = cells(lines[0] ?? '').map((name) => name.replace('\uFEFF', '').toLowerCase());
  const missing = ['day', 'department', 'visitors'].find((name) => !heading.includes(name));
  if (missing !== undefined) {
    return { rows: 0, taken: 0, errors: [{ row: 1, column: missing, message: `The first line names no column “${missing}”.` }] };
  }
  const items: VisitorsBody['items'] = [];
  const errors: VisitorImportAnswer['errors'] = [];
  let rows = 0;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    rows += 1;
    const row = index + 1;
    const values = cells(line);
    const at = (name: string) => values[heading.indexOf(name)] ?? '';
    const found = parseRow(at, departments);
    if ('message' in found) errors.push({ row, ...found });
    else items.push(found);
  }
  const isTaken = !dryRun && (errors.length === 0 || skipErrors);
  if (isTaken) await setVisitors(trx, organizationId, { items }, 'csv', by);
  return { rows, taken: isTaken ? items.length : 0, errors };
}

type Departments = readonly { readonly id: string; readonly name: string; readonly storeName: string }[];

function parseRow(
  at: (column: string) => string,
  departments: Departments,
): VisitorsBody['items'][number] | { readonly column: string; readonly message: string } {
  const day = at('day');
  if (!dayShape.safeParse(day).success) return { column: 'day', message: `“${day}” is no date such as 2026-10-25.` };
  const hour = /^(\d{1,2})(?::00)?$/u.exec(at('hour'))?.[1];
  if (at('hour') !== '' && (hour === undefined || Number(hour) > 23)) {
    return { column: 'hour', message: `“${at('hour')}” is no hour from 0 to 23.` };
  }
  const visitors = /^\d{1,7}$/u.test(at('visitors')) ? Number(at('visitors')) : null;
  if (visitors === null) return { column: 'visitors', message: `“${at('visitors')}” is no whole number.` };
  const wanted = at('department').toLowerCase();
  const named = departments.filter(({ id, name, storeName }) =>
    [id, name.toLowerCase(), `${storeName}/${name}`.toLowerCase()].includes(wanted),
  );
  const [department] = named;
  if (department === undefined) return { column: 'department', message: `There is no department “${at('department')}”.` };
  if (named.length > 1) return { column: 'department', message: `“${at('department')}” is more than one: say store/department.` };
  return { departmentId: department.id, day, hour: hour === undefined ? null : `${hour.padStart(2, '0')}:00`, visitors };
}
