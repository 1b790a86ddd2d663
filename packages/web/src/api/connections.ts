import { useQuery } from '@tanstack/react-query';
import { useAction } from './action.ts';
import { get, send } from './client.ts';
import type { components } from './schema.ts';
import { storeLists } from './stores.ts';

type Schemas = components['schemas'];
export type Connection = Schemas['Connection'];
export type Provider = Schemas['Provider'];
export type ApiType = Provider['apiTypes'][number];
export type ConnectionTest = Schemas['ConnectionTest'];
export type OAuthClient = Schemas['OAuthClient'];
export type Consequences = Schemas['ConnectionConsequences'];
export type ConnectionSettings = Schemas['ConnectionSettings'];

/** What makes a connection or replaces its credential; which fields there are depends on the API type, see `Provider`. */
export type CredentialBody = Readonly<Record<string, unknown>> & { readonly apiType: string };
type RunProgress = Schemas['RunProgress'];
type Runs = Schemas['Runs'];

/** How often a screen that watches connections asks again. */
const WATCH_MS = 2_000;

export function useConnections(enabled = true) {
  return useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => get<{ items: Connection[] }>('/connections', {}, signal),
    refetchInterval: WATCH_MS,
    enabled,
  });
}

export function useConnection(id: string) {
  return useQuery({
    queryKey: ['connections', id],
    queryFn: ({ signal }) => get<Connection>(`/connections/${id}`, {}, signal),
    refetchInterval: WATCH_MS,
  });
}

export function useProviders() {
  return useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => get<{ items: Provider[] }>('/providers', {}, signal),
    staleTime: Infinity,
  });
}

export function useOAuthClients(enabled = true) {
  return useQuery({
    queryKey: ['oauth-clients'],
    queryFn: ({ signal }) => get<{ items: OAuthClient[] }>('/oauth-clients', {}, signal),
    enabled,
  });
}

/** Whether the POS tells of changes, and if not why. */
export function useWebhooks(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['connections', id, 'webhooks'],
    queryFn: ({ signal }) => get<Schemas['WebhookState']>(`/connections/${id}/webhooks`, {}, signal),
    enabled,
    // Registering, and repairing, is done in the background: whoever waits for it sees it.
    refetchInterval: ({ state: { data } }) => (data !== undefined && mayPass(data.problem) ? WATCH_MS : false),
  });
}

/** Whether a repair can help against what keeps the POS from telling. */
export function mayPass(problem: Schemas['WebhookState']['problem']): boolean {
  return problem !== null && problem !== 'not_offered' && problem !== 'no_public_address';
}

export function repairWebhooks(id: string) {
  return send('POST', `/connections/${id}/webhooks/repair`);
}

/** What comes of removing or retiring a connection, asked for before it is done. */
export function useConsequences(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['consequences', id],
    queryFn: ({ signal }) => get<Consequences>(`/connections/${id}/consequences`, {}, signal),
    enabled,
    staleTime: 0,
  });
}

/** The newest run of a connection with its progress, watched; null when there was none. */
export function useLatestRun(connectionId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['runs', 'latest', connectionId],
    queryFn: async ({ signal }): Promise<RunProgress | null> => {
      const { items } = await get<Runs>('/runs', { connection: connectionId, limit: 1 }, signal);
      const [run] = items;
      return run === undefined ? null : get<RunProgress>(`/runs/${run.id}`, {}, signal);
    },
    refetchInterval: WATCH_MS,
    enabled,
  });
}

/** What can be done to one connection; every success shows at once, and so do the stores and departments that come with a new one. */
export function useConnectionAction<TBody = void, TAnswer = unknown>(act: (body: TBody) => Promise<TAnswer>) {
  return useAction(act, [...storeLists, 'connections', 'runs', 'oauth-clients', 'consequences']);
}

/** The address of the POS's sign-in for a connection, to come back to the public address of that name. */
export function beginAuthorization(connectionId: string, publicUrl: string | null) {
  return send<{ url: string }>('POST', `/connections/${connectionId}/authorize${comeBackTo(publicUrl)}`, {});
}

/** Sends the browser to the POS's sign-in for a connection; it comes back to `/integrations`. */
export async function authorize(connectionId: string, publicUrl: string | null = null): Promise<void> {
  const { url } = await beginAuthorization(connectionId, publicUrl);
  window.location.assign(url);
}

/** The same in another way than until now: API type, client, scopes or hosts; taken up when it ends well. */
export async function authorizeAnew(connectionId: string, publicUrl: string | null, body: CredentialBody): Promise<void> {
  const { url } = await send<{ url: string }>(
    'POST',
    `/connections/${connectionId}/authorize/change${comeBackTo(publicUrl)}`,
    body,
  );
  window.location.assign(url);
}

function comeBackTo(publicUrl: string | null): string {
  return publicUrl === null ? '' : `?publicUrl=${encodeURIComponent(publicUrl)}`;
}

/** Finishes a sign-in by the address the POS sent the browser to (C5). */
export function pasteAuthorization(connectionId: string, url: string) {
  return send<Schemas['PastedAuthorization']>('POST', `/connections/${connectionId}/authorize/paste`, { url });
}

/** A single-use link for somebody without an account here (W5). */
export function inviteAuthorization(connectionId: string, email: string) {
  return send<Schemas['AuthorizationInvitation']>('POST', `/connections/${connectionId}/invite-authorization`, { email });
}

export function createConnection(body: CredentialBody & { readonly provider: string; readonly name: string }) {
  return send<Connection>('POST', '/connections', body);
}

export function replaceCredential(id: string, body: CredentialBody) {
  return send<Connection>('PUT', `/connections/${id}/credential`, body);
}

export function updateConnection(id: string, body: Schemas['ConnectionChanges']) {
  return send<Connection>('PATCH', `/connections/${id}`, body);
}

export function test(connectionId: string) {
  return send<ConnectionTest>('POST', `/connections/${connectionId}/test`, {});
}

export function syncNow(connectionId: string) {
  return send('POST', `/connections/${connectionId}/sync`, {});
}

export function freeze(connectionId: string, reason: string) {
  return send('POST', `/connections/${connectionId}/freeze`, { reason: reason === '' ? null : reason });
}

/** Where reading goes on: where it stopped, or today, leaving out what happened in between. */
export type ThawFrom = Schemas['Thaw']['from'];

export function thaw(connectionId: string, from: ThawFrom) {
  return send('POST', `/connections/${connectionId}/thaw`, { from });
}

/** `successor`: the connection whose shops take over their departments from that day on; empty: none. */
export function retire(connectionId: string, at: string, reason: string, successor: string) {
  return send('POST', `/connections/${connectionId}/retire`, {
    at,
    reason: reason === '' ? null : reason,
    successorConnectionId: successor === '' ? null : successor,
  });
}

/** Which shops of the successor would take over which departments; nothing is changed. */
export function useHandOver(connectionId: string, successor: string, at: string) {
  return useQuery({
    queryKey: ['connections', connectionId, 'hand-over', successor, at],
    queryFn: ({ signal }) =>
      get<{ items: Schemas['HandOver'][] }>(
        `/connections/${connectionId}/hand-over`,
        { successorConnectionId: successor, at },
        signal,
      ),
    enabled: successor !== '' && at !== '',
  });
}

export function remove(connectionId: string) {
  return send('DELETE', `/connections/${connectionId}`);
}

export interface ShopRef {
  readonly posAccountId: string;
  readonly shopId: string;
}

const shopPath = ({ posAccountId, shopId }: ShopRef) => `/shops/${posAccountId}/${encodeURIComponent(shopId)}`;

export function freezeShop(shop: ShopRef, reason: string) {
  return send('POST', `${shopPath(shop)}/freeze`, { reason: reason === '' ? null : reason });
}

export function thawShop(shop: ShopRef, from: ThawFrom) {
  return send('POST', `${shopPath(shop)}/thaw`, { from });
}

export function saveOAuthClient(
  id: string | null,
  { provider, ...body }: Partial<Schemas['NewOAuthClient']> & { readonly provider: string },
) {
  return id === null
    ? send<OAuthClient>('POST', '/oauth-clients', { provider, ...body })
    : send<OAuthClient>('PATCH', `/oauth-clients/${id}`, body);
}

export function removeOAuthClient(id: string) {
  return send('DELETE', `/oauth-clients/${id}`);
}

/** The card's questions with live answers (M15). */
export function useConnectionHelp(id: string) {
  return useQuery({
    queryKey: ['connections', id, 'help'],
    queryFn: ({ signal }) => get<Schemas['ConnectionHelp']>(`/connections/${id}/help`, {}, signal),
  });
}

/** How a connection's account is read: nights, reserve, history. */
export function useConnectionSettings(id: string) {
  return useQuery({
    queryKey: ['connections', id, 'settings'],
    queryFn: ({ signal }) => get<ConnectionSettings>(`/connections/${id}/settings`, {}, signal),
  });
}

export function changeConnectionSettings(id: string, body: Partial<ConnectionSettings>) {
  return send<ConnectionSettings>('PATCH', `/connections/${id}/settings`, body);
}
