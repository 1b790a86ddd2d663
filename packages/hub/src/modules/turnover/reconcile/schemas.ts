import { z } from '@hono/zod-openapi';
import { cursorInput, day, instant, money, nextCursor, posId, uuid } from '../../stores/schema-parts.ts';
import { author } from '../changes/schemas.ts';
import { PRESET_NAMES } from './presets.ts';

const presetName = z.enum(PRESET_NAMES);
const exact = z
  .string()
  .openapi({ description: 'Exact decimal of the currency’s main unit: the POS has more decimals than cents.' });

export const presetList = z.object({
  presets: z.array(
    z.object({
      name: presetName,
      provider: z.enum(['lightspeed-r', 'lightspeed-x']),
      measure: z.string(),
      source: z.enum(['api', 'typed']),
      description: z.string(),
    }),
  ),
});

export const bridgeCause = z
  .enum([
    'other_day',
    'day_start',
    'open_sales',
    'liability_moves',
    'lines_outside_turnover',
    'discounts_on_returns',
    'tax_in_discounts',
    'cents_of_lines',
    'cash_rounding',
    'no_session',
    'changed_since',
    'left_out',
    'not_read',
    'differs_at_pos',
    'not_at_pos',
  ])
  .openapi('BridgeCause', {
    description:
      'other_day: paid on another day than the sale was completed · day_start: before the day’s start hour the POS counts the calendar day · ' +
      'open_sales: payments of sales not completed, sales on account not yet closed there · liability_moves: gift cards loaded, credit given · lines_outside_turnover: fees, gift cards, ' +
      'credit, shipping · discounts_on_returns · tax_in_discounts: the POS states discounts of tax-inclusive sales with tax · cents_of_lines: the ' +
      'POS adds unrounded lines · cash_rounding · no_session: in no register session that the POS told of · changed_since: changed after its ' +
      'register was closed · left_out: of shops or registers that were chosen not to count · not_read: receipts the POS has and we do not · differs_at_pos: receipts with other amounts there ' +
      '· not_at_pos: receipts the POS no longer counts.',
  });

export const bridgeLine = z.object({
  cause: bridgeCause,
  amount: z.int().openapi({ description: 'Minor units, rounded; what ours lacks is positive.' }),
  exact,
  receiptCount: z.int(),
  receipts: z
    .array(z.object({ saleId: posId, number: z.string().nullable(), day, amount: exact }))
    .openapi({ description: 'The largest 50; all of them sum to the line.' }),
});

const posSession = z.object({
  shopId: posId,
  registerId: posId,
  registerName: z.string().nullable(),
  openedAt: instant,
  closedAt: instant.nullable(),
  source: z.enum(['count', 'closure', 'summary']).openapi({
    description: 'count: R-Series, listed · closure: X-Series, told by webhook · summary: X-Series, the newest, as it is now.',
  }),
  amount: z.int().openapi({ description: 'What the POS says of it, as the preset counts; minor units.' }),
  counts: z.array(
    z.object({
      paymentTypeId: posId,
      paymentType: z.string().nullable(),
      calculated: z.int().openapi({ description: 'What the POS reckons, R-Series incl. the float; minor units.' }),
      counted: z.int().nullable().openapi({ description: 'Null: not counted.' }),
    }),
  ),
});

export const reconcileResult = z
  .object({
    id: uuid,
    at: instant,
    author,
    preset: presetName,
    posAccountId: uuid,
    shopId: posId.nullable(),
    shopName: z.string().nullable(),
    from: day,
    to: day,
    ...money.shape,
    pos: z.object({
      amount: z.int(),
      source: z.enum(['api', 'typed']),
      rows: z.int().openapi({ description: 'Rows of the report, each rounded to cents by the POS.' }),
    }),
    ours: z.object({ amount: z.int(), measure: z.string() }),
    difference: z.int().openapi({ description: 'pos − ours.' }),
    bridge: z.array(bridgeLine),
    sessions: z
      .array(posSession)
      .default([])
      .openapi({ description: 'Of presets by register: the sessions the POS’s figure is made of, the oldest first.' }),
    reportRounding: exact.openapi({
      description:
        'What is left within half a cent a row of the report: the POS rounds each row. No receipt can be named for it.',
    }),
    unexplained: z.int().openapi({ description: 'difference less the bridge and the report’s rounding. Said, never plugged.' }),
    unexplainedDays: z
      .array(z.object({ day, shopId: posId, amount: exact }))
      .openapi({ description: 'Where the POS’s rows say where it is.' }),
    signedOff: z.object({ at: instant, author, note: z.string() }).nullable(),
  })
  .openapi('Reconcile');

export const reconcileBody = z
  .object({
    preset: presetName,
    posAccountId: uuid,
    shopId: posId.nullable().default(null).openapi({ description: 'Null: every shop of the account.' }),
    from: day,
    to: day,
    typed: z
      .int()
      .nullable()
      .default(null)
      .openapi({ description: 'The POS’s figure in minor units, as its screen shows it; instead of asking.' }),
  })
  .openapi('ReconcileBody');

export const reconcileQuery = z.object({
  preset: presetName.optional(),
  cursor: cursorInput,
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export const reconcileList = z.object({ items: z.array(reconcileResult), nextCursor }).openapi('ReconcileList');
export const signOffBody = z.object({ note: z.string().trim().max(2000).default('') }).openapi('SignOffBody');

export type Reconcile = z.infer<typeof reconcileResult>;
export type ReconcileBody = z.output<typeof reconcileBody>;
export type BridgeCause = z.infer<typeof bridgeCause>;
