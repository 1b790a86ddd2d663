import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { changeCalendar, handBackCalendar, type Shop, type Store, storeLists } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { formatDay } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { formatQuantity } from '../../shared/money.ts';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { BEGINNING } from './mapping-rows.ts';
import { ZoneInput } from './zone-input.tsx';

const HOURS = 24;

/** When the days of a store's POS shops begin and by which clock; every change is dated and previewed (D17). */
export function ShopDays({ store, shops }: { readonly store: Store; readonly shops: readonly Shop[] }) {
  const { t } = useTranslation();
  const own = shops.filter(({ mappings }) => mappings.some(({ storeId }) => storeId === store.id));
  if (own.length === 0) return <Text size="sm">{t('store.noShops')}</Text>;
  return own.map((shop) => (
    <Group key={`${shop.posAccountId}/${shop.shopId}`} gap="sm" align="flex-start" justify="space-between" maw={640}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <ProviderSymbol provider={shop.provider} />
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            {shop.name}
          </Text>
          {shop.calendar.map(({ from, timeZone, dayStartHour, overridden }) => (
            <Text key={from} size="sm">
              {from === BEGINNING ? t('store.always') : formatDay(from)}: {t('store.dayStart')} {clock(dayStartHour)}, {timeZone}
              {overridden && ` (${t('handBack.own')})`}
            </Text>
          ))}
          {shop.posTimeZone !== null && shop.calendar.at(-1)?.timeZone !== shop.posTimeZone && (
            <Text size="xs" className="tw-warning">
              ⚠ {t('store.posZoneDiffers', { zone: shop.posTimeZone })}
            </Text>
          )}
        </Stack>
      </Group>
      <Group gap="xs">
        <ChangeDays shop={shop} />
        {shop.calendar.some(({ overridden }) => overridden) && <HandBack shop={shop} />}
      </Group>
    </Group>
  ));
}

function ChangeDays({ shop }: { readonly shop: Shop }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const now = shop.calendar.at(-1);
  const preview = useAction((form: HTMLFormElement) => changeCalendar(shop, { ...bodyOf(form), preview: true }), []);
  const change = useAction((form: HTMLFormElement) => changeCalendar(shop, { ...bodyOf(form), preview: false }), storeLists);
  const previewed = preview.data?.rebucketed;
  return (
    <>
      <GuardedButton
        size="xs"
        variant="default"
        permission="stores:write"
        aria-label={t('store.changeDays', { shop: shop.name })}
        onClick={() => {
          preview.reset();
          open();
        }}
      >
        {t('store.change')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('store.changeDays', { shop: shop.name })}
        text={t('store.daysText')}
        submit={t(previewed === undefined ? 'store.preview' : 'store.apply')}
        pending={preview.isPending || change.isPending}
        error={preview.error ?? change.error}
        onClose={close}
        onConfirm={(form) => (previewed === undefined ? preview.mutate(form) : change.mutate(form, { onSuccess: close }))}
      >
        {/* What was previewed is what is changed: another input asks for another look. */}
        <Stack gap="sm" onChange={() => preview.reset()}>
          <TextInput name="from" type="date" label={t('store.changeFrom')} />
          <NativeSelect
            name="dayStartHour"
            label={t('store.dayStart')}
            defaultValue={String(now?.dayStartHour ?? 0)}
            data={Array.from({ length: HOURS }, (_, hour) => ({ value: String(hour), label: clock(hour) }))}
          />
          <ZoneInput label={t('store.zone')} defaultValue={now?.timeZone ?? ''} required />
        </Stack>
        {previewed !== undefined && (
          <Text size="sm" role="status">
            <Moved count={previewed} />
          </Text>
        )}
      </Confirm>
    </>
  );
}

/** A zone set by hand goes back to what the till states; said beforehand how many sales would move. */
function HandBack({ shop }: { readonly shop: Shop }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const preview = useAction(() => handBackCalendar(shop, true), []);
  const handBack = useAction(() => handBackCalendar(shop, false), storeLists);
  const moved = preview.data?.rebucketed;
  return (
    <>
      <GuardedButton
        size="xs"
        variant="default"
        permission="stores:write"
        aria-label={t('handBack.named', { shop: shop.name })}
        onClick={() => {
          preview.mutate();
          open();
        }}
      >
        {t('handBack.button')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('handBack.named', { shop: shop.name })}
        text={t('handBack.text')}
        submit={t('handBack.button')}
        pending={preview.isPending || handBack.isPending}
        error={preview.error ?? handBack.error}
        onClose={close}
        onConfirm={() => handBack.mutate(undefined, { onSuccess: close })}
      >
        <Text size="sm" role="status">
          {moved !== undefined && <Moved count={moved} />}
        </Text>
      </Confirm>
    </>
  );
}

/** How many sales would move to another day or hour. */
function Moved({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return count === 0 ? t('store.previewedNone') : t('store.previewed', { count, formatted: formatQuantity(count) });
}

function bodyOf(form: HTMLFormElement) {
  const text = formText(form);
  return {
    from: text('from') || BEGINNING,
    timeZone: text('timeZone').trim(),
    dayStartHour: Number(text('dayStartHour')),
  };
}

/** 5 → "05:00" */
function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
