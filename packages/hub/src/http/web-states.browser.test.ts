import type { Locator } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { startWorking } from '../cli/work.ts';
import { axeViolations, describeInBrowser, expectWell, inPrint, isFocused, tabTo, textsOf, turnTo } from './testing/browser.ts';
import { signedIn, webBusiness } from './testing/business.ts';
import { shownMoney, tillTruth } from './testing/truth-grid.ts';
import { webHub } from './testing/web-hub.ts';
import { syncByYesterdaysCode } from './testing/yesterday.ts';

const DAY_MS = 86_400_000;
const WEEK = 'from=2026-11-16&to=2026-11-22';
const HARBOUR = '1';
const BLEECKER = '2';

describeInBrowser('screens that are empty, partial or fail; by keyboard, and on paper', async () => {
  const hub = await webHub(inject('webFolder'), { days: 10, sales: 220, customers: 10, shops: 2, lateEdits: 'pending' });
  const business = await webBusiness(hub);
  await syncByYesterdaysCode(hub, business, [
    { shopId: HARBOUR, soldFrom: '2026-11-17T10:00:00Z', code: 'bad_shape' },
    { shopId: BLEECKER, soldFrom: '2026-11-18T16:00:00Z', code: 'bad_number' },
  ]);
  // What people correct at the till afterwards shows as corrections.
  hub.emulator.control.clock.advance(DAY_MS);
  await business.sync();
  const truth = tillTruth(hub.emulator);
  const { page } = await signedIn(hub);

  const grid = page.getByRole('table', { name: 'Net sales by department' });
  const heatMap = page.getByRole('table', { name: 'Net sales by weekday and hour' });
  const drawer = page.getByRole('dialog');
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const harbourOnTuesday = shownMoney(truth.netSales('Harbour', '2026-11-17'));
  /** On paper stand the figures and what they are, and none of the controls. */
  const expectOnPaper = (shown: readonly Locator[], hidden: readonly Locator[] = []) =>
    inPrint(page, async () => {
      for (const one of shown) expect([String(one), await one.isVisible()]).toEqual([String(one), true]);
      for (const one of [navigation, ...hidden]) expect([String(one), await one.isVisible()]).toEqual([String(one), false]);
    });

  test('a receipt that could not be read makes its day partial: in the grid, the heat map, the day and a comparison', async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    const harbour = grid.getByRole('row', { name: /^Harbour/ });
    await harbour.getByRole('cell').nth(1).getByRole('img', { name: 'partial' }).waitFor();
    expect(await harbour.getByRole('cell').nth(0).getByRole('img').count()).toBe(0);
    expect(await harbour.getByRole('cell').nth(1).innerText()).not.toContain(harbourOnTuesday);
    await grid
      .getByRole('row', { name: /^Total/ })
      .getByRole('img', { name: 'partial' })
      .first()
      .waitFor();
    await turnTo(page, `/turnover?${WEEK}&view=heatmap`);
    await heatMap.getByRole('rowheader', { name: 'Tue 0/1 days' }).waitFor();
    await heatMap.getByRole('rowheader', { name: 'Mon 1/1 days' }).waitFor();
    await turnTo(page, '/days/2026-11-17');
    await page.getByRole('alert').getByText('Harbour: a receipt of this day could not be read').waitFor();
    await page.getByText('partial: Not everything was read').waitFor();
    await page.getByRole('link', { name: 'Reconcile' }).click();
    await page.getByLabel(/^From/).fill('2026-11-17');
    await page.getByLabel(/^To\b/).fill('2026-11-17');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText(/^not read yet: .* 1 receipt$/).waitFor();
  });

  test('fix and replay reads a document again by the rules of today; one that nobody will ever read is dismissed, with a reason', async () => {
    await startWorking(hub.services);
    await page.getByRole('link', { name: 'Activity' }).click();
    const shape = page.getByRole('group').filter({ hasText: 'sale: bad shape' });
    await shape.getByText('sale: bad shape').click();
    await shape.getByRole('table').getByText('Unknown then.').waitFor();
    await expectWell(page, 'problems', { narrow: true });
    await shape.getByRole('button', { name: 'Fix and replay' }).click();
    await shape.waitFor({ state: 'hidden' });

    const number = page.getByRole('group').filter({ hasText: 'sale: bad number' });
    await number.getByText('sale: bad number').click();
    await number.getByRole('button', { name: 'Dismiss' }).click();
    const dismissing = page.getByRole('dialog', { name: 'Dismiss these documents' });
    await dismissing.getByLabel('Reason').fill('A test receipt of 1899');
    await expectWell(page, 'dismiss');
    await dismissing.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('Every document could be read, and every receipt adds up.').waitFor();
    await page.getByRole('table', { name: 'Audit' }).getByText('A test receipt of 1899').waitFor();

    await turnTo(page, `/turnover?${WEEK}`);
    await grid.getByRole('button', { name: `Harbour, Tue 17 Nov: ${harbourOnTuesday}. Show its receipts` }).waitFor();
    expect(await grid.getByRole('img', { name: 'partial' }).count()).toBe(0);
  });

  test('the grid: walked by arrow keys into the receipts of a figure, printed without its controls, a figure without receipts says so', async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    const figure = (name: RegExp) => grid.getByRole('button', { name });
    await tabTo(page, figure(/^Bleecker, Mon 16 Nov/));
    await page.keyboard.press('ArrowDown');
    expect(await isFocused(figure(/^Harbour, Mon 16 Nov/))).toBe(true);
    await page.keyboard.press('ArrowRight');
    expect(await isFocused(figure(/^Harbour, Tue 17 Nov/))).toBe(true);
    await page.keyboard.press('Enter');
    const sum = drawer.getByText(`Sum ${harbourOnTuesday} DKK`);
    await sum.waitFor();
    // What is printed is the grid, not what lies over it.
    await expectOnPaper([], [sum]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await expectOnPaper(
      [page.getByRole('heading', { name: 'Turnover' }), grid],
      [page.getByRole('group', { name: 'What to show' })],
    );
    await turnTo(page, '/turnover?from=2026-11-17&to=2026-11-17&by=hour');
    await grid
      .getByRole('button', { name: /: 0\.00\. Show its receipts$/ })
      .first()
      .click();
    await drawer.getByText('No receipt adds to this figure.').waitFor();
    await page.keyboard.press('Escape');
  });

  test('the heat map: chosen and reached by keyboard, printed in figures, empty when nothing was sold', async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    await tabTo(page, page.getByRole('radio', { name: 'Grid' }));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('figure').getByText('Harbour').waitFor();
    await page.keyboard.press('ArrowRight');
    await heatMap.getByRole('rowheader', { name: /^Tue \d\/1 days/ }).waitFor();
    await tabTo(page, page.getByRole('group', { name: 'Net sales by weekday and hour' }));
    await expectOnPaper([heatMap], [page.getByRole('radiogroup', { name: 'View' })]);
    await turnTo(page, '/turnover?from=2025-03-03&to=2025-03-09&view=heatmap');
    await page.getByText('Nothing was sold in this period.').waitFor();
    await expectWell(page, 'an empty heat map', { narrow: true });
  });

  test('what changed: from a correction to its log by keyboard, sorted by keyboard, printed', async () => {
    await turnTo(page, '/overview');
    const corrections = page.getByRole('table', { name: 'Recent corrections' });
    const open = corrections.getByRole('link', { name: /its log$/ }).first();
    await open.waitFor();
    await expectWell(page, 'corrections', { narrow: true });
    await expectOnPaper([corrections]);
    await tabTo(page, open);
    await page.keyboard.press('Enter');
    const log = page.getByRole('table', { name: "The day's log" });
    const newestFirst = await textsOf(log);
    expect(newestFirst.length).toBeGreaterThan(2);
    await tabTo(page, log.getByRole('button', { name: 'Time' }));
    await page.keyboard.press('Enter');
    await log.locator('[aria-sort=ascending]').waitFor();
    // The oldest is what came with the first import.
    expect(newestFirst.at(-1)?.[1]).toMatch(/^first import/u);
    expect((await textsOf(log))[1]?.[1]).toMatch(/^first import/u);
    await expectOnPaper([log], [page.getByRole('tablist'), page.getByRole('button', { name: 'Print' })]);
    // From tab to tab by the arrows.
    await tabTo(page, page.getByRole('tab', { name: 'Log' }));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('table', { name: 'Receipts of the day' }).waitFor();
  });

  test('visitors are typed, saved and printed without a mouse', async () => {
    await turnTo(page, '/days/2026-11-17?tab=visitors');
    await page.getByText('Choose a department').waitFor();
    await tabTo(page, page.getByLabel('Department', { exact: true }));
    await page.keyboard.press('End');
    const count = page.getByLabel('10:00', { exact: true });
    await tabTo(page, count);
    await page.keyboard.type('42');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/^Ann, /)
      .waitFor();
    await expectOnPaper([count]);
    await expectWell(page, 'visitors', { narrow: true });
  });

  test('a comparison is asked for, opened and printed without a mouse', async () => {
    await turnTo(page, '/reconcile');
    await tabTo(page, page.getByLabel('POS report'));
    await page.keyboard.press('ArrowDown');
    const report = await page.getByLabel('POS report').locator('option:checked').innerText();
    for (const [label, day] of [
      [/^From/, '2026-11-17'],
      [/^To\b/, '2026-11-18'],
    ] as const) {
      await tabTo(page, page.getByLabel(label));
      // How a date is typed is a matter of the browser's language.
      await page.getByLabel(label).fill(day);
    }
    await tabTo(page, page.getByRole('button', { name: 'Compare' }));
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: `${report}, 17` });
    await heading.waitFor();
    const signOff = page.getByRole('button', { name: 'Sign off' });
    await tabTo(page, signOff);
    await expectOnPaper([heading, page.getByRole('region', { name: 'Ours', exact: true })], [signOff]);
    await page.getByRole('link', { name: 'All comparisons' }).click();
    const before = page.getByRole('table', { name: 'Comparisons made before' });
    await before.getByRole('link').first().waitFor();
    await expectWell(page, 'comparisons made before', { narrow: true });
  });

  test('a refused question says what is wrong with its code; an unknown address leads home', async () => {
    await turnTo(page, `/turnover?${WEEK}&measure=no_such_measure`);
    await page
      .getByRole('alert')
      .getByText(/Code invalid_request · request \S+/)
      .waitFor();
    await turnTo(page, '/no/such/page');
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  test('how a sign-in at the POS ended is said in words, even for a code we do not know', async () => {
    await turnTo(page, '/integrations?outcome=failed&code=pos_rejected');
    await page.getByRole('alert').getByText('The POS refused the request.').waitFor();
    await turnTo(page, '/integrations?outcome=failed&code=something_new');
    await page.getByRole('alert').getByText('(code something_new)').waitFor();
  });

  test('a server that is gone is told on every screen, and trying again shows the figures', async () => {
    await turnTo(page, `/turnover?${WEEK}&measure=transactions`);
    await page.getByRole('table', { name: 'Transactions by department' }).getByText('Harbour').waitFor();
    await hub.stop();
    const problem = page.getByRole('alert').filter({ hasText: 'The server did not answer.' });
    await page
      .getByRole('table', { name: 'Transactions by department' })
      .getByRole('button', { name: /^Harbour, Wed/ })
      .click();
    await drawer.getByText('The server did not answer.').waitFor();
    await page.keyboard.press('Escape');
    for (const path of [
      '/turnover?from=2026-11-09&to=2026-11-15&view=heatmap',
      '/days/2026-11-21',
      '/days/2026-11-21?tab=hours',
      '/days/2026-11-21?tab=receipts',
      '/turnover?from=2026-11-09&to=2026-11-15',
    ]) {
      await turnTo(page, path);
      await problem.waitFor();
    }
    expect(await axeViolations(page)).toEqual([]);
    await hub.start();
    await problem.getByRole('button', { name: 'Try again' }).click();
    await grid.getByRole('columnheader', { name: 'Sun 15 Nov' }).waitFor();
  });
});
