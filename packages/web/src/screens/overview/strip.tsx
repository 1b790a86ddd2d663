import { Table, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewAnswer } from '../../api/overview.ts';
import { CoverageSign } from '../../shared/coverage.tsx';
import { formatDate, formatDay, formatWeekday } from '../../shared/days.ts';
import { formatMoney, formatWholeMoney } from '../../shared/money.ts';

/** The last fourteen days of every store: what was sold and whether the figure is final. Each day leads to its hours. */
export function Strip({ answer }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  const days = [...new Set(answer.strip.flatMap((row) => row.days.map(({ day }) => day)))].sort((a, b) => a.localeCompare(b));
  return (
    <section aria-label={t('overview.strip')}>
      <Title order={2} mb="xs">
        {t('overview.strip')}
      </Title>
      <Table.ScrollContainer minWidth={860} type="native" tabIndex={0} role="group" aria-label={t('overview.strip')}>
        <Table fz="xs" verticalSpacing={3} horizontalSpacing={4} aria-label={t('overview.strip')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className="tw-sticky">
                {t('overview.store')} ({answer.currency})
              </Table.Th>
              {days.map((day) => (
                <Table.Th key={day} scope="col" className="tw-number">
                  {formatWeekday(day)}
                  <br />
                  {formatDate(day)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answer.strip.map(({ store, days: own }) => (
              <Table.Tr key={store.id}>
                <Table.Th scope="row" className="tw-sticky">
                  {store.name}
                </Table.Th>
                {days.map((day) => {
                  const cell = own.find((one) => one.day === day);
                  if (cell === undefined) return <Table.Td key={day} />;
                  const text = cell.netSales === null ? '·' : formatWholeMoney(cell.netSales, answer);
                  return (
                    <Table.Td key={day} className="tw-number">
                      <CoverageSign coverage={cell.coverage} />{' '}
                      <Link
                        to="/turnover"
                        search={{ from: day, to: day, by: 'hour', measure: 'net_sales', view: 'grid', compare: 'none' }}
                        className={cell.netSales === 0 ? 'tw-figure tw-zero' : 'tw-figure'}
                        title={cell.netSales === null ? undefined : formatMoney(cell.netSales, answer, true)}
                        aria-label={t('overview.openDay', { store: store.name, day: formatDay(day), value: text })}
                      >
                        {text}
                      </Link>
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
