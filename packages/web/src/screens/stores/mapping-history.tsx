import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCursorList } from '../../api/cursor-list.ts';
import type { MappingChange } from '../../api/stores.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDate } from '../../shared/days.ts';
import { Moment } from '../../shared/moment.tsx';
import { Pages } from '../../shared/pages.tsx';
import { BEGINNING } from './mapping-rows.ts';

type Side = MappingChange['before'];

/** Who changed which mapping when, and what it was before; folded. */
export function MappingHistory() {
  const { t } = useTranslation();
  const history = useCursorList<MappingChange>('mappings', '/mappings/history', { limit: 25 });
  const side = (list: Side) =>
    list.length === 0
      ? t('stores.historyUnmapped')
      : list
          .map(({ departmentName, registerId, from, until }) => {
            const source = registerId === null ? '' : `${registerId}: `;
            const begins = from === BEGINNING ? '' : ` ${formatDate(from)} –`;
            return `${source}${departmentName}${begins}${until === null ? '' : ` – ${formatDate(until)}`}`;
          })
          .join(', ');
  const columns: Column<MappingChange>[] = [
    { id: 'at', header: t('audit.at'), cell: ({ at }) => <Moment iso={at} /> },
    { id: 'who', header: t('audit.actor'), cell: ({ author }) => author?.name ?? '–' },
    { id: 'shop', header: t('stores.historyShop'), cell: ({ shopName }) => shopName },
    { id: 'changes', header: t('audit.changes'), cell: ({ before, after }) => `${side(before)} → ${side(after)}` },
  ];
  return (
    <details>
      <summary>
        <Text component="span" size="sm">
          {t('stores.history')}
        </Text>
      </summary>
      <Pages query={history} empty={<Text size="sm">{t('stores.historyNone')}</Text>}>
        {(items) => <DataTable caption={t('stores.history')} columns={columns} rows={items} rowKey={({ id }) => id} />}
      </Pages>
    </details>
  );
}
