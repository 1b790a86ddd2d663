import { existsSync } from 'node:fs';
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, describe, expect } from 'vitest';
import { z } from 'zod';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const executablePath = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

/** Where no browser is found these tests are left out, unless `REQUIRE_BROWSER=1` says that there must be one. */
export const describeInBrowser =
  executablePath === undefined && process.env['REQUIRE_BROWSER'] !== '1' ? describe.skip : describe;

const Violations = z.array(z.string());
const TABS_MAX = 150;
/** How long an expected thing may take to show; a busy machine is slow. */
const PATIENCE_MS = 30_000;

let browser: Promise<Browser> | null = null;
afterAll(async () => (await browser)?.close());

/** A person's own window: British English, 1280 px, nothing moving. */
export async function newWindow(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (executablePath === undefined) throw new Error('There is no Chromium. Set CHROMIUM_PATH.');
  browser ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const context = await (
    await browser
  ).newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** What axe finds wrong with the page as it is now: rule and place. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so that the page's content security policy stays as it is.
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target, any }) => target.join(' ') + ' ' + (any[0]?.message ?? '')).slice(0, 5).join(' | ')))`,
  );
  return Violations.parse(found);
}

/** Presses Tab until the element has the keyboard. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await isFocused(target)) return;
  }
  throw new Error(`The keyboard never reaches ${String(target)}.`);
}

export async function isFocused(target: Locator): Promise<boolean> {
  return z.boolean().parse(await target.evaluate((element) => element === element.ownerDocument.activeElement));
}

/** A table's texts, row by row. */
export async function textsOf(table: Locator): Promise<string[][]> {
  await table.waitFor();
  const rows: string[][] = [];
  for (const row of await table.getByRole('row').all()) {
    const cells = await row.locator('th,td').allInnerTexts();
    rows.push(cells.map((text) => text.replaceAll(/\s+/g, ' ').trim()));
  }
  return rows;
}

/** The page is no wider than the window: nobody has to scroll sideways but inside a table. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Asked again for a while: the layout follows a new width a moment later.
  const overhang = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  await expect.poll(overhang, { timeout: PATIENCE_MS }).toBe(0);
}
