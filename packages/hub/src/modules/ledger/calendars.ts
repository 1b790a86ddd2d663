import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { minorDigitsOf } from './currency.ts';
import type { CalendarRow } from './figure/calendar.ts';
import { runNamed, textArray } from './statement.ts';

/** A shop's first calendar row holds from here on: before any sale. */
export const FIRST_DAY = '0001-01-01';

/** A calendar row as stored: one whose zone somebody chose is not replaced by what the till says. */
interface StoredCalendarRow extends CalendarRow {
  readonly isOverridden: boolean;
}

/** How days are reckoned in each shop of an account (D17), and in shops that nobody has told us of. */
export interface Calendars {
  of(shopId: string): readonly StoredCalendarRow[];
  knows(shopId: string): boolean;
  /** The organization's own zone and day start. */
  readonly fallback: StoredCalendarRow;
  /** Decimals of the account's currency. */
  readonly minorDigits: number;
  /** Whether some of its shops or registers may not count, such as are still to come among them (M14). */
  readonly leavesOut: boolean;
  /** Whether customers that are archived at the till are so here. */
  readonly mirrorsArchived: boolean;
}

/** Reads an account's calendars; one object a shop, so that what the kernel derives from it is kept. */
export async function readCalendars(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
): Promise<Calendars> {
  const { rows: settings } = await sql<{
    time_zone: string;
    day_start_hour: number;
    currency: string;
    leaves_out: boolean;
    mirror_archived: boolean;
  }>`
    select o.time_zone, o.day_start_hour, a.currency, a.mirror_archived,
      a.registers_out <> '{}' or a.shop_filter->>'by' <> 'all' as leaves_out
    from organization o join pos_account a on a.organization_id = o.organization_id
    where o.organization_id = ${organizationId} and a.id = ${posAccountId}`.execute(trx);
  const [own] = settings;
  if (own === undefined) throw new Error(`There is no POS account ${posAccountId} in this organization.`);
  const rows = await trx
    .selectFrom('shop_calendar')
    .select(['shop_id', 'valid_from', 'time_zone', 'day_start_hour', 'zone_overridden'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .execute();
  const byShop = new Map<string, StoredCalendarRow[]>();
  for (const row of rows) {
    const calendar = byShop.get(row.shop_id) ?? [];
    byShop.set(row.shop_id, calendar);
    calendar.push({
      validFrom: row.valid_from,
      timeZone: row.time_zone,
      dayStartHour: row.day_start_hour,
      isOverridden: row.zone_overridden,
    });
  }
  const fallback = { validFrom: FIRST_DAY, timeZone: own.time_zone, dayStartHour: own.day_start_hour, isOverridden: false };
  const unknown = [fallback];
  return {
    of: (shopId) => byShop.get(shopId) ?? unknown,
    knows: (shopId) => byShop.has(shopId),
    fallback,
    minorDigits: minorDigitsOf(own.currency),
    leavesOut: own.leaves_out,
    mirrorsArchived: own.mirror_archived,
  };
}

/**
 * Makes shops that sales refer to and the till has not listed: named after their id, reckoned in the organization's zone, so that
 * their sales are seen and can be mapped. Those that exist stay as they are.
 */
export async function ensureShops(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  shopIds: readonly string[],
  fallback: CalendarRow,
): Promise<void> {
  await runNamed(
    trx,
    'ledger.ensure_shops',
    `with shops as (
  insert into shop (organization_id, pos_account_id, shop_id, name)
  select $1::uuid, $2::uuid, id, 'Shop ' || id from unnest($3::text[]) as id
  on conflict do nothing
)
insert into shop_calendar (organization_id, pos_account_id, shop_id, valid_from, time_zone, day_start_hour)
select $1::uuid, $2::uuid, id, $4::date, $5, $6::smallint from unnest($3::text[]) as id
where not exists (
  select from shop_calendar c where c.organization_id = $1::uuid and c.pos_account_id = $2::uuid and c.shop_id = id
)
on conflict do nothing`,
    [organizationId, posAccountId, textArray(shopIds), FIRST_DAY, fallback.timeZone, fallback.dayStartHour],
  );
}
