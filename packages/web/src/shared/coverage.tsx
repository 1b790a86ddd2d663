import { Group, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.ts';

export type Coverage = components['schemas']['Coverage'];

/** A sign for each state of a day, so that colour alone never tells. */
const coverageSigns: Record<Coverage, string> = {
  complete: '✓',
  running: '◔',
  partial: '◐',
  missing: '–',
  closed: '⊘',
  not_applicable: '·',
};

/** The sign of a state with its name for a screen reader and, on hover, what it means. */
export function CoverageSign({ coverage }: { readonly coverage: Coverage }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t(`coverage.${coverage}.meaning`)} withinPortal>
      <span role="img" aria-label={t(`coverage.${coverage}.name`)} className={`tw-coverage tw-coverage-${coverage}`}>
        {coverageSigns[coverage]}
      </span>
    </Tooltip>
  );
}

/** What the signs mean, under a table that uses them. */
export function CoverageLegend() {
  const { t } = useTranslation();
  return (
    <Group gap="md" mt="xs">
      {(['complete', 'running', 'partial', 'missing', 'closed'] as const).map((coverage) => (
        <Text key={coverage} size="xs" c="dimmed">
          <span aria-hidden="true">{coverageSigns[coverage]}</span> {t(`coverage.${coverage}.name`)}
        </Text>
      ))}
    </Group>
  );
}
