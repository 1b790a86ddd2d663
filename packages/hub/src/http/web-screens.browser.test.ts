import type { BrowserContext, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { createMember } from '../modules/organizations/create-owner.ts';
import { changeCalendar } from '../modules/stores/change-calendar.ts';
import {
  axeViolations,
  describeInBrowser,
  expectNoSidewaysScroll,
  isFocused,
  newWindow,
  tabTo,
  textsOf,
} from './testing/browser.ts';
import { shownMoney, tillTruth } from './testing/truth-grid.ts';
import { OWNER, PASSWORD, webBusiness } from './testing/business.ts';
import { webHub } from './testing/web-hub.ts';

const VIEWER = 'vic@example.test';
const WEEK = 'from=2026-11-09&to=2026-11-15';
const NIGHT_SHOP = { shopId: '3', dayStartHour: 5, from: '0001-01-01' };
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The 25 hours of 25 October in Copenhagen. */
const NIGHT_HOURS = [
  '00:00',
  '01:00',
  '02:00',
  '02:00²',
  ...Array.from({ length: 21 }, (_, index) => `${String(index + 3).padStart(2, '0')}:00`),
];
const NIGHT_BEGINS = Date.parse('2026-10-24T22:00:00Z');

describeInBrowser('the screens over a month of trade', async () => {
  const hub = await webHub(inject('webFolder'), { days: 31, sales: 600, customers: 40, lateEdits: 'pending' });
  const { services, emulator } = hub;
  const { organizationId, posAccountId, sync } = await webBusiness(hub);
  await createMember(services, { email: VIEWER, name: 'Vic', password: PASSWORD, organizationId, role: 'viewer' });
  await changeCalendar(services, { organizationId, posAccountId, ...NIGHT_SHOP });
  await sync();
  // What people corrected afterwards comes as second versions.
  emulator.control.clock.advance(DAY_MS);
  await sync();
  const truth = tillTruth(emulator);

  const owner = await signedIn(OWNER);
  const viewer = await signedIn(VIEWER);

  async function signedIn(email: string): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
    const context = await newWindow();
    const page = await context.newPage();
    await page.goto(hub.url);
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const state = await context.storageState();
    await context.close();
    return state;
  }

  async function openAs(
    storageState: typeof owner,
    path: string,
    options: Parameters<typeof newWindow>[0] = {},
  ): Promise<{ page: Page; [Symbol.asyncDispose](): Promise<void> }> {
    const context = await newWindow({ storageState, ...options });
    const page = await context.newPage();
    await page.goto(hub.url + path);
    return { page, [Symbol.asyncDispose]: () => context.close() };
  }

  const grid = (page: Page) => page.getByRole('table', { name: 'Net sales by department' });

  test('the night the clock is put back has 25 hours, each equal to what the till sold in it (D19)', async () => {
    await using opened = await openAs(owner, '/turnover?from=2026-10-25&to=2026-10-25&by=hour');
    await grid(opened.page).getByText('Harbour').waitFor();
    const [heading, ...rows] = await textsOf(grid(opened.page));
    const hours = heading?.slice(1, -1) ?? [];
    // Shown from the first to the last hour in which anybody sold something.
    const first = NIGHT_HOURS.indexOf(hours[0] ?? '');
    expect(hours).toEqual(NIGHT_HOURS.slice(first, first + hours.length));
    const harbour = NIGHT_HOURS.map((_, index) =>
      truth.netSales('Harbour', '2026-10-25', new Date(NIGHT_BEGINS + index * HOUR_MS).toISOString()),
    );
    expect(harbour.slice(2, 4).every((cents) => cents !== 0)).toBe(true);
    const row = rows.find(([name]) => name === 'Harbour');
    expect(row).toEqual([
      'Harbour',
      ...harbour.slice(first, first + hours.length).map(shownMoney),
      shownMoney(truth.netSales('Harbour', '2026-10-25')),
    ]);
    // The second 02:00 opens its own receipts, not those of the first.
    await grid(opened.page)
      .getByRole('button', { name: /^Harbour, .*02:00²/ })
      .click();
    await opened.page.getByText(`Sum ${shownMoney(harbour[3] ?? 0)} DKK`).waitFor();
  });

  test('by keyboard alone: past the navigation, to a figure, its receipts, and back to where one was', async () => {
    await using opened = await openAs(owner, `/turnover?${WEEK}`);
    const { page } = opened;
    const figure = page.getByRole('button', { name: /^Harbour, Sat 14 Nov/ });
    await figure.waitFor();
    await page.keyboard.press('Tab');
    expect(await isFocused(page.getByRole('link', { name: 'Skip to content' }))).toBe(true);
    await page.keyboard.press('Enter');
    await tabTo(page, figure);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await tabTo(page, drawer.getByRole('link').first());
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(await isFocused(figure)).toBe(true);
    await page.keyboard.press('Enter');
    await tabTo(page, drawer.getByRole('link').first());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Receipt / }).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Version 1' }));
    await page.keyboard.press('Space');
    await page.getByRole('region', { name: "The till's own document" }).waitFor();
  });

  test('a receipt that changed shows both versions and which fields differ', async () => {
    await using opened = await openAs(owner, '/overview');
    const { page } = opened;
    await page
      .getByRole('table', { name: 'Recent corrections' })
      .getByRole('row', { name: /edited/ })
      .getByRole('link')
      .last()
      .click();
    await page.getByText(/changed: \d versions/).waitFor();
    await page.getByRole('button', { name: 'Version 2' }).click();
    const [, ...changes] = await textsOf(page.getByRole('table', { name: 'What changed' }));
    expect(changes.length).toBeGreaterThan(0);
    for (const [, before, after] of changes) expect(before).not.toBe(after);
    await page.setViewportSize({ width: 390, height: 800 });
    await expectNoSidewaysScroll(page);
  });

  test('a viewer sees figures, and nothing else is offered or opened', async () => {
    await using opened = await openAs(viewer, `/turnover?${WEEK}`);
    const { page } = opened;
    const harbour = grid(page).getByRole('row', { name: /Harbour/ });
    await harbour.getByText(shownMoney(truth.netSales('Harbour', '2026-11-14'))).waitFor();
    expect(await grid(page).getByRole('button').count()).toBe(0);
    expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual([
      'Overview',
      'Stores',
      'Departments',
      'Turnover',
      'Settings',
    ]);
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`${hub.url}/overview`);
    // The overview is all there, and names no receipt: those are not a viewer's to see.
    await page.getByRole('table', { name: 'The last 14 days, net sales' }).waitFor();
    expect(await page.locator('main a[href^="/receipts/"]').count()).toBe(0);
    await page.goto(`${hub.url}/integrations`);
    await page.getByRole('alert').getByText('You may not see this').waitFor();
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  test('a server that is gone is told, and trying again shows the figures', async () => {
    await using opened = await openAs(owner, `/turnover?${WEEK}`);
    const { page } = opened;
    await grid(page).getByText('Harbour').waitFor();
    await hub.stop();
    await page.getByRole('button', { name: 'Earlier' }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'The server did not answer.' });
    await problem.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await hub.start();
    await problem.getByRole('button', { name: 'Try again' }).click();
    await grid(page).getByRole('columnheader', { name: 'Mon 2 Nov' }).waitFor();
  });

  test('a refused question says what is wrong with its code; an unknown address leads home', async () => {
    await using opened = await openAs(owner, `/turnover?${WEEK}&measure=no_such_measure`);
    const { page } = opened;
    await page
      .getByRole('alert')
      .getByText(/Code invalid_request · request \S+/)
      .waitFor();
    await page.goto(`${hub.url}/no/such/page`);
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  test('how a sign-in at the POS ended is said in words, even for a code we do not know', async () => {
    await using opened = await openAs(owner, '/integrations?outcome=failed&code=oauth_wrong_account');
    const { page } = opened;
    await page.getByRole('alert').getByText('You signed in to another POS account').waitFor();
    await page.goto(`${hub.url}/integrations?outcome=failed&code=something_new`);
    await page.getByRole('alert').getByText('(code something_new)').waitFor();
  });

  test('comparison, measures and the chart; all of it stands in the address', async () => {
    await using opened = await openAs(owner, `/turnover?${WEEK}`);
    const { page } = opened;
    await grid(page).waitFor();
    await page.getByLabel('Compare with').selectOption('the period before');
    await grid(page)
      .getByText(/[▲▼=] \d+ %/)
      .first()
      .waitFor();
    await page.getByLabel('Measure').selectOption('Transactions');
    await page.getByRole('table', { name: 'Transactions by department' }).waitFor();
    await page.getByText('Chart', { exact: true }).click();
    await page
      .getByRole('figure', { name: /Transactions by department, as bars/ })
      .getByText('Harbour')
      .waitFor();
    expect(new URL(page.url()).searchParams.get('measure')).toBe('transactions');
    await page.reload();
    await page.getByRole('figure').getByText('Harbour').waitFor();
  });

  const screens = [
    ['/overview', 'The last 14 days, net sales'],
    [`/turnover?${WEEK}&compare=week`, 'Net sales by department'],
    ['/turnover?from=2026-10-25&to=2026-10-25&by=hour', 'Net sales by department'],
    ['/activity', 'Runs'],
    ['/stores', 'Retail Stores'],
    ['/departments', 'Departments'],
    ['/settings', 'Sessions'],
    ['/settings?section=members', 'Members'],
    ['/settings?section=notifications', 'Notification rules'],
  ] as const;
  test('axe finds nothing wrong with any screen in either theme, drawers and dialogs open', async () => {
    await using opened = await openAs(owner, '/overview');
    const { page } = opened;
    const expectWell = async (what: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
        expect([what, colorScheme, ...(await axeViolations(page))]).toEqual([what, colorScheme]);
      }
    };
    for (const [path, table] of screens) {
      await page.goto(hub.url + path);
      await page.getByRole('table', { name: table }).waitFor();
      await expectWell(path);
    }
    await page.goto(`${hub.url}/turnover?${WEEK}`);
    await grid(page)
      .getByRole('button', { name: /^Harbour, Sat/ })
      .click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await expectWell('receipts');
    await page.getByRole('dialog').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Version 1' }).click();
    await page.getByRole('region', { name: "The till's own document" }).waitFor();
    await expectWell('receipt');
    await page.goto(`${hub.url}/turnover?${WEEK}&view=chart`);
    await page.getByRole('figure').getByText('Harbour').waitFor();
    await expectWell('chart');
    await page.goto(`${hub.url}/integrations?outcome=failed&code=oauth_expired`);
    await page.getByRole('article', { name: 'All tills' }).getByText('complete:').waitFor();
    await expectWell('integrations');
    await page.getByRole('button', { name: 'Freeze All tills' }).click();
    await page.getByRole('dialog').getByLabel('Reason').waitFor();
    await expectWell('freeze');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Connect Lightspeed R-Series' }).click();
    await page.getByRole('dialog').getByLabel('Name your connection').waitFor();
    await expectWell('connect');
  });

  test('at 390 px nothing but tables scrolls sideways, and the navigation opens and closes', async () => {
    await using opened = await openAs(owner, '/overview', { viewport: { width: 390, height: 800 } });
    const { page } = opened;
    for (const [path, table] of screens) {
      await page.goto(hub.url + path);
      await page.getByRole('table', { name: table }).waitFor();
      await expectNoSidewaysScroll(page);
    }
    await page.goto(`${hub.url}/integrations`);
    await page.getByRole('article', { name: 'All tills' }).waitFor();
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('link', { name: 'Turnover' }).click();
    await page.getByRole('heading', { name: 'Turnover' }).waitFor();
    await grid(page)
      .getByRole('button', { name: /^Harbour, Mon 23 Nov/ })
      .click();
    await page
      .getByRole('dialog')
      .getByText(`Sum ${shownMoney(truth.netSales('Harbour', '2026-11-23'))} DKK`)
      .waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
