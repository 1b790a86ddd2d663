import { z } from '@hono/zod-openapi';
import { day, instant, repeated, uuid } from '../../stores/schema-parts.ts';
import { author } from '../changes/schemas.ts';

const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):00$/u)
  .nullable()
  .openapi({
    description: 'Of the clock on the wall: 10:00. Null: the whole day, which then beats the sum of its hours.',
    example: '10:00',
  });

export const visitorCount = z
  .object({
    departmentId: uuid,
    day,
    hour,
    visitors: z.int().min(0),
    source: z.enum(['manual', 'csv', 'api']),
    author,
    at: instant,
  })
  .openapi('VisitorCount');

export const visitorsQuery = z.object({ from: day, to: day, department: repeated(uuid) });
export const visitorList = z.object({ items: z.array(visitorCount) });

export const visitorsBody = z
  .object({
    items: z
      .array(
        z.object({
          departmentId: uuid,
          day,
          hour: hour.default(null),
          visitors: z.int().min(0).max(1_000_000).nullable().openapi({ description: 'Null takes the number away.' }),
        }),
      )
      .max(5000),
  })
  .openapi('VisitorsBody');

export const visitorImportBody = z
  .object({
    csv: z
      .string()
      .max(2_000_000)
      .openapi({
        description:
          'Columns day, hour, department, visitors in any order, named in the first line; separated by comma, semicolon or tab. hour empty: the ' +
          'whole day. Departments by id, name, or store/department.',
      }),
    dryRun: z.boolean().default(false),
    skipErrors: z.boolean().default(false).openapi({ description: 'Take the good rows; without it one bad row refuses all.' }),
  })
  .openapi('VisitorImportBody');

export const visitorImportAnswer = z
  .object({
    rows: z.int(),
    taken: z.int(),
    errors: z.array(z.object({ row: z.int(), column: z.string().nullable(), message: z.string() })),
  })
  .openapi('VisitorImportAnswer');

export type VisitorCount = z.infer<typeof visitorCount>;
export type VisitorsBody = z.output<typeof visitorsBody>;
export type VisitorImportBody = z.output<typeof visitorImportBody>;
export type VisitorImportAnswer = z.infer<typeof visitorImportAnswer>;
