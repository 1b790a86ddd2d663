import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.ts';
import { useMappingPreview } from '../../api/stores.ts';
import { formatPeriod } from '../../shared/days.ts';
import { formatMoney } from '../../shared/money.ts';

/** Before saving: which figures would move from where to where. A mapping that cannot be saved says so when it is. */
export function MappingMoves({ body }: { readonly body: components['schemas']['MappingsBody'] }) {
  const { t } = useTranslation();
  const preview = useMappingPreview(body, body.shops.length > 0);
  const found = preview.data;
  if (found === undefined || preview.isError) return null;
  return (
    <Alert variant="outline" color="gray" p="xs" title={t('moves.title')} role="status">
      {found.moves.length === 0 && <Text size="sm">{t('moves.none')}</Text>}
      {found.moves.map(({ from, to, netSales, days, firstDay, lastDay }) => (
        <Text key={`${from?.id ?? ''}/${to?.id ?? ''}/${firstDay}`} size="sm">
          {t('moves.line', {
            count: days,
            amount: formatMoney(netSales, found, true),
            period: formatPeriod(firstDay, lastDay),
            from: from?.name ?? t('moves.nobody'),
            to: to?.name ?? t('moves.nobody'),
          })}
        </Text>
      ))}
      {found.confirmedDays > 0 && <Text size="sm">{t('moves.confirmed', { count: found.confirmedDays })}</Text>}
    </Alert>
  );
}
