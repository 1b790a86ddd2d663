import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { startWorking } from '../cli/work.ts';
import { setupUrl } from '../cli/serve.ts';
import { describeInBrowser, expectWell, newWindow, textsOf, turnTo } from './testing/browser.ts';
import { OWNER, PASSWORD, signIn } from './testing/business.ts';
import { handsOn } from './testing/hands.ts';
import { shownMoney, tillTruth } from './testing/truth-grid.ts';
import { webHub } from './testing/web-hub.ts';

/** How many clicks, fields and keys the first figure may take. */
const ACTIONS_MAX = 30;
const WEEK = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14', '2026-11-15'];
const NIGHT_SHOP = '3';

describeInBrowser('the first morning, from nothing to the document behind a figure', async () => {
  const hub = await webHub(inject('webFolder'), { days: 31, sales: 600, customers: 40 });
  const context = await newWindow();
  const page = await context.newPage();

  test('the printed link makes the first owner, who lands on a screen that names the next step', async () => {
    await page.goto((await setupUrl(hub.services, hub.url)) ?? '');
    await page.getByLabel('Your name').fill('Ann');
    await page.getByLabel('E-mail').fill(OWNER);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByLabel('Organization').fill('Ann & Co');
    await page.getByLabel('Currency').fill('DKK');
    await page.getByRole('combobox', { name: 'Home time zone' }).fill('Europe/Copenhagen');
    await page.keyboard.press('Escape');
    await expectWell(page, 'first owner');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('No till is connected yet.').waitFor();
    await page.getByRole('button', { name: 'your account' }).getByText('Ann & Co').waitFor();
    expect(await page.title()).toBe('Overview · Tillweave');
    await expectWell(page, 'an empty overview');
    await turnTo(page, '/turnover');
    await page.getByText('There is no department yet.').waitFor();
  });

  test('signed out nothing shows; a wrong password is said so; the right one leads to where one wanted to go', async () => {
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`${hub.url}/integrations`);
    await signIn(page, OWNER, 'not the password at all');
    await page.getByRole('alert').getByText('That e-mail and password do not match.').waitFor();
    await expectWell(page, 'sign-in');
    await signIn(page, OWNER, PASSWORD);
    await page.getByRole('heading', { name: 'Integrations' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/integrations');
  });

  test('"Lightspeed R" finds the card, Connect leads to the form, and denying at the POS is explained (M1, M13, C1, C3, C4, C5, C6, C7)', async () => {
    await page.getByText('Nothing is connected yet.').waitFor();
    const search = page.getByRole('searchbox', { name: 'Search integrations' });
    await search.fill('nobody sells this');
    await page.getByText('Nothing of that name can be connected.').waitFor();
    await search.fill('');
    await page.getByText('Compare what is supported').click();
    const compared = page.getByRole('table', { name: 'What is supported' });
    await compared.getByRole('row', { name: /^Changes within seconds – not supported.* ✓ supported/ }).waitFor();
    await search.fill('Lightspeed R');
    await page.getByRole('button', { name: 'Connect Lightspeed R-Series' }).click();
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed R-Series' });
    await form.getByLabel('Name your connection').fill('All tills');
    // C7: the hosts of the vendor's list, and no others.
    await form.getByText('HTTP', { exact: true }).click();
    expect(await form.getByLabel('API host').locator('option').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/\(current\)$/), expect.stringMatching(/\(legacy\)$/)]),
    );
    await form.getByText('Simple', { exact: true }).click();
    // C4: a client of one's own is made on the way, and chosen.
    await form.getByRole('button', { name: 'Create an OAuth 2.0 client' }).click();
    const client = page.getByRole('dialog', { name: 'Create an OAuth 2.0 client' });
    await client.getByLabel('App name').fill('Tillweave of Ann');
    await client.getByLabel('Client ID').fill(hub.emulator.credentials.rSeries.clientId);
    await client.getByRole('textbox', { name: 'Client secret' }).fill(hub.emulator.credentials.rSeries.clientSecret);
    await expectWell(page, 'OAuth client');
    await client.getByRole('button', { name: 'Save client' }).click();
    await form.getByLabel('OAuth 2.0 client').getByText('Tillweave of Ann').waitFor({ state: 'attached' });
    expect(await form.getByRole('textbox', { name: 'Redirect URI' }).inputValue()).toBe(
      `${hub.url}/api/v1/oauth/r-series/callback`,
    );
    // C3: the preset is chosen; one taken out says what stops working.
    const chosen = form.getByRole('group', { name: 'Chosen scopes' });
    await chosen.getByText('employee:register_read').waitFor();
    await chosen.getByLabel('employee:admin_void_sale').check();
    await form.getByRole('button', { name: 'Move the checked scopes back' }).click();
    await form.getByText('What will not work').waitFor();
    await form.getByRole('button', { name: 'Least privilege' }).click();
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText('Chosen: 6 scopes.').waitFor();
    await expectWell(page, 'scopes');
    await form.getByRole('button', { name: 'Save and authorize' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('alert').getByText('Access was not granted in the POS.').waitFor();
    const card = page.getByRole('article', { name: 'All tills' });
    await card.getByText('set-up incomplete', { exact: true }).waitFor();
  });

  test("the POS's own consent pages lead back to us, connected (M2)", async () => {
    const card = page.getByRole('article', { name: 'All tills' });
    await card.getByRole('button', { name: 'Authorize', exact: true }).click();
    await page.getByRole('heading', { name: /Sign in to/ }).waitFor();
    await page.getByRole('button', { name: 'Authorize application' }).click();
    await page.getByRole('status').getByText('The account is connected.').waitFor();
    await card.getByText('online').waitFor();
    await card.getByText('(900001), DKK').waitFor();
    // M5: the name to look for in the POS.
    await card.getByText('Tillweave of Ann').waitFor();
    await card.getByRole('button', { name: 'Test' }).click();
    await card.getByText(/It works: .* registers\./).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(page.url()).toBe(`${hub.url}/integrations`);
  });

  test('the history comes in while one watches', async () => {
    await setNightShop(page, hub.url);
    await startWorking(hub.services);
    const card = page.getByRole('article', { name: 'All tills' });
    await card.getByText(/complete: [\d,]{3,} documents read/).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('table', { name: 'Runs' }).getByText('complete').first().waitFor();
    await page.getByText('Every document could be read, and every receipt adds up.').waitFor();
  });

  test('the week shows to the cent what the till knows that it sold', async () => {
    await page.getByRole('link', { name: 'Turnover' }).click();
    // Begins at the newest data, whatever today is.
    await page
      .getByText(/23\s*–\s*29 Nov 2026/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByRole('columnheader', { name: 'Mon 9 Nov' }).waitFor();
    const truth = tillTruth(hub.emulator);
    const [heading, ...rows] = await textsOf(page.getByRole('table', { name: 'Net sales by department' }));
    expect(heading?.[0]).toBe('Net sales (DKK)');
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const names = truth.shopNames.toSorted((a, b) => a.localeCompare(b));
    const days = names.map((name) => WEEK.map((day) => truth.netSales(name, day)));
    expect(sum(days.flat())).toBeGreaterThan(0);
    expect(rows).toEqual([
      ...names.map((name, index) => [name, ...(days[index] ?? []).map(shownMoney), shownMoney(sum(days[index] ?? []))]),
      ['Total', ...WEEK.map((_, day) => shownMoney(sum(days.map((row) => row[day] ?? 0)))), shownMoney(sum(days.flat()))],
    ]);
  });

  test('every figure opens: cell, receipts that sum to it, receipt, version, the raw document and its request', async () => {
    const truth = tillTruth(hub.emulator);
    const figure = shownMoney(truth.netSales('Harbour', '2026-11-14'));
    await page.getByRole('button', { name: `Harbour, Sat 14 Nov: ${figure}. Show its receipts` }).click();
    const drawer = page.getByRole('dialog', { name: 'Harbour · Sat 14 Nov' });
    await drawer.getByText(`Sum ${figure} DKK`).waitFor();
    const [, ...receipts] = await textsOf(drawer.getByRole('table'));
    const listed = receipts.map((cells) => Number((cells[2] ?? '').replaceAll(',', '')));
    expect(listed.length).toBeGreaterThan(1);
    expect(shownMoney(Math.round(listed.reduce((sum, value) => sum + value * 100, 0)))).toBe(figure);
    const number = receipts[0]?.[0] ?? '';
    await drawer.getByRole('link', { name: number }).click();
    await page.getByRole('heading', { name: `Receipt ${number}` }).waitFor();
    await page.getByText(/Counts on Saturday,? 14 November 2026/).waitFor();
    await page.getByRole('button', { name: 'Version 1' }).click();
    const document = page.getByRole('region', { name: "The till's own document" });
    expect(z.object({ ticketNumber: z.string() }).parse(JSON.parse(await document.innerText())).ticketNumber).toBe(number);
    await page.getByText(/GET \/API\/V3\/Account\/900001\/Sale\.json\?.* at /).waitFor();
    await page.goBack();
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  });

  test('the age gate completes the set-up; before that the card says so and why; the page tells what feeds on it (M3, M4, M12, M15, C8)', async () => {
    await page.getByRole('link', { name: 'Integrations' }).click();
    const card = page.getByRole('article', { name: 'All tills' });
    await card.getByText(/set-up incomplete\. Still to do: confirm the age gate/).waitFor();
    await card.getByRole('button', { name: 'Edit All tills' }).click();
    await page.getByRole('heading', { name: 'Loyalty' }).waitFor();
    await page
      .getByRole('checkbox', {
        name: 'All users from this source have passed an age gate compliant with my industry',
      })
      .check();
    await page.getByRole('button', { name: 'Update Connection' }).click();
    await page.getByText(/Confirmed by Ann on/).waitFor();
    await page.getByText('Sourced from: lightspeed').waitFor();
    await page.getByRole('tab', { name: 'Used by' }).click();
    await page.getByRole('list', { name: 'Used by' }).getByText('Department: Harbour').waitFor();
    await page.getByRole('tab', { name: 'Help' }).click();
    await page.getByRole('tabpanel').getByRole('heading').nth(3).waitFor();
    await page.getByRole('link', { name: 'All integrations' }).click();
    await card.getByText('online').waitFor();
    await card.getByText('set-up incomplete').waitFor({ state: 'hidden' });
    // When data came first, last, and comes next.
    for (const fact of ['First data', 'Last success', 'Next run']) await card.getByText(fact, { exact: true }).waitFor();
    await card.getByText('not yet', { exact: true }).waitFor({ state: 'hidden' });
  });

  test('frozen is told with its reason, unfrozen goes on, removed leaves the figures (M6)', async () => {
    await page.getByRole('link', { name: 'Integrations' }).click();
    const card = page.getByRole('article', { name: 'All tills' });
    await card.getByRole('button', { name: 'Freeze All tills' }).click();
    const freezing = page.getByRole('dialog', { name: 'Freeze this connection?' });
    await freezing.getByLabel('Reason').fill('Stocktaking');
    await freezing.getByRole('button', { name: 'Freeze' }).click();
    await card.getByText('Reason: Stocktaking').waitFor();
    await card.getByText('frozen', { exact: true }).waitFor();
    expect(await card.getByRole('button', { name: 'Sync now' }).count()).toBe(0);
    await card.getByRole('button', { name: 'Unfreeze All tills' }).click();
    const thawing = page.getByRole('dialog', { name: 'Unfreeze this connection?' });
    await thawing.getByLabel('From where it stopped').check();
    await expectWell(page, 'unfreeze');
    await thawing.getByRole('button', { name: 'Unfreeze' }).click();
    await card.getByText(/^(online|syncing)$/).waitFor();
    await card.getByRole('button', { name: 'Sync now' }).click();
    await card.getByRole('button', { name: 'More for All tills' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    const removing = page.getByRole('dialog', { name: 'Remove this connection?' });
    await removing.getByText(/It reads [\d,]+ POS shops; [\d,]+ sales of theirs are kept\./).waitFor();
    await removing.getByText('These departments get no more data:').waitFor();
    await removing.getByRole('button', { name: 'Remove connection' }).click();
    await page.getByText('Nothing is connected yet.').waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('table', { name: 'The last 14 days, net sales' }).getByText('Harbour').waitFor();
  });
});

describeInBrowser('the first figure', async () => {
  const hub = await webHub(inject('webFolder'), { days: 3, sales: 60, customers: 10, shops: 2 });
  const { clientId, clientSecret } = hub.emulator.credentials.rSeries;

  test(`from an empty database a figure of the till is on screen within ${ACTIONS_MAX} actions (M1, M2, C1, C4, C6)`, async () => {
    await startWorking(hub.services);
    const page = await (await newWindow()).newPage();
    const hands = handsOn(page);
    // `tillweave start` prints the link.
    await hands.open((await hands.type(() => setupUrl(hub.services, hub.url))) ?? '');
    await hands.fill(page.getByLabel('Your name'), 'Ann');
    await hands.fill(page.getByLabel('E-mail'), OWNER);
    await hands.fill(page.getByRole('textbox', { name: 'Password' }), PASSWORD);
    await hands.fill(page.getByLabel('Organization'), 'Ann & Co');
    await hands.fill(page.getByLabel('Currency'), 'DKK');
    await hands.click(page.getByRole('button', { name: 'Create account' }));
    await hands.click(page.getByRole('link', { name: 'Connect a till' }));
    await hands.click(page.getByRole('button', { name: 'Connect Lightspeed R-Series' }));
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed R-Series' });
    await hands.fill(form.getByLabel('Name your connection'), 'All tills');
    await hands.click(form.getByRole('button', { name: 'Create an OAuth 2.0 client' }));
    const client = page.getByRole('dialog', { name: 'Create an OAuth 2.0 client' });
    await hands.fill(client.getByLabel('App name'), 'Tillweave of Ann');
    await hands.fill(client.getByLabel('Client ID'), clientId);
    await hands.fill(client.getByRole('textbox', { name: 'Client secret' }), clientSecret);
    await hands.click(client.getByRole('button', { name: 'Save client' }));
    await hands.click(form.getByRole('button', { name: 'Save and authorize' }));
    await hands.click(page.getByRole('button', { name: 'Authorize application' }));
    await page.getByRole('status').getByText('The account is connected.').waitFor();
    await hands.click(page.getByRole('link', { name: 'Turnover', exact: true }));
    const figure = shownMoney(tillTruth(hub.emulator).netSales('Harbour', '2026-11-23'));
    expect(figure).not.toBe('0.00');
    await page
      .getByRole('table', { name: 'Net sales by department' })
      .getByRole('button', { name: `Harbour, Mon 23 Nov: ${figure}. Show its receipts` })
      .waitFor();
    expect(hands.actions).toBeLessThanOrEqual(ACTIONS_MAX);
  });
});

/** The third shop of the emulated business trades past midnight, which no till knows. */
async function setNightShop(page: Page, url: string): Promise<void> {
  const headers = { origin: url };
  const answer = await page.request.get(`${url}/api/v1/shops`);
  const { shops } = z
    .object({ shops: z.array(z.object({ posAccountId: z.string(), shopId: z.string() })) })
    .parse(await answer.json());
  const night = shops.find(({ shopId }) => shopId === NIGHT_SHOP);
  const changed = await page.request.put(`${url}/api/v1/shops/${night?.posAccountId ?? ''}/${NIGHT_SHOP}/calendar`, {
    data: { from: '0001-01-01', dayStartHour: 5 },
    headers,
  });
  expect(changed.ok()).toBe(true);
}
