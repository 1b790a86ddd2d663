import { z } from '@hono/zod-openapi';
import { AppError } from '../platform/errors.ts';

/** The query of every list: where to go on, and how many. */
export const pageQuery = {
  cursor: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .openapi({ description: '`nextCursor` of the page before; left out for the first' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** The answer of every list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().openapi({ description: 'Null on the last page' }),
  });
}

/** An opaque cursor from the sort values of the last row shown. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws AppError `invalid_request` when the text is not a cursor of this list. */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('invalid_request', 'The cursor is not one of this list. Start again without a cursor.', { cause });
  }
}
