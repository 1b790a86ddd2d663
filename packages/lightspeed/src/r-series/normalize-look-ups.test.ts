import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  normalizeAccount,
  normalizeCustomer,
  normalizeEmployee,
  normalizePaymentType,
  normalizeRegister,
  normalizeSaleVoid,
  normalizeShop,
} from './normalize-look-ups.ts';

const customer = {
  firstName: 'Sam',
  lastName: 'Example',
  company: '',
  customerID: '7',
  createTime: '2019-04-29T08:40:04+00:00',
  timeStamp: '2019-04-29T08:45:22+00:00',
  archived: 'false',
};

test('contact members: one, several, none in any spelling', () => {
  const read = (Contact: unknown): unknown => {
    const result = normalizeCustomer({ ...customer, Contact });
    return result.ok ? [result.value.emails, result.value.phones] : result.code;
  };
  expect(
    read({
      Emails: { ContactEmail: { address: ' pat@example.test ', useType: 'Primary' } },
      Phones: { ContactPhone: [{ number: '555 0100' }, { number: '' }, { number: '555 0101' }] },
      Websites: '',
    }),
  ).toStrictEqual([['pat@example.test'], ['555 0100', '555 0101']]);
  for (const none of [undefined, '', {}, { Emails: '', Phones: '' }, { Emails: {}, Phones: [] }])
    expect(read(none)).toStrictEqual([[], []]);
  expect(read('x')).toBe('bad_shape');
});

test('each look-up in the neutral model', () => {
  expect(normalizeCustomer(customer)).toMatchObject({
    ok: true,
    value: { id: '7', firstName: 'Sam', changedAt: Date.UTC(2019, 3, 29, 8, 45, 22) },
  });
  expect(normalizeShop({ shopID: '1', name: 'Main', timeZone: '', archived: 'true' })).toStrictEqual({
    ok: true,
    value: { id: '1', name: 'Main', timeZone: null, archived: true },
  });
  expect(normalizeRegister({ registerID: '2', name: 'Till', shopID: '0' })).toStrictEqual({
    ok: true,
    value: { id: '2', shopId: null, name: 'Till', archived: false },
  });
  expect(normalizeEmployee({ employeeID: '3', firstName: 'Åse', lastName: '' })).toMatchObject({
    value: { name: 'Åse', changedAt: null },
  });
  expect(normalizePaymentType({ paymentTypeID: '4', name: 'Gift Card', type: 'gift card' })).toMatchObject({
    value: { kind: 'gift_card' },
  });
  expect(normalizeAccount({ name: 'Main', defaultCurrency: '' }, '9')).toStrictEqual({
    ok: true,
    value: { id: '9', name: 'Main', currency: null },
  });
});

test('what cannot be read is set aside', () => {
  expect(normalizeShop({ name: 'Main' })).toMatchObject({ code: 'missing_id', path: 'shopID', id: null });
  expect(normalizeRegister({ registerID: '2', archived: 'maybe' })).toMatchObject({
    code: 'bad_boolean',
    path: 'archived',
    id: '2',
  });
  expect(normalizeEmployee({ employeeID: '3', timeStamp: 'now' })).toMatchObject({ code: 'bad_time' });
  expect(normalizeSaleVoid({ saleVoidID: '3', saleID: '4' })).toMatchObject({ code: 'bad_time', path: 'createTime' });
  expect(normalizeShop({ shopID: '1', name: 5 })).toMatchObject({ code: 'bad_text', path: 'name' });
});

test('no document makes them throw', () => {
  const readers = [
    normalizeShop,
    normalizeRegister,
    normalizeEmployee,
    normalizePaymentType,
    normalizeCustomer,
    normalizeSaleVoid,
  ];
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), fc.record({ customerID: fc.jsonValue(), Contact: fc.jsonValue(), archived: fc.jsonValue() })),
      (document) => {
        for (const read of readers) expect(typeof read(document).ok).toBe('boolean');
      },
    ),
  );
});
