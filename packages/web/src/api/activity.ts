import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import type { components } from './schema.ts';

export type Run = components['schemas']['Run'];
export type Problems = components['schemas']['Problems'];
const REFRESH_MS = 10_000;

/** Runs, newest first, page by page. */
export function useRuns() {
  return useInfiniteQuery({
    queryKey: ['runs', 'list'],
    queryFn: ({ signal, pageParam }) => get<components['schemas']['Runs']>('/runs', { cursor: pageParam, limit: 25 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}

export function useProblems() {
  return useQuery({
    queryKey: ['problems'],
    queryFn: ({ signal }) => get<Problems>('/problems', {}, signal),
    refetchInterval: REFRESH_MS,
  });
}
