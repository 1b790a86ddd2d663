import { Grid, NavLink, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { ApiKeys } from './api-keys.tsx';
import { GeneralSettings } from './general.tsx';
import { MeasureSettings } from './measures.tsx';
import { Members } from './members.tsx';
import { NotificationRulesForm } from './notification-rules.tsx';
import { OAuthClients } from './oauth-clients.tsx';
import { Profile } from './profile.tsx';
import { type SectionId, sections } from './search.ts';
import { Tokens } from './tokens.tsx';

const route = getRouteApi('/shell/settings');

const contents: Record<SectionId, () => ReactNode> = {
  profile: Profile,
  general: GeneralSettings,
  measures: MeasureSettings,
  members: Members,
  oauthClients: OAuthClients,
  api: ApiKeys,
  tokens: Tokens,
  notifications: NotificationRulesForm,
};

/** What can be set: for oneself, and for the organization by those who may. */
export function Settings() {
  const { t } = useTranslation();
  const { section = 'profile' } = route.useSearch();
  const me = useMe();
  const may = (permission: string | null) =>
    permission === null || (me.data?.permissions.some((one) => one === permission) ?? false);
  const Content = contents[section];
  return (
    <Stack gap="md">
      <ScreenTitle>{t('settings.title')}</ScreenTitle>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 3, lg: 2 }}>
          <nav aria-label={t('settings.sections')} className="tw-sections">
            {sections
              .filter(({ permission }) => may(permission))
              .map(({ id }) => (
                <NavLink
                  key={id}
                  label={t(`settings.${id}`)}
                  active={id === section}
                  py={6}
                  renderRoot={(props) => (
                    <Link
                      to="/settings"
                      search={id === 'profile' ? {} : { section: id }}
                      activeOptions={{ exact: true }}
                      {...props}
                    />
                  )}
                />
              ))}
            {may('stores:read') && <NavLink component={Link} to="/stores" label={t('settings.company')} py={6} />}
            {may('connections:read') && <NavLink component={Link} to="/integrations" label={t('settings.integrations')} py={6} />}
          </nav>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 9, lg: 10 }}>
          <Text size="xs" c="dimmed">
            {section === 'profile'
              ? t('settings.forYou')
              : t('settings.forOrganization', { organization: me.data?.organization.name ?? '' })}
          </Text>
          <Content />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
