import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

export type Notification = components['schemas']['Notification'];
const WATCH_MS = 20_000;

/** What the bell shows. */
export function useNotifications() {
  return useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => get<components['schemas']['Notifications']>('/notifications', {}, signal),
    refetchInterval: WATCH_MS,
  });
}

/** Marks one as read, or all of them. */
export function markRead(id: string | null) {
  return send('POST', id === null ? '/notifications/read' : `/notifications/${id}/read`, {});
}
