import { AppShell, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { useMe } from '../api/me.ts';
import { StatePanel } from '../shared/state-panel.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Mark } from './mark.tsx';
import { navigation } from './navigation.ts';

const HEADER_HEIGHT = 52;

/** The frame of every signed-in screen: navigation on the left, who you are and where on top. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const location = useLocation();
  const me = useMe();
  if (me.error instanceof ApiProblem && me.error.status === 401)
    // On the way there this frame is still drawn, with the new location: asking again would go round in circles.
    return location.pathname === '/sign-in' ? null : <Navigate to="/sign-in" search={{ next: location.href }} />;
  return (
    <AppShell
      header={{ height: HEADER_HEIGHT }}
      navbar={{ width: 210, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="tw-skip" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header className="tw-screen-only">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('nav.open')}
              aria-expanded={opened}
            />
            <Mark />
            <Text fw={700}>{t('product')}</Text>
          </Group>
          {me.data !== undefined && <AccountMenu me={me.data} />}
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav.label')} className="tw-screen-only">
        <ScrollArea>
          {navigation
            .filter(({ permission }) => me.data?.permissions.includes(permission) ?? false)
            .map(({ to, label }) => (
              <NavLink
                key={to}
                component={Link}
                to={to}
                label={t(label)}
                active={location.pathname.startsWith(to)}
                py={6}
                onClick={close}
              />
            ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <StatePanel query={me}>
          {({ permissions }) =>
            navigation.some(({ permission }) => permissions.includes(permission)) ? (
              <Outlet />
            ) : (
              <Text>{t('state.nothingFor')}</Text>
            )
          }
        </StatePanel>
      </AppShell.Main>
    </AppShell>
  );
}
