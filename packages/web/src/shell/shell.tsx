import { AppShell, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { type Me, useMe } from '../api/me.ts';
import { StatePanel } from '../shared/state-panel.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Bell } from './bell.tsx';
import { HealthDot } from './health-dot.tsx';
import { HelpBubble } from './help-bubble.tsx';
import { Mark } from './mark.tsx';
import { navigation } from './navigation.ts';
import { ActingAs, OrganizationSwitch } from './organization-switch.tsx';
import { SearchBox } from './search-box.tsx';

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
  const screens = navigation.filter(
    ({ permission }) => permission === null || (me.data?.permissions.includes(permission) ?? false),
  );
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
        <Group h="100%" px={{ base: 'xs', sm: 'md' }} justify="space-between" wrap="nowrap" gap="xs">
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
            <Text fw={700} visibleFrom="xs">
              {t('product')}
            </Text>
          </Group>
          {me.data !== undefined && <Tools me={me.data} />}
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav.label')} className="tw-screen-only">
        <ScrollArea>
          {screens.map(({ to, label, Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={t(label)}
              leftSection={<Icon />}
              active={location.pathname.startsWith(to)}
              py={6}
              onClick={close}
            />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className="tw-main">
        <StatePanel query={me}>
          {(data) => (
            <>
              <ActingAs me={data} />
              <Text size="xs" c="dimmed" className="tw-print-only">
                {data.organization.name}
              </Text>
              {screens.some(({ permission }) => permission !== null) || location.pathname.startsWith('/settings') ? (
                <Outlet />
              ) : (
                <Text>{t('state.nothingFor')}</Text>
              )}
            </>
          )}
        </StatePanel>
      </AppShell.Main>
      {me.data !== undefined && <HelpBubble />}
    </AppShell>
  );
}

/** What stands on the right of the header. */
function Tools({ me }: { readonly me: Me }) {
  const mayFind = me.permissions.includes('receipts:read') || me.permissions.includes('stores:read');
  return (
    <Group gap={6} wrap="nowrap">
      {mayFind && <SearchBox />}
      <HealthDot />
      <Bell />
      <OrganizationSwitch me={me} />
      <AccountMenu me={me} />
    </Group>
  );
}
