import { Anchor, Group, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Store, storeLists, updateStore, useMappings, useShops, useStores } from '../../api/stores.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { NotFound } from '../not-found.tsx';
import { DepartmentTable } from '../departments/department-table.tsx';
import { ShopHours } from './shop-hours.tsx';
import { ShopDays } from './shop-days.tsx';
import { StoreMappings } from './store-mappings.tsx';
import { ZoneInput } from './zone-input.tsx';

const route = getRouteApi('/shell/stores/$storeId');

/** One retail store: its details, its departments, and which tills feed it. */
export function StoreEdit() {
  const { t } = useTranslation();
  const { storeId } = route.useParams();
  const stores = useStores();
  const shops = useShops();
  const mappings = useMappings();
  return (
    <Stack gap="lg">
      <Anchor component={Link} to="/stores" size="sm" className="tw-screen-only">
        ‹ {t('stores.back')}
      </Anchor>
      <StatePanel query={stores}>
        {(data) => {
          const store = data.stores.find(({ id }) => id === storeId);
          if (store === undefined) return <NotFound />;
          return (
            <>
              <ScreenTitle>{t('store.title', { name: store.name })}</ScreenTitle>
              <RefusalNote permission="stores:write" />
              <Details key={store.id} store={store} />
              <Section title={t('store.mappings')} text={t('store.mappingsText')}>
                <StatePanel query={mappings}>
                  {(all) => (
                    <StatePanel query={shops}>
                      {({ shops: known }) => <StoreMappings key={store.id} store={store} shops={known} mappings={all.mappings} />}
                    </StatePanel>
                  )}
                </StatePanel>
              </Section>
              <Section title={t('stores.departments')} text={t('store.departmentsText')}>
                <DepartmentTable store={store} />
              </Section>
              <Section title={t('store.days')} text={t('store.daysText')}>
                <StatePanel query={shops}>{({ shops: known }) => <ShopDays store={store} shops={known} />}</StatePanel>
              </Section>
              <Section title={t('hours.title')} text={t('hours.text')}>
                <StatePanel query={shops}>{({ shops: known }) => <ShopHours store={store} shops={known} />}</StatePanel>
              </Section>
            </>
          );
        }}
      </StatePanel>
    </Stack>
  );
}

function Details({ store }: { readonly store: Store }) {
  const { t } = useTranslation();
  const mayWrite = useMay('stores:write');
  const saving = useAction((form: HTMLFormElement) => {
    const text = formText(form);
    return updateStore(store.id, { name: text('name').trim(), timeZone: text('timeZone').trim() || null });
  }, storeLists);
  return (
    <Section title={t('store.details')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate(event.currentTarget);
        }}
      >
        <Stack gap="sm" maw={640}>
          <Group align="flex-start" grow preventGrowOverflow={false}>
            <TextInput
              name="name"
              label={t('stores.name')}
              defaultValue={store.name}
              required
              maxLength={200}
              disabled={!mayWrite}
              miw={200}
            />
            <ZoneInput
              label={t('stores.timeZone')}
              description={t('stores.timeZoneHint')}
              defaultValue={store.timeZone ?? ''}
              disabled={!mayWrite}
            />
          </Group>
          <ProblemAlert error={saving.error} />
          <Group gap="sm">
            <GuardedButton permission="stores:write" type="submit" variant="default" loading={saving.isPending}>
              {t('store.saveDetails')}
            </GuardedButton>
            {saving.isSuccess && (
              <Text size="sm" role="status">
                {t('stores.saved')}
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
