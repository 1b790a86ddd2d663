import { Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { roleName } from '../shared/permission.ts';

export function AccountMenu({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const { toggleColorScheme } = useMantineColorScheme();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  // Who has several organizations sees theirs in the switch beside.
  const name = me.organizations.length < 2 ? me.organization.name : (me.user?.name ?? me.organization.name);

  async function signOut() {
    await send('POST', '/api/auth/sign-out', {});
    queryClient.clear();
    await navigate({ to: '/sign-in', search: { next: '/' } });
  }

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={t('account.menu', { name })} px={6} py={6}>
          <Text component="span" size="sm" visibleFrom="sm">
            {name}{' '}
          </Text>
          <span aria-hidden="true">▾</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user?.email}</Menu.Label>
        <Menu.Label>{t('account.role', { role: roleName(me.role ?? '') })}</Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings">
          {t('account.profile')}
        </Menu.Item>
        <Menu.Item onClick={toggleColorScheme}>{t('account.theme')}</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
