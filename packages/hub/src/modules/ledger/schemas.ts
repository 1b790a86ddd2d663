import { z } from '@hono/zod-openapi';
import { cursorInput, day, instant, instantInput, money, nextCursor, posId, repeated, uuid } from '../stores/schema-parts.ts';
import { departmentFilter, measureName } from '../turnover/schemas.ts';

export const receiptsQuery = z.object({
  day: day.optional().openapi({ description: 'One business day; with to a range. Left out only together with a q.' }),
  to: day.optional(),
  hour: repeated(instantInput, 50).openapi({
    description: 'UTC starts of hours, as a turnover cell lists them; left out: the whole day.',
  }),
  weekday: z.coerce.number().int().min(1).max(7).optional().openapi({
    description: 'Of the business day, 1 is Monday: with `localHour`, the receipts of a cell of the heat map over the same days.',
  }),
  localHour: z
    .string()
    .regex(/^([01]\d|2[0-3]):00$/)
    .transform((text) => Number(text.slice(0, 2)))
    .optional()
    .openapi({ description: "An hour of the shop's clock on the wall, 10:00; one that comes twice in a night is both." }),
  department: repeated(departmentFilter),
  store: repeated(uuid),
  posAccount: uuid.optional(),
  shop: repeated(posId),
  register: repeated(posId).openapi({ description: '"" is "no register".' }),
  measure: measureName.optional().openapi({ description: 'Only receipts that add something to this measure.' }),
  q: z.string().trim().min(1).max(100).optional().openapi({ description: 'Receipt number or POS sale id, from its beginning.' }),
  /** As for turnover: default the organization's. A search by number alone finds every currency. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  cursor: cursorInput,
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const amounts = z.record(z.string(), z.union([z.int(), z.string()]));

const receiptHead = z.object({
  posAccountId: uuid,
  saleId: posId,
  number: z.string().openapi({ description: 'The receipt number people see.' }),
  shopId: posId,
  shopName: z.string(),
  registerId: posId,
  registerName: z.string().nullable(),
  state: z.enum(['open', 'completed', 'voided']),
  occurredAt: instant.openapi({ description: "When it was completed, with the shop's zone for display." }),
  timeZone: z.string().nullable(),
  businessDay: day,
  hour: instant,
  total: z.string().openapi({ description: "The POS's total incl. tax, exact, as stated." }),
  currency: z.string(),
  minorDigits: z.int(),
  versions: z.int().openapi({ description: 'Versions seen; above 1 it was changed after we first read it.' }),
  problem: z.string().nullable(),
});

/** A receipt and what it adds to the cell asked for: over all pages these sum to the cell. Measures that are 0 are left out. */
export const receiptListItem = receiptHead.extend({ figure: amounts }).openapi('ReceiptListItem');

export const receiptList = z
  .object({
    items: z.array(receiptListItem),
    nextCursor,
    total: z
      .object({ ...money.shape, count: z.int(), figure: amounts })
      .nullable()
      .openapi({
        description: 'Over every page: how many, and what they add up to; null for a search by number, which may mix currencies.',
      }),
  })
  .openapi('ReceiptList');

export const receiptParams = z.object({ posAccountId: uuid, saleId: posId.min(1) });
export const versionParams = receiptParams.extend({ version: z.coerce.number().int().min(1) });

export const receiptLine = z
  .object({
    lineId: posId,
    kind: z.enum(['goods', 'return', 'discount', 'fee', 'gift_card', 'store_credit', 'internal', 'ignored']),
    itemId: posId.nullable(),
    quantity: z.string(),
    unitPrice: z.string(),
    exclusive: z.string().openapi({ description: 'As the POS computed it, unrounded; excl. tax.' }),
    tax: z.string(),
    netCents: z.int().openapi({ description: 'What counts, in minor units (D3, D4).' }),
    taxCents: z.int(),
    discountCents: z.int(),
    discountInclCents: z.int(),
  })
  .openapi('ReceiptLine');

export const receiptPayment = z
  .object({
    paymentId: posId,
    typeId: posId,
    typeName: z.string().nullable(),
    kind: z.string(),
    amount: z.string(),
    tip: z.string(),
    paidAt: instant,
    registerId: posId,
    registerName: z.string().nullable(),
    archived: z.boolean(),
  })
  .openapi('ReceiptPayment');

export const receiptVersion = z
  .object({
    version: z.int(),
    receivedAt: instant,
    changedAt: instant.openapi({ description: "The POS's own change stamp." }),
    runId: uuid.nullable(),
  })
  .openapi('ReceiptVersion');

export const receiptDetail = receiptHead
  .extend({
    tax: z.string(),
    taxInclusive: z.boolean(),
    archived: z.boolean(),
    createdAt: instant.nullable(),
    changedAt: instant,
    employeeId: posId.nullable(),
    employeeName: z.string().nullable(),
    customerId: posId.nullable(),
    lines: z.array(receiptLine),
    payments: z.array(receiptPayment),
    figure: amounts.nullable().openapi({
      description: 'What the whole sale adds to its own cell; null when it does not count (open, voided, left out).',
    }),
    leftOut: z.boolean().openapi({
      description:
        'Its shop or register is one that does not count, by the settings of the connection: the sale is in no figure. Each payment goes by its own register.',
    }),
    /** What its payments add, each to its own cell (D16). */
    paymentFigures: z.array(
      z.object({ registerId: posId, businessDay: day, hour: instant, paymentTypeId: posId, figure: amounts }),
    ),
    /** Who voided it, when and why, where the POS let us read that (D14). */
    void: z
      .object({
        at: instant.nullable(),
        employeeId: posId.nullable(),
        employeeName: z.string().nullable(),
        reason: z.string(),
      })
      .nullable(),
    versionList: z.array(receiptVersion).openapi({ description: 'Newest first.' }),
  })
  .openapi('ReceiptDetail');

export const receiptVersionDetail = receiptVersion
  .extend({
    posAccountId: uuid,
    saleId: posId,
    document: z.unknown().openapi({ description: "The POS's own document, untouched; keys in its order." }),
    /** Null when the retention setting has removed the page. */
    request: z
      .object({
        method: z.string(),
        path: z.string().openapi({ description: 'Path and query; carries no secrets.' }),
        requestedAt: instant,
        serverTime: instant.nullable(),
      })
      .nullable(),
  })
  .openapi('ReceiptVersionDetail');

export type ReceiptsQuery = z.output<typeof receiptsQuery>;
export type ReceiptListItem = z.infer<typeof receiptListItem>;
export type ReceiptList = z.infer<typeof receiptList>;
export type ReceiptDetail = z.infer<typeof receiptDetail>;
export type ReceiptVersionDetail = z.infer<typeof receiptVersionDetail>;
