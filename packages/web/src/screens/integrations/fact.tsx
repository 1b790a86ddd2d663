import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One fact with its label. */
export function Fact({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <div {...(hint === undefined ? {} : { title: hint })}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" className="tw-long">
        {children}
      </Text>
    </div>
  );
}
