import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { TurnoverSearch } from '../screens/turnover/search.ts';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

export type TurnoverAnswer = components['schemas']['Turnover'];
export type TurnoverCell = components['schemas']['TurnoverCell'];
export type TurnoverColumn = components['schemas']['TurnoverColumn'];
export type ReceiptList = components['schemas']['ReceiptList'];
type MeasureDefinition = components['schemas']['MeasureDefinition'];

export function useTurnover({ from, to, by, group = 'department', measure, compare }: TurnoverSearch) {
  return useQuery({
    queryKey: ['turnover', from, to, by, group, measure, compare],
    queryFn: ({ signal }) =>
      get<TurnoverAnswer>('/turnover', { from, to, by, group, measure, ...(compare === 'none' ? {} : { compare }) }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useMeasures() {
  return useQuery({
    queryKey: ['measures'],
    queryFn: ({ signal }) => get<{ measures: MeasureDefinition[] }>('/measures', {}, signal),
    staleTime: Infinity,
  });
}

/** Which receipts: those behind one cell of the grid. */
export interface ReceiptsOf {
  readonly from: string;
  readonly to: string;
  readonly hours: readonly string[];
  /** A department id or `unmapped`; left out: every one. */
  readonly department?: string;
  readonly store?: string;
  /** With `localHour`, those behind a cell of the heat map: 1 is Monday, and an hour of the clock on the wall, 10:00. */
  readonly weekday?: number;
  readonly localHour?: string;
  /** Only those that add something to it; left out: every one. */
  readonly measure?: string;
}

export function useReceipts({ from, to, hours, ...only }: ReceiptsOf) {
  return useInfiniteQuery({
    queryKey: ['receipts', from, to, hours, only],
    queryFn: ({ signal, pageParam }) =>
      get<ReceiptList>('/receipts', { day: from, to, hour: hours, ...only, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

export type TurnoverSettings = components['schemas']['TurnoverSettings'];

/** Which preset and tax basis the planner's names follow. */
export function useTurnoverSettings() {
  return useQuery({
    queryKey: ['measures', 'settings'],
    queryFn: ({ signal }) => get<TurnoverSettings>('/measures/settings', {}, signal),
  });
}

export function saveTurnoverSettings(body: TurnoverSettings) {
  return send<TurnoverSettings>('PUT', '/measures/settings', body);
}
