import type { Emulator } from '@tillweave/emulator';

const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Minor units as the web shows them to a British reader. */
export function shownMoney(cents: number): string {
  return money.format(cents / 100);
}

/** What the till itself says it sold, for comparing with what a screen shows. */
export interface TillTruth {
  /** Net sales in cents of a shop's business day, or of one hour of it (ISO, UTC). */
  netSales(shopName: string, day: string, hour?: string): number;
  readonly shopNames: readonly string[];
}

export function tillTruth({ control, world }: Emulator): TillTruth {
  const truth = control.truth();
  if (truth === null) throw new Error('Recorded documents have no truth.');
  const shops = new Map(
    world
      .at(control.clock.now())
      .shops()
      .map(({ id, name }) => [name, id]),
  );
  return {
    shopNames: [...shops.keys()],
    netSales: (shopName, day, hour) =>
      truth.cells
        .filter((cell) => cell.shopID === shops.get(shopName) && cell.day === day)
        .filter((cell) => hour === undefined || Date.parse(cell.hour) === Date.parse(hour))
        .reduce((sum, { measures }) => sum + Number(measures['net_sales'] ?? 0), 0),
  };
}
