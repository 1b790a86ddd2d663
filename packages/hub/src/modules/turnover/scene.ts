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
export type Marks = ReadonlyMap<string, ReadonlySet<string>>;

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
  const hours = Map.groupBy(row.hours ?? [], ([posAccountId, shopId]) => shopKey({ posAccountId, shopId }));
  return {
    organization: { currency, timeZone, weekStart, dayStartHour, currencies: row.currencies ?? [] },
    settings: { preset, basis },
    departments: (row.departments ?? []).map(([id, name, storeId, storeName]) => ({ id, name, storeId, storeName })),
    shops: shopDaysOf(row, { validFrom: '0001-01-01', timeZone, dayStartHour }),
    mappings: (row.mappings ?? []).map(([id, posAccountId, shopId, registerId, departmentId, since, until]) => ({
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

type Lines<Line extends readonly unknown[]> = readonly Line[] | null;
type ShopDay = readonly [posAccountId: string, shopId: string, day: string];

interface SceneRow {
  readonly organization: readonly [currency: string, timeZone: string, weekStart: number, dayStartHour: number] | null;
  readonly currencies: readonly string[] | null;
  readonly settings: readonly [preset: TurnoverSettings['preset'], basis: TurnoverSettings['basis']] | null;
  readonly departments: Lines<readonly [id: string, name: string, storeId: string, storeName: string]>;
  readonly shops: Lines<readonly [posAccountId: string, shopId: string, name: string, archived: boolean, currency: string]>;
  readonly calendars: Lines<readonly [posAccountId: string, shopId: string, from: string, timeZone: string, dayStart: number]>;
  readonly mappings: Lines<
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
  readonly hours: Lines<readonly [posAccountId: string, shopId: string, from: string, week: OpeningHours['hours']]>;
  readonly closed: Lines<ShopDay>;
  readonly unsummed: Lines<ShopDay>;
}

/** Shops with the same calendar share one: what is derived from it is derived once. */
function shopDaysOf({ shops, calendars }: SceneRow, fallback: CalendarRow): ShopDays[] {
  const byShop = new Map<string, CalendarRow[]>();
  for (const [posAccountId, shopId, validFrom, timeZone, dayStartHour] of calendars ?? []) {
    const key = shopKey({ posAccountId, shopId });
    const own = byShop.get(key) ?? [];
    byShop.set(key, own);
    own.push({ validFrom, timeZone, dayStartHour });
  }
  const shared = new Map<string, ShopCalendar>();
  return (shops ?? []).map(([posAccountId, shopId, name, archived, currency]) => {
    const own = byShop.get(shopKey({ posAccountId, shopId })) ?? [fallback];
    const text = own.map((row) => `${row.validFrom} ${row.timeZone} ${row.dayStartHour}`).join();
    const calendar = shared.get(text) ?? own;
    shared.set(text, calendar);
    return { posAccountId, shopId, name, archived, currency, calendar };
  });
}

function marksOf(days: Lines<ShopDay>): Marks {
  const marks = new Map<string, Set<string>>();
  for (const [posAccountId, shopId, day] of days ?? []) {
    const key = shopKey({ posAccountId, shopId });
    marks.set(key, (marks.get(key) ?? new Set()).add(day));
  }
  return marks;
}

const OWN = 'organization_id = $1::uuid';
const IN_RANGE = `${OWN} and business_day between $2::date and $3::date`;

const SCENE = `select
  (select json_build_array(currency, time_zone, week_start, day_start_hour) from organization where ${OWN}) as organization,
  (select json_agg(distinct currency order by currency) from pos_account where ${OWN}) as currencies,
  (select json_build_array(preset, basis) from turnover_setting where ${OWN}) as settings,
  (select json_agg(json_build_array(d.id, d.name, s.id, s.name) order by s.name, s.id, d.name, d.id)
    from department d join store s on s.organization_id = d.organization_id and s.id = d.store_id
    where d.organization_id = $1::uuid) as departments,
  (select json_agg(json_build_array(s.pos_account_id, s.shop_id, s.name, s.archived, a.currency)
      order by s.pos_account_id, s.name, s.shop_id)
    from shop s join pos_account a on a.organization_id = s.organization_id and a.id = s.pos_account_id
    where s.organization_id = $1::uuid) as shops,
  (select json_agg(json_build_array(pos_account_id, shop_id, valid_from, time_zone, day_start_hour) order by valid_from)
    from shop_calendar where ${OWN}) as calendars,
  (select json_agg(json_build_array(id, pos_account_id, shop_id, register_id, department_id, valid_from, valid_until))
    from mapping where ${OWN} and valid_from <= $3::date and (valid_until is null or valid_until > $2::date)) as mappings,
  (select json_agg(json_build_array(pos_account_id, shop_id, valid_from, hours) order by valid_from)
    from opening_hours where ${OWN}) as hours,
  (select json_agg(json_build_array(pos_account_id, shop_id, business_day)) from closed_day where ${IN_RANGE}) as closed,
  (select json_agg(json_build_array(pos_account_id, shop_id, business_day)) from dirty_day where ${IN_RANGE}) as unsummed`;
