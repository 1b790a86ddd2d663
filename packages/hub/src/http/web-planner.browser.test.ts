import { expect, inject, test } from 'vitest';
import { changeCalendar } from '../modules/stores/change-calendar.ts';
import { describeInBrowser, expectWell as expectWellOf, inPrint, tabTo, textsOf, turnTo } from './testing/browser.ts';
import { signedIn, webBusiness } from './testing/business.ts';
import { shownMoney, tillTruth } from './testing/truth-grid.ts';
import { webHub } from './testing/web-hub.ts';

const DAY_MS = 86_400_000;
const WEEK = 'from=2026-11-16&to=2026-11-22';

describeInBrowser("the planner's screens", async () => {
  const hub = await webHub(inject('webFolder'), { days: 10, sales: 220, customers: 10, shops: 2, lateEdits: 'pending' });
  const { services, emulator } = hub;
  const { organizationId, posAccountId, sync } = await webBusiness(hub);
  await sync();
  emulator.control.clock.advance(DAY_MS);
  await sync();
  const truth = tillTruth(emulator);

  const { page } = await signedIn(hub);
  const expectWell = (what: string) => expectWellOf(page, what, { narrow: true });

  test("what was corrected at the till leads to the day's Log, whose column turnover ends at the till's figure (P4, P5)", async () => {
    const corrections = page.getByRole('table', { name: 'Recent corrections' });
    await corrections
      .getByRole('link', { name: /its log$/ })
      .first()
      .click();
    const log = page.getByRole('table', { name: "The day's log" });
    const [heading, newest, ...older] = await textsOf(log);
    expect(heading?.some((text) => text.startsWith('turnover'))).toBe(true);
    expect(older.at(-1)?.[1]).toMatch(/^first import/u);
    // The shop was found under the department of its name.
    const { pathname, searchParams } = new URL(page.url());
    const day = pathname.slice(pathname.lastIndexOf('/') + 1);
    const name = await page.getByLabel('Department').locator('option:checked').innerText();
    expect(searchParams.get('tab')).toBe('log');
    expect(newest?.[2]).toBe(shownMoney(truth.netSales(name, day)));
    expect(newest?.[3]).toMatch(/^[+-]/u);
    await expectWell('log');
  });

  test("by keyboard from the grid to a day: values, hours and receipts, each equal to the till's; printed without its controls", async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    const header = page.getByRole('table', { name: 'Net sales by department' }).getByRole('link', { name: 'Tue 17 Nov' });
    await tabTo(page, header);
    await page.keyboard.press('Enter');
    // The grid, whose name speaks of departments as well, is shown until the day has come.
    await page.getByRole('tab', { name: 'Values' }).waitFor();
    await page.getByLabel('Department', { exact: true }).selectOption('Harbour');
    const total = shownMoney(truth.netSales('Harbour', '2026-11-17'));
    const values = page.getByRole('table', { name: 'Values of the day' });
    await values
      .getByRole('row', { name: /^Net sales / })
      .getByText(`${total} DKK`)
      .waitFor();
    await expectWell('values');
    await tabTo(page, page.getByRole('tab', { name: 'Values' }));
    await page.keyboard.press('ArrowRight');
    const hours = page.getByRole('table', { name: 'Hours of the day' });
    await hours
      .getByRole('row', { name: /^Total/ })
      .getByText(total)
      .waitFor();
    await expectWell('hours');
    await inPrint(page, async () => {
      expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
      expect(await hours.isVisible()).toBe(true);
    });
    await page.getByRole('tab', { name: 'Receipts' }).click();
    await page.getByRole('table', { name: 'Receipts of the day' }).getByRole('link').first().waitFor();
    await expectWell('receipts');
  });

  test('a day nobody knows and a day that is not complete each say so', async () => {
    await turnTo(page, '/days/2031-01-01?tab=log');
    await page.getByLabel('Department').selectOption('Harbour');
    await page.getByText('Nothing has been imported for this day yet.').waitFor();
    await page.getByRole('tab', { name: 'Receipts' }).click();
    await page.getByText('There is no receipt on this day.').waitFor();
    await turnTo(page, '/days/2026-02-30');
    await page.getByText('There is no such page.').waitFor();
    await turnTo(page, '/integrations');
    await page.getByText(/^POS shops \(/).click();
    await page.getByRole('button', { name: 'Freeze the shop Harbour' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Being rebuilt');
    await page.getByRole('dialog').getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('frozen: Being rebuilt').waitFor();
    await turnTo(page, '/days/2026-11-25');
    await page
      .getByRole('alert')
      .getByText(/Harbour: .*a shop is frozen/)
      .waitFor();
    await expectWell('a day that is not complete');
  });

  test('the heat map shows when it is busy, in figures', async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    await page.getByText('Heat map', { exact: true }).click();
    const map = page.getByRole('table', { name: 'Net sales by weekday and hour' });
    const rows = await textsOf(map);
    expect(rows.map(([name]) => name?.slice(0, 3)).slice(1)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    // The exact figures stand in the titles.
    const titles: string[] = [];
    for (const cell of await map.getByRole('row', { name: /^Mon/ }).locator('td[title]').all())
      titles.push((await cell.getAttribute('title')) ?? '');
    const monday = titles.map((title) => Math.round(Number(/; (.*) in all$/u.exec(title)?.[1]?.replaceAll(',', '')) * 100));
    const till = truth.shopNames.reduce((sum, name) => sum + truth.netSales(name, '2026-11-16'), 0);
    expect(monday.reduce((sum, cents) => sum + cents, 0)).toBe(till);
    await expectWell('heat map');
  });

  test('visitors are entered by hand and from a file, whose mistakes are named; conversion follows', async () => {
    await turnTo(page, '/days/2026-11-17?tab=visitors');
    await page.getByText('Choose a department').waitFor();
    await page.getByLabel('Department').selectOption('Harbour');
    await page.getByLabel('Whole day').fill('500');
    await page.getByRole('button', { name: 'Save visitors' }).click();
    await page
      .getByRole('status')
      .getByText(/^Ann, /)
      .waitFor();
    await page.getByRole('button', { name: 'Import visitors' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import visitors' });
    const lines = dialog.getByLabel('Or paste it');
    await lines.fill('day,hour,department,visitors\n2026-11-18,,Harbour,400\n2026-11-18,,Nowhere,7\n');
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByRole('table', { name: 'Mistakes' }).getByRole('row').nth(1).waitFor();
    await expectWell('import visitors');
    await lines.fill('day,hour,department,visitors\n2026-11-18,,Harbour,400\n');
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByText('1 line is well.').waitFor();
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText('1 line was taken.').waitFor();
    await page.keyboard.press('Escape');
    await turnTo(page, `/turnover?${WEEK}&measure=visitors`);
    const harbour = page.getByRole('table', { name: 'Visitors by department' }).getByRole('row', { name: /^Harbour/ });
    await harbour.getByText('900', { exact: true }).waitFor();
    await page.getByLabel('Measure').selectOption('Conversion');
    await page
      .getByRole('table', { name: 'Conversion by department' })
      .getByText(/^\d+(\.\d)?%$/)
      .first()
      .waitFor();
  });

  test("opening hours, a closed day, and days handed back to the till, on the store's page", async () => {
    await changeCalendar(services, {
      organizationId,
      posAccountId,
      shopId: '2',
      timeZone: 'Europe/London',
      dayStartHour: 0,
      from: '0001-01-01',
    });
    // Loaded anew: nobody tells a page that stands open.
    await page.goto(`${hub.url}/stores`);
    await page.getByRole('link', { name: 'Edit Bleecker' }).click();
    const section = page.getByRole('region', { name: 'Opening hours and closed days' });
    await section.getByRole('button', { name: 'Opening hours of Bleecker' }).click();
    const week = page.getByRole('dialog', { name: 'Opening hours of Bleecker' });
    await week.getByRole('checkbox', { name: 'Sun' }).uncheck();
    await expectWell('opening hours');
    await week.getByRole('button', { name: 'Save opening hours' }).click();
    await section.getByText(/Sat 09:00–18:00, Sun closed/).waitFor();
    await section.getByRole('button', { name: 'Closed day of Bleecker' }).click();
    const closed = page.getByRole('dialog', { name: 'Closed day of Bleecker' });
    await closed.getByLabel('Day').fill('2026-12-24');
    await closed.getByLabel('Reason').fill('Christmas');
    await closed.getByRole('button', { name: 'Mark as closed' }).click();
    await section.getByText(/24 Dec: Christmas/).waitFor();
    const days = page.getByRole('region', { name: 'Days', exact: true });
    await days.getByRole('button', { name: 'Hand back to the till the zone of Bleecker' }).click();
    const back = page.getByRole('dialog', { name: /the zone of Bleecker/ });
    await back.getByText(/would move/).waitFor();
    await expectWell('hand back');
    await back.getByRole('button', { name: 'Hand back to the till' }).click();
    await back.waitFor({ state: 'hidden' });
    await days.getByText('zone set by hand').waitFor({ state: 'hidden' });
  });

  test('before mappings are saved it says which figures move from where to where', async () => {
    await turnTo(page, '/stores');
    await page.getByRole('link', { name: 'Edit Bleecker' }).click();
    const mappings = page.getByRole('region', { name: 'Store Mappings' });
    await mappings.getByLabel('Until').first().fill('2026-11-20');
    await mappings.getByText(/net sales of \d+ days?, .*: from Bleecker to no department/).waitFor();
    await expectWell('moves');
  });

  test("our figure beside the till's own report: read from it, every difference named, signed off", async () => {
    await page.getByRole('link', { name: 'Reconcile' }).click();
    await page.getByText('Nothing has been compared yet.').waitFor();
    await page.getByLabel('POS report').selectOption('Accounting report: sales incl. tax');
    await page.getByLabel(/^From/).fill('2026-11-17');
    await page.getByLabel(/^To\b/).fill('2026-11-18');
    await expectWell('new comparison');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: /^Accounting report: sales incl\. tax, 17/ }).waitFor();
    await page.getByRole('region', { name: 'POS', exact: true }).getByText('read from the POS').waitFor();
    await page.getByText('Everything is explained.').waitFor();
    await page.getByRole('button', { name: 'Sign off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign off this comparison' });
    await dialog.getByLabel('Note').fill('Looked at with Bo');
    await expectWell('sign-off');
    await dialog.getByRole('button', { name: 'Sign off' }).click();
    await page.getByText(/Signed off by Ann, .*: Looked at with Bo/).waitFor();

    // A typed figure that is off by ten is said, and not plugged.
    await page.getByRole('link', { name: 'All comparisons' }).click();
    await page.getByLabel(/^From/).fill('2026-11-17');
    await page.getByLabel(/^To\b/).fill('2026-11-17');
    await page.getByLabel("The POS's figure").fill('1.234,5');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('This is no amount').waitFor();
    await page.getByLabel("The POS's figure").fill('12345.50');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page
      .getByRole('alert')
      .getByText(/stays unexplained/)
      .waitFor();
    await expectWell('unexplained');
  });
});
