import { Alert, Button, Group, Menu, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { roleName } from '../shared/permission.ts';

/** Chooses for which of one's organizations to act; nothing for those who have one. */
export function OrganizationSwitch({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  if (me.organizations.length < 2) return null;

  async function actFor(organizationId: string) {
    await send('POST', '/organization/active', { organizationId });
    // What is open belongs to the other organization.
    await navigate({ to: '/' });
    await queryClient.resetQueries();
  }

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          maw={{ base: 110, sm: 220 }}
          aria-label={t('account.switch', { organization: me.organization.name })}
        >
          <Text size="xs" truncate>
            {me.organization.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('account.switchTo')}</Menu.Label>
        {me.organizations.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => void actFor(id)} disabled={id === me.organization.id}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says for whom one acts, to those who act for several: what is done here is done there (W1). */
export function ActingAs({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  if (!me.actingAs && me.organizations.length < 2) return null;
  return (
    <Alert color="weave.8" variant="outline" p={6} mb="sm" role="note" className="tw-screen-only">
      <Group gap="xs">
        <Text size="sm">{t('account.actingAs', { organization: me.organization.name, role: roleName(me.role ?? '') })}</Text>
      </Group>
    </Alert>
  );
}
