import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import {
  markClosed,
  type OpeningHours,
  type Shop,
  type Store,
  unmarkClosed,
  useClosedDays,
  useOpeningHours,
} from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { addDays, formatDay, today, weekdayName } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { ChangeHours } from './change-hours.tsx';
import { BEGINNING } from './mapping-rows.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** Closed days are shown from a quarter back to a year ahead. */
const BACK = 90;
const AHEAD = 365;

/** When a store's POS shops are open, and which single days they were not; that tells a closed day from a zero. */
export function ShopHours({ store, shops }: { readonly store: Store; readonly shops: readonly Shop[] }) {
  const { t } = useTranslation();
  const own = shops.filter(({ mappings }) => mappings.some(({ storeId }) => storeId === store.id));
  if (own.length === 0) return <Text size="sm">{t('store.noShops')}</Text>;
  return own.map((shop) => <OfShop key={`${shop.posAccountId}/${shop.shopId}`} shop={shop} />);
}

function OfShop({ shop }: { readonly shop: Shop }) {
  const hours = useOpeningHours(shop);
  return (
    <Group gap="sm" align="flex-start" justify="space-between" maw={640}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <ProviderSymbol provider={shop.provider} />
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            {shop.name}
          </Text>
          <StatePanel query={hours}>{({ items }) => <Stated items={items} />}</StatePanel>
          <ClosedDays shop={shop} />
        </Stack>
      </Group>
      <Group gap="xs">
        <ChangeHours shop={shop} now={hours.data?.items.at(-1)} />
        <AddClosedDay shop={shop} />
      </Group>
    </Group>
  );
}

function Stated({ items }: { readonly items: readonly OpeningHours[] }) {
  const { t } = useTranslation();
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('hours.none')}
      </Text>
    );
  }
  return items.map(({ from, hours }) => (
    <Text key={from} size="sm">
      {from === BEGINNING ? t('hours.always') : t('hours.from', { day: formatDay(from) })}:{' '}
      {WEEKDAYS.map((weekday) => {
        const open = hours.filter((one) => one.weekday === weekday).map((one) => `${one.open}–${one.close}`);
        return `${weekdayName(weekday)} ${open.length === 0 ? t('hours.closed') : open.join(' ')}`;
      }).join(', ')}
    </Text>
  ));
}

function ClosedDays({ shop }: { readonly shop: Shop }) {
  const { t } = useTranslation();
  const days = useClosedDays(shop, addDays(today(), -BACK), addDays(today(), AHEAD));
  const opening = useAction((day: string) => unmarkClosed(shop, day), ['hours', 'turnover', 'overview']);
  const items = days.data?.items ?? [];
  return (
    <>
      {items.map(({ day, reason }) => (
        <Group key={day} gap="xs">
          <Text size="sm">
            ⊘ {formatDay(day)}: {reason}
          </Text>
          <GuardedButton
            size="compact-xs"
            variant="default"
            permission="stores:write"
            onClick={() => opening.mutate(day)}
            aria-label={t('hours.unmark', { day: formatDay(day) })}
          >
            {t('hours.reopen')}
          </GuardedButton>
        </Group>
      ))}
      <ProblemAlert error={opening.error} />
    </>
  );
}

function AddClosedDay({ shop }: { readonly shop: Shop }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const marking = useAction(
    (form: HTMLFormElement) => {
      const text = formText(form);
      return markClosed(shop, text('day'), text('reason').trim());
    },
    ['hours', 'turnover', 'overview'],
  );
  return (
    <>
      <GuardedButton
        size="xs"
        variant="default"
        permission="stores:write"
        aria-label={t('hours.addClosedOf', { shop: shop.name })}
        onClick={open}
      >
        {t('hours.addClosed')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('hours.addClosedOf', { shop: shop.name })}
        text={t('hours.closedText')}
        submit={t('hours.mark')}
        pending={marking.isPending}
        error={marking.error}
        onClose={close}
        onConfirm={(form) => marking.mutate(form, { onSuccess: close })}
      >
        <TextInput name="day" type="date" label={t('hours.day')} required />
        <TextInput name="reason" label={t('hours.reason')} required maxLength={200} autoComplete="off" />
      </Confirm>
    </>
  );
}
