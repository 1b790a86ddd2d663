import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMay } from '../shared/permission.ts';
import { get } from './client.ts';
import type { components } from './schema.ts';
import { useStores } from './stores.ts';

type ReceiptList = components['schemas']['ReceiptList'];
const SHOWN_MAX = 6;

/** Receipts whose number or POS id begins with the text, and stores and departments that contain it: as far as one may read them. */
export function useSearch(text: string) {
  const mayReceipts = useMay('receipts:read');
  const mayStores = useMay('stores:read');
  const words = text.trim().toLowerCase();
  const receipts = useQuery({
    queryKey: ['search', words],
    queryFn: ({ signal }) => get<ReceiptList>('/receipts', { q: text.trim(), limit: SHOWN_MAX }, signal),
    enabled: words !== '' && mayReceipts,
    placeholderData: keepPreviousData,
  });
  const stores = useStores(mayStores && words !== '');
  const named = (name: string) => words !== '' && name.toLowerCase().includes(words);
  const all = stores.data?.stores ?? [];
  return {
    failed: receipts.isError,
    pending: receipts.isFetching,
    receipts: words === '' ? [] : (receipts.data?.items ?? []),
    stores: all.filter(({ name }) => named(name)).slice(0, SHOWN_MAX),
    departments: all
      .flatMap(({ departments, name, id }) => departments.map((one) => ({ ...one, storeId: id, storeName: name })))
      .filter(({ name, storeName }) => named(name) && name !== storeName)
      .slice(0, SHOWN_MAX),
  };
}
