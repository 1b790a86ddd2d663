import { ActionIcon, Radio, Stack, Textarea, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import {
  type Connection,
  freeze,
  freezeShop,
  type ShopRef,
  thaw,
  type ThawFrom,
  thawShop,
  useConnectionAction,
} from '../../api/connections.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { formText } from '../../shared/form.ts';
import { MeltingSnowflakeIcon, SnowflakeIcon } from '../../shared/icons.tsx';
import { useRefusal } from '../../shared/permission.ts';

/** Freezes or unfreezes a connection (M6). */
export function ConnectionFreezer({ connection: { id, name, state } }: { readonly connection: Connection }) {
  return (
    <Freezer
      what="connection"
      name={name}
      frozen={state === 'frozen'}
      onFreeze={(reason) => freeze(id, reason)}
      onThaw={(from) => thaw(id, from)}
    />
  );
}

interface ShopFreezerProps {
  readonly shop: ShopRef & { readonly name: string };
  readonly frozen: boolean;
}

/** Freezes or unfreezes one shop; the others of its account live on (M6). */
export function ShopFreezer({ shop, frozen }: ShopFreezerProps) {
  return (
    <Freezer
      what="shop"
      name={shop.name}
      frozen={frozen}
      onFreeze={(reason) => freezeShop(shop, reason)}
      onThaw={(from) => thawShop(shop, from)}
    />
  );
}

interface FreezerProps {
  readonly what: 'connection' | 'shop';
  readonly name: string;
  readonly frozen: boolean;
  readonly onFreeze: (reason: string) => Promise<unknown>;
  readonly onThaw: (from: ThawFrom) => Promise<unknown>;
}

const words = {
  connection: {
    freeze: 'freeze.connection',
    freezeTitle: 'freeze.title',
    freezeText: 'freeze.connectionText',
    thaw: 'freeze.thawConnection',
    thawTitle: 'freeze.thawTitle',
  },
  shop: {
    freeze: 'freeze.shop',
    freezeTitle: 'freeze.titleShop',
    freezeText: 'freeze.shopText',
    thaw: 'freeze.thawShop',
    thawTitle: 'freeze.thawTitleShop',
  },
} as const;

/** The snowflake freezes, the melting one unfreezes: the icon shows the action it will take, the tooltip names it. */
function Freezer({ what, name, frozen, onFreeze, onThaw }: FreezerProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const refusal = useRefusal('connections:write');
  const text = words[what];
  const change = useConnectionAction((form: HTMLFormElement) => {
    const field = formText(form);
    return frozen ? onThaw(field('from') === 'today' ? 'today' : 'cursor') : onFreeze(field('reason').trim());
  });
  const action = t(frozen ? text.thaw : text.freeze, { name });
  const size = what === 'shop' ? 'md' : 'lg';
  return (
    <>
      <Tooltip label={refusal ?? action} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
        <ActionIcon
          variant="default"
          size={size}
          aria-label={action}
          {...(refusal === null
            ? { onClick: open }
            : { 'data-disabled': true, 'aria-disabled': true, 'aria-description': refusal })}
        >
          {frozen ? <MeltingSnowflakeIcon /> : <SnowflakeIcon />}
        </ActionIcon>
      </Tooltip>
      <Confirm
        opened={opened}
        title={t(frozen ? text.thawTitle : text.freezeTitle)}
        text={t(frozen ? 'freeze.thawText' : text.freezeText)}
        submit={t(frozen ? 'freeze.thawSubmit' : 'freeze.submit')}
        pending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={(form) => change.mutate(form, { onSuccess: close })}
      >
        {frozen ? (
          <Radio.Group name="from" defaultValue="cursor" aria-label={t('freeze.thawText')}>
            <Stack gap="xs">
              <Radio value="cursor" label={t('freeze.cursor')} />
              <Radio value="today" label={t('freeze.today')} />
            </Stack>
          </Radio.Group>
        ) : (
          <Textarea
            name="reason"
            label={t('freeze.reason')}
            description={t('freeze.reasonHint')}
            maxLength={500}
            data-autofocus
          />
        )}
      </Confirm>
    </>
  );
}
