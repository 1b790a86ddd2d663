import { List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { en } from '../../text/en.ts';

/** What would notice if this connection ended (C8). */
export function UsedBy({ connection: { usedBy } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  if (usedBy.length === 0)
    return (
      <Text size="sm">
        {t('connection.noUsers')}{' '}
        <Link to="/stores" className="tw-link">
          {t('connected.mapStores')}
        </Link>
      </Text>
    );
  return (
    <List size="sm" aria-label={t('connection.usedBy')}>
      {usedBy.map(({ kind, id, name }) => (
        <List.Item key={`${kind}/${id}`}>
          {kindName(kind)}: {name}
        </List.Item>
      ))}
    </List>
  );
}

function kindName(kind: string): string {
  const names: Readonly<Record<string, string>> = en.connection.kinds;
  return names[kind] ?? kind;
}
