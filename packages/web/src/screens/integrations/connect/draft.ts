import type { ApiType, Provider } from '../../../api/connections.ts';
import { prefixOf } from './prefix.ts';

/** What a credential is made of while it is typed; which parts count depends on the API type. */
export interface CredentialDraft {
  readonly apiType: string;
  readonly token: string;
  readonly apiKey: string;
  readonly domainPrefix: string;
  readonly expires: 'unknown' | 'date' | 'never';
  readonly expiresOn: string;
  /** Null: the installation's own client. */
  readonly oauthClientId: string | null;
  readonly scopes: readonly string[];
  readonly hosts: Readonly<Record<string, string>>;
}

/** How a new account will be read, as far as the HTTP view lets it be chosen beforehand (C7). */
export interface FirstSettings {
  readonly rateReserve?: number;
  readonly pollSeconds?: number;
  readonly historyFrom?: string | null;
}

/** An empty form for the API type: the least-privilege scopes, the current hosts. */
export function emptyDraft(provider: Provider, apiType: string): CredentialDraft {
  return {
    apiType,
    token: '',
    apiKey: '',
    domainPrefix: '',
    expires: 'unknown',
    expiresOn: '',
    oauthClientId: null,
    scopes: provider.scopes.filter(({ preset }) => preset).map(({ scope }) => scope),
    hosts: {},
  };
}

/** The part of the request that says how to sign in. */
export function credentialBody(draft: CredentialDraft, { signIn, fields, scopes }: ApiType) {
  const has = (name: string) => fields.some((field) => field.name === name);
  const prefix = draft.domainPrefix.trim();
  return {
    apiType: draft.apiType,
    ...(signIn === 'personal_token'
      ? {
          token: draft.token.trim(),
          expiresOn: draft.expires === 'never' ? 'never' : draft.expires === 'date' ? draft.expiresOn : null,
        }
      : {}),
    ...(signIn === 'api_key' ? { apiKey: draft.apiKey.trim() } : {}),
    ...(has('domainPrefix') && prefix !== '' ? { domainPrefix: prefixOf(prefix) ?? prefix } : {}),
    ...(has('oauthClientId') ? { oauthClientId: draft.oauthClientId } : {}),
    ...(scopes ? { scopes: draft.scopes } : {}),
    ...(has('hosts') && Object.keys(draft.hosts).length > 0 ? { hosts: draft.hosts } : {}),
  };
}
