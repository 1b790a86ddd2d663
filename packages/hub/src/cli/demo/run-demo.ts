import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../messages/message.ts';
import { setupToken } from '../../modules/organizations/create-owner.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import type { Cli } from '../command.ts';
import { runTasks, type Step } from '../progress.ts';
import { startWorking } from '../work.ts';
import { compareWithTruth } from './compare.ts';
import type { EmulatedTill, Truth } from './emulator.ts';
import { Person } from './person.ts';
import { complaints } from './verdict.ts';

const POLL_MS = 150;
const NIGHT_SHOP = '3';
const NIGHT_SHOP_HOUR = 5;
const FIRST_DAY = '0001-01-01';
const EMAIL = 'demo@example.com';

const anything = z.looseObject({});
const Connection = z.object({
  id: z.uuid(),
  name: z.string(),
  provider: z.string(),
  apiType: z.string(),
  posAccount: z.object({ id: z.uuid() }).nullable(),
});
const Shops = z.object({ shops: z.array(z.object({ posAccountId: z.uuid(), shopId: z.string() })) });
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
  connection?: z.output<typeof Connection>;
  truth?: Truth;
  comparison?: Awaited<ReturnType<typeof compareWithTruth>>;
}

/** Plays the whole product once, as people would use it: everything goes through the API and the POS's own pages. */
export async function runDemo(cli: Cli, { services, till, url, days }: DemoInput): Promise<DemoOutcome> {
  const story: Story = { person: new Person(url), password: `demo-${randomBytes(6).toString('base64url')}` };
  const { person, password } = story;
  await runTasks(cli, story, [
    { title: message('cli.demo.account'), run: () => createOwner(services, person, password) },
    {
      title: message('cli.demo.connect'),
      run: async () => {
        story.connection = await connect(till, person, url);
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
        await person.call('POST', `/api/v1/connections/${connectionOf(story).id}/sync`, anything, {});
        await waitForSync(services, person, story, step);
      },
    },
    {
      title: message('cli.demo.compare'),
      run: async (step) => {
        story.truth = await till.truth();
        story.comparison = await compareWithTruth(person, story.truth);
        step.update(message('cli.demo.compared', { cells: story.comparison.cells, mismatches: story.comparison.mismatches }));
      },
    },
  ]);
  return judge(services, till, story, url, days);
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

/** Makes the connection through the POS's own consent page; then says which shop's day begins at 05:00, which no till knows. */
async function connect(till: EmulatedTill, person: Person, url: string): Promise<z.output<typeof Connection>> {
  await till.registerClient(`${url}/api/v1/oauth/r-series/callback`);
  const { id } = await person.call('POST', '/api/v1/connections', Connection, {
    provider: 'lightspeed-r',
    apiType: 'v3',
    name: 'Demo tills',
    oauthClient: { clientId: till.clientId, clientSecret: till.clientSecret },
  });
  const authorize = await person.call('POST', `/api/v1/connections/${id}/authorize`, z.object({ url: z.url() }), {});
  await person.consent(authorize.url);
  const { shops } = await person.call('GET', '/api/v1/shops', Shops);
  for (const { posAccountId, shopId } of shops.filter((shop) => shop.shopId === NIGHT_SHOP)) {
    const path = `/api/v1/shops/${posAccountId}/${shopId}/calendar`;
    await person.call('PUT', path, anything, { from: FIRST_DAY, dayStartHour: NIGHT_SHOP_HOUR });
  }
  return person.call('GET', `/api/v1/connections/${id}`, Connection);
}

/** Watches until the account has nothing left to do; a run that failed ends the demo. */
async function waitForSync(services: Services, person: Person, story: Story, step: Step): Promise<void> {
  const { id } = connectionOf(story);
  const startedAt = performance.now();
  for (;;) {
    const { items } = await person.call('GET', `/api/v1/runs?connection=${id}&limit=1`, Runs);
    const [run] = items;
    if (run?.error != null) throw new Error(`The sync stopped: ${run.error.message} (${run.error.code})`);
    if (run !== undefined) showProgress(step, await person.call('GET', `/api/v1/runs/${run.id}`, Progress), startedAt);
    if (run !== undefined && run.finishedAt !== null && !(await isWanted(services, story))) return;
    await services.clock.sleep(POLL_MS);
  }
}

function showProgress(step: Step, { documents, requests, progress }: z.output<typeof Progress>, startedAt: number): void {
  const rate = Math.round((documents / Math.max(performance.now() - startedAt, 1)) * 1000);
  const { historyShare, secondsLeft } = progress;
  const text = message('cli.demo.progress', { documents: documents.toLocaleString('en'), requests, rate });
  if (historyShare === null) step.update(text);
  else
    step.update(
      secondsLeft === null ? text : `${text}, ${message('cli.demo.left', { seconds: secondsLeft })}`,
      Math.round(historyShare * 100),
      100,
    );
}

/** Whether a sync was asked for that no pass has served yet. */
async function isWanted(services: Services, story: Story): Promise<boolean> {
  const { posAccountId, organizationId } = await accountOf(story);
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

async function judge(services: Services, till: EmulatedTill, story: Story, url: string, days: number): Promise<DemoOutcome> {
  const { person, truth, comparison } = story;
  if (truth === undefined || comparison === undefined) throw new Error('The demo ended before it compared anything.');
  const golden = await till.golden();
  const { open: quarantined } = await person.call('GET', '/api/v1/problems', Problems);
  const { cells, mismatches } = comparison;
  const wrong = complaints({ days, cells, mismatches, quarantined, truth, golden });
  const measures = Object.fromEntries(Object.entries(truth.totals).map(([name, value]) => [name, String(value)]));
  const result: DemoResult = {
    ok: wrong.length === 0,
    connections: [await describeConnection(services, story)],
    truth: { cells, mismatches, measures },
    golden,
    quarantined,
    week: null,
    personas: null,
    url,
  };
  return { result, complaints: [...wrong, ...comparison.examples], signIn: { email: EMAIL, password: story.password } };
}

async function describeConnection(services: Services, story: Story): Promise<object> {
  const { id, name, provider, apiType } = connectionOf(story);
  const { posAccountId, organizationId } = await accountOf(story);
  const { items } = await story.person.call('GET', `/api/v1/runs?connection=${id}&limit=100`, Runs);
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

function connectionOf({ connection }: Story): z.output<typeof Connection> {
  if (connection === undefined) throw new Error('There is no connection yet.');
  return connection;
}

async function accountOf(story: Story): Promise<{ posAccountId: string; organizationId: string }> {
  const posAccountId = connectionOf(story).posAccount?.id;
  const { organization } = await story.person.call('GET', '/api/v1/me', z.object({ organization: z.object({ id: z.uuid() }) }));
  if (posAccountId === undefined) throw new Error('The connection knows no POS account.');
  return { posAccountId, organizationId: organization.id };
}
