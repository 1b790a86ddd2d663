import { expect, inject, test } from 'vitest';
import { axeViolations, describeInBrowser, expectWell as expectWellOf, newWindow, turnTo } from './testing/browser.ts';
import { signedIn, webOwner } from './testing/business.ts';
import { webHub } from './testing/web-hub.ts';

describeInBrowser('every kind of credential, by the words of the help pages', async () => {
  const hub = await webHub(inject('webFolder'), { days: 3, sales: 60, customers: 10, shops: 2 }, { instanceClient: true });
  await webOwner(hub);
  const { rSeries, xSeries } = hub.emulator.credentials;
  if (xSeries === null) throw new Error('The X-Series does not answer.');
  const { page } = await signedIn(hub);
  const card = (name: string) => page.getByRole('article', { name, exact: true });
  const expectWell = (what: string, options?: { readonly narrow: boolean }) => expectWellOf(page, what, options);

  test('an API key is pasted, listed, and its stores mapped: two to one department (P1, P2, P3)', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'API Settings' }).click();
    await page.getByRole('heading', { name: 'POS', exact: true }).waitFor();
    await page.getByRole('button', { name: '+ Add Lightspeed Retail' }).click();
    const adding = page.getByRole('dialog', { name: 'Add Lightspeed Retail' });
    await adding.getByText('The POS calls these keys deprecated').waitFor();
    await adding.getByRole('textbox', { name: 'API key' }).fill(rSeries.apiKey);
    await expectWell('add a key');
    await adding.getByRole('button', { name: 'Submit' }).click();
    const keys = page.getByRole('table', { name: 'API Keys' });
    await keys.getByText('Lightspeed Retail').waitFor();
    await keys.getByRole('button', { name: 'Map Lightspeed Retail' }).click();
    const mapping = page.getByRole('dialog', { name: 'Map Lightspeed Retail' });
    await mapping.getByLabel('Harbour').selectOption('Harbour');
    await mapping.getByLabel('Bleecker').selectOption('Harbour');
    await expectWell('map');
    await mapping.getByRole('button', { name: 'Submit' }).click();
    await mapping.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Departments' }).click();
    const row = page.getByRole('table', { name: 'Departments' }).getByRole('row', { name: /^Harbour/ });
    await row.getByText(/Harbour, Bleecker|Bleecker, Harbour/).waitFor();
  });

  test('a v2 connection of a name, authorized by somebody without an account through a link (C1, C2, W5)', async () => {
    await removeConnection('Lightspeed Retail');
    await page.getByRole('button', { name: 'Connect Lightspeed R-Series' }).click();
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed R-Series' });
    await form.getByLabel('Name your connection').fill('Tills of old');
    await form.getByRole('combobox', { name: 'API type' }).click();
    await page.getByRole('option', { name: 'Lightspeed v2 (old)' }).click();
    await form.getByText('Signs in with the OAuth client of this installation.').waitFor();
    expect(await form.getByLabel('OAuth 2.0 client').count()).toBe(0);
    await form.getByRole('button', { name: 'Save and paste the address' }).click();
    const authorizing = page.getByRole('dialog', { name: 'Authorize Tills of old' });
    await authorizing.getByRole('link', { name: "Open the POS's sign-in" }).waitFor();
    await authorizing.getByLabel('E-mail').fill('mia@example.test');
    await authorizing.getByRole('button', { name: 'Send the link' }).click();
    await authorizing.getByText('This installation sends no mail.').waitFor();
    const link = await authorizing.getByRole('textbox', { name: 'Link' }).inputValue();
    await expectWell('authorize');
    await page.keyboard.press('Escape');

    const elsewhere = await newWindow();
    const other = await elsewhere.newPage();
    await other.goto(link);
    await other.getByText('Ann of Ann & Co asks you').waitFor();
    expect(await axeViolations(other)).toEqual([]);
    await other.getByRole('button', { name: 'Go to the POS and authorize' }).click();
    await other.getByRole('button', { name: 'Authorize application' }).click();
    await other.getByText('Thank you: the account is connected.').waitFor();
    await other.goto(link);
    await other.getByText('This link was used already.').waitFor();
    await elsewhere.close();

    await card('Tills of old').getByText('online').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^Notifications, [1-9]/ }).click();
    await page.getByRole('dialog', { name: 'Notifications' }).getByText('Tills of old').first().waitFor();
    await expectWell('notifications');
    await page.keyboard.press('Escape');
  });

  test('an X-Series token with its steps, a pasted store address and a date it ends on (T1, T2, T3)', async () => {
    await page.getByRole('link', { name: 'Integrations', exact: true }).click();
    await page.getByRole('button', { name: 'Connect Lightspeed X-Series' }).click();
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed X-Series' });
    await form.getByText('Press Add personal token and give it a name.').waitFor();
    await form.getByLabel('Name your connection').fill('Boutiques');
    await form.getByRole('textbox', { name: 'Token' }).fill(xSeries.personalToken);
    await form.getByRole('textbox', { name: 'DomainPrefix' }).fill(`https://${xSeries.domainPrefix}.retail.lightspeed.app/home`);
    await form.getByText(`Store: ${xSeries.domainPrefix}.retail.lightspeed.app`).waitFor();
    await form.getByRole('radio', { name: 'a date' }).check();
    await form.getByLabel('Date it expires').fill('2027-12-31');
    await expectWell('connect by token');
    await form.getByRole('button', { name: 'Add Credential' }).click();
    await page.getByRole('status').getByText('The account is connected.').waitFor();
    await page.getByText('The set-up is not complete yet:').waitFor();
    await card('Boutiques')
      .getByText(/expires in \d+ days/)
      .waitFor();
    await page.getByRole('link', { name: 'Complete the set-up' }).click();
    await page.getByRole('checkbox', { name: /have passed an age gate compliant with my industry/ }).check();
    await page.getByRole('button', { name: 'Update Connection' }).click();
    await page.getByText('Updated.').waitFor();
    await expectWell('connection', { narrow: true });
  });

  test("a store's mapping names the till by its sign; taken away it is a warning, suggested again and saved (M8, M9, T3)", async () => {
    await turnTo(page, '/stores');
    await page.getByRole('link', { name: 'Edit Hudson' }).click();
    const mappings = page.getByRole('region', { name: 'Store Mappings' });
    await mappings.getByRole('img', { name: 'Lightspeed X-Series' }).waitFor();
    await mappings.getByRole('button', { name: 'Remove the mapping of Hudson' }).click();
    await mappings.getByRole('button', { name: 'Save settings' }).click();
    await mappings.getByText('By its name, Hudson belongs here.').waitFor();
    await expectWell('store', { narrow: true });
    await page.getByRole('link', { name: 'All stores' }).click();
    await page.getByRole('region', { name: 'POS shops without a department' }).getByText('Hudson', { exact: true }).waitFor();
    await expectWell('stores with an unmapped shop');
    await page.getByRole('button', { name: 'Map to Hudson' }).click();
    await mappings.getByRole('button', { name: 'Map Hudson' }).click();
    await mappings.getByRole('button', { name: 'Save settings' }).click();
    await mappings.getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'All stores' }).click();
    await page.getByRole('table', { name: 'Retail Stores' }).getByText('Hudson').first().waitFor();
    await page.getByText('POS shops without a department').waitFor({ state: 'hidden' });
  });

  async function removeConnection(name: string): Promise<void> {
    await page.getByRole('link', { name: 'Integrations', exact: true }).click();
    await card(name)
      .getByRole('button', { name: `More for ${name}` })
      .click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page
      .getByRole('dialog', { name: 'Remove this connection?' })
      .getByRole('button', { name: 'Remove connection' })
      .click();
    await card(name).waitFor({ state: 'hidden' });
  }
});
