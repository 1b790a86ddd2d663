import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import { useCursorList } from './cursor-list.ts';
import type { components } from './schema.ts';

export type Run = components['schemas']['Run'];
export type Problems = components['schemas']['Problems'];
const REFRESH_MS = 10_000;
const WATCH_MS = 2_000;

/** Runs, newest first, page by page; of one connection where it is named. */
export function useRuns(connection?: string) {
  return useCursorList<Run>('runs', '/runs', { limit: 25, connection }, { refetchInterval: REFRESH_MS });
}

/** A run with its progress, watched. */
export function useRun(id: string) {
  return useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => get<components['schemas']['RunProgress']>(`/runs/${id}`, {}, signal),
    refetchInterval: WATCH_MS,
  });
}

export function useProblems() {
  return useQuery({
    queryKey: ['problems'],
    queryFn: ({ signal }) => get<Problems>('/problems', {}, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** Gives up on the documents of one cause: their days count as complete without them. */
export function dismissCause(cause: string, reason: string) {
  return send<{ dismissed: number }>('POST', '/problems/dismiss', { cause, reason });
}

/** Has the documents of one cause read again, from what was kept of them. */
export function replayCause(cause: string) {
  return send<{ asked: number }>('POST', '/problems/replay', { cause });
}
