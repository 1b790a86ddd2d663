import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { describeInBrowser, expectWell, newWindow, turnTo } from './testing/browser.ts';
import { PASSWORD, signedIn, signIn, webBusiness } from './testing/business.ts';
import { totp } from './testing/totp.ts';
import { webHub } from './testing/web-hub.ts';

const OTHER_PASSWORD = 'another horse, another staple';
const MEMBER = 'mia@example.test';
/** Everything a page can keep in its browser, as one text. */
const STORED = `(async () => {
  const stored = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href];
  for (const { name } of await indexedDB.databases()) stored.push('indexedDB: ' + name);
  for (const name of await caches.keys()) stored.push('cache: ' + name);
  return stored.join('\\n');
})()`;

describeInBrowser('people, what they may do, and what they leave', async () => {
  const hub = await webHub(inject('webFolder'), { days: 3, sales: 40, customers: 5, shops: 2 });
  const { clientSecret, refreshToken } = hub.emulator.credentials.rSeries;
  const { sync } = await webBusiness(hub);
  await sync();
  const { page } = await signedIn(hub);
  const member = await windowOf();

  async function windowOf(): Promise<Page> {
    const window = await (await newWindow()).newPage();
    await window.goto(hub.url);
    return window;
  }

  test('somebody is invited, joins by the link, and finds what their role leaves out disabled, with whom to ask (W1)', async () => {
    await turnTo(page, '/settings?section=members');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByLabel('E-mail').fill(MEMBER);
    await dialog.getByLabel('Role').selectOption('viewer');
    await expectWell(page, 'invite');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const link = await page.getByRole('dialog').getByRole('textbox', { name: 'Invitation link' }).inputValue();
    await page.keyboard.press('Escape');

    await member.goto(link);
    await member.getByText(`You were invited as ${MEMBER} in the role viewer.`).waitFor();
    await expectWell(member, 'invitation');
    await member.getByLabel('Your name').fill('Mia');
    await member.getByRole('textbox', { name: 'Password' }).fill(OTHER_PASSWORD);
    await member.getByRole('button', { name: 'Join' }).click();
    await member.getByRole('link', { name: 'To the sign-in' }).click();
    await signIn(member, MEMBER, OTHER_PASSWORD);
    await member.getByRole('heading', { name: 'Overview' }).waitFor();
    await turnTo(member, '/stores');
    await member.getByRole('button', { name: 'Add store' }).focus();
    await member.getByRole('tooltip').getByText('Your role (viewer) may not do this. Ask Ann (owner).').waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Change Mia' }).click();
    const changing = page.getByRole('dialog', { name: 'Change Mia' });
    await changing.getByLabel('Role').selectOption('supervisor');
    await changing.getByRole('button', { name: 'Save' }).click();
    await changing.waitFor({ state: 'hidden' });
    await member.reload();
    await member.getByRole('button', { name: 'Add store' }).click();
    await member.getByRole('dialog', { name: 'Add a store' }).waitFor();
  });

  test('two factors: turned on with the code of an authenticator, asked for at the next sign-in', async () => {
    await turnTo(member, '/settings');
    const section = member.getByRole('region', { name: 'Two-factor sign-in' });
    await section.getByLabel('Current password').fill(OTHER_PASSWORD);
    await section.getByRole('button', { name: 'Turn on' }).click();
    const uri = await section.getByRole('textbox', { name: 'Or type this address into it' }).inputValue();
    await section.getByRole('img', { name: 'QR code for the authenticator' }).waitFor();
    await expectWell(member, 'two factors');
    await section.getByRole('textbox', { name: 'Code' }).fill(totp(uri));
    await section.getByRole('button', { name: 'Verify' }).click();
    await section.getByText('It is on').waitFor();
    const again = await windowOf();
    await signIn(again, MEMBER, OTHER_PASSWORD);
    await again.getByRole('heading', { name: 'Second step' }).waitFor();
    await expectWell(again, 'second step');
    await again.getByLabel('Code of your authenticator').fill('000000');
    await again.getByRole('button', { name: 'Continue' }).click();
    await again.getByRole('alert').waitFor();
    await again.getByLabel('Code of your authenticator').fill(totp(uri));
    await again.getByRole('button', { name: 'Continue' }).click();
    await again.getByRole('heading', { name: 'Overview' }).waitFor();
    await again.context().close();
  });

  test('an access token is shown once; of no secret anything stays in the browser', async () => {
    await turnTo(page, '/settings?section=tokens');
    await page.getByRole('button', { name: 'Make an access token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make an access token' });
    await dialog.getByLabel('Name').fill('Planner');
    await dialog.getByRole('checkbox', { name: 'turnover:read' }).check();
    await expectWell(page, 'access token');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    const token = await page.getByRole('dialog').getByRole('textbox', { name: 'Access token' }).inputValue();
    expect(token.length).toBeGreaterThan(20);
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('Planner').waitFor();
    await page.reload();
    await page.getByText('Planner').waitFor();
    const html = await page.content();
    await page.goto(`${hub.url}/integrations`);
    await page.getByRole('article', { name: 'All tills' }).waitFor();
    const kept = html + (await page.content()) + z.string().parse(await page.evaluate(STORED));
    for (const secret of [token, PASSWORD, OTHER_PASSWORD, clientSecret, refreshToken]) expect(kept).not.toContain(secret);
    // Nor is the session itself within reach of a script.
    expect(z.string().parse(await page.evaluate('document.cookie'))).not.toContain('session');
  });

  test('one shop is frozen with a reason and unfrozen; a connection is retired and its data stays (M6, M7)', async () => {
    const card = page.getByRole('article', { name: 'All tills' });
    await card.getByText(/^POS shops \(/).click();
    await card.getByRole('button', { name: 'Freeze the shop Bleecker' }).click();
    const freezing = page.getByRole('dialog', { name: 'Freeze this shop?' });
    await freezing.getByLabel('Reason').fill('Stocktaking');
    await expectWell(page, 'freeze a shop');
    await freezing.getByRole('button', { name: 'Freeze' }).click();
    await card.getByText('frozen: Stocktaking').waitFor();
    await card.getByRole('button', { name: 'Unfreeze the shop Bleecker' }).click();
    await page.getByRole('dialog', { name: 'Unfreeze this shop?' }).getByRole('button', { name: 'Unfreeze' }).click();
    await card.getByRole('button', { name: 'Freeze the shop Bleecker' }).waitFor();

    await card.getByRole('button', { name: 'More for All tills' }).click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    const retiring = page.getByRole('dialog', { name: 'Retire All tills?' });
    await retiring.getByText(/It reads 2 POS shops/).waitFor();
    await retiring.getByLabel('Last mappings end on').fill('2026-11-25');
    await retiring.getByLabel('Reason').fill('New tills');
    await expectWell(page, 'retire');
    await retiring.getByRole('button', { name: 'Retire' }).click();
    await card.getByText('retired').first().waitFor();
    await page.getByRole('link', { name: 'Turnover' }).click();
    await page.getByRole('table', { name: 'Net sales by department' }).getByText('Harbour').waitFor();
  });
});
