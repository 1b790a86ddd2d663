import { z } from '@hono/zod-openapi';
import { author } from '../turnover/changes/schemas.ts';
import { historicMapping } from './mapping-history.ts';
import { cursorInput, day, instant, money, nextCursor, posId, uuid } from './schema-parts.ts';

export const suggestion = z
  .object({
    posAccountId: uuid,
    shopId: posId,
    registerId: posId.nullable().openapi({ description: 'Null: the whole shop.' }),
    departmentId: uuid,
    departmentName: z.string(),
    storeName: z.string(),
    score: z.number().openapi({ description: '1: the same name; 0.5: the least that is shown.' }),
  })
  .openapi('MappingSuggestion');

export const suggestionList = z.object({ items: z.array(suggestion) });

const reference = z.object({ id: uuid, name: z.string() }).nullable();

/** What a change of mappings would move; amounts of the business days it touches. */
export const mappingPreview = z
  .object({
    ...money.shape,
    moves: z
      .array(
        z.object({
          from: reference.openapi({ description: 'Null: not mapped.' }),
          to: reference,
          netSales: z.int(),
          transactions: z.int(),
          days: z.int(),
          firstDay: day,
          lastDay: day,
        }),
      )
      .openapi({ description: 'Only days with figures; the largest first.' }),
    departments: z
      .array(z.object({ id: uuid, name: z.string(), before: z.int(), after: z.int(), days: z.int() }))
      .openapi({ description: 'Net sales of what moves: `before` leaves the department, `after` comes to it.' }),
    otherCurrencies: z.array(z.string()).openapi({ description: 'Moves in these are not in the amounts.' }),
    firstDay: day.nullable(),
    lastDay: day.nullable(),
    confirmedDays: z.int().openapi({ description: 'Confirmed days among them: their figures stay, as pending adjustments.' }),
  })
  .openapi('MappingPreview');

export const pasteBody = z
  .object({
    text: z
      .string()
      .max(200_000)
      .openapi({
        description:
          'One mapping a line: shop; register; department; from; until, separated by semicolon, tab or comma. Shop and department by id or ' +
          'name, also account:shop and store/department; register empty for the whole shop; dates may be left out. A heading is skipped.',
      }),
    from: day.default('0001-01-01').openapi({ description: 'For lines without a date.' }),
    preview: z.boolean().default(false),
  })
  .openapi('MappingPaste');

export const pasteAnswer = z
  .object({
    rows: z.array(
      z.object({
        row: z.int().openapi({ description: 'Line of the text, from 1.' }),
        shop: z.string(),
        register: z.string().nullable(),
        department: z.string(),
        ok: z.boolean(),
        message: z.string().nullable().openapi({ description: 'Why not.' }),
      }),
    ),
    applied: z.boolean().openapi({ description: 'All or none: false when any line was refused, and in a preview.' }),
  })
  .openapi('MappingPasteAnswer');

export const historyQuery = z.object({
  posAccount: uuid.optional(),
  shop: posId.optional(),
  department: uuid.optional(),
  cursor: cursorInput,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const mappingHistory = z
  .object({
    items: z.array(
      z.object({
        id: uuid,
        at: instant,
        author,
        posAccountId: uuid,
        shopId: posId,
        shopName: z.string(),
        before: z.array(historicMapping),
        after: z.array(historicMapping),
        firstDay: day.openapi({
          description: 'The first business day whose department it changed; 0001-01-01: from the beginning.',
        }),
        until: day.nullable(),
      }),
    ),
    nextCursor,
  })
  .openapi('MappingHistory');

export const posNumbersBody = z
  .object({
    clientNumber: z.string().trim().max(500).openapi({
      description:
        'POS client number: the POS’s account number or name, alone for all its shops, or with `:shop`; several separated by commas. Empty: none.',
      example: '97531:3',
    }),
    terminalNumbers: z.array(z.string().trim().min(1).max(100)).max(200).default([]).openapi({
      description: 'POS terminal numbers: registers of those shops; empty: all of them.',
    }),
    from: day.default('0001-01-01'),
    takeOver: z.boolean().default(false).openapi({
      description: 'Take what another department has in that time; without it that is refused, naming the other.',
    }),
  })
  .openapi('PosNumbersBody');

export type Suggestion = z.infer<typeof suggestion>;
export type MappingPreview = z.infer<typeof mappingPreview>;
export type PasteBody = z.output<typeof pasteBody>;
export type PasteAnswer = z.infer<typeof pasteAnswer>;
export type PosNumbersBody = z.output<typeof posNumbersBody>;
