import { Code, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { useAction } from '../../api/action.ts';
import { disableTwoFactor, enableTwoFactor, verifyTotp } from '../../api/people.ts';
import { CopyField } from '../../shared/copy-field.tsx';
import { formText } from '../../shared/form.ts';
import { Section } from '../../shared/section.tsx';
import { SubmitRow } from './submit-row.tsx';

/** Two-factor sign-in: on with a scanned code, off with the password. */
export function TwoFactor({ enabled }: { readonly enabled: boolean }) {
  const { t } = useTranslation();
  const enabling = useAction(enableTwoFactor, []);
  const disabling = useAction(disableTwoFactor, ['me', 'members']);
  const action = enabled ? disabling : enabling;
  return (
    <Section title={t('profile.twoFactor')} text={t(enabled ? 'profile.twoFactorOn' : 'profile.twoFactorOff')}>
      {!enabled && enabling.data !== undefined ? (
        <Verify uri={enabling.data.totpURI} backupCodes={enabling.data.backupCodes} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            action.mutate(formText(event.currentTarget)('password'));
          }}
        >
          <Stack gap="sm" maw={320}>
            <PasswordInput name="password" label={t('profile.current')} required autoComplete="current-password" />
            <SubmitRow action={action} label={t(enabled ? 'profile.turnOff' : 'profile.turnOn')} />
          </Stack>
        </form>
      )}
    </Section>
  );
}

function Verify({ uri, backupCodes }: { readonly uri: string; readonly backupCodes: readonly string[] }) {
  const { t } = useTranslation();
  const verifying = useAction(verifyTotp, ['me', 'members']);
  return (
    <Stack gap="sm">
      <Text size="sm">{t('profile.scan')}</Text>
      <img
        alt={t('profile.qr')}
        width={200}
        height={200}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`}
      />
      <CopyField label={t('profile.secret')} value={uri} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          verifying.mutate(formText(event.currentTarget)('code').trim());
        }}
      >
        <Stack gap="sm" maw={320}>
          <TextInput
            name="code"
            label={t('profile.code')}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
          />
          <SubmitRow action={verifying} label={t('profile.verify')} />
        </Stack>
      </form>
      <Text size="sm" fw={600}>
        {t('profile.backup')}
      </Text>
      <Text size="sm">{t('profile.backupText')}</Text>
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing={4} role="group" aria-label={t('profile.backup')}>
        {backupCodes.map((code) => (
          <Code key={code}>{code}</Code>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
