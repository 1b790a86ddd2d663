import { Badge, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ReceiptDetail, useReceipt } from '../../api/receipts.ts';
import { useMeasures } from '../../api/turnover.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDayLong, formatInstant } from '../../shared/days.ts';
import { formatMeasure } from '../../shared/measure-value.ts';
import { formatDecimal, formatMoney, formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { measureLabel } from '../turnover/measure-label.ts';
import { Versions } from './versions.tsx';

const route = getRouteApi('/shell/receipts/$posAccountId/$saleId');

/** One receipt: its lines and payments, what it adds to the figures and where, every version seen and the till's own document. */
export function Receipt() {
  const { posAccountId, saleId } = route.useParams();
  const receipt = useReceipt(posAccountId, saleId);
  return <StatePanel query={receipt}>{(detail) => <ReceiptPage receipt={detail} />}</StatePanel>;
}

function ReceiptPage({ receipt }: { readonly receipt: ReceiptDetail }) {
  const { t } = useTranslation();
  const mayReadDocuments = useMay('documents:read');
  return (
    <Stack gap="md">
      <Group gap="sm">
        <ScreenTitle>{t('receipt.title', { number: receipt.number })}</ScreenTitle>
        <Badge variant="default">{t(`receipt.states.${receipt.state}`)}</Badge>
        {receipt.versions > 1 && <Badge variant="default">{t('receipt.changed', { count: receipt.versions })}</Badge>}
      </Group>
      <Text size="sm">
        {receipt.shopName}
        {receipt.registerName !== null && ` · ${receipt.registerName}`}
        {receipt.employeeName !== null && ` · ${receipt.employeeName}`} ·{' '}
        <Moment iso={receipt.occurredAt} timeZone={receipt.timeZone} />
        {receipt.timeZone !== null && ` (${receipt.timeZone})`}
      </Text>
      <Text size="sm">
        {t(receipt.figure === null ? 'receipt.dated' : 'receipt.belongsTo', {
          day: formatDayLong(receipt.businessDay),
          hour: formatInstant(receipt.hour, receipt.timeZone),
        })}
      </Text>
      {receipt.problem !== null && (
        <Text size="sm" role="alert" className="tw-warning">
          {t('receipt.problem', { problem: receipt.problem })}
        </Text>
      )}
      <Section title={t('receipt.lines')}>
        <Lines receipt={receipt} />
      </Section>
      <Section title={t('receipt.payments')}>
        <Payments receipt={receipt} />
      </Section>
      <Section title={t('receipt.figure')}>
        <Figure receipt={receipt} />
      </Section>
      {mayReadDocuments && (
        <Section title={t('receipt.versions')}>
          <Versions receipt={receipt} />
        </Section>
      )}
    </Stack>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Lines({ receipt }: { readonly receipt: ReceiptDetail }) {
  const { t } = useTranslation();
  type Line = ReceiptDetail['lines'][number];
  const money = (cents: number) => formatMoney(cents, receipt);
  const columns: Column<Line>[] = [
    { id: 'line', header: t('receipt.line'), cell: ({ lineId }) => lineId },
    { id: 'kind', header: t('receipt.kind'), cell: ({ kind }) => t(`receipt.kinds.${kind}`) },
    { id: 'item', header: t('receipt.item'), cell: ({ itemId }) => itemId ?? t('receipt.miscellaneous') },
    { id: 'quantity', header: t('receipt.quantity'), align: 'right', cell: ({ quantity }) => formatQuantity(quantity) },
    { id: 'price', header: t('receipt.unitPrice'), align: 'right', cell: ({ unitPrice }) => formatDecimal(unitPrice, receipt) },
    { id: 'discount', header: t('receipt.discount'), align: 'right', cell: ({ discountCents }) => money(discountCents) },
    { id: 'net', header: t('receipt.net'), align: 'right', cell: ({ netCents }) => money(netCents) },
    { id: 'tax', header: t('receipt.tax'), align: 'right', cell: ({ taxCents }) => money(taxCents) },
    { id: 'incl', header: t('receipt.inclTax'), align: 'right', cell: ({ netCents, taxCents }) => money(netCents + taxCents) },
  ];
  if (receipt.lines.length === 0) return <Text size="sm">{t('receipt.noLines')}</Text>;
  return (
    <>
      <DataTable caption={t('receipt.lines')} columns={columns} rows={receipt.lines} rowKey={({ lineId }) => lineId} />
      <Text size="sm" fw={600} className="tw-number">
        {t('receipt.total', {
          total: formatDecimal(receipt.total, receipt),
          tax: formatDecimal(receipt.tax, receipt),
          currency: receipt.currency,
        })}
      </Text>
    </>
  );
}

function Payments({ receipt }: { readonly receipt: ReceiptDetail }) {
  const { t } = useTranslation();
  type Payment = ReceiptDetail['payments'][number];
  const columns: Column<Payment>[] = [
    {
      id: 'type',
      header: t('receipt.paymentType'),
      cell: ({ typeName, typeId, archived }) => `${typeName ?? typeId}${archived ? ` (${t('receipt.ignored')})` : ''}`,
    },
    { id: 'time', header: t('receipt.time'), cell: ({ paidAt }) => <Moment iso={paidAt} timeZone={receipt.timeZone} /> },
    { id: 'register', header: t('receipt.register'), cell: ({ registerName, registerId }) => registerName ?? registerId },
    { id: 'tip', header: t('receipt.tip'), align: 'right', cell: ({ tip }) => formatDecimal(tip, receipt) },
    { id: 'amount', header: t('receipt.amount'), align: 'right', cell: ({ amount }) => formatDecimal(amount, receipt) },
  ];
  if (receipt.payments.length === 0) return <Text size="sm">{t('receipt.noPayments')}</Text>;
  return (
    <DataTable caption={t('receipt.payments')} columns={columns} rows={receipt.payments} rowKey={({ paymentId }) => paymentId} />
  );
}

function Figure({ receipt }: { readonly receipt: ReceiptDetail }) {
  const { t } = useTranslation();
  const measures = useMeasures();
  if (receipt.figure === null) return <Text size="sm">{t(receipt.leftOut ? 'receipt.leftOut' : 'receipt.notCounted')}</Text>;
  const definitions = new Map(measures.data?.measures.map((definition) => [definition.name, definition]));
  return (
    <Table fz="sm" verticalSpacing={2} w="auto" aria-label={t('receipt.figure')}>
      <Table.Tbody>
        {Object.entries(receipt.figure).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400} title={definitions.get(name)?.definition}>
              {measureLabel(name)}
            </Table.Th>
            <Table.Td className="tw-number">{formatMeasure(value, definitions.get(name), receipt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
