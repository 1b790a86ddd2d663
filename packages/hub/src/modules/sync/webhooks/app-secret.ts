import type { Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import type { Services } from '../../../platform/services.ts';
import { type ConnectionRef, openAny } from '../../connections/credential.ts';
import { clientOfSignIn } from '../../connections/oauth-client.ts';
import { signInWithin } from '../../connections/stored-sign-in.ts';

/** The secret that the application of an X-Series connection signs deliveries with; null for one without (a personal token, X §11.3). */
export async function appSecretOf(
  services: Pick<Services, 'config' | 'sealer'>,
  trx: Transaction<Database>,
  ref: ConnectionRef,
): Promise<string | null> {
  const stored = await signInWithin(trx, ref);
  const credential = openAny(services, ref, stored.sealed);
  return credential.kind === 'oauth' ? clientOfSignIn(services, ref.organizationId, stored, credential).clientSecret : null;
}
