import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/database/schema.ts';
import { addDays, businessDayOf } from '../ledger/figure/business-day.ts';
import { spanOfDay } from '../ledger/figure/calendar.ts';
import type { Department } from '../stores/schemas.ts';
import { listDepartments, listStores } from '../stores/queries.ts';
import { coverageInputs } from '../sync/coverage-inputs.ts';
import { departmentsWithin, storesWithin } from '../stores/scope.ts';
import { listChanges, type Reader } from '../turnover/changes/list-changes.ts';
import { CoverageBook } from '../turnover/coverage.ts';
import { chooseCurrency, readOrganization } from '../turnover/currency.ts';
import { chooseMeasures } from '../turnover/measure-choice.ts';
import { readShopDays } from '../turnover/scene.ts';
import type { ShopDays } from '../turnover/shop-days.ts';
import { sumFacts } from '../turnover/sums.ts';
import { addSums, type Sums } from '../turnover/values.ts';
import { openProblems, recentChanges, salesByNow, unmappedSales } from './queries.ts';
import type { Coverage } from '../turnover/schemas.ts';
import type { Overview } from './schemas.ts';

const STRIP_DAYS = 14;
export const UNMAPPED_DAYS = 90;
const CORRECTIONS = 10;
const MEASURES = ['net_sales', 'transactions'] as const;

/**
 * What the first screen says: how fresh, today against a week ago, two weeks a store, what is unmapped, what is wrong, what changed.
 *
 * @param options.mayReadReceipts Without it no receipt is named: the list of those that changed is empty.
 * @param options.departmentIds What the reader is limited to: stores without one of these, what no mapping takes, and what is wrong with the
 *   organization's connections are not shown.
 */
export async function readOverview(
  trx: Transaction<Database>,
  organizationId: string,
  now: Instant,
  { mayReadReceipts = true, departmentIds = null }: Partial<Reader> = {},
): Promise<Overview> {
  const organization = await readOrganization(trx, organizationId);
  const money = chooseCurrency(organization);
  const { currency, minorDigits, otherCurrencies } = money;
  const shops = await readShopDays(trx, organizationId);
  const days = shops.map((shop) => businessDayOf(now, shop.calendar));
  const home = businessDayOf(now, [
    { validFrom: '0001-01-01', timeZone: organization.timeZone, dayStartHour: organization.dayStartHour },
  ]);
  const to = [home, ...days].toSorted().at(-1) ?? home;
  const earliest = [home, ...days].toSorted()[0] ?? home;
  const range = { organizationId, from: addDays(earliest, 1 - STRIP_DAYS), to };
  const book = await CoverageBook.read(trx, { ...range, now, currency });
  const facts = await sumFacts(trx, { ...range, currency }, { by: 'day' }, chooseMeasures(MEASURES), book.mappings);
  const departments = departmentsWithin(await listDepartments(trx, organizationId), departmentIds);
  const byNow = await salesByNow(trx, { organizationId, currency, shops: shopsAWeekAgo(shops, now) });
  const stores = storesWithin(await listStores(trx, organizationId), departmentIds).map((store) => {
    const departmentIds = departmentsOf(store.id, departments);
    const day = todayOf(book, departmentIds, now, home);
    const at = (wanted: string) => totals(facts.filter((fact) => fact.day === wanted && isOf(departmentIds, fact.departmentId)));
    const known = (wanted: string) => {
      const sources = book.sources(departmentIds, wanted);
      const state: Coverage = book.worst(sources, wanted)?.state ?? 'not_applicable';
      const sums = at(wanted);
      const isBlank = state === 'not_applicable' || (state === 'missing' && sums.isEmpty);
      return { coverage: state, sums, isBlank };
    };
    const today = known(day);
    const earlier = totals(byNow.filter((row) => isOf(departmentIds, row.departmentId)));
    return {
      store: { id: store.id, name: store.name },
      today: {
        day,
        coverage: today.coverage,
        netSales: today.isBlank ? null : today.sums.netSales,
        transactions: today.isBlank ? null : today.sums.transactions,
        lastWeekByNow: figures(earlier),
        lastWeek: figures(at(addDays(day, -7))),
      },
      strip: Array.from({ length: STRIP_DAYS }, (_, index) => {
        const wanted = addDays(day, index - STRIP_DAYS + 1);
        const { coverage, sums, isBlank } = known(wanted);
        return { day: wanted, coverage, netSales: isBlank ? null : sums.netSales };
      }),
    };
  });
  const freshness = await readFreshness(trx, organizationId);
  const since = addDays(home, -UNMAPPED_DAYS);
  return {
    currency,
    minorDigits,
    otherCurrencies: [...otherCurrencies],
    ...freshness,
    today: {
      netSales: sumOfKnown(stores.map(({ today }) => today.netSales)),
      transactions: sumOfKnown(stores.map(({ today }) => today.transactions)),
      lastWeekByNow: addUp(stores.map(({ today }) => today.lastWeekByNow)),
      lastWeek: addUp(stores.map(({ today }) => today.lastWeek)),
      stores: stores.map(({ store, today }) => ({ store, ...today })),
    },
    strip: stores.map(({ store, strip }) => ({ store, days: strip })),
    ...(departmentIds === null
      ? {
          unmapped: await unmappedSales(trx, { organizationId, currency, since, to: home }),
          problems: await openProblems(trx, organizationId),
          recentChanges: mayReadReceipts ? await recentChanges(trx, organizationId, now) : [],
        }
      : {
          unmapped: { netSales: 0, transactions: 0, since, shops: [], unmappedShops: 0 },
          problems: { open: 0, byCode: [], connections: [] },
          recentChanges: [],
        }),
    corrections: (await listChanges(trx, organizationId, { limit: CORRECTIONS }, { mayReadReceipts, departmentIds })).items,
  };
}

/** Everything up to the oldest of the accounts' moments is here; one account that was never read makes it unknown. */
async function readFreshness(
  trx: Transaction<Database>,
  organizationId: string,
): Promise<Pick<Overview, 'freshAsOf' | 'accounts'>> {
  const accounts = await trx
    .selectFrom('pos_account')
    .select(['id', 'name', 'provider'])
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute();
  const inputs = new Map((await coverageInputs(trx)).map((input) => [input.posAccountId, input.salesCaughtUpTo]));
  const moments = accounts.map((account) => inputs.get(account.id) ?? null);
  const known = moments.filter((moment) => moment !== null);
  return {
    freshAsOf: known.length === 0 || known.length < moments.length ? null : iso(Math.min(...known)),
    accounts: accounts.map(({ id, name, provider }, index) => ({
      posAccountId: id,
      name,
      provider,
      freshAsOf: iso(moments[index] ?? null),
    })),
  };
}

/** Each shop's business day a week ago, and the moment its clock showed what it shows now. */
function shopsAWeekAgo(shops: readonly ShopDays[], now: Instant) {
  return shops.map(({ posAccountId, shopId, calendar }) => {
    const today = businessDayOf(now, calendar);
    const { timeZone } = spanOfDay(today, calendar);
    const then = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).subtract({ weeks: 1 });
    return { posAccountId, shopId, day: addDays(today, -7), until: then.epochMilliseconds as Instant };
  });
}

interface Totals {
  readonly netSales: number;
  readonly transactions: number;
  readonly isEmpty: boolean;
}

function totals(rows: readonly { readonly sums: Sums }[]): Totals {
  const sums: Sums = new Map();
  for (const row of rows) addSums(sums, row.sums);
  return {
    netSales: sums.get('net_sales') ?? 0,
    transactions: sums.get('transactions') ?? 0,
    isEmpty: sums.size === 0,
  };
}

function figures({ netSales, transactions }: Totals) {
  return { netSales, transactions };
}

function addUp(rows: readonly { readonly netSales: number; readonly transactions: number }[]) {
  return {
    netSales: rows.reduce((sum, row) => sum + row.netSales, 0),
    transactions: rows.reduce((sum, row) => sum + row.transactions, 0),
  };
}

/** Null when none is known. */
function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function isOf(departmentIds: readonly string[], departmentId: string | null): boolean {
  return departmentId !== null && departmentIds.includes(departmentId);
}

function departmentsOf(storeId: string, departments: readonly Department[]): string[] {
  return departments.filter((one) => one.storeId === storeId).map((one) => one.id);
}

/** The present business day of the store's shops; where they differ, the one that began first. */
function todayOf(book: CoverageBook, departmentIds: readonly string[], now: Instant, home: string): string {
  const days = book.sources(departmentIds, home).map((shop) => businessDayOf(now, shop.calendar));
  return days.toSorted().at(-1) ?? home;
}

function iso(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
