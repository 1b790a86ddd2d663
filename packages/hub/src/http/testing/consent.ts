import { expect } from 'vitest';

type Fetch = (request: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * Goes through the POS's pages as a merchant's browser does: opens the consent page, sends its form with one of the two buttons.
 *
 * @returns The address the POS sends the browser back to.
 */
export async function consent(fetch: Fetch, url: string, decision: 'authorize' | 'deny' = 'authorize'): Promise<URL> {
  const page = await fetch(url, { redirect: 'manual' });
  expect(page.status).toBe(200);
  const html = await page.text();
  const action = /<form[^>]*action="([^"]+)"/u.exec(html)?.[1];
  expect(action).toBeDefined();
  const form = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*>/gu)) {
    form.set(attribute(input, 'name'), attribute(input, 'value'));
  }
  form.set('decision', decision);
  const answer = await fetch(new URL(action ?? '', url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    redirect: 'manual',
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '';
  return value
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
