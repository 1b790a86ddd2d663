import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { CalendarRow, ShopCalendar } from '../ledger/figure/calendar.ts';
import { runNamed } from '../ledger/statement.ts';
import type { DatedMapping } from '../stores/mapping.ts';
import type { OpeningHours } from '../stores/opening-hours.ts';
import type { Department } from '../stores/schemas.ts';
import type { Organization } from './currency.ts';
import { DEFAULT_SETTINGS, type TurnoverSettings } from './settings.ts';
import { shopKey, type ShopDays } from './shop-days.ts';

/** Days by shop key. */
type Marks = ReadonlyMap<string, ReadonlySet<string>>;

/** Everything that stands around the figures of some business days, as it was at one moment. */
export interface Scene {
  readonly organization: Organization;
  readonly settings: TurnoverSettings;
  /** By store and name. */
  readonly departments: readonly Department[];
  /** Every shop with its calendar, by account and name. */
  readonly shops: readonly ShopDays[];
  /** Those that hold at some day of the range. */
  readonly mappings: readonly DatedMapping[];
  /** What is stated of shops' weeks, by shop key; oldest first. */
  readonly openingHours: ReadonlyMap<string, readonly OpeningHours[]>;
  /** Days of the range that are marked closed. */
  readonly closed: Marks;
  /** Days of the range whose receipts were stored and whose sums have not caught up. */
  readonly unsummed: Marks;
}

interface Range {
  readonly organizationId: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Reads the scene by one statement: eight small questions one after the other cost more than the sums of a week, most of it for asking.
 *
 * @throws AppError `not_found`.
 */
export async function readScene(trx: Transaction<Database>, { organizationId, from, to }: Range): Promise<Scene> {
  const [row] = await runNamed<SceneRow>(trx, 'turnover.scene', SCENE, [organizationId, from, to]);
  if (row?.organization == null) throw new AppError('not_found', 'That organization does not exist.');
  const [currency, timeZone, weekStart, dayStartHour] = row.organization;
  const [preset, basis] = row.settings ?? [DEFAULT_SETTINGS.preset, DEFAULT_SETTINGS.basis];
  const hours = Map.groupBy(rowsOf(row.hours), ([posAccountId, shopId]) => shopKey({ posAccountId, shopId }));
  return {
    organization: { currency, timeZone, weekStart, dayStartHour, currencies: row.currencies ?? [] },
    settings: { preset, basis },
    departments: rowsOf(row.departments).map(([id, name, storeId, storeName]) => ({ id, name, storeId, storeName })),
    shops: shopDaysOf(row, { validFrom: '0001-01-01', timeZone, dayStartHour }),
    mappings: rowsOf(row.mappings).map(([id, posAccountId, shopId, registerId, departmentId, since, until]) => ({
      id,
      posAccountId,
      shopId,
      registerId,
      departmentId,
      from: since,
      until,
    })),
    openingHours: new Map(
      [...hours].map(([key, ofShop]) => [key, ofShop.map(([, , since, week]) => ({ from: since, hours: [...week] }))]),
    ),
    closed: marksOf(row.closed),
    unsummed: marksOf(row.unsummed),
  };
}

/** Every shop with its calendar; one without any is reckoned in the organization's zone and day start (D17). */
export async function readShopDays(trx: Transaction<Database>, organizationId: string): Promise<readonly ShopDays[]> {
  const scene = await readScene(trx, { organizationId, from: '0001-01-01', to: '0001-01-01' });
  return scene.shops;
}

/** Rows column by column: one array a column. Null: there are none. */
type Table<Row extends readonly unknown[]> = { readonly [column in keyof Row]: readonly Row[column][] } | null;
type ShopDay = readonly [posAccountId: string, shopId: string, day: string];

interface SceneRow {
  readonly organization: readonly [currency: string, timeZone: string, weekStart: number, dayStartHour: number] | null;
  readonly currencies: readonly string[] | null;
  readonly settings: readonly [preset: TurnoverSettings['preset'], basis: TurnoverSettings['basis']] | null;
  readonly departments: Table<readonly [id: string, name: string, storeId: string, storeName: string]>;
  readonly shops: Table<readonly [posAccountId: string, shopId: string, name: string, archived: boolean, currency: string]>;
  readonly calendars: Table<readonly [posAccountId: string, shopId: string, from: string, timeZone: string, dayStart: number]>;
  readonly mappings: Table<
    readonly [
      id: string,
      posAccountId: string,
      shopId: string,
      registerId: string | null,
      departmentId: string,
      from: string,
      until: string | null,
    ]
  >;
  readonly hours: Table<readonly [posAccountId: string, shopId: string, from: string, week: OpeningHours['hours']]>;
  readonly closed: Table<ShopDay>;
  readonly unsummed: Table<ShopDay>;
}

/** Shops with the same calendar share one: what is derived from it is derived once. */
function shopDaysOf({ shops, calendars }: SceneRow, fallback: CalendarRow): ShopDays[] {
  const byShop = new Map<string, CalendarRow[]>();
  for (const [posAccountId, shopId, validFrom, timeZone, dayStartHour] of rowsOf(calendars)) {
    const key = shopKey({ posAccountId, shopId });
    const own = byShop.get(key) ?? [];
    byShop.set(key, own);
    own.push({ validFrom, timeZone, dayStartHour });
  }
  const shared = new Map<string, ShopCalendar>();
  return rowsOf(shops).map(([posAccountId, shopId, name, archived, currency]) => {
    const own = byShop.get(shopKey({ posAccountId, shopId })) ?? [fallback];
    const text = own.map((row) => `${row.validFrom} ${row.timeZone} ${row.dayStartHour}`).join();
    const calendar = shared.get(text) ?? own;
    shared.set(text, calendar);
    return { posAccountId, shopId, name, archived, currency, calendar };
  });
}

/** The rows again. */
function rowsOf<Row extends readonly unknown[]>(columns: Table<Row>): Row[] {
  if (columns === null) return [];
  const [first = []] = columns;
  return first.map((_, index) => columns.map((column) => column[index]) as unknown as Row);
}

function marksOf(days: Table<ShopDay>): Marks {
  const marks = new Map<string, Set<string>>();
  for (const [posAccountId, shopId, day] of rowsOf(days)) {
    const key = shopKey({ posAccountId, shopId });
    marks.set(key, (marks.get(key) ?? new Set()).add(day));
  }
  return marks;
}

const OWN = 'organization_id = $1::uuid';
const IN_RANGE = `${OWN} and business_day between $2::date and $3::date`;

/** JSON is made a column at a time, because the server looks up how to write a type once a call, and a call a row costs more than the rows. */
const table = (columns: readonly string[], from: string) =>
  `(select json_build_array(${columns.map((_, index) => `to_json(array_agg(c${index}))`).join(', ')})
    from (select ${columns.map((column, index) => `${column} as c${index}`).join(', ')} ${from}) rows having count(*) > 0)`;

const SCENE = `select
  (select json_build_array(currency, time_zone, week_start, day_start_hour) from organization where ${OWN}) as organization,
  (select json_agg(distinct currency order by currency) from pos_account where ${OWN}) as currencies,
  (select json_build_array(preset, basis) from turnover_setting where ${OWN}) as settings,
  ${table(
    ['d.id', 'd.name', 's.id', 's.name'],
    `from department d join store s on s.organization_id = d.organization_id and s.id = d.store_id
    where d.organization_id = $1::uuid order by s.name, s.id, d.name, d.id`,
  )} as departments,
  ${table(
    ['s.pos_account_id', 's.shop_id', 's.name', 's.archived', 'a.currency'],
    `from shop s join pos_account a on a.organization_id = s.organization_id and a.id = s.pos_account_id
    where s.organization_id = $1::uuid order by s.pos_account_id, s.name, s.shop_id`,
  )} as shops,
  ${table(
    ['pos_account_id', 'shop_id', 'valid_from', 'time_zone', 'day_start_hour'],
    `from shop_calendar where ${OWN} order by valid_from`,
  )} as calendars,
  ${table(
    ['id', 'pos_account_id', 'shop_id', 'register_id', 'department_id', 'valid_from', 'valid_until'],
    `from mapping where ${OWN} and valid_from <= $3::date and (valid_until is null or valid_until > $2::date)`,
  )} as mappings,
  ${table(['pos_account_id', 'shop_id', 'valid_from', 'hours'], `from opening_hours where ${OWN} order by valid_from`)} as hours,
  ${table(['pos_account_id', 'shop_id', 'business_day'], `from closed_day where ${IN_RANGE}`)} as closed,
  ${table(['pos_account_id', 'shop_id', 'business_day'], `from dirty_day where ${IN_RANGE}`)} as unsummed`;
