import { z } from '@hono/zod-openapi';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './auth.ts';
import { permissions, roles } from './permissions.ts';

const name = z.string().trim().min(1).max(100);
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((value) => Intl.supportedValuesOf('timeZone').includes(value) || value === 'UTC', 'is not a named time zone')
  .openapi({ example: 'Europe/Copenhagen' });

export const setupStateSchema = z.object({ needed: z.boolean() }).openapi('SetupState');

export const setupSchema = z
  .object({
    token: z.string().min(1).max(200).openapi({ description: 'Printed by `tillweave start` while nobody can sign in' }),
    email: z.email().max(254),
    name,
    password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
    organizationName: name,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('EUR'),
    timeZone: timeZoneSchema.default('UTC'),
  })
  .openapi('Setup');

export const organizationSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    weekStart: z.int().openapi({ description: '1 Monday to 7 Sunday' }),
  })
  .openapi('Organization');

export const permissionSchema = z.enum(permissions).openapi('Permission');

export const roleSchema = z.enum(roles).openapi('Role');

export const meSchema = z
  .object({
    user: z
      .object({ id: z.uuid(), name: z.string(), email: z.string(), twoFactor: z.boolean() })
      .nullable()
      .openapi({ description: 'Null for an access token' }),
    organization: organizationSchema,
    organizations: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        member: z.boolean().openapi({ description: "False: as the operator's staff only" }),
      }),
    ),
    // Not `nullable()`: that would make every role so in the document.
    role: z.union([roleSchema, z.null()]),
    permissions: z.array(permissionSchema),
    departmentIds: z.array(z.uuid()).nullable().openapi({ description: 'What I am limited to; null: not limited' }),
    actingAs: z
      .boolean()
      .openapi({ description: "Whether I am the operator's staff inside a client's organization (W1: show it)" }),
  })
  .openapi('Me');

export const activeOrganizationSchema = z.object({
  organizationId: z.uuid(),
  reason: z
    .string()
    .trim()
    .max(500)
    .nullable()
    .default(null)
    .openapi({ description: 'Written down where staff act as a client' }),
});

export const accessTokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().openapi({ description: 'The first letters of the token, to recognise it by' }),
    permissions: z.array(z.string()),
    departmentIds: z.array(z.uuid()).nullable(),
    createdBy: z.string().nullable().openapi({ description: 'Name of who made it; null when made on the command line' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('AccessToken');

export const newAccessTokenSchema = z
  .object({
    name,
    permissions: z.array(permissionSchema).min(1),
    departmentIds: z.array(z.uuid()).max(500).nullable().default(null),
    expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
  })
  .openapi('NewAccessToken');

export const createdAccessTokenSchema = z
  .object({ id: z.uuid(), token: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('CreatedAccessToken');
