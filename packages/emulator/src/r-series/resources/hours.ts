import type { EmployeeRecord } from '../../world/types.ts';
import { datetime, id } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { dayId, dayOf, dayStart } from '../trade-book.ts';
import type { View } from '../view.ts';

/** Somebody's shift. */
export interface HoursRow {
  readonly id: number;
  readonly employeeId: string;
  readonly shopId: string;
  readonly checkIn: number;
  readonly checkOut: number;
}

/** R §7.10, end. Who has not checked out yet has no `checkOut`. */
export const employeeHours: Resource<HoursRow> = {
  name: 'EmployeeHours',
  idField: 'employeeHoursID',
  scopes: ['employee:admin_employees', 'employee:admin'],
  fields: [
    id('employeeHoursID', (row) => row.id),
    datetime('checkIn', (row) => row.checkIn / 1000),
    datetime('checkOut', (row, view) => (row.checkOut <= view.state.now ? row.checkOut / 1000 : undefined)),
    id('employeeID', (row) => row.employeeId),
    id('shopID', (row) => row.shopId),
  ],
  relations: [],
  sorts: ['employeeHoursID'],
  archived: 'ignored',
};

const hour = 3_600_000;
const kept = new WeakMap<readonly EmployeeRecord[], { readonly key: string; readonly rows: readonly HoursRow[] }>();

/** The world keeps no shifts: everybody works five days of seven from the ninth hour of the day to the seventeenth, since the first sale. */
export function hours(view: View): readonly HoursRow[] {
  const employees = view.state.employees();
  const [first] = view.state.walk({ order: 'id' });
  if (first === undefined) return none;
  const wholeHour = Math.floor(view.state.now / hour);
  const key = `${wholeHour}:${first.createTime}`;
  const known = kept.get(employees);
  if (known?.key === key) return known.rows;
  const rows = employees.flatMap((employee) => shiftsOf(employee, first.createTime, (wholeHour + 1) * hour, view));
  rows.sort((left, right) => left.id - right.id);
  kept.set(employees, { key, rows });
  return rows;
}

function shiftsOf(employee: EmployeeRecord, since: number, now: number, view: View): HoursRow[] {
  const shop = view.shop(employee.limitToShopId) ?? view.state.shops()[0];
  if (shop === undefined || employee.archived) return [];
  const rows: HoursRow[] = [];
  for (let day = dayOf(since, shop); dayStart(day, shop) + 9 * hour < now; day += 1) {
    if ((day + Number(employee.id)) % 7 >= 5) continue;
    const checkIn = dayStart(day, shop) + 9 * hour;
    rows.push({
      id: dayId(day, employee.id),
      employeeId: employee.id,
      shopId: shop.id,
      checkIn,
      checkOut: checkIn + 8 * hour,
    });
  }
  return rows;
}

const none: readonly HoursRow[] = [];
