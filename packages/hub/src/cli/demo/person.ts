import type { z } from 'zod';

/** A person with a browser, as far as the demo needs one: keeps the session cookie, fills in forms, reads the API. */
export class Person {
  readonly #url: string;
  #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Calls the hub's API as this person; the answer is checked against `schema`. */
  async call<T extends z.ZodType>(method: 'GET' | 'POST' | 'PUT', path: string, schema: T, body?: object): Promise<z.output<T>> {
    const answer = await this.#send(
      method,
      `${this.#url}${path}`,
      body === undefined ? undefined : JSON.stringify(body),
      'application/json',
    );
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
    return schema.parse(text === '' ? {} : JSON.parse(text));
  }

  /** Goes through the POS's consent page as its owner: opens it, presses "Authorize application", and follows the way back to the hub. */
  async consent(authorizeUrl: string): Promise<URL> {
    const page = await fetch(authorizeUrl);
    const html = await page.text();
    if (!page.ok) throw new Error(`The consent page answered ${page.status}: ${html.slice(0, 300)}`);
    const form = new URLSearchParams();
    for (const input of html.matchAll(/<input\b[^>]*>/g)) {
      const name = attribute(input[0], 'name');
      if (name !== null) form.set(name, attribute(input[0], 'value') ?? '');
    }
    form.set('decision', 'authorize');
    const action = attribute(/<form\b[^>]*>/.exec(html)?.[0] ?? '', 'action') ?? authorizeUrl;
    const decided = await fetch(new URL(action, authorizeUrl), { method: 'POST', body: form, redirect: 'manual' });
    const back = decided.headers.get('location');
    if (back === null) throw new Error(`The consent page answered ${decided.status} and no way back.`);
    const returned = await this.#send('GET', back);
    const end = new URL(returned.headers.get('location') ?? '', this.#url);
    if (end.searchParams.get('outcome') !== 'connected')
      throw new Error(`The connection was not made: ${end.searchParams.get('code') ?? 'no reason given'}`);
    return end;
  }

  async #send(method: string, url: string, body?: string, type?: string): Promise<Response> {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.#url,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined || type === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (cookie.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value.join('='));
    }
    return answer;
  }
}

/** An attribute's value in a tag of our own emulator's pages, with the five entities it writes. */
function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  if (value === undefined) return null;
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
