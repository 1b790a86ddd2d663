import { Checkbox, Group, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type OpeningHours, saveOpeningHours, type Shop } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { weekdayName } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { BEGINNING } from './mapping-rows.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const OPEN = '09:00';
const CLOSE = '18:00';

/** The week of a shop from a day on: which weekdays it is open, and when; past midnight where it closes before it opens. */
export function ChangeHours({ shop, now }: { readonly shop: Shop; readonly now: OpeningHours | undefined }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const saving = useAction(
    (form: HTMLFormElement) => {
      const text = formText(form);
      return saveOpeningHours(shop, {
        from: text('from') || BEGINNING,
        hours: WEEKDAYS.filter((weekday) => text(`open-${weekday}`) !== '').map((weekday) => ({
          weekday,
          open: text(`open-${weekday}`),
          close: text(`close-${weekday}`),
        })),
      });
    },
    ['hours', 'turnover', 'overview'],
  );
  return (
    <>
      <GuardedButton
        size="xs"
        variant="default"
        permission="stores:write"
        aria-label={t('hours.edit', { shop: shop.name })}
        onClick={open}
      >
        {t('hours.change')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('hours.edit', { shop: shop.name })}
        text=""
        submit={t('hours.save')}
        pending={saving.isPending}
        error={saving.error}
        onClose={close}
        onConfirm={(form) => saving.mutate(form, { onSuccess: close })}
      >
        <TextInput name="from" type="date" label={t('hours.changeFrom')} />
        {WEEKDAYS.map((weekday) => (
          <Weekday key={weekday} weekday={weekday} now={now} />
        ))}
      </Confirm>
    </>
  );
}

function Weekday({ weekday, now }: { readonly weekday: number; readonly now: OpeningHours | undefined }) {
  const { t } = useTranslation();
  const stated = now?.hours.find((one) => one.weekday === weekday);
  const [open, setOpen] = useState(now === undefined || stated !== undefined);
  const name = weekdayName(weekday);
  return (
    <Group gap="sm" wrap="nowrap" h={36}>
      <Checkbox w={90} label={name} checked={open} onChange={(event) => setOpen(event.currentTarget.checked)} />
      {open ? (
        <>
          <TextInput
            name={`open-${weekday}`}
            type="time"
            aria-label={t('hours.opens', { weekday: name })}
            defaultValue={stated?.open ?? OPEN}
            required
          />
          <TextInput
            name={`close-${weekday}`}
            type="time"
            aria-label={t('hours.closes', { weekday: name })}
            defaultValue={stated?.close ?? CLOSE}
            required
          />
        </>
      ) : (
        t('hours.closed')
      )}
    </Group>
  );
}
