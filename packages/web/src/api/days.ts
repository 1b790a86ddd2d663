import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import type { components } from './schema.ts';
import type { TurnoverAnswer } from './turnover.ts';

type Schemas = components['schemas'];
export type Change = Schemas['Change'];
export type ChangedReceipt = Schemas['ChangedReceipt'];
export type Author = Schemas['Author'];
export type DayLog = Schemas['DayLog'];
export type HeatMap = Schemas['HeatMap'];
export type VisitorCount = Schemas['VisitorCount'];
export type VisitorImportAnswer = Schemas['VisitorImportAnswer'];

/** One figure by weekday and hour of the clock on the wall. */
export function useHeatMap(from: string, to: string, measure: string) {
  return useQuery({
    queryKey: ['turnover', 'heat map', from, to, measure],
    queryFn: ({ signal }) => get<HeatMap>('/turnover/heatmap', { from, to, measure }, signal),
  });
}

/** One day of one department, or of all. `measures` empty: not asked yet. */
export function useDay(day: string, by: 'day' | 'hour', department: string | undefined, measures: readonly string[]) {
  return useQuery({
    queryKey: ['turnover', 'day', day, by, department, measures],
    queryFn: ({ signal }) => get<TurnoverAnswer>('/turnover', { from: day, to: day, by, department, measure: measures }, signal),
    enabled: measures.length > 0,
  });
}

/** P5: every step that brought a day's turnover. */
export function useDayLog(day: string, department: string | undefined) {
  return useQuery({
    queryKey: ['turnover', 'log', day, department],
    queryFn: ({ signal }) => get<DayLog>(`/days/${day}/log`, { department }, signal),
  });
}

/** Why the days of shops and departments are not complete. */
export function useCoverage(day: string) {
  return useQuery({
    queryKey: ['turnover', 'coverage', day],
    queryFn: ({ signal }) => get<Schemas['CoverageAnswer']>('/coverage', { from: day, to: day }, signal),
  });
}

export function useVisitors(day: string, department: string) {
  return useQuery({
    queryKey: ['visitors', day, department],
    queryFn: ({ signal }) => get<{ items: VisitorCount[] }>('/visitors', { from: day, to: day, department }, signal),
  });
}

export function saveVisitors(body: Schemas['VisitorsBody']) {
  return send('PUT', '/visitors', body);
}

/** Visitors as a table; with `dryRun` it only says which lines are understood. */
export function importVisitors(body: Schemas['VisitorImportBody']) {
  return send<VisitorImportAnswer>('POST', '/visitors/import', body);
}
