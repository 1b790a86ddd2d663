import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { useConnections } from '../../api/connections.ts';
import { type Preset, runReconcile, usePresets } from '../../api/reconciles.ts';
import { type Shop, useShops } from '../../api/stores.ts';
import { addDays, today } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { minorDigitsOf, minorUnitsOf } from '../../shared/money.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

/** Which report of which account, of which store and days; the POS's figure is read, or typed where the POS has no API for it. */
export function NewReconcile() {
  const { t } = useTranslation();
  const presets = usePresets();
  const shops = useShops();
  return (
    <StatePanel query={shops} isEmpty={(data) => data.shops.length === 0} empty={<Text>{t('reconcile.noPreset')}</Text>}>
      {({ shops: known }) => <StatePanel query={presets}>{(data) => <Form presets={data.presets} shops={known} />}</StatePanel>}
    </StatePanel>
  );
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly provider: Shop['provider'];
}

function Form({ presets, shops }: { readonly presets: readonly Preset[]; readonly shops: readonly Shop[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accounts = accountsOf(shops);
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '');
  const [presetName, setPresetName] = useState('');
  const [mistyped, setMistyped] = useState(false);
  const account = accounts.find(({ id }) => id === accountId);
  const offered = presets.filter(({ provider }) => provider === account?.provider);
  const preset = offered.find(({ name }) => name === presetName) ?? offered[0];
  const connections = useConnections();
  const currency = connections.data?.items.find(({ posAccount }) => posAccount?.id === accountId)?.posAccount?.currency ?? 'EUR';
  const comparing = useAction(runReconcile, ['reconciles']);
  const yesterday = addDays(today(), -1);
  if (account === undefined || preset === undefined) return <Text size="sm">{t('reconcile.noPreset')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = formText(event.currentTarget);
        const typedText = text('typed').trim();
        const typed = typedText === '' ? null : minorUnitsOf(typedText, minorDigitsOf(currency));
        setMistyped(typed === undefined);
        if (typed === undefined) return;
        comparing.mutate(
          {
            preset: preset.name,
            posAccountId: account.id,
            shopId: text('shop') === '' ? null : text('shop'),
            from: text('from'),
            to: text('to'),
            typed,
          },
          { onSuccess: ({ id }) => void navigate({ to: '/reconcile/$id', params: { id } }) },
        );
      }}
    >
      <Stack gap="sm" maw={720}>
        <Group align="flex-start" grow preventGrowOverflow={false}>
          {accounts.length > 1 && (
            <NativeSelect
              label={t('reconcile.account')}
              value={accountId}
              onChange={(event) => setAccountId(event.currentTarget.value)}
              data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
              miw={200}
            />
          )}
          <NativeSelect
            label={t('reconcile.preset')}
            description={preset.description}
            value={preset.name}
            onChange={(event) => setPresetName(event.currentTarget.value)}
            data={offered.map(({ name }) => ({ value: name, label: t(`reconcile.presets.${name}`) }))}
            miw={260}
          />
        </Group>
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <NativeSelect
            key={account.id}
            name="shop"
            label={t('reconcile.shop')}
            data={[
              { value: '', label: t('reconcile.everyShop') },
              ...shops
                .filter(({ posAccountId }) => posAccountId === account.id)
                .map(({ shopId, name }) => ({ value: shopId, label: name })),
            ]}
            miw={200}
          />
          <TextInput name="from" type="date" label={t('reconcile.from')} defaultValue={yesterday} required miw={140} />
          <TextInput name="to" type="date" label={t('reconcile.to')} defaultValue={yesterday} required miw={140} />
        </Group>
        <TextInput
          name="typed"
          label={t('reconcile.typed')}
          description={t(preset.source === 'typed' ? 'reconcile.typedHint' : 'reconcile.typedOptional')}
          inputMode="decimal"
          autoComplete="off"
          required={preset.source === 'typed'}
          error={mistyped && t('reconcile.typedWrong')}
          maw={300}
        />
        <ProblemAlert error={comparing.error} />
        <Group>
          <GuardedButton permission="stores:write" type="submit" loading={comparing.isPending}>
            {t('reconcile.run')}
          </GuardedButton>
        </Group>
      </Stack>
    </form>
  );
}

function accountsOf(shops: readonly Shop[]): Account[] {
  return [
    ...new Map(
      shops.map(({ posAccountId, posAccountName, provider }) => [
        posAccountId,
        { id: posAccountId, name: posAccountName, provider },
      ]),
    ).values(),
  ];
}
