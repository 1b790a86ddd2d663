import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];
export type SettingsChoices = Schemas['ConnectionChoices'];

export type Reading = Schemas['ConnectionReading'];
type SentRequests = Schemas['ConnectionRequests'];
export type Budget = NonNullable<Reading['budget']>;
export type Stream = Reading['streams'][number];
export type Gap = Reading['gaps'][number];
export type SentRequest = SentRequests['items'][number];

const WATCH_MS = 5_000;

/** What can be chosen from where it is said which shops and registers count. */
export function useSettingsChoices(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['connections', id, 'choices'],
    queryFn: ({ signal }) => get<SettingsChoices>(`/connections/${id}/settings/choices`, {}, signal),
    enabled,
  });
}

/** How far each stream has been read, what is left of the request budget, and what was left unread; watched. */
export function useReading(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['connections', id, 'reading'],
    queryFn: ({ signal }) => get<Reading>(`/connections/${id}/reading`, {}, signal),
    refetchInterval: WATCH_MS,
    enabled,
  });
}

/** The newest requests to the POS, their secrets and names taken out. */
export function useSentRequests(id: string) {
  return useQuery({
    queryKey: ['connections', id, 'requests'],
    queryFn: ({ signal }) => get<SentRequests>(`/connections/${id}/requests`, {}, signal),
    refetchInterval: WATCH_MS,
  });
}

/** Has read what was left unread when the connection, or a shop of it, was unfrozen from today on. */
export function catchUp(id: string) {
  return send<{ gaps: number }>('POST', `/connections/${id}/catch-up`, {});
}
