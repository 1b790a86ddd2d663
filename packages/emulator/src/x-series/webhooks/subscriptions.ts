import { randomUUID } from 'node:crypto';
import { XError, badRequest, notFound } from '../errors.ts';
import type { XCaller } from '../oauth/store.ts';

/** The vendor's whole list (X §11.1). */
export const webhookTypes = [
  'sale.update',
  'customer.update',
  'product.update',
  'inventory.update',
  'consignment.send',
  'consignment.receive',
  'register_closure.create',
] as const;

export type WebhookType = (typeof webhookTypes)[number];

/** One type and one address. */
export interface WebhookSubscription {
  readonly id: string;
  /** The application that made it; nobody else sees it. */
  readonly owner: string;
  /** Signs deliveries; personal tokens have none. */
  readonly secret: string | undefined;
  readonly type: WebhookType;
  readonly url: string;
  readonly active: boolean;
}

/** The webhooks of one retailer. */
export class WebhookSubscriptions {
  readonly #all = new Map<string, WebhookSubscription>();
  /** Told before one is added or changed, so that it gets what changes from then on and nothing older. */
  beforeChange: () => void = () => undefined;

  clear(): void {
    this.#all.clear();
  }

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  active(): readonly WebhookSubscription[] {
    return [...this.#all.values()].filter((subscription) => subscription.active);
  }

  of(caller: XCaller): readonly WebhookSubscription[] {
    return [...this.#all.values()].filter((subscription) => subscription.owner === caller.key);
  }

  /** Throws 404. */
  find(caller: XCaller, id: string): WebhookSubscription {
    const known = this.#all.get(id);
    if (known?.owner !== caller.key) throw notFound('webhook');
    return known;
  }

  /** Throws 400 on a body that makes none, 409 on a type and address that exist. */
  add(caller: XCaller, body: unknown): WebhookSubscription {
    const wanted = readBody(body);
    this.#refuseTwins(caller, wanted);
    this.beforeChange();
    const made = { id: randomUUID(), owner: caller.key, secret: caller.secret, ...wanted };
    this.#all.set(made.id, made);
    return made;
  }

  /** Fields left out stay. Throws 400, 404, 409. */
  change(caller: XCaller, id: string, body: unknown): WebhookSubscription {
    const known = this.find(caller, id);
    const wanted = readBody({ ...known, ...fieldsOf(body) });
    if (wanted.type !== known.type || wanted.url !== known.url) this.#refuseTwins(caller, wanted);
    const changed = { ...known, ...wanted };
    this.beforeChange();
    this.#all.set(id, changed);
    return changed;
  }

  remove(caller: XCaller, id: string): void {
    this.#all.delete(this.find(caller, id).id);
  }

  #refuseTwins(caller: XCaller, wanted: { readonly type: string; readonly url: string }): void {
    if (this.of(caller).some((known) => known.type === wanted.type && known.url === wanted.url)) {
      throw new XError(409, 'A webhook with this type and URL already exists.');
    }
  }
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null) throw badRequest('the body must be an object');
  return { ...body };
}

function readBody(body: unknown): Pick<WebhookSubscription, 'type' | 'url' | 'active'> {
  const { type, url, active } = fieldsOf(body);
  const known = webhookTypes.find((candidate) => candidate === type);
  if (known === undefined) throw badRequest(`type must be one of ${webhookTypes.join(', ')}`);
  if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url)) throw badRequest('url must be an address');
  if (typeof active !== 'boolean') throw badRequest('active must be true or false');
  return { type: known, url, active };
}
