import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { type Shop, useShops } from '../../api/stores.ts';
import { useMay } from '../../shared/permission.ts';
import { ShopFreezer } from './freezer.tsx';

/** The POS shops of a connection, each with its own snowflake; folded, as most are never frozen alone. */
export function ShopList({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const shops = useShops(useMay('stores:read'));
  const own = (shops.data?.shops ?? []).filter(
    ({ posAccountId, archived }) => posAccountId === connection.posAccount?.id && !archived,
  );
  if (own.length === 0) return null;
  return (
    <details>
      <summary aria-label={t('card.shopsOf', { name: connection.name })}>
        <Text component="span" size="sm">
          {t('card.shops')} ({own.length})
        </Text>
      </summary>
      <Stack gap={4} mt={4}>
        {own.map((shop) => (
          <ShopLine key={shop.shopId} shop={shop} />
        ))}
      </Stack>
    </details>
  );
}

function ShopLine({ shop }: { readonly shop: Shop }) {
  const { t } = useTranslation();
  const frozen = shop.frozenAt !== null;
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text size="sm">
        {shop.name}
        {frozen && (
          <Text component="span" size="xs" fw={600} className="tw-well">
            {' '}
            ❄ {t('freeze.frozenShop')}
            {shop.frozenReason !== null && `: ${shop.frozenReason}`}
          </Text>
        )}
        {!shop.mapped && (
          <Text component="span" size="xs" fw={600} className="tw-warning">
            {' '}
            ⚠ {t('stores.unmapped')}
          </Text>
        )}
      </Text>
      <ShopFreezer shop={shop} frozen={frozen} />
    </Group>
  );
}
