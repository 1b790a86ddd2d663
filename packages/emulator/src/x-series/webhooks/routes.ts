import { XError, badRequest } from '../errors.ts';
import { demand } from '../oauth/scopes.ts';
import type { XCaller } from '../oauth/store.ts';
import type { XDocument } from '../wire.ts';
import type { WebhookSubscription, WebhookSubscriptions } from './subscriptions.ts';

/** What a webhook request is made of. */
export interface WebhookRequest {
  readonly method: string;
  readonly id: string | undefined;
  readonly caller: XCaller;
  readonly retailerId: string;
  readonly userId: string;
  /** The body, read once asked for. */
  readonly text: () => Promise<string>;
}

export interface WebhookAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** CRUD in JSON: 2.0 and dated versions (X §11.2). */
export async function jsonWebhooks(all: WebhookSubscriptions, request: WebhookRequest): Promise<WebhookAnswer> {
  const { method, id, caller } = request;
  demand(caller.scopes, ['webhooks']);
  const show = (webhook: WebhookSubscription): XDocument => document(webhook, request);
  if (id === undefined) {
    if (method === 'GET') return { status: 200, body: { data: all.of(caller).map(show) } };
    if (method === 'POST') return { status: 201, body: { data: show(all.add(caller, readJson(await request.text()))) } };
    throw notAllowed();
  }
  if (method === 'GET') return { status: 200, body: { data: show(all.find(caller, id)) } };
  if (method === 'PUT') return { status: 200, body: { data: show(all.change(caller, id, readJson(await request.text()))) } };
  if (method !== 'DELETE') throw notAllowed();
  all.remove(caller, id);
  return { status: 200, body: {} };
}

/** CRUD of 0.9: a form whose field `data` holds JSON; bare objects come back. */
export async function formWebhooks(all: WebhookSubscriptions, request: WebhookRequest): Promise<WebhookAnswer> {
  const { method, id, caller } = request;
  demand(caller.scopes, ['webhooks']);
  const show = (webhook: WebhookSubscription): XDocument => ({ ...document(webhook, request), user_id: request.userId });
  if (id === undefined) {
    if (method === 'GET') return { status: 200, body: all.of(caller).map(show) };
    if (method === 'POST') return { status: 200, body: show(all.add(caller, readForm(await request.text()))) };
    throw notAllowed();
  }
  if (method === 'GET') return { status: 200, body: show(all.find(caller, id)) };
  if (method === 'PUT') return { status: 200, body: show(all.change(caller, id, readForm(await request.text()))) };
  if (method !== 'DELETE') throw notAllowed();
  all.remove(caller, id);
  return { status: 200, body: { status: 'success' } };
}

function document({ id, type, url, active }: WebhookSubscription, { retailerId }: WebhookRequest): XDocument {
  return { id, retailer_id: retailerId, type, url, active };
}

function notAllowed(): XError {
  return new XError(405, 'method not allowed');
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('the body is not valid JSON');
  }
}

function readForm(text: string): unknown {
  const data = new URLSearchParams(text).get('data');
  if (data === null) throw badRequest('the form field data is missing');
  return readJson(data);
}
