import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../messages/message.ts';
import { setupToken } from '../../modules/organizations/create-owner.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import type { Cli } from '../command.ts';
import { runTasks, type Step } from '../progress.ts';
import { startWorking } from '../work.ts';
import { amountOf, type Decimal, formatAmount, sumAmounts } from '@tillweave/lightspeed';
import { type AccountTruth, compareWithTruth } from './compare.ts';
import type { EmulatedTill, Truth } from './emulator.ts';
import { Person } from './person.ts';
import { complaints, type KnownAccount } from './verdict.ts';

const POLL_MS = 150;
/** The shops whose day begins at 05:00 in the emulated business, told by where they are. */
const NIGHT_ZONE = 'Australia/Adelaide';
const NIGHT_HOUR = 5;
const FIRST_DAY = '0001-01-01';
const EMAIL = 'demo@example.com';

const anything = z.looseObject({});
const Connection = z.object({
  id: z.uuid(),
  name: z.string(),
  provider: z.enum(['lightspeed-r', 'lightspeed-x']),
  apiType: z.string(),
  posAccount: z.object({ id: z.uuid() }).nullable(),
});
type Connection = z.output<typeof Connection>;
const Shops = z.object({
  shops: z.array(z.object({ posAccountId: z.uuid(), shopId: z.string(), posTimeZone: z.string().nullable() })),
});
const Run = z.object({
  id: z.uuid(),
  state: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  requests: z.number(),
  documents: z.number(),
  throttled: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
const Runs = z.object({ items: z.array(Run) });
const Progress = Run.extend({ progress: z.object({ historyShare: z.number().nullable(), secondsLeft: z.number().nullable() }) });
const Problems = z.object({ open: z.number() });

export interface DemoResult {
  readonly ok: boolean;
  readonly connections: readonly object[];
  readonly truth: { readonly cells: number; readonly mismatches: number; readonly measures: Readonly<Record<string, string>> };
  readonly golden: Readonly<Record<string, number>>;
  readonly quarantined: number;
  readonly week: null;
  readonly personas: null;
  readonly url: string;
}

export interface DemoOutcome {
  readonly result: DemoResult;
  /** What is wrong, for people. */
  readonly complaints: readonly string[];
  readonly signIn: { readonly email: string; readonly password: string };
}

interface DemoInput {
  readonly services: Services;
  readonly till: EmulatedTill;
  readonly url: string;
  readonly days: number;
}

/** What the steps hand on. */
interface Story {
  readonly person: Person;
  readonly password: string;
  connections: readonly Connection[];
  accounts?: readonly (KnownAccount & AccountTruth)[];
  comparison?: Awaited<ReturnType<typeof compareWithTruth>>;
}

/** Plays the whole product once, as people would use it: everything goes through the API and the POS's own pages. */
export async function runDemo(cli: Cli, { services, till, url, days }: DemoInput): Promise<DemoOutcome> {
  const story: Story = { person: new Person(url), password: `demo-${randomBytes(6).toString('base64url')}`, connections: [] };
  const { person, password } = story;
  await runTasks(cli, story, [
    { title: message('cli.demo.account'), run: () => createOwner(services, person, password) },
    {
      title: message('cli.demo.connect'),
      run: async () => {
        story.connections = await connectAll(till, person, url);
      },
    },
    {
      title: message('cli.demo.import'),
      run: async (step) => {
        await startWorking(services);
        await waitForSync(services, person, story, step);
      },
    },
    {
      title: message('cli.demo.changes'),
      run: async (step) => {
        await till.passLateEdits();
        for (const { id } of story.connections) await person.call('POST', `/api/v1/connections/${id}/sync`, anything, {});
        await waitForSync(services, person, story, step);
      },
    },
    {
      title: message('cli.demo.compare'),
      run: async (step) => {
        story.accounts = await knownAccounts(till, story);
        story.comparison = await compareWithTruth(person, story.accounts);
        step.update(message('cli.demo.compared', { cells: story.comparison.cells, mismatches: story.comparison.mismatches }));
      },
    },
  ]);
  return judge(services, story, url, days);
}

async function createOwner(services: Services, person: Person, password: string): Promise<void> {
  await person.call('POST', '/api/v1/setup', anything, {
    token: setupToken(services),
    email: EMAIL,
    name: 'Demo Owner',
    password,
    organizationName: 'Demo Retail',
    currency: 'DKK',
    timeZone: 'Europe/Copenhagen',
  });
  await person.call('POST', '/api/auth/sign-in/email', anything, { email: EMAIL, password });
}

/** Connects what the emulator plays; then says which shops' days begin at 05:00, which no till knows. */
async function connectAll(till: EmulatedTill, person: Person, url: string): Promise<readonly Connection[]> {
  const ids = [await connectByConsent(till, person, url)];
  const { xSeries } = till.credentials;
  if (xSeries !== null) {
    const made = await person.call('POST', '/api/v1/connections', Connection, {
      provider: 'lightspeed-x',
      name: 'Demo stores',
      domainPrefix: xSeries.domainPrefix,
      token: xSeries.personalToken,
    });
    ids.push(made.id);
  }
  const { shops } = await person.call('GET', '/api/v1/shops', Shops);
  for (const { posAccountId, shopId } of shops.filter((shop) => shop.posTimeZone === NIGHT_ZONE)) {
    const path = `/api/v1/shops/${posAccountId}/${shopId}/calendar`;
    await person.call('PUT', path, anything, { from: FIRST_DAY, dayStartHour: NIGHT_HOUR });
  }
  return Promise.all(ids.map((id) => person.call('GET', `/api/v1/connections/${id}`, Connection)));
}

/** Makes the R-Series connection through the POS's own consent page. @returns its id. */
async function connectByConsent(till: EmulatedTill, person: Person, url: string): Promise<string> {
  await till.registerClient(`${url}/api/v1/oauth/r-series/callback`);
  const { clientId, clientSecret } = till.credentials.rSeries;
  const { id } = await person.call('POST', '/api/v1/connections', Connection, {
    provider: 'lightspeed-r',
    apiType: 'v3',
    name: 'Demo tills',
    oauthClient: { clientId, clientSecret },
  });
  const authorize = await person.call('POST', `/api/v1/connections/${id}/authorize`, z.object({ url: z.url() }), {});
  await person.consent(authorize.url);
  return id;
}

/** Watches until no account has anything left to do; a run that failed ends the demo. */
async function waitForSync(services: Services, person: Person, story: Story, step: Step): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const looks = await Promise.all(story.connections.map((connection) => look(services, person, connection)));
    showProgress(
      step,
      looks.flatMap(({ run }) => run ?? []),
      startedAt,
    );
    if (looks.every(({ isDone }) => isDone)) return;
    await services.clock.sleep(POLL_MS);
  }
}

interface Look {
  /** The newest run; null before the first. */
  readonly run: z.output<typeof Progress> | null;
  readonly isDone: boolean;
}

async function look(services: Services, person: Person, connection: Connection): Promise<Look> {
  const { items } = await person.call('GET', `/api/v1/runs?connection=${connection.id}&limit=1`, Runs);
  const [newest] = items;
  if (newest === undefined) return { run: null, isDone: false };
  if (newest.error !== null) throw new Error(`The sync stopped: ${newest.error.message} (${newest.error.code})`);
  const run = await person.call('GET', `/api/v1/runs/${newest.id}`, Progress);
  return { run, isDone: newest.finishedAt !== null && !(await isWanted(services, person, connection)) };
}

function showProgress(step: Step, runs: readonly z.output<typeof Progress>[], startedAt: number): void {
  const documents = runs.reduce((sum, run) => sum + run.documents, 0);
  const requests = runs.reduce((sum, run) => sum + run.requests, 0);
  const rate = Math.round((documents / Math.max(performance.now() - startedAt, 1)) * 1000);
  const text = message('cli.demo.progress', { documents: documents.toLocaleString('en'), requests, rate });
  // A till that counts its changes does not say how many there are: the bar is that of those that do.
  const shares = runs.flatMap(({ progress }) => progress.historyShare ?? []);
  const seconds = Math.max(...runs.map(({ progress }) => progress.secondsLeft ?? 0), 0);
  if (shares.length === 0) step.update(text);
  else
    step.update(
      seconds === 0 ? text : `${text}, ${message('cli.demo.left', { seconds })}`,
      Math.round(Math.min(...shares) * 100),
      100,
    );
}

/** Whether a sync was asked for that no pass has served yet. */
async function isWanted(services: Services, person: Person, connection: Connection): Promise<boolean> {
  const { posAccountId, organizationId } = await accountOf(person, connection);
  const state = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .selectFrom('sync_state')
      .select(['wanted', 'done'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .executeTakeFirst(),
  );
  return state === undefined || state.wanted > state.done;
}

/** What the emulator knows of each account that is connected. */
async function knownAccounts(till: EmulatedTill, { connections }: Story): Promise<readonly (KnownAccount & AccountTruth)[]> {
  const [truths, golden] = [await till.truth(), await till.golden()];
  return connections.flatMap(({ provider, posAccount }) => {
    const series = provider === 'lightspeed-r' ? 'rSeries' : 'xSeries';
    const [truth, names] = [truths[series], golden[series]];
    if (truth === null || names === null || posAccount === null)
      throw new Error(`The emulator knows nothing of the ${provider}.`);
    return [{ provider, posAccountId: posAccount.id, truth, golden: names }];
  });
}

async function judge(services: Services, story: Story, url: string, days: number): Promise<DemoOutcome> {
  const { person, accounts, comparison } = story;
  if (accounts === undefined || comparison === undefined) throw new Error('The demo ended before it compared anything.');
  const { open: quarantined } = await person.call('GET', '/api/v1/problems', Problems);
  const { cells, mismatches } = comparison;
  const wrong = complaints({ days, cells, mismatches, quarantined, accounts });
  const connections: object[] = [];
  for (const connection of story.connections) connections.push(await describeConnection(services, person, connection));
  const result: DemoResult = {
    ok: wrong.length === 0,
    connections,
    truth: { cells, mismatches, measures: summed(accounts.map(({ truth }) => truth)) },
    golden: counted(accounts.map(({ golden }) => golden)),
    quarantined,
    week: null,
    personas: null,
    url,
  };
  return { result, complaints: [...wrong, ...comparison.examples], signIn: { email: EMAIL, password: story.password } };
}

/** The totals of several accounts together, quantities with their decimals. */
function summed(truths: readonly Truth[]): Record<string, string> {
  const names = new Set(truths.flatMap(({ totals }) => Object.keys(totals)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = truths.map(({ totals }) => amountOf(String(totals[name] ?? 0) as Decimal));
      return [name, formatAmount(sumAmounts(values))];
    }),
  );
}

function counted(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((each) => Object.entries(each))) total[name] = (total[name] ?? 0) + count;
  return total;
}

async function describeConnection(services: Services, person: Person, connection: Connection): Promise<object> {
  const { id, name, provider, apiType } = connection;
  const { posAccountId, organizationId } = await accountOf(person, connection);
  const { items } = await person.call('GET', `/api/v1/runs?connection=${id}&limit=100`, Runs);
  const count = (table: 'sale' | 'customer' | 'shop') =>
    tenantTransaction(services.db, organizationId, async (trx) => {
      const { count: rows } = await trx
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('organization_id', '=', organizationId)
        .where('pos_account_id', '=', posAccountId)
        .executeTakeFirstOrThrow();
      return rows;
    });
  const seconds =
    items.reduce((sum, { startedAt, finishedAt }) => sum + Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt), 0) / 1000;
  return {
    name,
    provider,
    apiType,
    sales: await count('sale'),
    customers: await count('customer'),
    shops: await count('shop'),
    requests: items.reduce((sum, { requests }) => sum + requests, 0),
    throttled429: items.reduce((sum, { throttled }) => sum + throttled, 0),
    seconds,
  };
}

async function accountOf(person: Person, { posAccount }: Connection): Promise<{ posAccountId: string; organizationId: string }> {
  const { organization } = await person.call('GET', '/api/v1/me', z.object({ organization: z.object({ id: z.uuid() }) }));
  if (posAccount === null) throw new Error('The connection knows no POS account.');
  return { posAccountId: posAccount.id, organizationId: organization.id };
}
