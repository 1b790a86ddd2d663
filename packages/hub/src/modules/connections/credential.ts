import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';

/** Which connection, of which organization. */
export interface ConnectionRef {
  readonly organizationId: string;
  readonly connectionId: string;
}

/**
 * What is sealed for an R-Series connection: its OAuth client (null: the instance's own) and the newest token pair. `expiresAt`
 * is milliseconds since 1970.
 */
const credentialSchema = z.object({
  clientId: z.string().nullable(),
  clientSecret: z.string().nullable(),
  refreshToken: z.string().nullable(),
  accessToken: z.string().nullable(),
  expiresAt: z.number().nullable(),
});

export type Credential = z.output<typeof credentialSchema>;

/** What is sealed for an X-Series connection by personal token: the store's checked name and the token. */
const personalTokenSchema = z.object({
  domainPrefix: z.string(),
  token: z.string(),
});

export type PersonalToken = z.output<typeof personalTokenSchema>;

const sealedSchema = z.discriminatedUnion('kind', [
  credentialSchema.extend({ kind: z.literal('oauth') }),
  personalTokenSchema.extend({ kind: z.literal('personal_token') }),
]);

type Sealing = Pick<Services, 'sealer'>;

export function sealCredential({ sealer }: Sealing, ref: ConnectionRef, credential: Credential): string {
  return sealer.seal(JSON.stringify({ kind: 'oauth', ...credential }), contextOf(ref));
}

export function sealPersonalToken({ sealer }: Sealing, ref: ConnectionRef, credential: PersonalToken): string {
  return sealer.seal(JSON.stringify({ kind: 'personal_token', ...credential }), contextOf(ref));
}

/** @throws AppError `secret_unreadable`, `secret_key_unknown`, or `conflict` when the connection signs in another way. */
export function openCredential(services: Sealing, ref: ConnectionRef, sealed: string): Credential {
  const opened = open(services, ref, sealed);
  if (opened.kind === 'oauth') return opened;
  throw new AppError('conflict', 'This connection signs in with a personal token: there is nothing to authorize at the POS.');
}

/** @throws AppError as `openCredential`. */
export function openPersonalToken(services: Sealing, ref: ConnectionRef, sealed: string): PersonalToken {
  const opened = open(services, ref, sealed);
  if (opened.kind === 'personal_token') return opened;
  throw new AppError('conflict', 'This connection signs in by OAuth, not with a personal token.');
}

function open({ sealer }: Sealing, ref: ConnectionRef, sealed: string): z.output<typeof sealedSchema> {
  return sealedSchema.parse(JSON.parse(sealer.open(sealed, contextOf(ref))));
}

/** A sealed text opens for its own connection only: copied to another row it is unreadable. */
function contextOf({ organizationId, connectionId }: ConnectionRef): string {
  return `credential:${organizationId}:${connectionId}`;
}
