import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.ts';
import type { Me } from '../api/me.ts';

export function AccountMenu({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const { toggleColorScheme } = useMantineColorScheme();
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  async function signOut() {
    await send('POST', '/api/auth/sign-out', {});
    queryClient.clear();
    await navigate({ to: '/sign-in', search: { next: '/' } });
  }

  async function actFor(organizationId: string) {
    await send('POST', '/organization/active', { organizationId });
    await queryClient.resetQueries();
  }

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={t('account.menu', { organization: me.organization.name })} px="xs" py={6}>
          {me.organization.name} <span aria-hidden="true">▾</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user?.email}</Menu.Label>
        <Menu.Label>{t('account.role', { role: me.role ?? '' })}</Menu.Label>
        {me.organizations.length > 1 && <Menu.Label>{t('account.organization')}</Menu.Label>}
        {me.organizations.length > 1 &&
          me.organizations.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => void actFor(id)} disabled={id === me.organization.id}>
              {name}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item onClick={toggleColorScheme}>{t('account.theme')}</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
