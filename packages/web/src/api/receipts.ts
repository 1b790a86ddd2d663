import { useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import type { components } from './schema.ts';

export type ReceiptDetail = components['schemas']['ReceiptDetail'];
export type ReceiptVersionDetail = components['schemas']['ReceiptVersionDetail'];

export function useReceipt(posAccountId: string, saleId: string) {
  return useQuery({
    queryKey: ['receipt', posAccountId, saleId],
    queryFn: ({ signal }) => get<ReceiptDetail>(`/receipts/${posAccountId}/${encodeURIComponent(saleId)}`, {}, signal),
  });
}

/** One stored version with the POS's own document; null asks for none. A version never changes, so it is fetched once. */
export function useReceiptVersion(posAccountId: string, saleId: string, version: number | null) {
  return useQuery({
    queryKey: ['receipt', posAccountId, saleId, version],
    queryFn: ({ signal }) =>
      get<ReceiptVersionDetail>(
        `/receipts/${posAccountId}/${encodeURIComponent(saleId)}/versions/${String(version)}`,
        {},
        signal,
      ),
    enabled: version !== null,
    staleTime: Infinity,
  });
}
