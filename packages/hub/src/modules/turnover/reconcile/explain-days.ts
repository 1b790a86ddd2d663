import {
  type Amount,
  type Instant,
  type RSeriesClient,
  type Sale,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '@tillweave/lightspeed';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import type { Services } from '../../../platform/services.ts';
import { DAY_MS, placeOf } from '../../ledger/figure/business-day.ts';
import { isSales, read, type Step } from './bridge.ts';
import { readPayments, readSales, type Scope } from './our-side.ts';
import { reportedBy, salesAtPos, salesByIds } from './pos-figures.ts';
import type { Preset } from './presets.ts';

/** Days read again from the POS to find which receipts make a difference. */
const STRAY_DAYS_MOST = 10;

/** Reads the sales of days that do not agree from the POS, and tells which make the difference. */
export async function explainDays(
  services: Services,
  client: RSeriesClient,
  scope: Scope,
  preset: Preset,
  stray: readonly { readonly day: string; readonly shopId: string }[],
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const { day, shopId } of stray.slice(0, STRAY_DAYS_MOST)) {
    const shop = scope.shops.find((each) => each.shopId === shopId);
    const calendar = (shop?.calendar ?? []).map((row) => ({ ...row, dayStartHour: 0 }));
    const noon = Date.parse(`${day}T12:00:00Z`);
    const window = { from: (noon - 2 * DAY_MS) as Instant, until: (noon + 2 * DAY_MS) as Instant };
    const theirs = (await salesAtPos({ provider: 'lightspeed-r', client }, window)).filter(
      (sale) => sale.shopId === shopId && (calendar.length === 0 || placeOf(sale.occurredAt, calendar).businessDay === day),
    );
    steps.push(...(await compareDay(services, client, scope, preset, { day, shopId }, theirs)));
  }
  return steps;
}

async function compareDay(
  services: Services,
  client: RSeriesClient,
  scope: Scope,
  preset: Preset,
  { day, shopId }: { readonly day: string; readonly shopId: string },
  theirs: readonly Sale[],
): Promise<readonly Step[]> {
  const one = { ...scope, from: day, to: day };
  const ours = await tenantTransaction(services.db, scope.organizationId, async (trx) => {
    const amounts = new Map<string, { number: string; amount: Amount }>();
    if (isSales(preset.counts)) {
      for (const sale of await readSales(trx, one)) {
        if (sale.shop_id !== shopId || sale.calendar_day !== day || sale.state !== 'completed') continue;
        const amount = read(preset.counts === 'sale_totals' ? sale.totals : sale.subtotals);
        amounts.set(sale.sale_id, { number: sale.number, amount });
      }
      return amounts;
    }
    for (const payment of await readPayments(trx, one)) {
      if (payment.shop_id !== shopId || payment.sale_calendar_day !== day || payment.state !== 'completed') continue;
      const known = amounts.get(payment.sale_id)?.amount ?? ZERO;
      amounts.set(payment.sale_id, { number: payment.number, amount: sumAmounts([known, read(payment.amount)]) });
    }
    return amounts;
  });
  const steps: Step[] = [];
  const seen = new Set<string>();
  // One whose document carries no completion is in no list by it: asked for by itself before it is said to be missing there.
  const listed = new Set(theirs.map(({ id }) => id));
  const unlisted = await salesByIds(
    { provider: 'lightspeed-r', client },
    [...ours.keys()].filter((id) => !listed.has(id)),
  );
  for (const sale of [...theirs, ...unlisted]) {
    seen.add(sale.id);
    const known = ours.get(sale.id);
    const amount = subtractAmounts(reportedBy(sale, preset.counts), known?.amount ?? ZERO);
    if (signOf(amount) === 0) continue;
    const cause = known === undefined ? 'not_read' : sale.state === 'completed' ? 'differs_at_pos' : 'not_at_pos';
    steps.push({ cause, saleId: sale.id, number: sale.number, shopId, day, amount });
  }
  for (const [saleId, { number, amount }] of ours) {
    if (seen.has(saleId) || signOf(amount) === 0) continue;
    steps.push({ cause: 'not_at_pos', saleId, number, shopId, day, amount: subtractAmounts(ZERO, amount) });
  }
  return steps;
}
