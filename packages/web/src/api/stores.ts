import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Store = Schemas['Store'];
export type Department = Schemas['DepartmentDetail'];
export type Shop = Schemas['Shop'];
export type Mapping = Schemas['Mapping'];
export type MappingInput = Schemas['MappingInput'];
export type CalendarAnswer = Schemas['CalendarAnswer'];

/** What changes with any edit of stores, departments, shops or mappings. */
export const storeLists = ['stores', 'departments', 'shops', 'mappings', 'overview', 'turnover', 'notifications'] as const;

export function useStores(enabled = true) {
  return useQuery({
    queryKey: ['stores'],
    queryFn: ({ signal }) => get<{ stores: Store[] }>('/stores', {}, signal),
    enabled,
  });
}

export function useDepartments() {
  return useQuery({
    queryKey: ['departments'],
    queryFn: ({ signal }) => get<{ departments: Department[] }>('/departments', {}, signal),
  });
}

/** The POS's shops with registers, calendar and mappings. */
export function useShops(enabled = true) {
  return useQuery({
    queryKey: ['shops'],
    queryFn: ({ signal }) => get<{ shops: Shop[] }>('/shops', {}, signal),
    enabled,
  });
}

export function useMappings() {
  return useQuery({
    queryKey: ['mappings'],
    queryFn: ({ signal }) => get<{ mappings: Mapping[] }>('/mappings', {}, signal),
  });
}

export function createStore(body: Schemas['StoreBody']) {
  return send<Store>('POST', '/stores', body);
}

export function updateStore(id: string, body: Schemas['StoreBody']) {
  return send<Store>('PUT', `/stores/${id}`, body);
}

export function saveDepartment(id: string | null, body: Schemas['DepartmentBody']) {
  return id === null
    ? send<Schemas['Department']>('POST', '/departments', body)
    : send<Schemas['Department']>('PUT', `/departments/${id}`, body);
}

export function saveMappings(body: Schemas['MappingsBody']) {
  return send<{ mappings: Mapping[] }>('PUT', '/mappings', body);
}

/** Sets a shop's zone and day start from a day on; with `preview` it only says how many sales would move. */
export function changeCalendar({ posAccountId, shopId }: Pick<Shop, 'posAccountId' | 'shopId'>, body: Schemas['CalendarBody']) {
  return send<CalendarAnswer>('PUT', `/shops/${posAccountId}/${encodeURIComponent(shopId)}/calendar`, body);
}

/** Maps a department in the words of the planner's form: POS client number and terminal numbers (W3, D20). */
export function savePosNumbers(id: string, body: { clientNumber: string; terminalNumbers: readonly string[]; from?: string }) {
  return send('PUT', `/departments/${id}/pos-numbers`, body);
}

export type MappingPasteAnswer = Schemas['MappingPasteAnswer'];
export type MappingChange = Schemas['MappingHistory']['items'][number];

/** Mappings as a pasted table; with `preview` it only says which lines are understood. */
export function pasteMappings(body: Schemas['MappingPaste']) {
  return send<MappingPasteAnswer>('POST', '/mappings/paste', body);
}
