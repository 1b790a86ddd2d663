import { z } from '@hono/zod-openapi';
import { hostChoiceSchema } from './hosts.ts';
import { firstSettingsSchema } from './settings.ts';
import { connectionStates } from './states.ts';

/** Names are shown in every list that chooses a connection: no control characters, nothing invisible. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{C}]+$/u, 'has characters that cannot be shown');
const scopes = z
  .array(z.string().regex(/^[a-z_:]{3,80}$/u))
  .min(1)
  .max(60);
const provider = z.enum(['lightspeed-r', 'lightspeed-x']);
/** A client id, token, key: one line of visible characters, as the POS gives it. */
const secret = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[\x21-\x7e]+$/u, 'has characters that no such secret has');
/** A day, or that it never ends; null: not known. */
export const expiresOn = z.union([z.iso.date(), z.literal('never')]).nullable();
const named = z.object({ id: z.uuid(), name: z.string() });
const instant = z.iso.datetime().nullable();

export const connectionSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    provider,
    apiType: z.string(),
    state: z.enum(connectionStates as [string, ...string[]]),
    stateReason: z.string().nullable(),
    stateChangedAt: z.iso.datetime(),
    scopes: z.array(z.string()),
    posAccount: z.object({ id: z.uuid(), externalId: z.string(), name: z.string(), currency: z.string() }).nullable(),
    lastSuccessAt: instant,
    createdAt: z.iso.datetime(),
    oauthClient: z
      .object({ id: z.uuid().nullable(), name: z.string().nullable(), clientId: z.string() })
      .nullable()
      .openapi({ description: "The application it signs in as. `id` is null for one of its own and for the instance's" }),
    appName: z.string().nullable().openapi({ description: 'The name to look for in the POS; null where we were not told it' }),
    domainPrefix: z.string().nullable(),
    hosts: z.object({ api: z.string().optional(), oauth: z.string().optional() }),
    setUp: z
      .object({ complete: z.boolean(), steps: z.array(z.object({ step: z.enum(['authorize', 'age_gate']), done: z.boolean() })) })
      .openapi({ description: 'The minimum set-up. The age gate holds back the use of people’s data, never figures' }),
    attestation: z.object({ text: z.string(), by: z.string(), at: z.iso.datetime() }).nullable(),
    expiry: z
      .object({ on: z.iso.date().nullable(), never: z.boolean(), refused: z.boolean() })
      .openapi({ description: 'When the credential ends, as stated; `refused`: the POS takes it no more' }),
    data: z.object({
      firstAt: instant,
      lastAt: instant,
      lastChangeAt: instant,
      nextAt: instant,
      importing: z.object({ share: z.number().nullable(), secondsLeft: z.int().nullable() }).nullable(),
    }),
    lastCallAt: instant.openapi({ description: 'When the POS last took our credentials' }),
    usedBy: z.array(named.extend({ kind: z.enum(['department']) })),
    unmappedShops: z.int(),
    pendingAuthorization: z.object({ email: z.string(), expiresAt: z.iso.datetime() }).nullable(),
  })
  .openapi('Connection');

const inlineClient = z
  .object({ clientId: secret(500), clientSecret: secret(2000).nullable() })
  .nullable()
  .default(null)
  .openapi({ description: 'An OAuth client for this connection alone' });
const oauthClientId = z
  .uuid()
  .nullable()
  .default(null)
  .openapi({ description: "One of the organization's OAuth clients; without either, the instance's own" });
const refreshToken = secret(10_000).optional().openapi({ description: 'Signs in at once, without the consent pages' });
const wantedScopes = scopes.optional().openapi({ description: 'Left out: the least-privilege preset' });
const hosts = hostChoiceSchema.optional().openapi({ description: 'Chosen by id from the allow-list of `/providers`' });
const domainPrefix = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .openapi({ description: "The store's name, as in https://NAME.retail.lightspeed.app; that address will do" });

const byOAuth = { oauthClientId, oauthClient: inlineClient, scopes: wantedScopes, refreshToken };
const ofR = { apiType: z.enum(['v3', 'v2']), ...byOAuth, hosts };
const ofKey = { apiType: z.literal('key'), apiKey: secret(500), hosts };
const ofToken = {
  apiType: z.literal('personal_token'),
  domainPrefix,
  token: secret(10_000).openapi({ description: 'A personal token of the store' }),
  expiresOn: expiresOn.default(null).openapi({ description: 'When the token ends: a day, `never`, or null when not known' }),
  tokenExpiresAt: z.iso.datetime().nullable().default(null).openapi({ description: 'The same to the second' }),
};
const ofX = { apiType: z.literal('oauth'), ...byOAuth, domainPrefix: domainPrefix.optional() };

const settings = firstSettingsSchema
  .optional()
  .openapi({ description: 'Additional settings that hold from the first call on; the others once the shops are known' });

const R = z.literal('lightspeed-r');
const X = z.literal('lightspeed-x');
/** Which API type is meant where none is named: the newest of the R-Series, the personal token of the X-Series. */
const withDefault = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || 'apiType' in body || !('provider' in body)) return body;
  return { ...body, apiType: body.provider === 'lightspeed-x' ? 'personal_token' : 'v3' };
};

export const newConnectionSchema = z
  .preprocess(
    withDefault,
    z.union([
      z.object({ provider: R, name, settings, ...ofR }).openapi('NewRSeriesConnection'),
      z.object({ provider: R, name, settings, ...ofKey }).openapi('NewRSeriesKeyConnection'),
      z.object({ provider: X, name, settings, ...ofToken }).openapi('NewXSeriesConnection'),
      z.object({ provider: X, name, settings, ...ofX }).openapi('NewXSeriesOAuthConnection'),
    ]),
  )
  .openapi('NewConnection');

export const credentialSchema = z
  .discriminatedUnion('apiType', [z.object(ofR), z.object(ofKey), z.object(ofToken), z.object(ofX)])
  .openapi('ReplaceCredential');

export const changeSchema = z
  .object({
    name: name.optional(),
    attested: z.boolean().optional().openapi({ description: 'Whether the age gate is ticked; the text stands in `/providers`' }),
    expiresOn: expiresOn.optional(),
    scopes: scopes.optional().openapi({ description: 'Takes effect when the connection is authorized again' }),
    oauthClientId: z.uuid().nullable().optional(),
  })
  .openapi('ConnectionChanges');

const { refreshToken: _refreshToken, ...browserR } = ofR;
const { refreshToken: _xRefreshToken, ...browserX } = ofX;

export const authorizeSchema = z
  .discriminatedUnion('apiType', [z.object(browserR), z.object(browserX)])
  .openapi('AuthorizationChange');

export const pastedSchema = z
  .object({ outcome: z.enum(['connected', 'failed']), code: z.string().nullable(), connection: connectionSchema })
  .openapi('PastedAuthorization');

export const providerSchema = z
  .object({
    id: provider,
    name: z.string(),
    connector: z.string(),
    apiTypes: z.array(
      z.object({
        id: z.enum(['v3', 'v2', 'key', 'personal_token', 'oauth']),
        name: z.string(),
        signIn: z.enum(['oauth', 'personal_token', 'api_key']),
        notice: z.string().nullable(),
        oauthClient: z.enum(['required', 'optional', 'none']),
        scopes: z.boolean(),
        fields: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            kind: z.enum(['text', 'secret', 'expiry', 'oauth_client', 'scopes', 'hosts']),
            required: z.boolean(),
            help: z.string().nullable(),
          }),
        ),
      }),
    ),
    capabilities: z.array(z.string()),
    features: z
      .array(z.object({ feature: z.string(), label: z.string(), supported: z.boolean(), note: z.string().nullable() }))
      .openapi({ description: 'The capability grid' }),
    scopes: z.array(
      z.object({
        scope: z.string(),
        reason: z.string(),
        without: z.string().openapi({ description: 'What stops working without it' }),
        preset: z.boolean(),
        needed: z.boolean(),
      }),
    ),
    hosts: z.array(
      z.object({ id: z.enum(['current', 'legacy']), part: z.enum(['api', 'oauth']), url: z.string(), current: z.boolean() }),
    ),
    redirectUris: z.array(z.object({ name: z.string(), url: z.string(), https: z.boolean() })).openapi({
      description: 'To register with the OAuth client, one for each public address; the POS accepts HTTPS only',
    }),
    instanceClient: z.boolean().openapi({ description: 'Whether this installation has an OAuth client for all' }),
    attestation: z.string(),
    help: z.array(z.object({ id: z.string(), title: z.string(), steps: z.array(z.string()) })),
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
    timeZones: z.array(z.string()),
    rateBudget: z
      .object({ level: z.number(), size: z.number(), perSecond: z.number().nullable() })
      .nullable()
      .openapi({ description: 'As the POS states it; it grows with the registers of the subscription' }),
    taxMode: z.enum(['inclusive', 'exclusive']).nullable().openapi({ description: 'Of the first receipt' }),
    firstReceipt: z.object({ number: z.string(), at: z.iso.datetime() }).nullable(),
  })
  .openapi('ConnectionTest');

export const oauthClientSchema = z
  .object({
    id: z.uuid(),
    name: z.string().openapi({ description: 'As registered at the POS, which lists us under it' }),
    provider,
    clientId: z.string(),
    hasSecret: z.boolean(),
    createdAt: z.iso.datetime(),
    usedBy: z.array(named),
  })
  .openapi('OAuthClient');

export const newOAuthClientSchema = z
  .object({ name, provider, clientId: secret(500), clientSecret: secret(2000).nullable().default(null) })
  .openapi('NewOAuthClient');

export const oauthClientChangeSchema = z
  .object({ name: name.optional(), clientId: secret(500).optional(), clientSecret: secret(2000).nullable().optional() })
  .openapi('OAuthClientChange');

export const helpSchema = z
  .object({
    items: z.array(
      z.object({ id: z.enum(['when_data', 'is_active', 'unmapped', 'more_settings']), question: z.string(), answer: z.string() }),
    ),
  })
  .openapi('ConnectionHelp');

export const consequencesSchema = z
  .object({
    usedBy: z.array(named.extend({ kind: z.enum(['department']) })),
    shops: z.int(),
    sales: z.int(),
    firstDay: z.iso.date().nullable(),
    lastDay: z.iso.date().nullable(),
    keeps: z.array(z.enum(['sales', 'customers', 'figures', 'mappings'])),
    stops: z.array(z.enum(['new_sales', 'late_changes'])),
    revokesAtPos: z.boolean(),
  })
  .openapi('ConnectionConsequences');

export const linkSchema = z
  .object({
    link: z.url().openapi({ description: 'To send by other means; shown this once' }),
    email: z.string(),
    expiresAt: z.iso.datetime(),
    mailed: z.boolean().openapi({ description: 'False where no mail is set up' }),
  })
  .openapi('AuthorizationInvitation');

export const openLinkSchema = z
  .object({
    organization: z.string(),
    connection: z.string(),
    provider,
    apiType: z.string(),
    requestedBy: z.string(),
    scopes: z.array(z.object({ scope: z.string(), reason: z.string() })),
    expiresAt: z.iso.datetime(),
    state: z.enum(['open', 'used', 'expired']),
  })
  .openapi('PublicAuthorization');
