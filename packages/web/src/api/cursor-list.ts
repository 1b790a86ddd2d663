import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from './client.ts';

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

interface CursorListOptions {
  readonly refetchInterval?: number;
  readonly enabled?: boolean;
}

/** A list of the API that goes on page by page; `list` names it for whoever changes it. */
export function useCursorList<T>(list: string, path: string, parameters: Query = {}, options: CursorListOptions = {}) {
  return useInfiniteQuery({
    queryKey: [list, 'pages', path, parameters],
    queryFn: ({ signal, pageParam }) => get<Page<T>>(path, { ...parameters, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    ...options,
  });
}
