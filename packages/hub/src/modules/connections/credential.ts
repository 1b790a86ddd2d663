import { z } from 'zod';
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

export function sealCredential({ sealer }: Pick<Services, 'sealer'>, ref: ConnectionRef, credential: Credential): string {
  return sealer.seal(JSON.stringify(credential), contextOf(ref));
}

/** @throws AppError `secret_unreadable` or `secret_key_unknown`. */
export function openCredential({ sealer }: Pick<Services, 'sealer'>, ref: ConnectionRef, sealed: string): Credential {
  return credentialSchema.parse(JSON.parse(sealer.open(sealed, contextOf(ref))));
}

/** A sealed text opens for its own connection only: copied to another row it is unreadable. */
function contextOf({ organizationId, connectionId }: ConnectionRef): string {
  return `credential:${organizationId}:${connectionId}`;
}
