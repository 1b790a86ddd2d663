import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { createMember } from '../modules/organizations/create-owner.ts';
import { axeViolations, describeInBrowser, expectNoSidewaysScroll, expectWell, NARROW, turnTo } from './testing/browser.ts';
import { PASSWORD, signedIn, webBusiness } from './testing/business.ts';
import { shownMoney, tillTruth } from './testing/truth-grid.ts';
import { webHub } from './testing/web-hub.ts';

const VIEWER = 'vic@example.test';
const WEEK = 'from=2026-11-16&to=2026-11-22';
const SCREENS = [
  ['/overview', 'The last 14 days, net sales'],
  [`/turnover?${WEEK}&compare=week`, 'Net sales by department'],
  ['/stores', 'Retail Stores'],
  ['/turnover?from=2026-11-21&to=2026-11-21&by=hour', 'Net sales by department'],
  ['/activity', 'Runs'],
  ['/departments', 'Departments'],
  ['/settings', 'Sessions'],
  ['/settings?section=members', 'Members'],
  ['/settings?section=notifications', 'Notification rules'],
] as const;

describeInBrowser('how the screens look, over ten days of trade', async () => {
  const hub = await webHub(inject('webFolder'), { days: 10, sales: 220, customers: 10, shops: 2 });
  const { organizationId, sync } = await webBusiness(hub);
  await createMember(hub.services, { email: VIEWER, name: 'Vic', password: PASSWORD, organizationId, role: 'viewer' });
  await sync();
  const truth = tillTruth(hub.emulator);
  const { page } = await signedIn(hub);
  const grid = (of: Page) => of.getByRole('table', { name: 'Net sales by department' });

  test('axe finds nothing wrong with any screen in either theme, and at 390 px nothing but tables scrolls sideways', async () => {
    for (const [path, table] of SCREENS) {
      await turnTo(page, path);
      await page.getByRole('table', { name: table }).waitFor();
      await expectWell(page, path, { narrow: true });
    }
  });

  test('nor with drawers, dialogs, a receipt, the chart, and how a sign-in at the POS ended', async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    await grid(page)
      .getByRole('button', { name: /^Harbour, Sat/ })
      .click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await expectWell(page, 'receipts');
    await page.getByRole('dialog').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Version 1' }).click();
    await page.getByRole('region', { name: "The till's own document" }).waitFor();
    await expectWell(page, 'receipt', { narrow: true });
    await turnTo(page, `/turnover?${WEEK}&view=chart`);
    await page.getByRole('figure').getByText('Harbour').waitFor();
    await expectWell(page, 'chart');
    await turnTo(page, '/integrations?outcome=failed&code=oauth_expired');
    await page.getByRole('article', { name: 'All tills' }).getByText('complete:').waitFor();
    await expectWell(page, 'integrations', { narrow: true });
    await page.getByRole('button', { name: 'Freeze All tills' }).click();
    await page.getByRole('dialog').getByLabel('Reason').waitFor();
    await expectWell(page, 'freeze');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Connect Lightspeed R-Series' }).click();
    await page.getByRole('dialog').getByLabel('Name your connection').waitFor();
    await expectWell(page, 'connect');
    await page.keyboard.press('Escape');
  });

  test('on a telephone the navigation opens and closes, and a figure opens its receipts', async () => {
    await page.setViewportSize(NARROW);
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
    await expectNoSidewaysScroll(page);
  });

  test('a viewer sees figures, and nothing else is offered or opened', async () => {
    await using viewer = await signedIn(hub, VIEWER).then(({ context, page }) => ({
      page,
      [Symbol.asyncDispose]: () => context.close(),
    }));
    const { page } = viewer;
    // The overview is all there, and names no receipt: those are not a viewer's to see.
    await page.getByRole('table', { name: 'The last 14 days, net sales' }).waitFor();
    expect(await page.locator('main a[href^="/receipts/"]').count()).toBe(0);
    await turnTo(page, `/turnover?${WEEK}`);
    const harbour = grid(page).getByRole('row', { name: /Harbour/ });
    await harbour.getByText(shownMoney(truth.netSales('Harbour', '2026-11-21'))).waitFor();
    expect(await grid(page).getByRole('button').count()).toBe(0);
    expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual([
      'Overview',
      'Stores',
      'Departments',
      'Turnover',
      'Settings',
    ]);
    expect(await axeViolations(page)).toEqual([]);
    await turnTo(page, '/integrations');
    await page.getByRole('alert').getByText('You may not see this').waitFor();
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });
});
