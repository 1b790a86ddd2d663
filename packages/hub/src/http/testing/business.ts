import type { BrowserContext, Page } from 'playwright-core';
import { addConnection } from '../../modules/connections/add-connection.ts';
import { createOwner } from '../../modules/organizations/create-owner.ts';
import { type RunSummary, syncAccount } from '../../modules/sync/run-connection.ts';
import { newWindow } from './browser.ts';
import type { WebHub } from './web-hub.ts';

export const PASSWORD = 'correct horse battery staple';
/** Ann, who owns the business. */
export const OWNER = 'ann@example.test';

/** A business on a hub: its owner has an account, and its R-Series tills are connected. */
export interface WebBusiness {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly connectionId: string;
  /** Reads everything there is to read. */
  readonly sync: () => Promise<RunSummary>;
}

/** Makes Ann and her business, which has no tills yet. */
export async function webOwner({ services }: WebHub): Promise<{ organizationId: string }> {
  return createOwner(services, {
    email: OWNER,
    name: 'Ann',
    password: PASSWORD,
    organizationName: 'Ann & Co',
    currency: 'DKK',
    timeZone: 'Europe/Copenhagen',
  });
}

/** Makes a business whose tills are the hub's emulator; nothing is read yet. */
export async function webBusiness(hub: WebHub): Promise<WebBusiness> {
  const { services, emulator } = hub;
  const { organizationId } = await webOwner(hub);
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const { connectionId, verified } = await addConnection(services, {
    organizationId,
    name: 'All tills',
    oauthClient: { clientId, clientSecret },
    refreshToken,
  });
  const { posAccountId } = verified;
  return {
    organizationId,
    posAccountId,
    connectionId,
    sync: () => syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' }),
  };
}

/** A window of somebody who has signed in and sees the overview. */
export async function signedIn(
  { url }: WebHub,
  email: string = OWNER,
  options: Parameters<typeof newWindow>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await newWindow(options);
  const page = await context.newPage();
  await page.goto(url);
  await signIn(page, email, PASSWORD);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  return { context, page };
}

/** Fills in the sign-in that is shown. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
}
