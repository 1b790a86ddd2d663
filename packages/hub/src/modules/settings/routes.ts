import { z } from '@hono/zod-openapi';
import { protectedRoute, type Route, type RouteContext } from '../../http/route.ts';
import { auditActorOf } from '../organizations/access.ts';
import { timeZoneSchema } from '../organizations/schemas.ts';
import { changeSettings, readSettings, type Settings, type SettingsChange } from './settings.ts';
import { supportBundle } from './support-bundle.ts';

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 05:00')
  .openapi({ example: '05:00' });
const line = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'is not one line');
const emailOrNothing = z.union([z.literal(''), z.email().max(254)]);
// Only addresses a browser may follow: a link of ours never runs script.
const url = z.url({ protocol: /^(https?|mailto)$/ }).max(500);

const generalSchema = z.object({
  name: line.min(1).max(100),
  timeZone: timeZoneSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  weekStart: z.int().min(1).max(7),
  nightlyAt: time,
});
const balanceSchema = z.object({
  multipleCashRegisters: z.boolean(),
  posImport: z.boolean(),
  posConnectionId: z.uuid().nullable().openapi({ description: 'Which connection feeds the balance; null: every one' }),
  autoConfirm: z.boolean(),
  autoConfirmAt: time,
});
const contactSchema = z.object({ name: line, email: emailOrNothing, phone: line.max(50) });
const supportSchema = contactSchema.extend({
  hours: line,
  links: z.array(z.object({ label: line.min(1), url })).max(20),
});

const settingsSchema = z
  .object({ general: generalSchema, balance: balanceSchema, integrationContact: contactSchema, support: supportSchema })
  .openapi('Settings');

export const settingsRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/settings',
      permission: 'settings:read',
      scope: 'organization',
      tag: 'Settings',
      summary: 'What this organization is set to',
      response: settingsSchema,
    },
    async ({ services, organizationId }) => shown(await readSettings(services, organizationId)),
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/settings/general',
      permission: 'settings:write',
      scope: 'organization',
      tag: 'Settings',
      summary: 'Name, zone, currency, week, nightly time',
      body: generalSchema.partial(),
      response: settingsSchema,
    },
    async (context) => change(context, { general: context.body }),
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/settings/balance',
      permission: 'balance:configure',
      scope: 'organization',
      tag: 'Settings',
      summary: 'Budget & Weekly Balance: registers, POS import, who feeds it, confirming by itself',
      body: balanceSchema.partial(),
      response: settingsSchema,
      errors: ['not_found'],
    },
    async (context) => change(context, { balance: context.body }),
  ),
  protectedRoute(
    {
      method: 'patch',
      path: '/settings/contacts',
      permission: 'settings:write',
      scope: 'organization',
      tag: 'Settings',
      summary: 'The integration contact, and what the Help & Support panel shows',
      body: z.object({ integrationContact: contactSchema.partial().optional(), support: supportSchema.partial().optional() }),
      response: settingsSchema,
    },
    async (context) => {
      const { integrationContact, support } = context.body;
      return change(context, {
        ...(integrationContact === undefined ? {} : { integrationContact }),
        ...(support === undefined ? {} : { support }),
      });
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/support',
      permission: 'session',
      scope: 'none',
      tag: 'Support',
      summary: 'Whom to turn to (W9)',
      response: z
        .object({
          contact: contactSchema,
          hours: z.string(),
          links: supportSchema.shape.links,
          integrationContact: contactSchema,
        })
        .openapi('Support'),
    },
    async ({ services, organizationId }) => {
      const { support, integrationContact } = shown(await readSettings(services, organizationId));
      const { hours, links, ...contact } = support;
      return { contact, hours, links, integrationContact };
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/support/bundle',
      permission: 'support:read',
      scope: 'organization',
      tag: 'Support',
      summary: 'A diagnostic bundle to attach to a question: versions, states, recent errors; no secrets, no figures',
      response: z.record(z.string(), z.unknown()).openapi('SupportBundle'),
    },
    async ({ services, organizationId, c }) => {
      c.header('content-disposition', 'attachment; filename="tillweave-support.json"');
      return supportBundle(services, organizationId);
    },
  ),
];

/** What is left out of a body stays as it is; JSON has no `undefined`, zod's types do. */
type Given = {
  readonly [Part in keyof Settings]?: { readonly [Name in keyof Settings[Part]]?: Settings[Part][Name] | undefined };
};

async function change(
  { services, organizationId, access }: Pick<RouteContext, 'services' | 'organizationId' | 'access'>,
  given: Given,
) {
  return shown(await changeSettings(services, organizationId, auditActorOf(access), withoutHoles(given)));
}

function withoutHoles(given: Given): SettingsChange {
  return Object.fromEntries(
    Object.entries(given).map(([part, values]) => [
      part,
      Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    ]),
  );
}

function shown(settings: Settings) {
  return { ...settings, support: { ...settings.support, links: [...settings.support.links] } };
}
