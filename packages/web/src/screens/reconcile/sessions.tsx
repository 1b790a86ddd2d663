import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reconcile } from '../../api/reconciles.ts';
import { formatMoney } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { Section } from '../../shared/section.tsx';

type Session = Reconcile['sessions'][number];
type Count = Session['counts'][number];

/** The register sessions that the POS's figure is made of: what it reckons for each way of paying, and what was counted. */
export function Sessions({ found }: { readonly found: Reconcile }) {
  const { t } = useTranslation();
  if (found.sessions.length === 0) return null;
  const label = t('reconcile.sessions');
  return (
    <Section title={label} text={t('reconcile.sessionsText')}>
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="group" aria-label={label}>
        <Table fz="sm" verticalSpacing={4} aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('reconcile.register')}</Table.Th>
              <Table.Th scope="col">{t('reconcile.paymentType')}</Table.Th>
              <Table.Th scope="col" className="tw-number">
                {t('reconcile.calculated')} ({found.currency})
              </Table.Th>
              <Table.Th scope="col" className="tw-number">
                {t('reconcile.counted')}
              </Table.Th>
              <Table.Th scope="col" className="tw-number">
                {t('reconcile.over')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          {found.sessions.map((session) => (
            <SessionRows key={`${session.registerId}/${session.openedAt}`} session={session} found={found} />
          ))}
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function SessionRows({ session, found }: { readonly session: Session; readonly found: Reconcile }) {
  const { t } = useTranslation();
  const { registerName, registerId, openedAt, closedAt, source, amount, counts } = session;
  return (
    <Table.Tbody>
      <Table.Tr>
        <Table.Th scope="rowgroup" colSpan={2}>
          {registerName ?? registerId} · <Moment iso={openedAt} /> –{' '}
          {closedAt === null ? t('reconcile.stillOpen') : <Moment iso={closedAt} />} · {t(`reconcile.sources.${source}`)}
        </Table.Th>
        <Table.Td className="tw-number">
          <strong>{formatMoney(amount, found)}</strong>
        </Table.Td>
        <Table.Td colSpan={2} />
      </Table.Tr>
      {counts.map((count) => (
        <CountRow key={count.paymentTypeId} count={count} found={found} />
      ))}
    </Table.Tbody>
  );
}

function CountRow({ count, found }: { readonly count: Count; readonly found: Reconcile }) {
  const { t } = useTranslation();
  const { paymentType, paymentTypeId, calculated, counted } = count;
  const over = counted === null ? null : counted - calculated;
  return (
    <Table.Tr>
      <Table.Td />
      <Table.Td>{paymentType ?? paymentTypeId}</Table.Td>
      <Table.Td className="tw-number">{formatMoney(calculated, found)}</Table.Td>
      <Table.Td className="tw-number">{counted === null ? t('reconcile.notCounted') : formatMoney(counted, found)}</Table.Td>
      <Table.Td className="tw-number">
        {over !== null && (
          <span className={over === 0 ? 'tw-zero' : 'tw-warning'}>
            {over === 0 ? '✓ ' : '⚠ '}
            {over > 0 ? '+' : ''}
            {formatMoney(over, found)}
          </span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
