import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from './state-panel.tsx';

interface Page<T> {
  readonly items: readonly T[];
}

interface PagesProps<T> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  readonly empty: ReactNode;
  readonly children: (items: readonly T[]) => ReactNode;
}

/** A list that comes page by page, with a button for more. */
export function Pages<T>({ query, empty, children }: PagesProps<T>) {
  const { t } = useTranslation();
  return (
    <StatePanel query={query} isEmpty={({ pages }) => (pages[0]?.items.length ?? 0) === 0} empty={empty}>
      {({ pages }) => (
        <>
          {children(pages.flatMap(({ items }) => items))}
          {query.hasNextPage && (
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('activity.more')}
            </Button>
          )}
        </>
      )}
    </StatePanel>
  );
}
