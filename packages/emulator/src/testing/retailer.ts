import { createEmulator } from '../emulator.ts';
import type { Emulator, EmulatorOptions } from '../emulator.ts';
import type { XSeriesControl, XSeriesCredentials } from '../x-series/retailer.ts';
import type { XDocument } from '../x-series/wire.ts';

/** A decoded answer of the X-Series. */
export interface XAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: XDocument;
}

/** An emulated retailer with a reader for its API, by personal token unless told otherwise. */
export interface TestRetailer {
  readonly emulator: Emulator;
  readonly control: XSeriesControl;
  readonly credentials: XSeriesCredentials;
  /** `/2.0/sales`, below `/api`. */
  readonly get: (path: string, token?: string) => Promise<XAnswer>;
  readonly send: (method: string, path: string, body: unknown, token?: string) => Promise<XAnswer>;
  /** Follows the version cursor until a page is empty. */
  readonly walk: (path: string, pageSize?: number) => Promise<XDocument[]>;
  /** Signs in as an application with these scopes; an access token. */
  readonly signIn: (scopes: string) => Promise<string>;
}

export const storeOrigin = 'http://demostore.retail.lightspeed.app';

/** A small retailer by default, on a frozen clock. */
export function testRetailer(options: EmulatorOptions = {}): TestRetailer {
  const emulator = createEmulator({ sales: 400, customers: 60, frozenClock: true, ...options });
  const { xSeries: credentials } = emulator.credentials;
  const { xSeries: control } = emulator.control;
  if (credentials === null || control === null) throw new Error('The X-Series does not answer.');
  const send: TestRetailer['send'] = async (method, path, body, token = credentials.personalToken) => {
    const response = await emulator.fetch(`http://${credentials.domainPrefix}.retail.lightspeed.app/api${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('Content-Type') === 'application/json';
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as XDocument) : {} };
  };
  const get: TestRetailer['get'] = (path, token) => send('GET', path, undefined, token);
  return {
    emulator,
    control,
    credentials,
    get,
    send,
    async walk(path, pageSize = 100) {
      const found: XDocument[] = [];
      for (let after = 0; ;) {
        const answer = await get(`${path}${path.includes('?') ? '&' : '?'}after=${after}&page_size=${pageSize}`);
        if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
        const rows = rowsOf(answer);
        if (rows.length === 0) return found;
        found.push(...rows);
        const { max } = answer.body['version'] as { max: number };
        if (max <= after) throw new Error('The cursor does not move.');
        after = max;
      }
    },
    async signIn(scopes) {
      const { clientId, clientSecret } = credentials;
      const redirect = 'http://app.test/callback';
      const consent = await emulator.fetch(`${storeOrigin}/connect`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({
          response_type: 'code',
          client_id: clientId,
          redirect_uri: redirect,
          state: '12345678',
          scope: scopes,
          decision: 'authorize',
        }),
      });
      const code = new URL(consent.headers.get('Location') ?? '').searchParams.get('code') ?? '';
      const answer = await tokenOf(emulator, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirect,
        client_id: clientId,
        client_secret: clientSecret,
      });
      return String(answer.body['access_token']);
    },
  };
}

/** A form to the token endpoint. */
export async function tokenOf(emulator: Emulator, form: Readonly<Record<string, string>>): Promise<XAnswer> {
  const response = await emulator.fetch(`${storeOrigin}/api/1.0/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as XDocument };
}

export function rowsOf(answer: XAnswer): XDocument[] {
  return answer.body['data'] as XDocument[];
}
