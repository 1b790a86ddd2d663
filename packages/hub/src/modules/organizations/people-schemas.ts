import { z } from '@hono/zod-openapi';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './auth.ts';
import { permissionSchema, roleSchema } from './schemas.ts';

const TOKEN_LENGTH_MAX = 2000;

export const emailSchema = z.email().max(254);
/** A person's name on one line: nothing that a terminal, a mail header or a spreadsheet would take for something else. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u, 'has characters that cannot be shown');
export const passwordSchema = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);
export const departmentIdsSchema = z
  .array(z.uuid())
  .max(500)
  .nullable()
  .openapi({ description: 'What the person is limited to, perhaps nothing; null: not limited' });
export const linkTokenSchema = z.string().min(1).max(TOKEN_LENGTH_MAX).openapi({ description: 'What follows # in the link' });

export const memberSchema = z
  .object({
    userId: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    departmentIds: departmentIdsSchema,
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable(),
    twoFactor: z.boolean(),
    you: z.boolean(),
    changeable: z.boolean().openapi({ description: 'Whether the caller may change or remove them' }),
  })
  .openapi('Member');

export const membersSchema = z
  .object({
    items: z.array(memberSchema),
    givable: z.array(roleSchema).openapi({ description: 'The roles the caller may give' }),
  })
  .openapi('Members');

export const invitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: roleSchema,
    departmentIds: departmentIdsSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('Invitation');

export const newInvitationSchema = z
  .object({ email: emailSchema, role: roleSchema, departmentIds: departmentIdsSchema.default(null) })
  .openapi('NewInvitation');

export const sentInvitationSchema = z
  .object({
    id: z.uuid(),
    link: z.string().openapi({ description: 'To hand over; shown this once' }),
    mailed: z.boolean().openapi({ description: 'Whether it was also mailed' }),
  })
  .openapi('SentInvitation');

export const openInvitationSchema = z
  .object({
    organization: z.string(),
    email: z.string(),
    role: roleSchema,
    known: z.boolean().openapi({ description: 'Whether they have an account here, and so need no name and password' }),
  })
  .openapi('InvitationLookUp');

export const sessionSchema = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    current: z.boolean(),
  })
  .openapi('Session');

export const permissionsSchema = z
  .object({
    roles: z.array(z.object({ role: roleSchema, label: z.string(), description: z.string() })),
    items: z.array(
      z.object({
        permission: permissionSchema,
        label: z.string(),
        roles: z.array(roleSchema),
        allowed: z.boolean(),
        reason: z.string().nullable().openapi({ description: 'Why not; null when it is allowed' }),
        ask: z.array(z.object({ name: z.string(), role: roleSchema })),
      }),
    ),
  })
  .openapi('PermissionTable');
