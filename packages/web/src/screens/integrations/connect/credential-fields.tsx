import { Alert, Group, List, NativeSelect, PasswordInput, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiType, Provider } from '../../../api/connections.ts';
import { CopyField } from '../../../shared/copy-field.tsx';
import { HelpNote } from '../../../shared/help-note.tsx';
import type { CredentialDraft } from './draft.ts';
import { OAuthClientPicker } from './oauth-client-picker.tsx';
import { prefixOf } from './prefix.ts';
import { ScopeList } from './scope-list.tsx';

interface CredentialFieldsProps {
  readonly provider: Provider;
  readonly type: ApiType;
  readonly draft: CredentialDraft;
  /** Whether the fields of the HTTP view show as well (C7). */
  readonly http: boolean;
  readonly onChange: (next: Partial<CredentialDraft>) => void;
}

type Field = ApiType['fields'][number];
const SECRET_MAX = 10_000;

/** The choice of API type where there is one (C2), and the fields that the chosen one asks for; drawn from the provider's data. */
export function CredentialFields({ provider, type, draft, http, onChange }: CredentialFieldsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      {provider.apiTypes.length > 1 && (
        <Select
          label={t('connect.apiType')}
          required
          data={provider.apiTypes.map((one) => ({ value: one.id, label: one.name }))}
          value={draft.apiType}
          onChange={(value) => onChange({ apiType: value ?? draft.apiType })}
          allowDeselect={false}
        />
      )}
      {type.notice !== null && (
        <Alert color="gray" variant="outline" p="xs">
          {type.notice}
        </Alert>
      )}
      {type.signIn === 'personal_token' && <TokenSteps provider={provider} />}
      {type.fields
        .filter(({ kind }) => kind !== 'hosts' || http)
        .map((field) => (
          <CredentialField key={field.name} field={field} provider={provider} draft={draft} onChange={onChange} />
        ))}
      {type.signIn === 'oauth' && <RedirectUris provider={provider} />}
    </Stack>
  );
}

/** How to make the token in the POS, in sight: nobody has done it before (T1). */
function TokenSteps({ provider }: { readonly provider: Provider }) {
  const how = provider.help.find(({ id }) => id === 'token');
  if (how === undefined) return null;
  return (
    <section aria-label={how.title}>
      <Text size="sm" fw={600}>
        {how.title}
      </Text>
      <List type="ordered" size="sm" spacing={2}>
        {how.steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
    </section>
  );
}

interface FieldProps extends Pick<CredentialFieldsProps, 'provider' | 'draft' | 'onChange'> {
  readonly field: Field;
}

function CredentialField({ field, provider, draft, onChange }: FieldProps) {
  const { label, required, kind, name, help } = field;
  if (kind === 'oauth_client')
    return (
      <OAuthClientPicker
        provider={provider}
        required={required}
        value={draft.oauthClientId}
        onChange={(oauthClientId) => onChange({ oauthClientId })}
      />
    );
  if (kind === 'scopes')
    return <ScopeList provider={provider} value={draft.scopes} onChange={(scopes) => onChange({ scopes })} />;
  if (kind === 'hosts') return <Hosts provider={provider} draft={draft} onChange={onChange} />;
  if (kind === 'expiry') return <Expiry draft={draft} onChange={onChange} />;
  if (name === 'domainPrefix') return <Prefix field={field} provider={provider} draft={draft} onChange={onChange} />;
  const key = name === 'apiKey' ? 'apiKey' : 'token';
  return (
    <PasswordInput
      label={label}
      required={required}
      maxLength={SECRET_MAX}
      autoComplete="off"
      {...(help === null || provider.help.some(({ title }) => title === help) ? {} : { description: help })}
      value={draft[key]}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
    />
  );
}

function Prefix({ field, draft, onChange }: FieldProps) {
  const { t } = useTranslation();
  const prefix = draft.domainPrefix.trim() === '' ? null : prefixOf(draft.domainPrefix);
  const wrong = draft.domainPrefix.trim() !== '' && prefix === null;
  return (
    <div>
      <TextInput
        label={field.label}
        description={field.help}
        required={field.required}
        maxLength={500}
        autoComplete="off"
        value={draft.domainPrefix}
        onChange={(event) => onChange({ domainPrefix: event.currentTarget.value })}
        error={wrong ? t('connect.prefixWrong') : null}
      />
      <Text size="xs" role="status">
        {prefix === null ? '' : t('connect.prefixTaken', { prefix })}
      </Text>
    </div>
  );
}

function Expiry({ draft, onChange }: Pick<FieldProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" gap="sm">
      <Radio.Group
        label={t('connect.expires')}
        value={draft.expires}
        onChange={(value) => onChange({ expires: value === 'date' || value === 'never' ? value : 'unknown' })}
      >
        <Group gap="md" py={6}>
          {(['date', 'never', 'unknown'] as const).map((value) => (
            <Radio key={value} value={value} label={t(`connect.expiresChoices.${value}`)} />
          ))}
        </Group>
      </Radio.Group>
      {draft.expires === 'date' && (
        <TextInput
          type="date"
          required
          label={t('connect.expiresDate')}
          value={draft.expiresOn}
          onChange={(event) => onChange({ expiresOn: event.currentTarget.value })}
        />
      )}
    </Group>
  );
}

/** The vendor's current and legacy hosts; others cannot be typed in. */
function Hosts({ provider, draft, onChange }: Pick<FieldProps, 'provider' | 'draft' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <Group grow>
      {(['api', 'oauth'] as const).map((part) => (
        <NativeSelect
          key={part}
          label={t(`connect.host.${part}`)}
          value={draft.hosts[part] ?? 'current'}
          onChange={(event) => onChange({ hosts: { ...draft.hosts, [part]: event.currentTarget.value } })}
          data={provider.hosts
            .filter((host) => host.part === part)
            .map(({ id, url, current }) => ({ value: id, label: t(current ? 'connect.current' : 'connect.legacy', { url }) }))}
        />
      ))}
    </Group>
  );
}

function RedirectUris({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  const uris = provider.redirectUris;
  return (
    <Stack gap={4}>
      {uris.map(({ name, url }) => (
        <CopyField
          key={url}
          label={uris.length === 1 ? t('connect.redirectUri') : t('connect.redirectUriOf', { name })}
          description={t('connect.redirectHint')}
          value={url}
        />
      ))}
    </Stack>
  );
}

/** A step-by-step text of the provider by its id, folded. */
export function ProviderHelp({ provider, id }: { readonly provider: Provider; readonly id: string }) {
  const help = provider.help.find((one) => one.id === id);
  return help === undefined ? null : <HelpNote title={help.title} steps={help.steps} />;
}
