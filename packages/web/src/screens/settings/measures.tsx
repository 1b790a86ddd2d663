import { NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { saveTurnoverSettings, type TurnoverSettings, useMeasures, useTurnoverSettings } from '../../api/turnover.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formText } from '../../shared/form.ts';
import { RefusalNote } from '../../shared/guarded.tsx';
import type { MeasureDefinition } from '../../shared/measure-value.ts';
import { useMay } from '../../shared/permission.ts';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { measureLabel } from '../turnover/measure-label.ts';
import { SubmitRow } from './submit-row.tsx';

/** What the planner's names mean here: the preset, and whether tax is inside. */
export function MeasureSettings() {
  const { t } = useTranslation();
  const settings = useTurnoverSettings();
  return (
    <Section title={t('settings.measures')} text={t('measureSettings.text')}>
      <RefusalNote permission="stores:write" />
      <StatePanel query={settings}>{(now) => <Form now={now} />}</StatePanel>
      <Definitions />
    </Section>
  );
}

/** Every figure there is, how it is reckoned, and by which version of that. */
function Definitions() {
  const { t } = useTranslation();
  const measures = useMeasures();
  const columns: Column<MeasureDefinition>[] = [
    { id: 'name', header: t('day.measure'), value: nameOf, cell: nameOf },
    {
      id: 'definition',
      header: t('day.definition'),
      cell: ({ definition, provider }) => (
        <>
          {definition}
          {provider !== null && (
            <Text size="xs" c="dimmed">
              {t('measureSettings.only', { provider: t(provider === 'lightspeed-x' ? 'providers.x' : 'providers.r') })}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'basis',
      header: t('measureSettings.tax'),
      value: ({ basis }) => basis,
      cell: ({ basis }) => <span className="tw-nowrap">{basis === 'none' ? '' : t(`measureSettings.bases.${basis}`)}</span>,
    },
    { id: 'version', header: t('measureSettings.version'), align: 'right', cell: ({ version }) => version },
  ];
  return (
    <Section title={t('measureSettings.all')}>
      <StatePanel query={measures}>
        {(data) => (
          <DataTable
            caption={t('measureSettings.all')}
            columns={columns}
            rows={data.measures.filter(({ name }) => !name.includes(':'))}
            rowKey={({ name }) => name}
          />
        )}
      </StatePanel>
    </Section>
  );
}

function nameOf({ name, label }: MeasureDefinition): string {
  return label ?? measureLabel(name);
}

function Form({ now }: { readonly now: TurnoverSettings }) {
  const { t } = useTranslation();
  const mayWrite = useMay('stores:write');
  const saving = useAction(
    (form: HTMLFormElement) => {
      const text = formText(form);
      return saveTurnoverSettings({
        preset: text('preset') === 'vat' ? 'vat' : 'retail',
        basis: text('basis') === 'incl' ? 'incl' : 'excl',
      });
    },
    ['measures', 'turnover', 'overview'],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(event.currentTarget);
      }}
    >
      <Stack gap="sm" maw={480}>
        <NativeSelect
          name="preset"
          label={t('measureSettings.preset')}
          description={t('measureSettings.presetHint')}
          defaultValue={now.preset}
          data={(['retail', 'vat'] as const).map((value) => ({ value, label: t(`measureSettings.presets.${value}`) }))}
          disabled={!mayWrite}
        />
        <NativeSelect
          name="basis"
          label={t('measureSettings.basis')}
          description={t('measureSettings.basisHint')}
          defaultValue={now.basis}
          data={(['excl', 'incl'] as const).map((value) => ({ value, label: t(`measureSettings.bases.${value}`) }))}
          disabled={!mayWrite}
        />
        {mayWrite && <SubmitRow action={saving} label={t('settings.save')} />}
      </Stack>
    </form>
  );
}
