import { z } from '@hono/zod-openapi';
import { turnoverSettings } from './settings.ts';
import { cursorInput, day, instant, money, nextCursor, posId, repeated, uuid } from '../stores/schema-parts.ts';

/**
 * What is known about a shop's or department's figures of a day (D21). `missing` (nothing read), `closed` (read, and shut) and a complete
 * day that sold nothing are three different things; the figure of a `running` or `partial` day is never final.
 */
export const coverage = z.enum(['complete', 'running', 'partial', 'missing', 'closed', 'not_applicable']).openapi('Coverage');

/** An integer in minor units or a count; a quantity or a quotient as decimal text; null: unknown, not applicable, or divided by 0. */
export const measureValue = z.union([z.int(), z.string(), z.null()]).openapi('MeasureValue');

export const measureValues = z.record(z.string(), measureValue).openapi('MeasureValues');

/** `net_sales`, …, or `payments:<payment type id>` (`payments:<POS account>:<id>` for one account's alone). */
export const measureName = z
  .string()
  .max(200)
  .regex(/^[a-z_]+(:[^\s]+)?$/);

export const by = z.enum(['hour', 'day', 'week', 'month']);
export const group = z.enum(['department', 'store']);
const currency = z.string().regex(/^[A-Z]{3}$/);

/** A department id, or `unmapped` for what no mapping takes. */
export const departmentFilter = z.union([uuid, z.literal('unmapped')]);

export const turnoverQuery = z.object({
  from: day.openapi({ description: 'First business day.' }),
  to: day.openapi({ description: 'Last business day, inclusive. At most 31 days by hour, 1100 by day, 4000 by week or month.' }),
  by: by.default('day'),
  group: group.default('department'),
  department: repeated(departmentFilter),
  store: repeated(uuid),
  measure: repeated(measureName, 60).openapi({ description: 'Default: net_sales, transactions, average_basket.' }),
  currency: currency
    .optional()
    .openapi({ description: "Default: the organization's. Amounts in different currencies are never added." }),
  compare: z.enum(['week', 'year', 'previous']).optional().openapi({
    description:
      'The same figures one week or 52 weeks (the same weekdays) earlier; by month, one month or year. previous: the period just before, as long.',
  }),
});

export const measureDefinition = z
  .object({
    name: z.string().openapi({ description: 'Key in values, and name of its visible label.' }),
    kind: z.enum(['cents', 'count', 'quantity', 'ratio']),
    format: z.enum(['money', 'integer', 'decimal', 'share']).openapi({
      description:
        'How its value reads: money is integer minor units, integer a count, decimal and share (1 is 100 %) decimal text.',
    }),
    basis: z
      .enum(['excl', 'incl', 'none'])
      .openapi({ description: 'Whether tax is inside; none where the question has no meaning.' }),
    source: z.enum(['sale', 'payment', 'visitor', 'derived']),
    shown: z
      .enum(['positive', 'signed'])
      .openapi({ description: 'positive: by its definition not below 0 in ordinary trade; signed: shown with its sign.' }),
    provider: z.enum(['lightspeed-r', 'lightspeed-x']).nullable().openapi({ description: 'Null: both series have it.' }),
    label: z.string().optional().openapi({ description: 'Of a payment type: its name at the POS.' }),
    definition: z.string(),
    version: z.int(),
  })
  .openapi('MeasureDefinition');

export const measureList = z.object({
  ...turnoverSettings.shape,
  version: z.int().openapi({ description: 'Of the definitions; every figure’s definition says which it follows.' }),
  measures: z.array(measureDefinition),
});

export const heatMapQuery = z.object({
  from: day,
  to: day.openapi({ description: 'Last business day, inclusive. At most 1100 days.' }),
  department: repeated(uuid),
  store: repeated(uuid),
  measure: measureName.default('net_sales'),
  currency: currency.optional(),
});

/** Turnover by weekday of the business day and hour of the clock on the wall. */
export const heatMap = z
  .object({
    from: day,
    to: day,
    ...money.shape,
    measure: measureDefinition,
    weekStart: z.int(),
    weekdays: z.array(
      z.object({
        weekday: z.int().openapi({ description: '1 is Monday, 7 Sunday.' }),
        days: z.int().openapi({ description: 'Such days in the range.' }),
        completeDays: z.int().openapi({ description: 'Of these, complete for every source asked about; averages are of them.' }),
      }),
    ),
    hours: z.array(z.string()).openapi({ description: 'Hours in which anything was sold: 10:00.' }),
    cells: z.array(
      z.object({
        weekday: z.int(),
        hour: z.string(),
        sum: measureValue,
        averageOf: measureValue.openapi({ description: 'The sum over complete days.' }),
        average: measureValue.openapi({ description: 'Per complete day; null where there is none.' }),
      }),
    ),
  })
  .openapi('HeatMap');

export const turnoverColumn = z
  .object({
    key: z.string().openapi({ description: 'Day 2026-10-25 · week 2026-W43 · month 2026-10 · hour 2026-10-25T02:00#1.' }),
    from: day,
    to: day,
    whole: z.boolean().openapi({ description: 'False when from..to of the question cuts the week or month short.' }),
    day: day.optional().openapi({ description: 'By hour: the business day.' }),
    localHour: z.string().optional().openapi({ description: 'By hour: wall clock at the shop, 02:00.' }),
    repeat: z.int().optional().openapi({
      description: 'By hour: 2 for the second time the clock shows this hour on the night it is put back (D19), else 1.',
    }),
    comparesTo: z.string().optional().openapi({ description: 'In a comparison: the key of the column it stands beside.' }),
  })
  .openapi('TurnoverColumn');

export const turnoverCell = z
  .object({
    column: z.string().openapi({ description: 'Key of the column.' }),
    coverage,
    values: measureValues,
    hours: z.array(instant).optional().openapi({
      description:
        'By hour: the UTC starts of the hours summed here, for the drill to receipts; one for each zone of the sources.',
    }),
  })
  .openapi('TurnoverCell');

export const turnoverTotal = z.object({ coverage, values: measureValues }).openapi('TurnoverTotal');

export const turnoverRow = z
  .object({
    department: z.object({ id: uuid, name: z.string() }).nullable().openapi({ description: 'Null when grouped by store.' }),
    store: z.object({ id: uuid, name: z.string() }),
    cells: z.array(turnoverCell),
    total: turnoverTotal,
  })
  .openapi('TurnoverRow');

export const turnoverGrid = z.object({
  from: day,
  to: day,
  columns: z.array(turnoverColumn),
  rows: z.array(turnoverRow),
  unmapped: z
    .object({ cells: z.array(turnoverCell), total: turnoverTotal })
    .nullable()
    .openapi({ description: 'What no mapping takes; null when there is none or a filter leaves it out. Part of the totals.' }),
  totals: z.array(turnoverCell).openapi({ description: 'Of each column.' }),
  total: turnoverTotal,
});

export const turnoverAnswer = turnoverGrid
  .extend({
    ...money.shape,
    by,
    group,
    measures: z.array(measureDefinition),
    otherCurrencies: z.array(z.string()).openapi({ description: 'Currencies of POS accounts that this answer leaves out.' }),
    comparison: turnoverGrid.nullable(),
  })
  .openapi('Turnover');

export const cellsQuery = z.object({
  from: day,
  to: day,
  cursor: cursorInput,
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
});

/** One fact: the figures of a register in one hour, before any mapping. Measures that are 0 are left out. */
export const factCell = z
  .object({
    posAccountId: uuid,
    provider: z.enum(['lightspeed-r', 'lightspeed-x']),
    accountId: z.string().openapi({ description: "The POS's own account id." }),
    currency: z.string(),
    minorDigits: z.int(),
    shopId: posId,
    registerId: posId,
    day,
    hour: instant.openapi({ description: 'UTC start of the hour.' }),
    measures: z.record(z.string(), z.union([z.int(), z.string()])),
  })
  .openapi('FactCell');

export const cellsAnswer = z.object({ items: z.array(factCell), nextCursor }).openapi('FactCells');

export const coverageQuery = z.object({ from: day, to: day });

/** Why a day is not complete. */
export const coverageReason = z
  .enum([
    'history_not_read',
    'sales_not_caught_up',
    'look_ups_not_read',
    'shop_frozen',
    'gap_not_read',
    'changes_not_read',
    'figures_not_summed',
    'document_set_aside',
    'undated_document_set_aside',
  ])
  .openapi('CoverageReason');

export const coverageDay = z.object({ day, coverage, reasons: z.array(coverageReason) }).openapi('CoverageDay');

export const coverageAnswer = z
  .object({
    shops: z.array(z.object({ posAccountId: uuid, shopId: posId, name: z.string(), days: z.array(coverageDay) })),
    departments: z.array(
      z.object({
        department: z.object({ id: uuid, name: z.string() }),
        store: z.object({ id: uuid, name: z.string() }),
        days: z.array(coverageDay),
      }),
    ),
  })
  .openapi('CoverageAnswer');

export type Coverage = z.infer<typeof coverage>;
export type HeatMap = z.infer<typeof heatMap>;
export type HeatMapQuery = z.output<typeof heatMapQuery>;
export type TurnoverQuery = z.output<typeof turnoverQuery>;
export type TurnoverColumn = z.infer<typeof turnoverColumn>;
export type TurnoverCell = z.infer<typeof turnoverCell>;
export type TurnoverTotal = z.infer<typeof turnoverTotal>;
export type TurnoverGrid = z.infer<typeof turnoverGrid>;
export type TurnoverAnswer = z.infer<typeof turnoverAnswer>;
export type MeasureDefinition = z.infer<typeof measureDefinition>;
export type MeasureValue = z.infer<typeof measureValue>;
export type MeasureValues = z.infer<typeof measureValues>;
export type FactCell = z.infer<typeof factCell>;
export type CoverageDay = z.infer<typeof coverageDay>;
export type CoverageAnswer = z.infer<typeof coverageAnswer>;
