import { z } from 'zod';

/** The layout of a backup file; a reader refuses a higher one. */
export const FORMAT = 1;

/** Bounds are put into a statement as they are, so they must be nothing else. */
const Bounds = z.string().regex(/^(DEFAULT|FOR VALUES FROM \('[\d :+.-]+'\) TO \('[\d :+.-]+'\))$/);

export const Header = z.object({
  format: z.number().int(),
  /** The release that made it, for people. */
  release: z.string(),
  /** Its newest migration. */
  schema: z.string().regex(/^\d{4}_[a-z0-9_]+$/),
  createdAt: z.iso.datetime(),
  partitions: z.array(z.object({ parent: z.string(), name: z.string(), bounds: Bounds })),
});
export type Header = z.infer<typeof Header>;

export const TableHead = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()).min(1) });

export const Ending = z.object({ tables: z.number().int(), rows: z.number().int() });
