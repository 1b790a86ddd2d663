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
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { atFileEnd } from '../../../../../test/file-end.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const executablePath = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

/** Where no browser is found these tests are left out, unless `REQUIRE_BROWSER=1` says that there must be one. */
export const describeInBrowser =
  executablePath === undefined && process.env['REQUIRE_BROWSER'] !== '1' ? describe.skip : describe;

const Violations = z.array(z.string());
const TABS_MAX = 150;
const WIDE = { width: 1280, height: 900 };
/** A telephone held upright. */
export const NARROW = { width: 390, height: 844 };
/** How long an expected thing may take to show; a busy machine is slow. */
const PATIENCE_MS = 30_000;

let browser: Promise<Browser> | null = null;

/** A person's own window: British English, 1280 px, nothing moving. */
export async function newWindow(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (executablePath === undefined) throw new Error('There is no Chromium. Set CHROMIUM_PATH.');
  browser ??= launch(executablePath);
  const context = await (
    await browser
  ).newContext({
    locale: 'en-GB',
    viewport: WIDE,
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** One for all windows of a file. */
function launch(path: string): Promise<Browser> {
  const launched = chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  atFileEnd(async () => {
    browser = null;
    await (await launched).close();
  });
  return launched;
}

/** What axe finds wrong with the page as it is now: rule and place. `colours`: by the rules that look at colours alone. */
export async function axeViolations(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  // Evaluated by the debugger, so that the page's content security policy stays as it is.
  if (z.boolean().parse(await page.evaluate('typeof axe === "undefined"'))) await page.evaluate(axe.source);
  const runOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
  const options = { resultTypes: ['violations'], ...(rules === 'all' ? {} : { runOnly }) };
  const found: unknown = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target, any }) => target.join(' ') + ' ' + (any[0]?.message ?? '')).slice(0, 5).join(' | ')))`,
  );
  return Violations.parse(found);
}

/**
 * Axe finds nothing wrong with the page as it is now, in either theme; with `narrow` nothing but tables scrolls sideways on a telephone.
 *
 * @param what Said when it fails.
 */
export async function expectWell(page: Page, what: string, { narrow = false } = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    // A theme is a matter of the style sheet: the page is the same one, in other colours.
    const found = await axeViolations(page, colorScheme === 'light' ? 'all' : 'colours');
    expect([what, colorScheme, ...found]).toEqual([what, colorScheme]);
  }
  if (!narrow) return;
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(WIDE);
}

/** Changes the address as one of our own links does: the page stays, and shows something else. */
export async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`);
}

/** Presses Tab until the element has the keyboard. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  // The browser's own radio buttons are there for the keyboard, and out of sight.
  await target.waitFor({ state: 'attached' });
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

/** Looks at the page as it is printed. */
export async function inPrint(page: Page, look: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  try {
    await look();
  } finally {
    await page.emulateMedia({ media: 'screen' });
  }
}

/** The page is no wider than the window: nobody has to scroll sideways but inside a table. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Asked again for a while: the layout follows a new width a moment later.
  const overhang = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  await expect.poll(overhang, { timeout: PATIENCE_MS }).toBe(0);
}
