import { useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import type { components } from './schema.ts';

export type OverviewAnswer = components['schemas']['Overview'];
const REFRESH_MS = 30_000;

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => get<OverviewAnswer>('/overview', {}, signal),
    refetchInterval: REFRESH_MS,
  });
}
