import { Button, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import type { components } from '../api/schema.ts';
import { useRefusal } from '../shared/permission.ts';
import { StatePanel } from '../shared/state-panel.tsx';

type Support = components['schemas']['Support'];

/** Whom to turn to, and the diagnostic bundle to attach (W9). */
export function SupportPanel() {
  const { t } = useTranslation();
  const support = useQuery({ queryKey: ['support'], queryFn: ({ signal }) => get<Support>('/support', {}, signal) });
  const refusal = useRefusal('support:read');
  return (
    <>
      <Stack gap="xs" component="section" aria-label={t('help.operator')}>
        <Title order={2}>{t('help.operator')}</Title>
        <StatePanel query={support}>{(data) => <Contact support={data} />}</StatePanel>
      </Stack>
      <Stack gap="xs" align="flex-start" component="section" aria-label={t('help.bundle')}>
        <Title order={2}>{t('help.bundle')}</Title>
        <Text size="sm">{refusal ?? t('help.bundleText')}</Text>
        {refusal === null && (
          <Button component="a" href="/api/v1/support/bundle" download size="xs" variant="default">
            {t('help.download')}
          </Button>
        )}
      </Stack>
    </>
  );
}

function Contact({ support: { contact, hours, links } }: { readonly support: Support }) {
  const { t } = useTranslation();
  const { name, email, phone } = contact;
  if (name === '' && email === '' && phone === '' && hours === '' && links.length === 0)
    return <Text size="sm">{t('help.noContact')}</Text>;
  return (
    <>
      <Text size="sm">
        {name} {phone}
      </Text>
      {email !== '' && (
        <a className="tw-link" href={`mailto:${email}`}>
          {email}
        </a>
      )}
      {hours !== '' && (
        <Text size="sm">
          {t('help.hours')}: {hours}
        </Text>
      )}
      {links.length > 0 && (
        <List size="sm">
          {links.map(({ label, url }) => (
            <List.Item key={url}>
              <a className="tw-link" href={url} rel="noopener noreferrer" target="_blank">
                {label}
              </a>
            </List.Item>
          ))}
        </List>
      )}
    </>
  );
}
