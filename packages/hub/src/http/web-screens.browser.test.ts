import { expect, inject, test } from 'vitest';
import { changeCalendar } from '../modules/stores/change-calendar.ts';
import { describeInBrowser, expectWell, isFocused, tabTo, textsOf, turnTo } from './testing/browser.ts';
import { shownMoney, tillTruth } from './testing/truth-grid.ts';
import { signedIn, webBusiness } from './testing/business.ts';
import { webHub } from './testing/web-hub.ts';

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
  const { organizationId, posAccountId, connectionId, sync } = await webBusiness(hub);
  await changeCalendar(services, { organizationId, posAccountId, ...NIGHT_SHOP });
  await sync();
  // What people corrected afterwards comes as second versions.
  emulator.control.clock.advance(DAY_MS);
  await sync();
  const truth = tillTruth(emulator);

  const { page } = await signedIn(hub);
  const grid = page.getByRole('table', { name: 'Net sales by department' });

  test('the night the clock is put back has 25 hours, each equal to what the till sold in it (D19)', async () => {
    await turnTo(page, '/turnover?from=2026-10-25&to=2026-10-25&by=hour');
    await grid.getByText('Harbour').waitFor();
    const [heading, ...rows] = await textsOf(grid);
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
    await grid.getByRole('button', { name: /^Harbour, .*02:00²/ }).click();
    await page.getByText(`Sum ${shownMoney(harbour[3] ?? 0)} DKK`).waitFor();
  });

  test('by keyboard alone: past the navigation, to a figure, its receipts, and back to where one was', async () => {
    // Loaded anew, the keyboard is where a person finds it.
    await page.goto(`${hub.url}/turnover?${WEEK}`);
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
    await turnTo(page, '/overview');
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
    await expectWell(page, 'a receipt that changed', { narrow: true });
  });

  test('comparison, measures and the chart; all of it stands in the address', async () => {
    await turnTo(page, `/turnover?${WEEK}`);
    await grid.waitFor();
    await page.getByLabel('Compare with').selectOption('the period before');
    await grid
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

  test('a register that does not count takes its receipts out of the figures, each says so, and what is chosen back is there again (M14)', async () => {
    const cell = /^Harbour, Sat 14 Nov/;
    const receipts = page.getByRole('dialog').getByRole('table', { name: 'Receipts behind this figure' });
    const sold = shownMoney(truth.netSales('Harbour', '2026-11-14'));
    await turnTo(page, `/turnover?${WEEK}`);
    await grid.getByRole('button', { name: cell }).click();
    await page.getByText(`Sum ${sold} DKK`).waitFor();
    const [, [number = ''] = []] = await textsOf(receipts);
    const register = await registerOf(number);
    await page.keyboard.press('Escape');

    const settings = `/integrations/${connectionId}`;
    await turnTo(page, settings);
    await page.getByRole('combobox', { name: 'Registers left out' }).click();
    await page.getByRole('option', { name: `Harbour · ${register}`, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByText('Not saved yet.').waitFor();
    await page.getByRole('button', { name: 'Update Connection' }).click();
    await page.getByText('Updated.').waitFor();

    await turnTo(page, `/turnover?${WEEK}`);
    await grid.getByRole('button', { name: cell }).click();
    await receipts.waitFor();
    await receipts.getByRole('link', { name: number, exact: true }).waitFor({ state: 'hidden' });
    const [, ...left] = await textsOf(receipts);
    expect(left.length).toBeGreaterThan(0);
    expect(await page.getByText(`Sum ${sold} DKK`).count()).toBe(0);
    await page.keyboard.press('Escape');
    await openReceipt(number);
    await page.getByText('Nothing: its shop or register is one that does not count').waitFor();
    await page.getByText('Dated Saturday, 14 November 2026').waitFor();

    await turnTo(page, settings);
    await page.getByText(/^\d+ of \d+ registers count/).waitFor();
    await page.getByRole('combobox', { name: 'Registers left out' }).click();
    await page.getByRole('option', { name: `Harbour · ${register}`, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Update Connection' }).click();
    await page.getByText('Updated.').waitFor();
    await turnTo(page, `/turnover?${WEEK}`);
    await grid.getByRole('button', { name: cell }).click();
    await page.getByText(`Sum ${sold} DKK`).waitFor();
  });

  /** By the search, which finds receipts that stand in no figure as well. */
  async function openReceipt(number: string): Promise<void> {
    await page.getByPlaceholder('Receipt, store, department').fill(number);
    await page
      .getByRole('option', { name: new RegExp(number) })
      .first()
      .click();
    await page.getByRole('heading', { name: `Receipt ${number}` }).waitFor();
  }

  /** The register's name, as the list of receipts has it. */
  async function registerOf(number: string): Promise<string> {
    const row = page.getByRole('dialog').getByRole('row', { name: new RegExp(number) });
    const texts = await row.getByRole('cell').allInnerTexts();
    return texts.at(-2)?.trim() ?? '';
  }
});
