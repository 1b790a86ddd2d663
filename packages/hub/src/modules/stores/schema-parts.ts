/** The words every read route shares: days, instants, currencies, lists in a query. */
import { z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';

/** A business day or calendar date, `YYYY-MM-DD`, that exists. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(exists, { error: 'Not a date that exists.' })
  .openapi({ format: 'date', example: '2026-10-25' });

/** A moment, ISO 8601 in UTC. */
export const instant = z.string().openapi({ format: 'date-time', example: '2026-10-25T00:00:00Z' });

/** A moment somebody sends: any offset is accepted. */
export const instantInput = z.iso.datetime({ offset: true }).openapi({ format: 'date-time', example: '2026-10-25T00:00:00Z' });

export const uuid = z.uuid();

/** POS ids are text whatever they look like; `""` is the register of sales that name none. */
export const posId = z.string().max(100);

/** The currency that the amounts of an answer are in, and its minor digits: 12345 with 2 digits is 123.45. */
export const money = z.object({
  currency: z.string().openapi({ example: 'DKK' }),
  minorDigits: z.int().openapi({ example: 2 }),
});

/** A key of the query that may be repeated: `store=a&store=b`. Always read as a list; empty when absent. */
export function repeated<T extends z.ZodType<string>>(item: T, most = 200) {
  return z
    .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(item).max(most))
    .openapi({ type: 'array', items: { type: 'string' }, maxItems: most });
}

/** The `cursor` of the next page, as the answer before it gave it. */
export const cursorInput = z.string().max(500).optional();

/** Where the next page starts; null on the last. */
export const nextCursor = z.string().nullable();

function exists(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}
