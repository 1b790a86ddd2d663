import { List, Text } from '@mantine/core';

interface HelpNoteProps {
  readonly title: string;
  readonly steps: readonly string[];
}

/** Inline help that opens where it is needed: how to do something elsewhere, step by step. */
export function HelpNote({ title, steps }: HelpNoteProps) {
  return (
    <details>
      <summary className="tw-help">
        <Text component="span" size="xs">
          {title}
        </Text>
      </summary>
      <List type="ordered" size="xs" spacing={2} pl="xs">
        {steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
    </details>
  );
}
