import { z } from '@hono/zod-openapi';
import { day, instant, posId, uuid } from './schema-parts.ts';

export const shopKey = z.object({ posAccountId: uuid, shopId: posId });

export const department = z.object({ id: uuid, name: z.string(), storeId: uuid, storeName: z.string() }).openapi('Department');

/** A department with its mapping of today in the words of the planner's form (W3, D20). */
export const departmentDetail = department
  .extend({
    posClientNumber: z
      .string()
      .nullable()
      .openapi({ description: 'POS client number: `account` with all its shops, or `account:shop`; several joined with “, ”.' }),
    posTerminalNumbers: z.array(z.string()).openapi({ description: 'POS terminal numbers: registers mapped by themselves.' }),
  })
  .openapi('DepartmentDetail');

export const store = z
  .object({
    id: uuid,
    name: z.string(),
    timeZone: z.string().nullable().openapi({ description: "The store's own zone; null: that of its shops." }),
    departments: z.array(z.object({ id: uuid, name: z.string() })),
  })
  .openapi('Store');

export const storeList = z.object({ stores: z.array(store) });
export const departmentList = z.object({ departments: z.array(departmentDetail) });

export const mapping = z
  .object({
    id: uuid,
    posAccountId: uuid,
    shopId: posId,
    shopName: z.string(),
    registerId: posId
      .nullable()
      .openapi({ description: 'Null: the whole shop, save the registers with a mapping of their own (D20).' }),
    registerName: z.string().nullable(),
    departmentId: uuid,
    departmentName: z.string(),
    storeId: uuid,
    storeName: z.string(),
    from: day.openapi({ description: 'First business day; 0001-01-01 is "from the beginning".' }),
    until: day.nullable().openapi({ description: 'First business day it no longer holds; null: open.' }),
  })
  .openapi('Mapping');

export const mappingList = z.object({ mappings: z.array(mapping) });

/** One mapping of the wanted set: with `id` it is changed, without it made. */
export const mappingInput = z
  .object({
    id: uuid.optional(),
    posAccountId: uuid,
    shopId: posId.min(1),
    registerId: posId.min(1).nullable().default(null),
    departmentId: uuid,
    from: day.default('0001-01-01'),
    until: day.nullable().default(null),
  })
  .refine((value) => value.until === null || value.from < value.until, {
    error: '`until` is the first day the mapping no longer holds: it must be after `from`.',
    path: ['until'],
  })
  .openapi('MappingInput');

/** PUT /mappings replaces every mapping of the shops it names, and of no other shop. */
export const mappingsBody = z
  .object({ shops: z.array(shopKey).min(1).max(500), mappings: z.array(mappingInput).max(5000) })
  .openapi('MappingsBody');

export const register = z.object({ registerId: posId, name: z.string(), archived: z.boolean() }).openapi('Register');

export const shopCalendarRow = z
  .object({
    from: day,
    timeZone: z.string(),
    dayStartHour: z.int().min(0).max(23),
    overridden: z.boolean().openapi({ description: 'Somebody chose the zone: what the till says does not replace it.' }),
  })
  .openapi('ShopCalendarRow');

export const handBackBody = z.object({ preview: z.boolean().default(false) }).openapi('HandBackBody');

export const closedDaysQuery = z.object({ from: day, to: day });
export const closedDayList = z.object({ items: z.array(z.object({ day, reason: z.string() })) });

export const shop = z
  .object({
    posAccountId: uuid,
    posAccountName: z.string(),
    provider: z.enum(['lightspeed-r', 'lightspeed-x']),
    shopId: posId,
    name: z.string(),
    posTimeZone: z.string().nullable().openapi({ description: 'As the POS states it.' }),
    archived: z.boolean(),
    firstSeenAt: instant,
    frozenAt: instant.nullable().openapi({ description: 'Since when nothing new of it is taken in; null: it is read.' }),
    frozenReason: z.string().nullable(),
    registers: z.array(register),
    calendar: z.array(shopCalendarRow),
    mappings: z.array(mapping),
    mapped: z.boolean().openapi({
      description: "Whether its sales of today reach a department (by the shop's own mapping or those of its registers).",
    }),
  })
  .openapi('Shop');

export const shopList = z.object({ shops: z.array(shop) });

export const calendarBody = z
  .object({
    from: day,
    timeZone: z.string().min(1).max(100).optional().openapi({ description: 'Left out: the zone stays as it is.' }),
    dayStartHour: z.int().min(0).max(23),
    preview: z.boolean().default(false).openapi({ description: 'True: change nothing, only say how many sales would move.' }),
  })
  .openapi('CalendarBody');

export const calendarAnswer = z
  .object({
    calendar: z.array(shopCalendarRow),
    rebucketed: z.int().openapi({ description: 'Sales whose business day or hour changed because of it.' }),
  })
  .openapi('CalendarAnswer');

export const storeBody = z
  .object({ name: z.string().trim().min(1).max(200), timeZone: z.string().min(1).max(100).nullable().default(null) })
  .openapi('StoreBody');

export const departmentBody = z.object({ name: z.string().trim().min(1).max(200), storeId: uuid }).openapi('DepartmentBody');

export const closedDayBody = z.object({ reason: z.string().trim().max(200).default('') }).openapi('ClosedDayBody');

export type Store = z.infer<typeof store>;
export type Department = z.infer<typeof department>;
export type Mapping = z.infer<typeof mapping>;
export type MappingInput = z.output<typeof mappingInput>;
export type Shop = z.infer<typeof shop>;
export type ShopCalendarRow = z.infer<typeof shopCalendarRow>;
