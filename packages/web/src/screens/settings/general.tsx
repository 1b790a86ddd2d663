import { Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { useConnections } from '../../api/connections.ts';
import { changeSettings, type Settings, useSettings } from '../../api/people.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { type Permission, useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { ZoneInput } from '../stores/zone-input.tsx';
import { linesOf, linksOf } from './links.ts';

/** General settings: the organization's own, Budget & Weekly Balance, and contacts (W1, W2, W9). */
export function GeneralSettings() {
  const settings = useSettings();
  return (
    <StatePanel query={settings}>
      {(data) => (
        <Stack gap="xl" maw={720}>
          <General settings={data} />
          <Balance settings={data} />
          <Contacts settings={data} />
        </Stack>
      )}
    </StatePanel>
  );
}

interface PartProps {
  readonly part: 'general' | 'balance' | 'contacts';
  readonly permission: Permission;
  readonly title: string;
  readonly text?: string;
  readonly read: (form: HTMLFormElement) => object;
  readonly children: ReactNode;
}

/** One form of the settings with its own *Save*; who may not change it sees why and whom to ask. */
function Part({ part, permission, title, text, read, children }: PartProps) {
  const { t } = useTranslation();
  const mayWrite = useMay(permission);
  const saving = useAction((form: HTMLFormElement) => changeSettings(part, read(form)), ['settings', 'me', 'support']);
  return (
    <Section title={title} {...(text === undefined ? {} : { text })}>
      <RefusalNote permission={permission} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate(event.currentTarget);
        }}
      >
        <Stack gap="sm">
          <fieldset disabled={!mayWrite} className="tw-fieldset">
            <Stack gap="sm">{children}</Stack>
          </fieldset>
          <ProblemAlert error={saving.error} />
          <Group gap="sm">
            <GuardedButton type="submit" permission={permission} loading={saving.isPending}>
              {t('settings.save')}
            </GuardedButton>
            {saving.isSuccess && (
              <Text size="sm" role="status">
                {t('settings.saved')}
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' });
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  value: String(day),
  label: weekday.format(MONDAY + (day - 1) * DAY_MS),
}));

function General({ settings: { general } }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  return (
    <Part
      part="general"
      permission="settings:write"
      title={t('settings.general')}
      read={(form) => {
        const text = formText(form);
        return {
          name: text('name').trim(),
          timeZone: text('timeZone').trim(),
          currency: text('currency').trim().toUpperCase(),
          weekStart: Number(text('weekStart')),
          nightlyAt: text('nightlyAt'),
        };
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput name="name" label={t('general.name')} defaultValue={general.name} required maxLength={100} />
        <ZoneInput label={t('general.timeZone')} defaultValue={general.timeZone} required />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput
          name="currency"
          label={t('general.currency')}
          defaultValue={general.currency}
          required
          minLength={3}
          maxLength={3}
        />
        <NativeSelect name="weekStart" label={t('general.weekStart')} defaultValue={String(general.weekStart)} data={weekdays} />
        <TextInput
          name="nightlyAt"
          type="time"
          label={t('general.nightlyAt')}
          title={t('general.nightlyHint')}
          defaultValue={general.nightlyAt}
          required
        />
      </SimpleGrid>
    </Part>
  );
}

function Balance({ settings: { balance } }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const connections = useConnections(useMay('connections:read'));
  return (
    <Part
      part="balance"
      permission="balance:configure"
      title={t('general.budget')}
      read={(form) => {
        const text = formText(form);
        return {
          multipleCashRegisters: text('multipleCashRegisters') === 'on',
          posImport: text('posImport') === 'on',
          posConnectionId: text('posConnectionId') || null,
          autoConfirm: text('autoConfirm') === 'on',
          autoConfirmAt: text('autoConfirmAt'),
        };
      }}
    >
      <Checkbox
        name="multipleCashRegisters"
        label={t('general.multipleCashRegisters')}
        description={t('general.multipleHint')}
        defaultChecked={balance.multipleCashRegisters}
      />
      <Checkbox name="posImport" label={t('general.posImport')} defaultChecked={balance.posImport} />
      <NativeSelect
        // Drawn anew when the connections come, or the stored one would not be among the choices.
        key={connections.data?.items.length ?? 0}
        name="posConnectionId"
        label={t('general.posConnection')}
        defaultValue={balance.posConnectionId ?? ''}
        data={[
          { value: '', label: t('general.anyConnection') },
          ...(connections.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Group gap="md" align="flex-end">
        <Checkbox name="autoConfirm" label={t('general.autoConfirm')} defaultChecked={balance.autoConfirm} mb={8} />
        <TextInput
          name="autoConfirmAt"
          type="time"
          label={t('general.autoConfirmAt')}
          defaultValue={balance.autoConfirmAt}
          required
        />
      </Group>
    </Part>
  );
}

function Contacts({ settings: { integrationContact, support } }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  return (
    <Part
      part="contacts"
      permission="settings:write"
      title={t('general.contacts')}
      read={(form) => {
        const text = formText(form);
        const contact = (prefix: string) => ({
          name: text(`${prefix}Name`).trim(),
          email: text(`${prefix}Email`).trim(),
          phone: text(`${prefix}Phone`).trim(),
        });
        return {
          integrationContact: contact('integration'),
          support: { ...contact('support'), hours: text('hours').trim(), links: linksOf(text('links')) },
        };
      }}
    >
      <Contact
        prefix="integration"
        title={t('general.integrationContact')}
        text={t('general.integrationHint')}
        contact={integrationContact}
      />
      <Contact prefix="support" title={t('general.support')} text={t('general.supportHint')} contact={support} />
      <TextInput name="hours" label={t('general.hours')} defaultValue={support.hours} maxLength={200} />
      <Textarea
        name="links"
        label={t('general.links')}
        defaultValue={linesOf(support.links)}
        autosize
        minRows={2}
        maxLength={10_000}
      />
    </Part>
  );
}

interface ContactProps {
  readonly prefix: string;
  readonly title: string;
  readonly text: string;
  readonly contact: Settings['integrationContact'];
}

function Contact({ prefix, title, text, contact }: ContactProps) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {text}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput name={`${prefix}Name`} label={t('general.contactName')} defaultValue={contact.name} maxLength={200} />
        <TextInput name={`${prefix}Email`} type="email" label={t('general.email')} defaultValue={contact.email} maxLength={254} />
        <TextInput name={`${prefix}Phone`} label={t('general.phone')} defaultValue={contact.phone} maxLength={50} />
      </SimpleGrid>
    </div>
  );
}
