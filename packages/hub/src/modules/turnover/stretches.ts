import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { DAY_MS } from '../ledger/figure/business-day.ts';
import { calendarSpans } from '../ledger/figure/calendar.ts';
import { stretchesBetween } from '../ledger/figure/zone.ts';
import type { ShopDays } from './shop-days.ts';

/**
 * SQL for what the clock on the wall showed: one row a shop, calendar row and stretch of one offset, within the business days. Adding
 * `offset_ms` to an instant of its days and time gives local time; the database's own zone names are not relied on.
 */
export function stretches({
  from,
  to,
  shops,
}: {
  readonly from: string;
  readonly to: string;
  readonly shops: readonly ShopDays[];
}) {
  // Business days reach beyond their date by less than two days in any zone.
  const since = (Date.parse(`${from}T00:00:00Z`) - 2 * DAY_MS) as Instant;
  const until = (Date.parse(`${to}T00:00:00Z`) + 3 * DAY_MS) as Instant;
  const byZone = new Map<string, ReturnType<typeof stretchesBetween>>();
  const rows = shops.flatMap((shop) =>
    calendarSpans(shop.calendar).flatMap((span, index, all) => {
      const isFirst = index === all.length - 1;
      const first = isFirst || span.validFrom < from ? from : span.validFrom;
      const isInRange = first <= to && (span.validUntil === null || span.validUntil > from);
      if (!isInRange) return [];
      const inZone = byZone.get(span.timeZone) ?? stretchesBetween(since, until, span.timeZone);
      byZone.set(span.timeZone, inZone);
      return inZone.map((stretch) => ({
        pos_account_id: shop.posAccountId,
        shop_id: shop.shopId,
        first_day: first,
        last_day: span.validUntil === null || span.validUntil > to ? to : dayBefore(span.validUntil),
        since: new Date(Math.max(stretch.from, since)).toISOString(),
        until: new Date(Math.min(stretch.until, until)).toISOString(),
        offset_ms: stretch.offsetMs,
      }));
    }),
  );
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(pos_account_id uuid, shop_id text, first_day date,
    last_day date, since timestamptz, until timestamptz, offset_ms bigint)`;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
