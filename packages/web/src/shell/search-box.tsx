import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from '../api/search.ts';
import { formatDay } from '../shared/days.ts';
import { SearchIcon } from '../shared/icons.tsx';

const SETTLE_MS = 200;

/** Finds receipts by number, stores and departments by name, and goes there. */
export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const found = useSearch(settled);
  const nothing = found.receipts.length + found.stores.length + found.departments.length === 0;

  function go(value: string) {
    setText('');
    combobox.closeDropdown();
    const [kind, first = '', second = ''] = value.split(' ');
    if (kind === 'receipt')
      void navigate({ to: '/receipts/$posAccountId/$saleId', params: { posAccountId: first, saleId: second } });
    else void navigate({ to: '/stores/$storeId', params: { storeId: first } });
  }

  return (
    <Combobox store={combobox} onOptionSubmit={go} withinPortal>
      <Combobox.Target>
        <TextInput
          type="search"
          size="xs"
          w={{ base: 120, xs: 170, md: 260 }}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          leftSection={found.pending ? <Loader size={12} /> : <SearchIcon />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => text !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={settled.trim() === ''} miw={300}>
        <Combobox.Options>
          {found.receipts.length > 0 && (
            <Combobox.Group label={t('search.receipts')}>
              {found.receipts.map(({ posAccountId, saleId, number, shopName, businessDay }) => (
                <Combobox.Option key={`${posAccountId}/${saleId}`} value={`receipt ${posAccountId} ${saleId}`}>
                  {t('search.receiptAt', { number, shop: shopName, day: formatDay(businessDay) })}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {found.stores.length > 0 && (
            <Combobox.Group label={t('search.stores')}>
              {found.stores.map(({ id, name }) => (
                <Combobox.Option key={id} value={`store ${id}`}>
                  {name}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {found.departments.length > 0 && (
            <Combobox.Group label={t('search.departments')}>
              {found.departments.map(({ id, name, storeId, storeName }) => (
                <Combobox.Option key={id} value={`store ${storeId} ${id}`}>
                  {name} · {storeName}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {nothing && !found.pending && (
            <Combobox.Empty>
              <Text size="sm">{t(found.failed ? 'search.failed' : 'search.none')}</Text>
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
