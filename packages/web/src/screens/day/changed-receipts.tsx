import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Author, ChangedReceipt } from '../../api/days.ts';
import { useMay } from '../../shared/permission.ts';
import { ReceiptLink } from '../../shared/receipt-link.tsx';

interface ChangedReceiptsProps {
  readonly receipts: readonly ChangedReceipt[];
  readonly count: number;
}

const SHOWN_MAX = 5;

/** The receipts that made a change, the first few by number. */
export function ChangedReceipts({ receipts, count }: ChangedReceiptsProps) {
  const { t } = useTranslation();
  const mayOpen = useMay('receipts:read');
  const shown = receipts.slice(0, SHOWN_MAX);
  if (shown.length === 0) return count === 0 ? '' : t('receipt.count', { count });
  return (
    <>
      {shown.map(({ posAccountId, saleId, number }, index) => (
        <span key={`${posAccountId}/${saleId}`}>
          {index > 0 && ', '}
          {mayOpen ? <ReceiptLink posAccountId={posAccountId} saleId={saleId} number={number ?? saleId} /> : (number ?? saleId)}
        </span>
      ))}
      {count > shown.length && (
        <Text component="span" size="xs" c="dimmed">
          {' '}
          {t('log.moreReceipts', { count: count - shown.length })}
        </Text>
      )}
    </>
  );
}

/** Who did it, in words; nothing for nobody. */
export function AuthorName({ author }: { readonly author: Author }) {
  const { t } = useTranslation();
  if (author === null) return null;
  return t('log.by', { name: author.name ?? t(`log.someone.${author.kind}`) });
}
