/**
 * Webhooks of the X-Series (X §11): registering them, and what to do with a delivery. Deliveries are hints: they may be lost, doubled or out of
 * order, and are never the source of truth. Read the sale again, or upsert by `id` and ignore a version lower than the stored one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ShapeChanged } from '../errors.ts';
import type { FailedRequest } from '../errors.ts';
import type { XSeriesApi } from './api.ts';
import { parseExactJson } from './exact-json.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';
import { resolveXSwitches } from './switches.ts';
import type { XSeriesSwitches } from './switches.ts';

export type XWebhookType =
  | 'sale.update'
  | 'customer.update'
  | 'product.update'
  | 'inventory.update'
  | 'consignment.send'
  | 'consignment.receive'
  | 'register_closure.create';

export interface XWebhook {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  readonly active: boolean;
}

export interface XWebhookDraft {
  readonly type: XWebhookType;
  readonly url: string;
  readonly active?: boolean;
}

/** Only webhooks of the same application are seen. A second one of the same type and address is `Rejected` (`conflict`). */
export interface XWebhooks {
  list(): Promise<readonly XWebhook[]>;
  get(id: string): Promise<XWebhook>;
  create(draft: XWebhookDraft): Promise<XWebhook>;
  update(id: string, draft: XWebhookDraft): Promise<XWebhook>;
  remove(id: string): Promise<void>;
}

export function createXWebhooks(api: XSeriesApi, root: string): XWebhooks {
  const folder = `${root}webhooks`;
  const one = (id: string): string => `${folder}/${encodeURIComponent(id)}`;
  const bodyOf = ({ type, url, active = true }: XWebhookDraft): Fields => ({ type, url, active });
  return {
    async list() {
      const { body, info } = await api.get(folder);
      const rows = body['data'];
      if (!Array.isArray(rows)) throw unknownShape(info);
      const list: readonly unknown[] = rows;
      return list.map((row) => readWebhook(row, info));
    },
    async get(id) {
      const { body, info } = await api.get(one(id));
      return readWebhook(body, info);
    },
    async create(draft) {
      const { body, info } = await api.request({ method: 'POST', path: folder, body: bodyOf(draft) });
      return readWebhook(body, info);
    },
    async update(id, draft) {
      const { body, info } = await api.request({ method: 'PUT', path: one(id), body: bodyOf(draft) });
      return readWebhook(body, info);
    },
    async remove(id) {
      await api.request({ method: 'DELETE', path: one(id) });
    },
  };
}

function readWebhook(body: unknown, request: FailedRequest): XWebhook {
  const inner = isFields(body) && isFields(body['data']) ? body['data'] : body;
  if (!isFields(inner)) throw unknownShape(request);
  const { id, type, url, active } = inner;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof url !== 'string') throw unknownShape(request);
  return { id, type, url, active: active === true };
}

function unknownShape(request: FailedRequest): ShapeChanged {
  return new ShapeChanged('data', `The POS answered ${request.path} with a webhook in a shape we do not know.`, { request });
}

/** One delivery, as received. Only the payload is guaranteed. */
export interface XDelivery {
  readonly type: string | null;
  readonly domainPrefix: string | null;
  readonly retailerId: string | null;
  readonly environment: string | null;
  /** For `normalizeXSale` and the others: the API 1.0 shape. */
  readonly document: unknown;
}

/** Reads the form-encoded body. Throws `ShapeChanged` when there is no payload in it, or none that is JSON. */
export function parseXWebhook(body: string | Uint8Array): XDelivery {
  const form = new URLSearchParams(textOf(body));
  const payload = form.get('payload');
  if (payload === null) throw new ShapeChanged('payload', 'This is no delivery of a webhook: it has no payload.');
  try {
    return {
      type: form.get('type'),
      domainPrefix: form.get('domain_prefix'),
      retailerId: form.get('retailer_id'),
      environment: form.get('environment'),
      document: parseExactJson(payload),
    };
  } catch (cause) {
    throw new ShapeChanged('payload', 'The payload of this webhook is not whole JSON.', { cause });
  }
}

/**
 * Whether a delivery was signed with the application's secret. `signature` is the `X-Signature` header: `signature=…,algorithm=HMAC-SHA256`.
 * Webhooks that people add by hand are not signed: false. Compare before anything of the body is believed; the comparison takes the same
 * time whatever is wrong.
 */
export function verifyXWebhook(
  delivery: { readonly body: string | Uint8Array; readonly signature: string | null },
  clientSecret: string,
  switches?: Partial<XSeriesSwitches>,
): boolean {
  const chosen = resolveXSwitches(switches);
  if (delivery.signature === null || clientSecret === '') return false;
  const parts = new Map(
    delivery.signature.split(',').map((part): [string, string] => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()];
    }),
  );
  const algorithm = parts.get('algorithm') ?? 'HMAC-SHA256';
  const stated = parts.get('signature') ?? '';
  if (algorithm.toUpperCase() !== 'HMAC-SHA256' || stated === '') return false;
  return signedTexts(delivery.body, chosen).some((text) => {
    const digest = createHmac('sha256', clientSecret).update(text).digest();
    return (
      (chosen.webhookDigest !== 'base64' && isSame(stated.toLowerCase(), digest.toString('hex'))) ||
      (chosen.webhookDigest !== 'hex' && isSame(stated, digest.toString('base64')))
    );
  });
}

function signedTexts(body: string | Uint8Array, switches: XSeriesSwitches): readonly (string | Uint8Array)[] {
  if (switches.webhookSigned === 'body') return [body];
  const payload = new URLSearchParams(textOf(body)).get('payload');
  return payload === null ? [body] : [body, payload];
}

function isSame(stated: string, expected: string): boolean {
  const a = Buffer.from(stated);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
