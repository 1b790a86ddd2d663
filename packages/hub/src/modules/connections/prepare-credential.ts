import { parseDomainPrefix } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AnyCredential, NO_TOKENS } from './credential.ts';
import type { HostChoice } from './hosts.ts';
import type { ApiTypeId, ProviderId } from './providers.ts';
import { isScope, presetScopes } from './scopes.ts';

/** An OAuth client given along with a connection, known to it alone. */
export interface InlineClient {
  readonly clientId: string;
  readonly clientSecret: string | null;
}

/** When somebody says a credential ends (T4). */
export interface StatedExpiry {
  /** A day; null when not known. */
  readonly on: string | null;
  readonly never: boolean;
}

export const EXPIRY_UNKNOWN: StatedExpiry = { on: null, never: false };

interface OfOAuth {
  /** One of the organization's clients; null for an inline one or the instance's. */
  readonly oauthClientId: string | null;
  readonly oauthClient: InlineClient | null;
  /** Scopes to ask for; the least-privilege preset when left out. */
  readonly scopes?: readonly string[] | undefined;
  /** A refresh token that was got elsewhere, for set-up without a browser. */
  readonly refreshToken?: string | undefined;
}

/** How a connection is to sign in, as people say it. */
export type CredentialInput =
  | (OfOAuth & { readonly apiType: 'v3' | 'v2'; readonly hosts?: HostChoice | undefined })
  | { readonly apiType: 'key'; readonly apiKey: string; readonly hosts?: HostChoice | undefined }
  | {
      readonly apiType: 'personal_token';
      /** The store's name at the POS; a pasted address of the store will do. */
      readonly domainPrefix: string;
      readonly token: string;
      readonly expiry: StatedExpiry;
      /** The moment the token ends, where it is known to the hour. */
      readonly expiresAt?: Date | null;
    }
  | (OfOAuth & { readonly apiType: 'oauth'; readonly domainPrefix?: string | undefined });

/** The same, checked and ready to be sealed. */
export interface PreparedCredential {
  readonly provider: ProviderId;
  readonly apiType: ApiTypeId;
  readonly credential: AnyCredential;
  readonly scopes: readonly string[];
  readonly oauthClientId: string | null;
  readonly hosts: HostChoice;
  readonly expiry: StatedExpiry;
  readonly expiresAt: Date | null;
  /** Whether it can sign in as it is; else somebody authorizes it at the POS. */
  readonly signsIn: boolean;
}

/**
 * Checks how a connection is to sign in; makes no request.
 *
 * @throws AppError `invalid_request` for what is no store's name, for a scope of another POS, or without any OAuth client.
 */
export async function prepareCredential(
  services: Pick<Services, 'config'>,
  trx: Transaction<Database>,
  organizationId: string,
  input: CredentialInput,
): Promise<PreparedCredential> {
  const plain = { scopes: [], oauthClientId: null, hosts: {}, expiry: EXPIRY_UNKNOWN, expiresAt: null, signsIn: true };
  if (input.apiType === 'key') {
    const credential = { kind: 'api_key', apiKey: input.apiKey } as const;
    return { ...plain, provider: 'lightspeed-r', apiType: 'key', credential, hosts: input.hosts ?? {} };
  }
  if (input.apiType === 'personal_token') {
    const domainPrefix = checkedPrefix(input.domainPrefix);
    const { expiry, expiresAt = null } = input;
    const credential = { kind: 'personal_token', domainPrefix, token: input.token } as const;
    return { ...plain, provider: 'lightspeed-x', apiType: 'personal_token', credential, expiry, expiresAt };
  }
  const provider = input.apiType === 'oauth' ? 'lightspeed-x' : 'lightspeed-r';
  const scopes = [...new Set(input.scopes ?? presetScopes(provider))];
  const foreign = scopes.filter((scope) => !isScope(provider, scope));
  if (scopes.length === 0 || foreign.length > 0) {
    throw new AppError('invalid_request', 'Choose scopes of this POS.', { details: { scopes: foreign.slice(0, 5) } });
  }
  await requireClient(services, trx, organizationId, provider, input);
  const domainPrefix = input.apiType === 'oauth' && input.domainPrefix !== undefined ? checkedPrefix(input.domainPrefix) : null;
  const refreshToken = input.refreshToken ?? null;
  if (refreshToken !== null && provider === 'lightspeed-x' && domainPrefix === null) {
    throw new AppError('invalid_request', 'A refresh token is for one store: give its name as well.');
  }
  return {
    provider,
    apiType: input.apiType,
    credential: {
      kind: 'oauth',
      clientId: input.oauthClient?.clientId ?? null,
      clientSecret: input.oauthClient?.clientSecret ?? null,
      ...NO_TOKENS,
      refreshToken,
      domainPrefix,
    },
    scopes,
    oauthClientId: input.oauthClientId,
    hosts: input.apiType === 'oauth' ? {} : (input.hosts ?? {}),
    expiry: EXPIRY_UNKNOWN,
    expiresAt: null,
    signsIn: refreshToken !== null,
  };
}

/** @throws AppError `invalid_request`. */
export function checkedPrefix(text: string): string {
  const domainPrefix = parseDomainPrefix(text);
  if (domainPrefix !== null) return domainPrefix;
  throw new AppError(
    'invalid_request',
    'That is no X-Series store. Give its name as in https://NAME.retail.lightspeed.app, or paste that address.',
    { details: { field: 'domainPrefix' } },
  );
}

async function requireClient(
  { config }: Pick<Services, 'config'>,
  trx: Transaction<Database>,
  organizationId: string,
  provider: ProviderId,
  { oauthClientId, oauthClient }: OfOAuth,
): Promise<void> {
  if (oauthClientId !== null) {
    if (oauthClient !== null) throw new AppError('invalid_request', 'Choose an OAuth client, or give one: not both.');
    const row = await trx
      .selectFrom('oauth_client')
      .select('provider')
      .where('organization_id', '=', organizationId)
      .where('id', '=', oauthClientId)
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'There is no such OAuth client.');
    if (row.provider !== provider) throw new AppError('invalid_request', 'That OAuth client is for another POS.');
    return;
  }
  if (oauthClient !== null) {
    if (provider === 'lightspeed-x' && oauthClient.clientSecret === null)
      throw new AppError('invalid_request', 'The X-Series needs the secret of the OAuth client as well.');
    return;
  }
  if (provider === 'lightspeed-r' && config.rClientId !== null) return;
  throw new AppError(
    'invalid_request',
    provider === 'lightspeed-r'
      ? 'Give the client id and secret of an OAuth client, or set TILLWEAVE_R_CLIENT_ID and TILLWEAVE_R_CLIENT_SECRET for all.'
      : 'Give the client id and secret of an OAuth client of the X-Series.',
  );
}
