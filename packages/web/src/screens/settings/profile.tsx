import { Checkbox, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Me, useMe } from '../../api/me.ts';
import { changeEmail, changeName, changePassword } from '../../api/people.ts';
import { formText } from '../../shared/form.ts';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { SubmitRow } from './submit-row.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

const PASSWORD_MIN = 10;

/** What is one's own: name, address, password, second factor, sessions. */
export function Profile() {
  const me = useMe();
  return (
    <StatePanel query={me}>
      {(data) => {
        const { user } = data;
        return user === null ? null : (
          <Stack gap="xl" maw={640}>
            <Identity user={user} />
            <Password />
            <TwoFactor enabled={user.twoFactor} />
            <Sessions />
          </Stack>
        );
      }}
    </StatePanel>
  );
}

interface FormProps {
  readonly onSubmit: (form: HTMLFormElement) => void;
  readonly children: ReactNode;
}

function Form({ onSubmit, children }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event.currentTarget);
      }}
    >
      <Stack gap="sm">{children}</Stack>
    </form>
  );
}

function Identity({ user }: { readonly user: NonNullable<Me['user']> }) {
  const { t } = useTranslation();
  const naming = useAction((form: HTMLFormElement) => changeName(formText(form)('name').trim()), ['me', 'members']);
  const moving = useAction(
    (form: HTMLFormElement) => {
      const text = formText(form);
      return changeEmail({ email: text('email').trim(), password: text('password') });
    },
    ['me'],
  );
  return (
    <Section title={t('settings.profile')}>
      <Form onSubmit={(form) => naming.mutate(form)}>
        <TextInput name="name" label={t('profile.name')} defaultValue={user.name} required maxLength={100} autoComplete="name" />
        <SubmitRow action={naming} label={t('settings.save')} />
      </Form>
      <details>
        <summary>
          {t('profile.email')}: {user.email}
        </summary>
        <Form onSubmit={(form) => moving.mutate(form)}>
          <Text size="sm">{t('profile.emailHint')}</Text>
          <Group grow align="flex-end">
            <TextInput name="email" type="email" label={t('profile.newEmail')} required maxLength={254} />
            <PasswordInput name="password" label={t('profile.current')} required autoComplete="current-password" />
          </Group>
          <SubmitRow
            action={moving}
            label={t('profile.changeEmail')}
            done={t(moving.data?.mailed === false ? 'profile.emailNotMailed' : 'profile.emailMailed')}
          />
        </Form>
      </details>
    </Section>
  );
}

function Password() {
  const { t } = useTranslation();
  const changing = useAction(
    (form: HTMLFormElement) => {
      const text = formText(form);
      return changePassword({
        currentPassword: text('current'),
        newPassword: text('new'),
        revokeOtherSessions: text('others') === 'on',
      });
    },
    ['sessions'],
  );
  return (
    <Section title={t('profile.password')}>
      <Form
        onSubmit={(form) =>
          changing.mutate(form, {
            onSuccess: () => form.reset(),
          })
        }
      >
        <Group grow align="flex-end">
          <PasswordInput name="current" label={t('profile.current')} required autoComplete="current-password" />
          <PasswordInput
            name="new"
            label={t('profile.new')}
            description={t('profile.newHint')}
            required
            minLength={PASSWORD_MIN}
            autoComplete="new-password"
          />
        </Group>
        <Checkbox name="others" label={t('profile.others')} defaultChecked />
        <SubmitRow action={changing} label={t('profile.changePassword')} done={t('profile.passwordChanged')} />
      </Form>
    </Section>
  );
}
