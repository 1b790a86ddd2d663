import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import type { components } from './schema.ts';

export type Me = components['schemas']['Me'];

/** Who is signed in, for which organization, and what they may do. Errors with status 401 when nobody is. */
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/me', {}, signal), staleTime: 60_000 });

export function useMe() {
  return useQuery(meQuery);
}
