import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AuditTable } from '../../shared/audit-table.tsx';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { ProblemList } from './problem-list.tsx';
import { RunTable } from './run-table.tsx';

/** What was read and when, what is wrong with it by cause, and who changed what. */
export function Activity() {
  const { t } = useTranslation();
  const mayAudit = useMay('audit:read');
  return (
    <Stack gap="md">
      <ScreenTitle>{t('activity.title')}</ScreenTitle>
      <Stack gap="xs" component="section" aria-label={t('activity.problems')}>
        <Title order={2}>{t('activity.problems')}</Title>
        <ProblemList />
      </Stack>
      <Stack gap="xs" component="section" aria-label={t('activity.runs')}>
        <Title order={2}>{t('activity.runs')}</Title>
        <RunTable />
      </Stack>
      {mayAudit && (
        <Stack gap="xs" component="section" aria-label={t('audit.title')}>
          <Title order={2}>{t('audit.title')}</Title>
          <AuditTable />
        </Stack>
      )}
    </Stack>
  );
}
