import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import { useCursorList } from './cursor-list.ts';
import type { components, paths } from './schema.ts';

type Schemas = components['schemas'];
export type Reconcile = Schemas['Reconcile'];
export type ReconcileBody = Schemas['ReconcileBody'];
type PresetList = paths['/api/v1/reconciles/presets']['get']['responses'][200]['content']['application/json'];
export type Preset = PresetList['presets'][number];

export function usePresets() {
  return useQuery({
    queryKey: ['reconciles', 'presets'],
    queryFn: ({ signal }) => get<PresetList>('/reconciles/presets', {}, signal),
    staleTime: Infinity,
  });
}

/** Comparisons made before, newest first. */
export function useReconciles() {
  return useCursorList<Reconcile>('reconciles', '/reconciles', { limit: 25 });
}

export function useReconcile(id: string) {
  return useQuery({
    queryKey: ['reconciles', 'one', id],
    queryFn: ({ signal }) => get<Reconcile>(`/reconciles/${id}`, {}, signal),
  });
}

export function runReconcile(body: ReconcileBody) {
  return send<Reconcile>('POST', '/reconciles', body);
}

export function signOffReconcile(id: string, note: string) {
  return send<Reconcile>('POST', `/reconciles/${id}/sign-off`, { note });
}
