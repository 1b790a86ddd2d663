import { describe, expect, test } from 'vitest';
import { parseDomainPrefix, xStoreUrl } from './domain-prefix.ts';
import { parseExactJson } from './exact-json.ts';
import {
  normalizeXCustomer,
  normalizeXOutlet,
  normalizeXPaymentType,
  normalizeXRecord,
  normalizeXRegister,
  normalizeXRetailer,
  normalizeXUser,
} from './normalize-look-ups.ts';

describe('the name of a store', () => {
  test.each([
    ['demostore', 'demostore'],
    [' DemoStore ', 'demostore'],
    ['https://demostore.retail.lightspeed.app/webregister?x=1', 'demostore'],
    ['demostore.retail.lightspeed.app', 'demostore'],
    ['http://demo-store-2.vendhq.com:443/', 'demo-store-2'],
    ['https://secure.retail.lightspeed.app/connect', null],
    ['secure', null],
    ['https://demostore.retail.lightspeed.app.evil.example', null],
    ['https://evil.example/?x=.retail.lightspeed.app', null],
    ['https://user@demostore.retail.lightspeed.app', null],
    ['a.b.retail.lightspeed.app', null],
    ['ftp://demostore.retail.lightspeed.app', null],
    ['-demostore', null],
    ['demo store', null],
    ['', null],
    ['.retail.lightspeed.app', null],
  ])('%j is %j', (text, expected) => {
    expect(parseDomainPrefix(text)).toBe(expected);
  });

  test('builds its host, and none from anything else', () => {
    expect(xStoreUrl('demostore')).toBe('https://demostore.retail.lightspeed.app');
    for (const bad of ['Demo', 'a.b', 'x/', '', 'x'.repeat(64)]) expect(() => xStoreUrl(bad)).toThrow(RangeError);
  });
});

test('numbers JavaScript cannot hold stay text; all others are numbers', () => {
  expect(
    parseExactJson(
      '{"a":9223372036854775807,"b":52.17392000000000000001,"c":1.5000000000000000000,"d":[12345678901234567890],"e":1,"f":"12345678901234567890"}',
    ),
  ).toStrictEqual({
    a: '9223372036854775807',
    b: '52.17392000000000000001',
    c: 1.5,
    d: ['12345678901234567890'],
    e: 1,
    f: '12345678901234567890',
  });
  expect(parseExactJson('[0.1, 31544120987]')).toStrictEqual([0.1, 31_544_120_987]);
  expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
});

describe('look-ups', () => {
  test('an outlet, a register, a user, a payment type', () => {
    expect(
      normalizeXOutlet({ id: 'o', name: 'Shop 1', time_zone: 'Pacific/Auckland', currency: 'NZD', deleted_at: null, version: 3 }),
    ).toStrictEqual({
      ok: true,
      value: { id: 'o', name: 'Shop 1', timeZone: 'Pacific/Auckland', currency: 'NZD', archived: false },
    });
    expect(normalizeXOutlet({ id: 'o' })).toMatchObject({ value: { timeZone: null, currency: null } });
    expect(normalizeXRegister({ id: 'r', outlet_id: 'o', name: 'Main', deleted_at: '2026-07-14T02:11:09Z' })).toStrictEqual({
      ok: true,
      value: { id: 'r', shopId: 'o', name: 'Main', archived: true },
    });
    expect(
      normalizeXUser({ id: 'u', username: 'till', display_name: 'Till One', updated_at: '2026-07-14 02:11:09' }),
    ).toMatchObject({
      value: { name: 'Till One', changedAt: Date.parse('2026-07-14T02:11:09Z') },
    });
    const kind = (type: Record<string, unknown>): unknown => {
      const read = normalizeXPaymentType({ id: 'p', ...type });
      return read.ok ? read.value.kind : read.code;
    };
    expect(kind({ name: 'Renamed', type_id: 118 })).toBe('gift_card');
    expect(kind({ name: 'Cash', payment_type: { id: '1' } })).toBe('cash');
    expect(kind({ name: 'Cash Rounding', type_id: 122 })).toBe('adjustment');
    expect(kind({ name: 'Whatever', type_id: 999 })).toBe('other');
  });

  test('a customer, also the webhook’s', () => {
    const person = { id: 'c', first_name: 'Jane', last_name: null, company_name: '', created_at: '2024-05-01T00:00:00+00:00' };
    const flat = normalizeXCustomer({ ...person, email: 'jane@example.test', phone: '1', mobile: ' 2 ' });
    expect(flat).toMatchObject({ value: { firstName: 'Jane', lastName: '', emails: ['jane@example.test'], phones: ['2', '1'] } });
    expect(normalizeXCustomer({ ...person, contact: { email: 'jane@example.test', mobile: '2', phone: '1' } })).toStrictEqual(
      flat,
    );
  });

  test('a retailer names its currency in either way; any record has an id', () => {
    expect(normalizeXRetailer({ id: 'x', name: 'X', currency: { code: 'NZD', symbol: '$' } })).toMatchObject({
      value: { currency: 'NZD' },
    });
    expect(normalizeXRetailer({ id: 'x', name: 'X', currency: 'NZD' })).toMatchObject({ value: { currency: 'NZD' } });
    expect(normalizeXRecord({ outlet_id: 'o', product_id: 'p', tax_id: 't', version: 9 })).toMatchObject({
      value: { id: 'o:p', version: '9' },
    });
    expect(normalizeXRecord({ name: 'nothing' })).toMatchObject({ ok: false, code: 'missing_id' });
    expect(normalizeXRecord('text')).toMatchObject({ ok: false, code: 'bad_shape' });
  });
});
