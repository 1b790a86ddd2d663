import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { findDepartment, findShop } from './find-by-name.ts';
import type { PasteAnswer, PasteBody } from './mapping-schemas.ts';
import { undone } from './preview-mappings.ts';
import { day } from './schema-parts.ts';
import { type ChangedBy, mapFrom } from './set-mappings.ts';

type PastedRow = PasteAnswer['rows'][number];

interface Line {
  readonly row: number;
  readonly shop: string;
  readonly register: string | null;
  readonly department: string;
  readonly from: string;
  readonly until: string | null;
}

/** Maps many shops at once from a pasted table: all lines or none, each refused one with its reason. */
export async function pasteMappings(
  db: Kysely<Database>,
  organizationId: string,
  { text, from, preview }: PasteBody,
  by: ChangedBy,
  today: string,
): Promise<PasteAnswer> {
  const lines = linesOf(text, from);
  const work = async (trx: Transaction<Database>): Promise<PastedRow[]> => {
    const rows: PastedRow[] = [];
    for (const line of lines) {
      const message = await take(trx, organizationId, line, by, today);
      const { row, shop, register, department } = line;
      rows.push({ row, shop, register, department, ok: message === null, message });
    }
    return rows;
  };
  const rows = await undone(db, organizationId, work);
  if (preview || rows.length === 0 || rows.some(({ ok }) => !ok)) return { rows, applied: false };
  return { rows: await tenantTransaction(db, organizationId, work), applied: true };
}

/** Null when it was taken. */
async function take(
  trx: Transaction<Database>,
  organizationId: string,
  line: Line,
  by: ChangedBy,
  today: string,
): Promise<string | null> {
  await sql`savepoint line`.execute(trx);
  try {
    for (const date of [line.from, line.until]) {
      if (date !== null && !day.safeParse(date).success) throw new AppError('invalid_request', `“${date}” is not a date.`);
    }
    if (line.until !== null && line.until <= line.from) throw new AppError('invalid_request', 'It ends before it begins.');
    const shop = await findShop(trx, organizationId, line.shop, today);
    const department = await findDepartment(trx, organizationId, line.department);
    const register = shop.registers.find(
      ({ registerId, name }) => registerId === line.register || name.toLowerCase() === line.register?.toLowerCase(),
    );
    if (line.register !== null && register === undefined) {
      throw new AppError('not_found', `“${shop.name}” has no register ${line.register}.`);
    }
    const { posAccountId, shopId } = shop;
    const target = { posAccountId, shopId, registerId: register?.registerId ?? null, departmentId: department.id };
    await mapFrom(trx, organizationId, { ...target, from: line.from, until: line.until }, by);
    await sql`release savepoint line`.execute(trx);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await sql`rollback to savepoint line`.execute(trx);
    return error.message;
  }
}

function linesOf(text: string, from: string): Line[] {
  const separator = ['\t', ';', ','].find((each) => text.includes(each)) ?? ';';
  return text.split(/\r?\n/u).flatMap((content, index) => {
    const [shop = '', register = '', department = '', first = '', until = ''] = content
      .split(separator)
      .map((cell) => cell.trim().replaceAll(/^"|"$/gu, ''));
    const isHeading = index === 0 && shop.toLowerCase() === 'shop' && department.toLowerCase() === 'department';
    if (content.trim() === '' || isHeading) return [];
    return [
      {
        row: index + 1,
        shop,
        register: register === '' ? null : register,
        department,
        from: first === '' ? from : first,
        until: until === '' ? null : until,
      },
    ];
  });
}
