import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { startWorking } from '../cli/work.ts';
import { tenantTransaction } from '../platform/database/transaction.ts';
import { describeInBrowser, expectWell } from './testing/browser.ts';
import { signedIn, webOwner } from './testing/business.ts';
import { webHub } from './testing/web-hub.ts';

const MINUTE_MS = 60_000;
/** The application that Ann registered at the R-Series. */
const ofAnn = { clientId: 'tillweave-of-ann', clientSecret: 'secret-of-the-application-of-ann' };

describeInBrowser('signing in at the POS, and every way it can end', async () => {
  const hub = await webHub(inject('webFolder'), { days: 3, sales: 60, customers: 10, shops: 2 });
  const { organizationId } = await webOwner(hub);
  const { services, emulator } = hub;
  const { xSeries } = emulator.credentials;
  if (xSeries === null) throw new Error('The X-Series does not answer.');
  const { context, page } = await signedIn(hub);
  const card = (name: string) => page.getByRole('article', { name, exact: true });
  const outcome = (of: Page, text: string) => of.getByRole('alert').getByText(text).waitFor();

  test("X-Series by OAuth, with a client and scopes of one's own: cancelled is explained, allowed is connected (C1, C3, C4, C6, T3)", async () => {
    await page.getByRole('link', { name: 'Integrations', exact: true }).click();
    await page.getByRole('button', { name: 'Connect Lightspeed X-Series' }).click();
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed X-Series' });
    await form.getByLabel('Name your connection').fill('Boutiques');
    await form.getByRole('combobox', { name: 'API type' }).click();
    await page.getByRole('option', { name: 'OAuth 2.0' }).click();
    await makeClient('Tillweave of Ann', xSeries);
    const chosen = form.getByRole('group', { name: 'Chosen scopes' });
    await chosen.getByLabel('webhooks').check();
    await form.getByRole('button', { name: 'Move the checked scopes back' }).click();
    await form.getByText('Changes are found by asking every few minutes.').first().waitFor();
    await form.getByRole('button', { name: 'Least privilege' }).click();
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText(/^Chosen: \d+ scopes\.$/).waitFor();
    await expectWell(page, 'X-Series by OAuth');
    await form.getByRole('button', { name: 'Save and authorize' }).click();
    await page.getByRole('heading', { name: /^Connect .* to / }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await outcome(page, 'Access was not granted in the POS.');
    await card('Boutiques').getByText('set-up incomplete', { exact: true }).waitFor();
    await card('Boutiques').getByRole('button', { name: 'Authorize', exact: true }).click();
    await page.getByRole('button', { name: 'Allow access' }).click();
    await page.getByRole('status').getByText('The account is connected.').waitFor();
    await card('Boutiques').getByText('online').waitFor();
    await card('Boutiques').getByText('Tillweave of Ann').waitFor();
  });

  test('X-Series: too late, the wrong account, and one that is connected already each say so (C6)', async () => {
    const late = await openSignIn('Boutiques');
    emulator.control.clock.advance(16 * MINUTE_MS);
    await late.getByRole('button', { name: 'Allow access' }).click();
    await outcome(late, 'The sign-in took too long');
    await late.close();

    // The connection is made to belong to another account than the one that signs in.
    const externalId = await belongsTo('another-retailer');
    const wrong = await openSignIn('Boutiques');
    await wrong.getByRole('button', { name: 'Allow access' }).click();
    await outcome(wrong, 'You signed in to another POS account');
    await expectWell(wrong, 'the wrong account');
    await wrong.close();
    await belongsTo(externalId);

    await page.getByRole('button', { name: 'Add Credential to Lightspeed X-Series' }).click();
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed X-Series' });
    await form.getByLabel('Name your connection').fill('Boutiques again');
    await form.getByRole('combobox', { name: 'API type' }).click();
    await page.getByRole('option', { name: 'OAuth 2.0' }).click();
    await form.getByRole('combobox', { name: 'OAuth 2.0 client' }).selectOption('Tillweave of Ann');
    await form.getByRole('button', { name: 'Save and authorize' }).click();
    await page.getByRole('button', { name: 'Allow access' }).click();
    await outcome(page, 'This POS account is connected already by another connection.');
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });

  test('webhooks that the POS refused are repaired from the card', async () => {
    await startWorking(services);
    const told = card('Boutiques').getByText('by the POS, within seconds');
    await told.waitFor();
    await tenantTransaction(services.db, organizationId, (trx) =>
      trx.updateTable('webhook').set({ remote_id: null, problem: 'rejected' }).execute(),
    );
    await page.reload();
    await card('Boutiques').getByText('no: we ask the POS regularly (the POS refused)').waitFor();
    await card('Boutiques').getByRole('button', { name: 'Repair' }).click();
    await told.waitFor();
  });

  test('R-Series v3 on a plain HTTP host: the address one was sent to is pasted; another one, or too late, is explained (C1, C2, C5, C6)', async () => {
    await page.getByRole('link', { name: 'Integrations', exact: true }).click();
    await page.getByRole('button', { name: 'Connect Lightspeed R-Series' }).click();
    const form = page.getByRole('dialog', { name: 'Create connection: Lightspeed R-Series' });
    await form.getByLabel('Name your connection').fill('Tills');
    expect(await form.getByRole('combobox', { name: 'API type' }).inputValue()).toBe('Lightspeed v3 (new)');
    emulator.control.addClient({ ...ofAnn, name: 'Tillweave of Ann' });
    await makeClient('Tillweave of Ann', ofAnn);
    await form.getByText('This installation is reached by plain HTTP').waitFor();
    await form.getByRole('button', { name: 'Save and paste the address' }).click();
    const dialog = page.getByRole('dialog', { name: 'Authorize Tills' });
    const pasted = dialog.getByLabel('Paste the redirected URL');
    await pasted.fill('https://example.test/somewhere');
    await dialog.getByRole('button', { name: 'Finish' }).click();
    await dialog.getByText('That address holds no answer of the POS.').waitFor();
    await expectWell(page, 'paste');
    const late = await redirected(await popup(dialog.getByRole('link', { name: "Open the POS's sign-in" })));
    emulator.control.clock.advance(MINUTE_MS + 1000);
    await pasted.fill(late);
    await dialog.getByRole('button', { name: 'Finish' }).click();
    await outcome(page, 'The sign-in took too long');

    const again = await openSignIn('Tills');
    await pasted.fill(await redirected(again));
    await dialog.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('status').getByText('The account is connected.').waitFor();
    await card('Tills').getByText('online').waitFor();
  });

  test("the POS's own list names us; revoked there, the card says so and asks to authorize again (M5)", async () => {
    const atPos = await context.newPage();
    await atPos.goto(`${services.config.rBaseUrl}/settings/client-api-access`);
    const [name] = await card('Tills').getByText('Tillweave of Ann').allInnerTexts();
    const revoke = atPos.getByRole('button', { name: `Revoke ${name ?? ''}` });
    await revoke.first().waitFor();
    // The sign-in that came too late is on the list as well.
    for (let left = await revoke.count(); left > 0; left -= 1) {
      await revoke.first().click();
      await expect.poll(() => revoke.count(), { timeout: 30_000 }).toBe(left - 1);
    }
    await atPos.close();
    // What access there is lasts for an hour at most.
    emulator.control.clock.advance(61 * MINUTE_MS);
    await card('Tills').getByRole('button', { name: 'Test' }).click();
    await card('Tills').getByText('needs re-authorisation', { exact: true }).waitFor();
    await card('Tills').getByRole('button', { name: 'Authorize again' }).waitFor();
  });

  async function makeClient(
    name: string,
    { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  ) {
    await page.getByRole('button', { name: 'Create an OAuth 2.0 client' }).click();
    const client = page.getByRole('dialog', { name: 'Create an OAuth 2.0 client' });
    await client.getByLabel('App name').fill(name);
    await client.getByLabel('Client ID').fill(clientId);
    await client.getByRole('textbox', { name: 'Client secret' }).fill(clientSecret);
    await client.getByRole('button', { name: 'Save client' }).click();
    await client.waitFor({ state: 'hidden' });
  }

  /** Opens the POS's sign-in of a connection in a window of its own. */
  async function openSignIn(name: string): Promise<Page> {
    await card(name)
      .getByRole('button', { name: `More for ${name}` })
      .click();
    await page.getByRole('menuitem', { name: 'Other ways to authorize' }).click();
    const dialog = page.getByRole('dialog', { name: `Authorize ${name}` });
    const opened = await popup(dialog.getByRole('link', { name: "Open the POS's sign-in" }));
    if (name !== 'Tills') await page.keyboard.press('Escape');
    return opened;
  }

  async function popup(link: ReturnType<Page['getByRole']>): Promise<Page> {
    const opening = context.waitForEvent('page');
    await link.click();
    return opening;
  }

  /** Agrees at the POS, and returns the address it sends the browser to; as with HTTPS on a plain HTTP host, nobody answers there. */
  async function redirected(window: Page): Promise<string> {
    await window.getByRole('button', { name: 'Authorize application' }).waitFor();
    await hub.stop();
    const sent = window.waitForRequest(/\/oauth\/r-series\/callback/);
    await window.getByRole('button', { name: 'Authorize application' }).click();
    const url = (await sent).url();
    await window.close();
    await hub.start();
    return url;
  }

  /** Returns which account it was before. */
  async function belongsTo(externalId: string): Promise<string> {
    return tenantTransaction(services.db, organizationId, async (trx) => {
      const { external_id } = await trx.selectFrom('pos_account').select('external_id').executeTakeFirstOrThrow();
      await trx.updateTable('pos_account').set({ external_id: externalId }).execute();
      return external_id;
    });
  }
});
