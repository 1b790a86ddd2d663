import { List, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Connection, remove, retire, useConnectionAction, useConsequences } from '../../api/connections.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { today } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { formatQuantity } from '../../shared/money.ts';
import { StatePanel } from '../../shared/state-panel.tsx';

interface LeaveProps {
  readonly connection: Connection;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Leaves a POS: keeps the data, ends the mappings on a day, so that the stores can be handed on (M7). */
export function RetireDialog({ connection: { id, name }, opened, onClose }: LeaveProps) {
  const { t } = useTranslation();
  const retiring = useConnectionAction((form: HTMLFormElement) => {
    const text = formText(form);
    return retire(id, text('at'), text('reason').trim());
  });
  return (
    <Confirm
      opened={opened}
      title={t('retire.title', { name })}
      text={t('retire.text')}
      submit={t('retire.submit')}
      danger
      pending={retiring.isPending}
      error={retiring.error}
      onClose={onClose}
      onConfirm={(form) => retiring.mutate(form, { onSuccess: onClose })}
    >
      <What id={id} opened={opened} />
      <TextInput name="at" type="date" label={t('retire.at')} defaultValue={today()} required data-autofocus />
      <Textarea name="reason" label={t('freeze.reason')} maxLength={500} />
    </Confirm>
  );
}

/** Destroys a connection's credentials; says beforehand what comes of it. */
export function RemoveDialog({ connection: { id }, opened, onClose }: LeaveProps) {
  const { t } = useTranslation();
  const removal = useConnectionAction(() => remove(id));
  return (
    <Confirm
      opened={opened}
      title={t('removal.title')}
      text={t('removal.text')}
      submit={t('removal.submit')}
      danger
      pending={removal.isPending}
      error={removal.error}
      onClose={onClose}
      onConfirm={() => removal.mutate(undefined, { onSuccess: onClose })}
    >
      <What id={id} opened={opened} />
    </Confirm>
  );
}

function What({ id, opened }: { readonly id: string; readonly opened: boolean }) {
  const { t } = useTranslation();
  const consequences = useConsequences(id, opened);
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(', ');
  return (
    <StatePanel query={consequences}>
      {({ usedBy, shops, sales, revokesAtPos }) => (
        <List size="sm" spacing={2}>
          <List.Item>{t('removal.shops', { shops: formatQuantity(shops), sales: formatQuantity(sales) })}</List.Item>
          {usedBy.length > 0 && (
            <List.Item>
              <Text size="sm" className="tw-warning" component="span">
                {t('removal.withoutSource', { names: names(usedBy) })}
              </Text>
            </List.Item>
          )}
          {revokesAtPos && <List.Item>{t('removal.revokes')}</List.Item>}
        </List>
      )}
    </StatePanel>
  );
}
