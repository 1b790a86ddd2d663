import { List, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Connection,
  remove,
  retire,
  useConnectionAction,
  useConnections,
  useConsequences,
  useHandOver,
} from '../../api/connections.ts';
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

/** Leaves a POS: keeps the data, ends the mappings on a day, and hands the stores on to another connection (M7). */
export function RetireDialog({ connection: { id, name }, opened, onClose }: LeaveProps) {
  const { t } = useTranslation();
  const [at, setAt] = useState(today);
  const [successor, setSuccessor] = useState('');
  const others = (useConnections(opened).data?.items ?? []).filter((one) => one.id !== id && one.posAccount !== null);
  const retiring = useConnectionAction((form: HTMLFormElement) => retire(id, at, formText(form)('reason').trim(), successor));
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
      <TextInput
        name="at"
        type="date"
        label={t('retire.at')}
        required
        data-autofocus
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      {others.length > 0 && (
        <NativeSelect
          label={t('retire.successor')}
          description={t('retire.successorHint')}
          value={successor}
          onChange={(event) => setSuccessor(event.currentTarget.value)}
          data={[{ value: '', label: t('retire.nobody') }, ...others.map((one) => ({ value: one.id, label: one.name }))]}
        />
      )}
      {successor !== '' && <HandOver id={id} successor={successor} at={at} />}
      <Textarea name="reason" label={t('freeze.reason')} maxLength={500} />
    </Confirm>
  );
}

/** Which shop would take over what, before it is done. */
function HandOver({ id, successor, at }: { readonly id: string; readonly successor: string; readonly at: string }) {
  const { t } = useTranslation();
  const proposed = useHandOver(id, successor, at);
  return (
    <StatePanel query={proposed} isEmpty={({ items }) => items.length === 0} empty={<Text size="sm">{t('retire.noMatch')}</Text>}>
      {({ items }) => (
        <List size="sm" spacing={2} aria-label={t('retire.successor')}>
          {items.map(({ fromShopId, fromShopName, shopName, departmentId, departmentName }) => (
            <List.Item key={`${fromShopId}/${departmentId}`}>
              {t('retire.takes', { department: departmentName, from: fromShopName, to: shopName })}
            </List.Item>
          ))}
        </List>
      )}
    </StatePanel>
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
