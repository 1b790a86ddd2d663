import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RefusalNote } from '../../shared/guarded.tsx';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { DepartmentTable } from './department-table.tsx';

/** Where figures stand: every department with its numbers at the POS. */
export function Departments() {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <ScreenTitle>{t('departments.title')}</ScreenTitle>
      <RefusalNote permission="stores:write" />
      <DepartmentTable />
    </Stack>
  );
}
