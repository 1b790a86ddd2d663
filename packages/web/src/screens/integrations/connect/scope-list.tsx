import { ActionIcon, Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Provider } from '../../../api/connections.ts';
import { HelpNote } from '../../../shared/help-note.tsx';

type Scope = Provider['scopes'][number];

interface ScopeListProps {
  readonly provider: Provider;
  readonly value: readonly string[];
  readonly onChange: (scopes: readonly string[]) => void;
}

/** The dual list: `>` moves the checked scopes, `»` all; *Save* keeps the choice; what stops working without each is said (C3). */
export function ScopeList({ provider, value, onChange }: ScopeListProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>(value);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [right, setRight] = useState<readonly string[]>([]);
  const { scopes, help } = provider;
  const how = help.find(({ id }) => id === 'scopes');
  const preset = scopes.filter((scope) => scope.preset).map(({ scope }) => scope);
  const available = scopes.filter(({ scope }) => !chosen.includes(scope));
  const missing = available.filter((scope) => scope.preset);
  const unsaved = chosen.length !== value.length || chosen.some((scope) => !value.includes(scope));
  const take = (next: readonly string[]) => {
    // In the provider's order, whatever order they were moved in.
    setChosen(scopes.map(({ scope }) => scope).filter((scope) => next.includes(scope)));
    setLeft([]);
    setRight([]);
  };
  return (
    <Stack gap="xs" component="section" aria-label={t('scopes.title')}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600}>
          {t('scopes.title')}{' '}
          <Text component="span" c="var(--mantine-color-error)" aria-hidden="true">
            *
          </Text>
        </Text>
        <Button size="compact-xs" variant="default" title={t('scopes.presetHint')} onClick={() => take(preset)}>
          {t('scopes.preset')}
        </Button>
      </Group>
      {how !== undefined && <HelpNote title={how.title} steps={how.steps} />}
      <div className="tw-dual">
        <Side label={t('scopes.available')} scopes={available} checked={left} onChecked={setLeft} />
        <Stack gap={4} justify="center" className="tw-dual-moves">
          <Move label={t('scopes.move')} sign=">" onClick={() => take([...chosen, ...left])} />
          <Move label={t('scopes.moveAll')} sign="»" onClick={() => take(scopes.map(({ scope }) => scope))} />
          <Move label={t('scopes.back')} sign="<" onClick={() => take(chosen.filter((scope) => !right.includes(scope)))} />
          <Move label={t('scopes.backAll')} sign="«" onClick={() => take([])} />
        </Stack>
        <Side
          label={t('scopes.chosen')}
          scopes={scopes.filter(({ scope }) => chosen.includes(scope))}
          checked={right}
          onChecked={setRight}
        />
      </div>
      {missing.length > 0 && (
        <Alert color="orange.9" variant="outline" p="xs" title={t('scopes.missing')}>
          {missing.map(({ scope, without }) => (
            <Text key={scope} size="xs">
              <code>{scope}</code>: {without}
            </Text>
          ))}
        </Alert>
      )}
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => onChange(chosen)}>
          {t('scopes.save')}
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {unsaved ? t('scopes.unsaved') : t('scopes.saved', { count: value.length })}
        </Text>
      </Group>
    </Stack>
  );
}

function Move({ label, sign, onClick }: { readonly label: string; readonly sign: string; readonly onClick: () => void }) {
  return (
    <ActionIcon variant="default" aria-label={label} title={label} onClick={onClick}>
      {sign}
    </ActionIcon>
  );
}

interface SideProps {
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly checked: readonly string[];
  readonly onChecked: (scopes: readonly string[]) => void;
}

function Side({ label, scopes, checked, onChecked }: SideProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={2} role="group" aria-label={label} className="tw-dual-side">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {scopes.length === 0 && <Text size="xs">{t('scopes.none')}</Text>}
      {scopes.map(({ scope, reason, without }) => (
        <Checkbox
          key={scope}
          size="xs"
          label={scope}
          description={`${reason} ${t('scopes.without', { what: without })}`}
          checked={checked.includes(scope)}
          onChange={(event) =>
            onChecked(event.currentTarget.checked ? [...checked, scope] : checked.filter((one) => one !== scope))
          }
        />
      ))}
    </Stack>
  );
}
