import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

export type Connection = components['schemas']['Connection'];
export type Provider = components['schemas']['Provider'];
type NewConnection = components['schemas']['NewConnection'];
type RunProgress = components['schemas']['RunProgress'];
type Runs = components['schemas']['Runs'];

/** How often a screen that watches connections asks again. */
const WATCH_MS = 2_000;

export function useConnections() {
  return useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => get<{ items: Connection[] }>('/connections', {}, signal),
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

/** What can be done to one connection; every success shows at once. */
export function useConnectionAction<TBody = void, TAnswer = unknown>(act: (body: TBody) => Promise<TAnswer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['connections'] }),
        queryClient.invalidateQueries({ queryKey: ['runs'] }),
      ]),
  });
}

/** Sends the browser to the POS's sign-in for a connection; it comes back to `/integrations`. */
export async function authorize(connectionId: string): Promise<void> {
  const { url } = await send<{ url: string }>('POST', `/connections/${connectionId}/authorize`, {});
  window.location.assign(url);
}

/** Makes a connection and goes on to its sign-in at the POS. */
export async function createAndAuthorize(body: NewConnection): Promise<void> {
  const { id } = await send<Connection>('POST', '/connections', body);
  await authorize(id);
}

/** Makes a connection that signs in by itself, at once. */
export async function createWithToken(body: NewConnection): Promise<void> {
  await send<Connection>('POST', '/connections', body);
}

export function test(connectionId: string) {
  return send<components['schemas']['ConnectionTest']>('POST', `/connections/${connectionId}/test`, {});
}

export function syncNow(connectionId: string) {
  return send('POST', `/connections/${connectionId}/sync`, {});
}

export function freeze(connectionId: string, reason: string) {
  return send('POST', `/connections/${connectionId}/freeze`, { reason: reason === '' ? null : reason });
}

export function thaw(connectionId: string) {
  return send('POST', `/connections/${connectionId}/thaw`, {});
}

export function remove(connectionId: string) {
  return send('DELETE', `/connections/${connectionId}`);
}
