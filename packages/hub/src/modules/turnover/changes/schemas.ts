import { z } from '@hono/zod-openapi';
import { cursorInput, day, instant, money, nextCursor, posId, uuid } from '../../stores/schema-parts.ts';
import { coverage } from '../schemas.ts';

export const author = z
  .object({
    kind: z.enum(['person', 'token', 'command', 'system']),
    id: z.string().nullable(),
    name: z.string().nullable(),
  })
  .nullable()
  .openapi('Author', { description: 'Who changed a setting; null where a receipt did.' });

const causeOfSale = z.enum(['void', 'edit', 'moved', 'back_dated', 'late_arrival']);

export const changeCause = z
  .enum([...causeOfSale.options, 'several', 'calendar', 'mapping', 'left_out', 'recomputed'])
  .openapi('ChangeCause', {
    description:
      'void · edit: other content, same day · moved: to or from another day, shop or register · back_dated: entered after the time it is ' +
      'dated · late_arrival: told only after the day had been read · several · calendar, mapping, left_out (which shops and registers ' +
      'count): a setting, by its author · recomputed.',
  });

export const changedReceipt = z
  .object({
    posAccountId: uuid,
    saleId: posId,
    number: z.string().nullable(),
    cause: causeOfSale,
    changes: z.record(z.string(), z.number()).openapi({ description: 'What it adds now less what it added before, by measure.' }),
    voidedAt: instant.nullable().openapi({ description: 'Of a void, where the POS told of it.' }),
    voidReason: z.string().nullable(),
  })
  .openapi('ChangedReceipt');

const reference = z.object({ id: uuid, name: z.string() }).nullable();

export const change = z
  .object({
    id: uuid,
    at: instant,
    cause: changeCause,
    day: day.openapi({ description: 'Of a mapping: the first day it touches.' }),
    until: day
      .nullable()
      .openapi({ description: 'Of a mapping: the first day it no longer touches; null: open, or no mapping.' }),
    posAccountId: uuid,
    shopId: posId,
    shopName: z.string(),
    registerId: posId.nullable(),
    registerName: z.string().nullable(),
    department: reference.openapi({ description: 'That has this register on this day now; null: none.' }),
    store: reference,
    ...money.shape,
    changes: z
      .array(
        z.object({
          measure: z.string(),
          old: z.union([z.int(), z.string()]),
          new: z.union([z.int(), z.string()]),
        }),
      )
      .openapi({ description: 'Of this register and day. Integers in minor units, counts, or quantities as text.' }),
    receipts: z
      .array(changedReceipt)
      .openapi({ description: 'At most 20, the largest first; none without leave to read receipts.' }),
    receiptCount: z.int(),
    runId: uuid.nullable(),
    author,
  })
  .openapi('Change');

export const changesQuery = z.object({
  from: day.optional().openapi({ description: 'First business day changed.' }),
  to: day.optional(),
  department: uuid.optional(),
  posAccount: uuid.optional(),
  shop: posId.optional(),
  cause: changeCause.optional(),
  cursor: cursorInput,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const changeList = z.object({ items: z.array(change), nextCursor }).openapi('ChangeList');

export const dayLogQuery = z
  .object({ department: uuid.optional(), posAccount: uuid.optional(), shop: posId.optional() })
  .refine(
    ({ department, posAccount, shop }) =>
      (posAccount === undefined) === (shop === undefined) && (department === undefined || shop === undefined),
    { error: 'Name a department, or a posAccount and its shop, or nothing for everything.' },
  );

export const dayLogItem = z
  .object({
    at: instant,
    source: z.enum(['first_import', 'import', 'calendar', 'mapping', 'left_out']),
    runId: uuid.nullable(),
    running: z.boolean().openapi({ description: 'The day had not ended; later imports of that day took its place here.' }),
    turnover: z.int().openapi({ description: 'Of the day after it, with the mapping of that moment.' }),
    change: z.int().nullable().openapi({ description: 'Against the entry before; null for the first.' }),
    transactions: z.int(),
    cause: changeCause.nullable(),
    receipts: z.array(changedReceipt),
    receiptCount: z.int(),
    author,
  })
  .openapi('DayLogItem');

export const dayLog = z
  .object({
    day,
    ...money.shape,
    measure: z.enum(['net_sales', 'net_sales_incl']),
    coverage,
    turnover: z.int().nullable(),
    lastReadAt: instant
      .nullable()
      .openapi({ description: 'When a receipt of the day was last read from the POS, changed or not.' }),
    items: z.array(dayLogItem).openapi({ description: 'Newest first.' }),
  })
  .openapi('DayLog');

export type Author = z.infer<typeof author>;
export type Change = z.infer<typeof change>;
export type ChangesQuery = z.output<typeof changesQuery>;
export type ChangedReceipt = z.infer<typeof changedReceipt>;
export type DayLog = z.infer<typeof dayLog>;
export type DayLogItem = z.infer<typeof dayLogItem>;
