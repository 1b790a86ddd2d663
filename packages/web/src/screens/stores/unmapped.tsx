import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { useOverview } from '../../api/overview.ts';
import { createStore, type Shop, type Store, storeLists } from '../../api/stores.ts';
import { formatDay } from '../../shared/days.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { formatMoney } from '../../shared/money.ts';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { mostAlike } from './suggest.ts';

interface UnmappedProps {
  readonly shops: readonly Shop[];
  readonly stores: readonly Store[];
}

/** The POS shops whose sales reach no department, each with its amount at risk and the way to fix it; nothing when all are mapped (M9). */
export function Unmapped({ shops, stores }: UnmappedProps) {
  const { t } = useTranslation();
  const unmapped = shops.filter(({ mapped, archived }) => !mapped && !archived);
  if (unmapped.length === 0) return null;
  return (
    <Alert
      color="orange.9"
      variant="outline"
      title={t('stores.unmappedTitle')}
      role="region"
      aria-label={t('stores.unmappedTitle')}
    >
      <Stack gap="xs">
        <Text size="sm">{t('stores.unmappedText')}</Text>
        {unmapped.map((shop) => (
          <UnmappedShop key={`${shop.posAccountId}/${shop.shopId}`} shop={shop} stores={stores} />
        ))}
      </Stack>
    </Alert>
  );
}

function UnmappedShop({ shop, stores }: { readonly shop: Shop; readonly stores: readonly Store[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const making = useAction(createStore, storeLists);
  const alike = mostAlike(shop.name, stores);
  return (
    <Group gap="xs" justify="space-between">
      <Group gap="xs">
        <ProviderSymbol provider={shop.provider} />
        <Text size="sm" fw={600}>
          {shop.name}
        </Text>
        <AtRisk shop={shop} />
        <Text size="xs" c="dimmed">
          {t('stores.newSince', { day: formatDay(shop.firstSeenAt.slice(0, 10)) })}
        </Text>
      </Group>
      <Group gap="xs">
        {alike !== null && (
          <Button size="xs" onClick={() => void navigate({ to: '/stores/$storeId', params: { storeId: alike.id } })}>
            {t('stores.mapAt', { store: alike.name })}
          </Button>
        )}
        <GuardedButton
          size="xs"
          variant="default"
          permission="stores:write"
          loading={making.isPending}
          onClick={() =>
            making.mutate(
              { name: shop.name, timeZone: null },
              { onSuccess: ({ id }) => void navigate({ to: '/stores/$storeId', params: { storeId: id } }) },
            )
          }
        >
          {t('stores.newStoreOf')}
        </GuardedButton>
      </Group>
      <ProblemAlert error={making.error} />
    </Group>
  );
}

/** The pill *unmapped* with the amount that stands nowhere. */
export function AtRisk({ shop }: { readonly shop: Pick<Shop, 'posAccountId' | 'shopId'> }) {
  return useMay('overview:read') ? <AtRiskPill shop={shop} /> : null;
}

function AtRiskPill({ shop }: { readonly shop: Pick<Shop, 'posAccountId' | 'shopId'> }) {
  const { t } = useTranslation();
  const overview = useOverview();
  if (overview.data === undefined) return null;
  const risk = overview.data.unmapped.shops.find(
    ({ posAccountId, shopId }) => posAccountId === shop.posAccountId && shopId === shop.shopId,
  );
  return (
    <span className="tw-warning tw-pill">
      ⚠ {t('stores.unmapped')} ·{' '}
      {risk === undefined
        ? t('stores.noSalesYet')
        : t('stores.atRisk', { amount: formatMoney(risk.netSales, overview.data, true) })}
    </span>
  );
}
