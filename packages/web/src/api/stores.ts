import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { figureLists } from './action.ts';
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
export const storeLists = ['stores', 'departments', 'shops', 'mappings', ...figureLists, 'notifications'] as const;

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

/** Gives a shop's zone back to the till; with `preview` it only says how many sales would move. */
export function handBackCalendar(shop: ShopOf, preview: boolean) {
  return send<CalendarAnswer>('POST', `${shopPath(shop)}/calendar/hand-back`, { preview });
}

/** What mappings would move, before they are saved; asked only while there is something to save. */
export function useMappingPreview(body: Schemas['MappingsBody'], enabled: boolean) {
  return useQuery({
    queryKey: ['mappings', 'preview', body],
    queryFn: () => send<Schemas['MappingPreview']>('POST', '/mappings/preview', body),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export type OpeningHours = Schemas['OpeningHours'];
type ShopOf = Pick<Shop, 'posAccountId' | 'shopId'>;

function shopPath({ posAccountId, shopId }: ShopOf): string {
  return `/shops/${posAccountId}/${encodeURIComponent(shopId)}`;
}

/** When a shop is open, as dated rows; none: nothing is stated. */
export function useOpeningHours(shop: ShopOf) {
  return useQuery({
    queryKey: ['hours', shop.posAccountId, shop.shopId],
    queryFn: ({ signal }) => get<{ items: OpeningHours[] }>(`${shopPath(shop)}/opening-hours`, {}, signal),
  });
}

export function saveOpeningHours(shop: ShopOf, body: Schemas['OpeningHoursBody']) {
  return send('PUT', `${shopPath(shop)}/opening-hours`, body);
}

/** Days marked as closed, of a range. */
export function useClosedDays(shop: ShopOf, from: string, to: string) {
  return useQuery({
    queryKey: ['hours', 'closed', shop.posAccountId, shop.shopId, from, to],
    queryFn: ({ signal }) =>
      get<{ items: { day: string; reason: string }[] }>(`${shopPath(shop)}/closed-days`, { from, to }, signal),
  });
}

export function markClosed(shop: ShopOf, day: string, reason: string) {
  return send('PUT', `${shopPath(shop)}/closed-days/${day}`, { reason });
}

export function unmarkClosed(shop: ShopOf, day: string) {
  return send('DELETE', `${shopPath(shop)}/closed-days/${day}`);
}

export type MappingPasteAnswer = Schemas['MappingPasteAnswer'];
export type MappingChange = Schemas['MappingHistory']['items'][number];

/** Mappings as a pasted table; with `preview` it only says which lines are understood. */
export function pasteMappings(body: Schemas['MappingPaste']) {
  return send<MappingPasteAnswer>('POST', '/mappings/paste', body);
}
