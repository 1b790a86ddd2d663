import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The heading of a screen, which names the browser's tab as well. */
export function ScreenTitle({ children }: { readonly children: string }) {
  const { t } = useTranslation();
  return (
    <>
      <title>{`${children} · ${t('product')}`}</title>
      <Title order={1} maw="100%" className="tw-long">
        {children}
      </Title>
    </>
  );
}
