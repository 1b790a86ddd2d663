import { Tooltip, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOverview } from '../api/overview.ts';
import { useMay } from '../shared/permission.ts';

/** One look tells whether all is well; it leads to what is not. */
export function HealthDot() {
  return useMay('overview:read') ? <Dot /> : null;
}

function Dot() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const overview = useOverview();
  if (overview.data === undefined && !overview.isError) return null;
  const { problems, unmapped } = overview.data ?? { problems: { open: 0, connections: [] }, unmapped: { unmappedShops: 0 } };
  const count = problems.open + problems.connections.length + unmapped.unmappedShops;
  const state = overview.isError ? 'unreachable' : count > 0 ? 'attention' : 'well';
  const label = state === 'attention' ? t('health.attention', { count }) : t(`health.${state}`);
  return (
    <Tooltip label={label}>
      <UnstyledButton
        aria-label={label}
        className={`tw-health tw-health-${state}`}
        onClick={() => void navigate({ to: '/overview' })}
      >
        <span aria-hidden="true">{state === 'well' ? '✓' : '!'}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
