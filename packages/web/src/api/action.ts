import { useMutation, useQueryClient } from '@tanstack/react-query';

/** What may show another figure once receipts, or where they count, have changed. */
export const figureLists = ['turnover', 'overview', 'receipts', 'receipt'] as const;

/** Something that changes what the server holds; afterwards, done or not, the lists named by their first key are asked for anew. */
export function useAction<TBody = void, TAnswer = unknown>(act: (body: TBody) => Promise<TAnswer>, lists: readonly string[]) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all(lists.map((list) => queryClient.invalidateQueries({ queryKey: [list] }))),
  });
}
