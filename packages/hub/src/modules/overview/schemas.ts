import { z } from '@hono/zod-openapi';
import { day, instant, money, posId, uuid } from '../stores/schema-parts.ts';
import { change } from '../turnover/changes/schemas.ts';
import { coverage } from '../turnover/schemas.ts';

const named = z.object({ id: uuid, name: z.string() });

/** The amount at risk by itself, for the stores' page. */
export const unmappedAnswer = z
  .object({
    ...money.shape,
    since: day,
    items: z.array(
      z.object({
        posAccountId: uuid,
        shopId: posId,
        name: z.string(),
        registerIds: z.array(posId),
        netSales: z.int(),
        firstDay: day,
        lastDay: day,
      }),
    ),
  })
  .openapi('UnmappedShops');

export const overviewAnswer = z
  .object({
    ...money.shape,
    otherCurrencies: z.array(z.string()).openapi({ description: 'Currencies of POS accounts whose amounts are left out.' }),
    freshAsOf: instant.nullable().openapi({
      description: "Everything up to this moment is here: the oldest of the accounts'. Null before the first complete read.",
    }),
    accounts: z.array(
      z.object({
        posAccountId: uuid,
        name: z.string(),
        provider: z.enum(['lightspeed-r', 'lightspeed-x']),
        freshAsOf: instant.nullable(),
      }),
    ),
    /** Each store's own present business day beside the same weekday a week ago; amounts are net sales. */
    today: z.object({
      netSales: z.int().nullable().openapi({ description: 'Null where nothing is known of any store: that is not 0.' }),
      transactions: z.int().nullable(),
      lastWeekByNow: z
        .object({ netSales: z.int(), transactions: z.int() })
        .openapi({ description: 'The same weekday last week up to the same time of day at each shop.' }),
      lastWeek: z.object({ netSales: z.int(), transactions: z.int() }),
      stores: z.array(
        z.object({
          store: named,
          day,
          coverage,
          netSales: z.int().nullable(),
          transactions: z.int().nullable(),
          lastWeekByNow: z.object({ netSales: z.int(), transactions: z.int() }),
          lastWeek: z.object({ netSales: z.int(), transactions: z.int() }),
        }),
      ),
    }),
    /** The last 14 business days of each store, oldest first, today last. */
    strip: z.array(
      z.object({
        store: named,
        days: z.array(z.object({ day, coverage, netSales: z.int().nullable() })),
      }),
    ),
    /** Sales of the last 90 days that no mapping takes: the amount at risk. */
    unmapped: z.object({
      netSales: z.int(),
      transactions: z.int(),
      since: day,
      shops: z.array(
        z.object({
          posAccountId: uuid,
          shopId: posId,
          name: z.string(),
          registerIds: z.array(posId),
          netSales: z.int(),
          firstDay: day,
          lastDay: day,
        }),
      ),
      unmappedShops: z.int().openapi({ description: 'Shops without any mapping today, with or without sales.' }),
    }),
    problems: z.object({
      open: z.int(),
      byCode: z.array(z.object({ code: z.string(), resource: z.string(), count: z.int() })),
      connections: z.array(z.object({ id: uuid, name: z.string(), state: z.string(), reason: z.string().nullable() })),
    }),
    /** What changed in figures that had been shown, newest first; `GET /changes` has them all. */
    corrections: z.array(change),
    /** Receipts that changed after we first read them, newest first. */
    recentChanges: z.array(
      z.object({
        posAccountId: uuid,
        saleId: posId,
        number: z.string(),
        shopName: z.string(),
        businessDay: day,
        state: z.enum(['open', 'completed', 'voided']),
        version: z.int(),
        seenAt: instant,
        total: z.string(),
      }),
    ),
  })
  .openapi('Overview');

export type Overview = z.infer<typeof overviewAnswer>;
