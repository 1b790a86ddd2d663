import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';

/** Which connection, of which organization. */
export interface ConnectionRef {
  readonly organizationId: string;
  readonly connectionId: string;
}

/**
 * What is sealed for a connection that signs in by OAuth: an OAuth client of its own (null: the one it names, else the instance's), the
 * newest token pair, and for the X-Series the store's checked name once it is known. `expiresAt` is milliseconds since 1970.
 */
const credentialSchema = z.object({
  clientId: z.string().nullable(),
  clientSecret: z.string().nullable(),
  refreshToken: z.string().nullable(),
  accessToken: z.string().nullable(),
  expiresAt: z.number().nullable(),
  domainPrefix: z.string().nullable().default(null),
});

export type Credential = z.output<typeof credentialSchema>;

/** What is sealed for an X-Series connection by personal token: the store's checked name and the token. */
const personalTokenSchema = z.object({
  domainPrefix: z.string(),
  token: z.string(),
});

/** What is sealed for an R-Series connection by the POS's legacy key. */
const apiKeySchema = z.object({ apiKey: z.string() });

const sealedSchema = z.discriminatedUnion('kind', [
  credentialSchema.extend({ kind: z.literal('oauth') }),
  personalTokenSchema.extend({ kind: z.literal('personal_token') }),
  apiKeySchema.extend({ kind: z.literal('api_key') }),
]);

/** Any credential, by its kind. */
export type AnyCredential = z.output<typeof sealedSchema>;

type Sealing = Pick<Services, 'sealer'>;

/** A connection that is still to be authorized has none of these. */
export const NO_TOKENS = { refreshToken: null, accessToken: null, expiresAt: null } as const;

export function sealAny({ sealer }: Sealing, ref: ConnectionRef, credential: AnyCredential): string {
  return sealer.seal(JSON.stringify(credential), contextOf(ref));
}

export function sealCredential(services: Sealing, ref: ConnectionRef, credential: Credential): string {
  return sealAny(services, ref, { ...credential, kind: 'oauth' });
}

/** @throws AppError `secret_unreadable`, `secret_key_unknown`. */
export function openAny({ sealer }: Sealing, ref: ConnectionRef, sealed: string): AnyCredential {
  return sealedSchema.parse(JSON.parse(sealer.open(sealed, contextOf(ref))));
}

/** @throws AppError as `openAny`, or `conflict` when the connection signs in another way. */
export function openCredential(services: Sealing, ref: ConnectionRef, sealed: string): Credential {
  const opened = openAny(services, ref, sealed);
  if (opened.kind === 'oauth') return opened;
  const how = opened.kind === 'api_key' ? 'an API key' : 'a personal token';
  throw new AppError('conflict', `This connection signs in with ${how}: there is nothing to authorize at the POS.`);
}

/** A sealed text opens for its own connection only: copied to another row it is unreadable. */
function contextOf({ organizationId, connectionId }: ConnectionRef): string {
  return `credential:${organizationId}:${connectionId}`;
}
