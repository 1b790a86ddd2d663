import { Alert, Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Permission, useRefusal } from './permission.ts';

interface GuardedButtonProps extends ButtonProps {
  readonly permission: Permission;
  /** Another reason for which it cannot be used now. */
  readonly unless?: string | null;
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
}

/** A button that somebody whose role does not allow it sees disabled, with the reason and whom to ask; the keyboard reaches the reason too. */
export function GuardedButton({ permission, unless = null, onClick, type = 'button', ...props }: GuardedButtonProps) {
  const refusal = useRefusal(permission) ?? unless;
  if (refusal === null) return <Button {...props} type={type} {...(onClick === undefined ? {} : { onClick })} />;
  return (
    <Tooltip label={refusal} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Button {...props} type="button" data-disabled aria-disabled aria-description={refusal} />
    </Tooltip>
  );
}

/** Over a form that somebody may look at but not change: why, and whom to ask. */
export function RefusalNote({ permission }: { readonly permission: Permission }) {
  const refusal = useRefusal(permission);
  if (refusal === null) return null;
  return (
    <Alert color="gray" variant="outline" p="xs" role="note">
      {refusal}
    </Alert>
  );
}
