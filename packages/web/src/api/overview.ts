import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import type { components } from './schema.ts';

export type OverviewAnswer = components['schemas']['Overview'];
const REFRESH_MS = 30_000;

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => get<OverviewAnswer>('/overview', {}, signal),
});

export function useOverview() {
  return useQuery({ ...overviewQuery, refetchInterval: REFRESH_MS });
}
