import { Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReceiptDetail, type ReceiptVersionDetail, useReceiptVersion } from '../../api/receipts.ts';
import { formatInstant } from '../../shared/days.ts';
import { StatePanel } from '../../shared/state-panel.tsx';
import { differences } from './differences.ts';

/** Every version of the receipt, newest first; one can be opened to see the till's own document, what changed in it, and the request it came with. */
export function Versions({ receipt }: { readonly receipt: ReceiptDetail }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  const index = receipt.versionList.findIndex(({ version }) => version === opened);
  const older = index === -1 ? null : (receipt.versionList[index + 1]?.version ?? null);
  return (
    <Stack gap="xs">
      {receipt.versionList.map(({ version, receivedAt, changedAt }) => (
        <Group key={version} gap="sm">
          <Button
            size="xs"
            variant="default"
            aria-expanded={opened === version}
            onClick={() => setOpened(opened === version ? null : version)}
          >
            {t('receipt.version', { version })}
          </Button>
          <Text size="sm">
            {t('receipt.versionTimes', {
              changed: formatInstant(changedAt, receipt.timeZone),
              received: formatInstant(receivedAt, receipt.timeZone),
            })}
          </Text>
        </Group>
      ))}
      {opened !== null && <Opened receipt={receipt} version={opened} older={older} />}
    </Stack>
  );
}

function Opened({
  receipt,
  version,
  older,
}: {
  readonly receipt: ReceiptDetail;
  readonly version: number;
  readonly older: number | null;
}) {
  const { t } = useTranslation();
  const shown = useReceiptVersion(receipt.posAccountId, receipt.saleId, version);
  const before = useReceiptVersion(receipt.posAccountId, receipt.saleId, older);
  return (
    <StatePanel query={shown}>
      {(detail) => (
        <Stack gap="xs">
          {before.data !== undefined && <Changes before={before.data} after={detail} />}
          {detail.request !== null && (
            <Text size="xs" c="dimmed" className="tw-long">
              {t('receipt.request', {
                method: detail.request.method,
                path: detail.request.path,
                at: formatInstant(detail.request.requestedAt),
              })}
            </Text>
          )}
          <Code block tabIndex={0} role="region" aria-label={t('receipt.document')} mah={480} style={{ overflow: 'auto' }}>
            {JSON.stringify(detail.document, null, 2)}
          </Code>
        </Stack>
      )}
    </StatePanel>
  );
}

function Changes({ before, after }: { readonly before: ReceiptVersionDetail; readonly after: ReceiptVersionDetail }) {
  const { t } = useTranslation();
  const changes = differences(before.document, after.document);
  return (
    <Table fz="xs" verticalSpacing={2} w="auto" className="tw-long" aria-label={t('receipt.changes')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('receipt.field')}</Table.Th>
          <Table.Th scope="col">{t('receipt.before')}</Table.Th>
          <Table.Th scope="col">{t('receipt.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.path}>
            <Table.Th scope="row">{change.path}</Table.Th>
            <Table.Td>{change.before ?? '–'}</Table.Td>
            <Table.Td>{change.after ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
