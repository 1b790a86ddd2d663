import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { legacySale, LOOK_UPS, PLAIN, SALE } from '../testing/x-documents.ts';
import { normalizeXSale } from './normalize-sale.ts';
import { parseXWebhook, verifyXWebhook } from './webhooks.ts';

const SECRET = 'app_secret_synthetic';
const PAYLOAD = JSON.stringify(legacySale(PLAIN));
const BODY = new URLSearchParams({
  payload: PAYLOAD,
  domain_prefix: 'demostore',
  environment: 'prod',
  retailer_id: 'r1',
  type: 'sale.update',
}).toString();

function signed(text: string, encoding: 'hex' | 'base64', separator = ','): string {
  return `signature=${createHmac('sha256', SECRET).update(text).digest(encoding)}${separator}algorithm=HMAC-SHA256`;
}

describe('verification', () => {
  test.each([
    ['hex over the body', signed(BODY, 'hex'), true],
    ['with a space after the comma', signed(BODY, 'hex', ', '), true],
    ['in capitals', signed(BODY, 'hex').replace(/=([0-9a-f]+),/, (_all, digest: string) => `=${digest.toUpperCase()},`), true],
    ['base64', signed(BODY, 'base64'), true],
    ['over the payload', signed(PAYLOAD, 'hex'), true],
    ['of another body', signed(`${BODY}&more=1`, 'hex'), false],
    ['by another secret', signed(BODY, 'hex').replace(/=[0-9a-f]{4}/, '=0000'), false],
    ['by another algorithm', signed(BODY, 'hex').replace('SHA256', 'SHA1'), false],
    ['empty', 'signature=,algorithm=HMAC-SHA256', false],
    ['nonsense', 'hello', false],
    ['none', null, false],
  ])('%s: %s', (_name, signature, expected) => {
    expect(verifyXWebhook({ body: BODY, signature }, SECRET)).toBe(expected);
    expect(verifyXWebhook({ body: Buffer.from(BODY), signature }, SECRET)).toBe(expected);
  });

  test('the switches narrow what is accepted; without a secret nothing is', () => {
    const strict = { webhookDigest: 'hex', webhookSigned: 'body' } as const;
    expect(verifyXWebhook({ body: BODY, signature: signed(BODY, 'hex') }, SECRET, strict)).toBe(true);
    expect(verifyXWebhook({ body: BODY, signature: signed(BODY, 'base64') }, SECRET, strict)).toBe(false);
    expect(verifyXWebhook({ body: BODY, signature: signed(PAYLOAD, 'hex') }, SECRET, strict)).toBe(false);
    expect(verifyXWebhook({ body: BODY, signature: signed(BODY, 'hex') }, '')).toBe(false);
  });
});

test('a delivery is read into the same sale as any other shape', () => {
  const delivery = parseXWebhook(BODY);
  expect(delivery).toMatchObject({ type: 'sale.update', domainPrefix: 'demostore', retailerId: 'r1', environment: 'prod' });
  expect(normalizeXSale(delivery.document, { discountProductId: null, registerOutlets: LOOK_UPS.registerOutlets })).toMatchObject(
    { ok: true, value: { id: SALE, total: '60' } },
  );
  expect(parseXWebhook('payload=%7B%7D')).toStrictEqual({
    type: null,
    domainPrefix: null,
    retailerId: null,
    environment: null,
    document: {},
  });
});

test('what is no delivery is told', () => {
  for (const body of ['', 'type=sale.update', 'payload=%7B', '{"id":1}'])
    expect(() => parseXWebhook(body)).toThrow(expect.objectContaining({ name: 'ShapeChanged', path: 'payload' }));
});
