import { Alert, Anchor, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Reconcile, signOffReconcile, useReconcile } from '../../api/reconciles.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDay, formatPeriod } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { formatDecimal, formatMoney } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { ReceiptLink } from '../../shared/receipt-link.tsx';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { measureLabel } from '../turnover/measure-label.ts';
import { Sessions } from './sessions.tsx';

const route = getRouteApi('/shell/reconcile/$id');

/** One comparison: theirs beside ours, the bridge of causes with its receipts, and what no receipt explains. */
export function ReconcilePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const reconcile = useReconcile(id);
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/reconcile" size="sm" className="tw-screen-only">
        ‹ {t('reconcile.back')}
      </Anchor>
      <StatePanel query={reconcile}>{(found) => <Found found={found} />}</StatePanel>
    </Stack>
  );
}

function Found({ found }: { readonly found: Reconcile }) {
  const { t } = useTranslation();
  const { preset, from, to, shopName, pos, ours, difference, at } = found;
  return (
    <>
      <Stack gap={2}>
        <ScreenTitle>
          {t('reconcile.result', { preset: t(`reconcile.presets.${preset}`), period: formatPeriod(from, to) })}
        </ScreenTitle>
        <Text size="sm" c="dimmed">
          {shopName ?? t('reconcile.everyShop')} · {t('reconcile.at')} <Moment iso={at} />
        </Text>
      </Stack>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Amount
          label={t('reconcile.pos')}
          value={formatMoney(pos.amount, found, true)}
          text={t(pos.source === 'api' ? 'reconcile.readFromPos' : 'reconcile.typedIn')}
        />
        <Amount label={t('reconcile.ours')} value={formatMoney(ours.amount, found, true)} text={measureLabel(ours.measure)} />
        <Amount
          label={t('reconcile.difference')}
          value={formatMoney(difference, found, true)}
          text={difference === 0 ? t('reconcile.agrees') : ''}
        />
      </SimpleGrid>
      <Sessions found={found} />
      <Bridge found={found} />
      <Unexplained found={found} />
      <SignOff found={found} />
    </>
  );
}

function Amount({ label, value, text }: { readonly label: string; readonly value: string; readonly text: string }) {
  return (
    <section aria-label={label}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={24} fw={600}>
        {value}
      </Text>
      <Text size="xs">{text}</Text>
    </section>
  );
}

type Line = Reconcile['bridge'][number];
type LineReceipt = Line['receipts'][number];

function Bridge({ found }: { readonly found: Reconcile }) {
  const { t } = useTranslation();
  if (found.bridge.length === 0 && Number(found.reportRounding) === 0) return null;
  return (
    <Section title={t('reconcile.bridge')}>
      {found.bridge.map((line) => (
        <BridgeLine key={line.cause} found={found} line={line} />
      ))}
      {Number(found.reportRounding) !== 0 && (
        <Group justify="space-between" maw={640} wrap="nowrap">
          <Text size="sm">{t('reconcile.reportRounding')}</Text>
          <Text size="sm" className="tw-number">
            {formatDecimal(found.reportRounding, found)}
          </Text>
        </Group>
      )}
    </Section>
  );
}

/** One cause with its amount; opened, the receipts that sum to it. */
function BridgeLine({ found, line }: { readonly found: Reconcile; readonly line: Line }) {
  const { t } = useTranslation();
  const cause = t(`reconcile.causes.${line.cause}`);
  const columns: Column<LineReceipt>[] = [
    {
      id: 'number',
      header: t('receipt.number'),
      cell: ({ saleId, number }) => <ReceiptLink posAccountId={found.posAccountId} saleId={saleId} number={number ?? saleId} />,
    },
    { id: 'day', header: t('activity.day'), value: ({ day }) => day, cell: ({ day }) => formatDay(day) },
    {
      id: 'amount',
      header: t('reconcile.amount'),
      align: 'right',
      value: ({ amount }) => Number(amount),
      cell: ({ amount }) => formatDecimal(amount, found),
    },
  ];
  return (
    <details>
      <summary>
        <Text component="span" size="sm">
          {cause}: <strong>{formatMoney(line.amount, found)}</strong> {found.currency} ·{' '}
          {t('reconcile.receiptCount', { count: line.receiptCount })}
        </Text>
      </summary>
      {line.receipts.length < line.receiptCount && (
        <Text size="xs">{t('reconcile.shown', { shown: line.receipts.length, count: line.receiptCount })}</Text>
      )}
      <DataTable
        caption={t('reconcile.receiptsOf', { cause })}
        columns={columns}
        rows={line.receipts}
        rowKey={({ saleId, day }) => `${saleId}/${day}`}
      />
    </details>
  );
}

/** What is left is said, never plugged. */
function Unexplained({ found }: { readonly found: Reconcile }) {
  const { t } = useTranslation();
  if (found.unexplained === 0) {
    return (
      <Text size="sm" className="tw-well" role="status">
        ✓ {t('reconcile.explained')}
      </Text>
    );
  }
  return (
    <Alert color="orange.9" variant="outline" title={t('reconcile.unexplained')}>
      <Text size="sm">{t('reconcile.unexplainedText', { amount: formatMoney(found.unexplained, found, true) })}</Text>
      {found.unexplainedDays.length > 0 && (
        <Text size="sm">
          {t('reconcile.unexplainedDays')}:{' '}
          {found.unexplainedDays.map(({ day, amount }) => `${formatDay(day)} ${formatDecimal(amount, found)}`).join(', ')}
        </Text>
      )}
    </Alert>
  );
}

function SignOff({ found }: { readonly found: Reconcile }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const signing = useAction((note: string) => signOffReconcile(found.id, note), ['reconciles']);
  const { signedOff } = found;
  if (signedOff !== null) {
    return (
      <Text size="sm" role="status">
        ✓{' '}
        {t('reconcile.signedOffBy', {
          name: signedOff.author?.name ?? t(`log.someone.${signedOff.author?.kind ?? 'person'}`),
        })}
        , <Moment iso={signedOff.at} />: {signedOff.note}
      </Text>
    );
  }
  return (
    <Group className="tw-screen-only">
      <GuardedButton permission="stores:write" onClick={open}>
        {t('reconcile.signOff')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('reconcile.signOffTitle')}
        text={t('reconcile.signOffText')}
        submit={t('reconcile.signOff')}
        pending={signing.isPending}
        error={signing.error}
        onClose={close}
        onConfirm={(form) => signing.mutate(formText(form)('note').trim(), { onSuccess: close })}
      >
        <Textarea name="note" label={t('reconcile.note')} required maxLength={2000} data-autofocus />
      </Confirm>
    </Group>
  );
}
