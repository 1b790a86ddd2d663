import { z } from '@hono/zod-openapi';
import { connectionStates } from './states.ts';

/** Names are shown in every list that chooses a connection: no control characters, nothing invisible. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{C}]+$/u, 'has characters that cannot be shown');
const scope = z.string().regex(/^employee:[a-z_]{1,60}$/);

export const connectionSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    provider: z.enum(['lightspeed-r', 'lightspeed-x']),
    apiType: z.string(),
    state: z.enum(connectionStates as [string, ...string[]]),
    stateReason: z.string().nullable(),
    stateChangedAt: z.iso.datetime(),
    scopes: z.array(z.string()),
    posAccount: z.object({ id: z.uuid(), externalId: z.string(), name: z.string(), currency: z.string() }).nullable(),
    lastSuccessAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .openapi('Connection');

const newRSeriesSchema = z
  .object({
    provider: z.literal('lightspeed-r'),
    apiType: z.literal('v3').default('v3'),
    name,
    oauthClient: z
      .object({ clientId: z.string().trim().min(1).max(500), clientSecret: z.string().trim().min(1).max(2000).nullable() })
      .nullable()
      .default(null)
      .openapi({ description: "Left out: the instance's own client" }),
    scopes: z.array(scope).min(1).max(40).optional().openapi({ description: 'Left out: the least-privilege preset' }),
    refreshToken: z
      .string()
      .trim()
      .min(1)
      .max(10_000)
      .optional()
      .openapi({ description: 'Signs in at once, without the consent pages' }),
  })
  .openapi('NewRSeriesConnection');

const newXSeriesSchema = z
  .object({
    provider: z.literal('lightspeed-x'),
    apiType: z.literal('personal_token').default('personal_token'),
    name,
    domainPrefix: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .openapi({ description: "The store's name, as in https://NAME.retail.lightspeed.app; that address will do" }),
    token: z.string().trim().min(1).max(10_000).openapi({ description: 'A personal token of the store' }),
    tokenExpiresAt: z.iso.datetime().nullable().default(null).openapi({ description: 'When the token ends, if it does' }),
  })
  .openapi('NewXSeriesConnection');

export const newConnectionSchema = z
  .discriminatedUnion('provider', [newRSeriesSchema, newXSeriesSchema])
  .openapi('NewConnection');

export const providerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    apiTypes: z.array(z.object({ id: z.string(), name: z.string(), signIn: z.string() })),
    capabilities: z.array(z.string()),
    scopes: z.array(z.object({ scope: z.string(), reason: z.string() })),
    redirectUris: z.array(z.object({ name: z.string(), url: z.string() })).openapi({
      description: 'To register with the OAuth client, one for each public address',
    }),
  })
  .openapi('Provider');

export const verifiedSchema = z
  .object({
    posAccountId: z.uuid(),
    externalId: z.string(),
    name: z.string(),
    currency: z.string().nullable(),
    shops: z.int(),
    registers: z.int(),
  })
  .openapi('ConnectionTest');
