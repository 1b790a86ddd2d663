import { PASSWORD } from './people.ts';
import { invite } from '../../modules/organizations/invitations.ts';
import { insertMember, insertPerson } from '../../modules/organizations/create-owner.ts';
import { sendAuthorizationLink } from '../../modules/connections/authorization-link.ts';
import { createConnection } from '../../modules/connections/create-connection.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { freezeConnection } from '../../modules/connections/freeze.ts';
import { createOAuthClient } from '../../modules/connections/oauth-clients.ts';
import { changeState } from '../../modules/connections/states.ts';
import { notify } from '../../modules/notifications/notify.ts';
import { runReconcile } from '../../modules/turnover/reconcile/run-reconcile.ts';
import { createAccessToken } from '../../modules/organizations/access-tokens.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Services } from '../../platform/services.ts';
import type { Route } from '../route.ts';

/** Ids of things that exist in one organization. */
export interface Existing {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly posAccountId: string;
  readonly shopId: string;
  readonly saleId: string;
  readonly storeId: string;
  readonly departmentId: string;
  readonly runId: string;
}

/** A request that should be carried out for a caller with the right permission. */
export interface Sample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
}

type MakeSample = (services: Services, existing: Existing) => Sample | Promise<Sample>;

const DAYS = 'from=2026-11-20&to=2026-11-23';
let made = 0;
const newName = (): string => `Sample ${(made += 1)}`;

/**
 * A working request for every route that needs more than its address. A route without one here is called with the parameters of
 * `paramsOf` alone; if that does not suffice the access test fails, so that a new route cannot be forgotten.
 */
export const samples: Readonly<Record<string, MakeSample>> = {
  'post /organization/active': (_services, { organizationId }) => ({ body: { organizationId } }),
  'patch /me': () => ({ body: { name: newName() } }),
  'post /me/email': () => ({ body: { email: newEmail(), password: PASSWORD } }),
  'delete /sessions/{id}': () => ({ params: { id: uuidv7() } }),
  'patch /members/{userId}': async (services, existing) => ({
    ...(await newViewer(services, existing)),
    body: { departmentIds: [existing.departmentId] },
  }),
  'delete /members/{userId}': newViewer,
  'post /invitations': () => ({ body: { email: newEmail(), role: 'viewer' } }),
  'post /invitations/{id}/renew': newInvitation,
  'delete /invitations/{id}': newInvitation,
  'post /access-tokens': () => ({ body: { name: newName(), permissions: ['turnover:read'] } }),
  'delete /access-tokens/{id}': async (services, { organizationId }) => {
    const { id } = await createAccessToken(services, {
      organizationId,
      name: newName(),
      permissions: [],
      expiresAt: null,
      createdBy: null,
    });
    return { params: { id } };
  },
  'post /connections': () => ({
    body: { provider: 'lightspeed-r', name: newName(), oauthClient: { clientId: 'some', clientSecret: 'secret' } },
  }),
  'delete /connections/{id}': newConnection,
  'patch /connections/{id}': async (services, existing) => ({
    ...(await newConnection(services, existing)),
    body: { attested: true },
  }),
  'put /connections/{id}/credential': async (services, existing) => {
    const sample = await newConnection(services, existing);
    const ref = { organizationId: existing.organizationId, connectionId: sample.params.id };
    await freezeConnection(services, ref, { reason: null, actor: COMMAND_ACTOR });
    return { ...sample, body: { apiType: 'key', apiKey: 'some' } };
  },
  'post /connections/{id}/authorize': newConnection,
  'post /connections/{id}/authorize/change': async (services, existing) => ({
    ...(await newConnection(services, existing)),
    body: { apiType: 'v2', oauthClient: { clientId: 'other', clientSecret: 'secret' } },
  }),
  'post /connections/{id}/authorize/paste': async (services, existing) => ({
    ...(await newConnection(services, existing)),
    body: { url: 'http://localhost/?state=never-made&code=x' },
  }),
  'post /connections/{id}/invite-authorization': async (services, existing) => ({
    ...(await newConnection(services, existing)),
    body: { email: 'somebody@example.test' },
  }),
  'delete /connections/{id}/invite-authorization': async (services, existing) => {
    const sample = await newConnection(services, existing);
    const ref = { organizationId: existing.organizationId, connectionId: sample.params.id };
    const base = 'http://localhost';
    await sendAuthorizationLink(services, ref, { email: 'somebody@example.test', days: 1, actor: COMMAND_ACTOR, base });
    return sample;
  },
  'post /providers/lightspeed-x/check-prefix': () => ({ body: { text: 'demostore' } }),
  'post /oauth-clients': () => ({ body: { name: newName(), provider: 'lightspeed-r', clientId: 'id', clientSecret: 'secret' } }),
  'patch /oauth-clients/{id}': async (services, existing) => ({
    ...(await newClient(services, existing)),
    body: { name: newName() },
  }),
  'delete /oauth-clients/{id}': newClient,
  'post /connections/{id}/freeze': async (services, existing) => ({ ...(await newConnection(services, existing)), body: {} }),
  'post /connections/{id}/thaw': async (services, existing) => {
    const sample = await newConnection(services, existing);
    const { organizationId } = existing;
    await freezeConnection(services, { organizationId, connectionId: sample.params.id }, { reason: null, actor: COMMAND_ACTOR });
    return { ...sample, body: {} };
  },
  'post /connections/{id}/retire': async (services, existing) => {
    const sample = await newConnection(services, existing);
    const { organizationId } = existing;
    await tenantTransaction(services.db, organizationId, (trx) =>
      changeState(trx, { organizationId, connectionId: sample.params.id, to: 'active', reason: null, at: new Date() }),
    );
    return { ...sample, body: { at: '2026-11-20' } };
  },
  'get /connections/{id}/hand-over': async (services, existing) => ({
    query: `successorConnectionId=${await newAccount(services, existing)}&at=2026-11-20`,
  }),
  'patch /connections/{id}/settings': () => ({ body: { nightlyDays: 3 } }),
  'post /shops/{posAccountId}/{shopId}/freeze': async (services, existing) => {
    await setShopFrozen(services, existing, false);
    return { body: { reason: 'moving' } };
  },
  'post /shops/{posAccountId}/{shopId}/thaw': async (services, existing) => {
    await setShopFrozen(services, existing, true);
    return { body: { from: 'today' } };
  },
  'post /problems/replay': () => ({ body: {} }),
  'post /problems/dismiss': async (services, existing) => {
    await newProblem(services, existing);
    return { body: { cause: 'set_aside:bad_shape:sale', reason: 'A sample' } };
  },
  'post /problems/{id}/replay': newProblem,
  'post /problems/{id}/dismiss': async (services, existing) => ({
    ...(await newProblem(services, existing)),
    body: { reason: 'A sample' },
  }),
  'post /stores': () => ({ body: { name: newName() } }),
  'put /stores/{id}': () => ({ body: { name: newName() } }),
  'post /departments': (_services, { storeId }) => ({ body: { name: newName(), storeId } }),
  'put /departments/{id}': (_services, { storeId }) => ({ body: { name: newName(), storeId } }),
  'put /shops/{posAccountId}/{shopId}/calendar': () => ({ body: { from: '2026-11-20', dayStartHour: 0, preview: true } }),
  'put /shops/{posAccountId}/{shopId}/closed-days/{day}': () => ({ body: {} }),
  'put /mappings': (_services, { posAccountId, shopId, departmentId }) => ({
    body: { shops: [{ posAccountId, shopId }], mappings: [{ posAccountId, shopId, departmentId }] },
  }),
  'post /notifications/{id}/read': async (services, { organizationId }) => ({
    params: { id: await newNotification(services, organizationId) },
  }),
  'patch /settings/general': () => ({ body: { name: newName() } }),
  'patch /settings/balance': () => ({ body: { autoConfirmAt: '06:30' } }),
  'patch /settings/contacts': () => ({ body: { support: { hours: newName() } } }),
  'put /notification-rules': () => ({ body: { rules: [] } }),
  'post /mappings/preview': (_services, { posAccountId, shopId, departmentId }) => ({
    body: { shops: [{ posAccountId, shopId }], mappings: [{ posAccountId, shopId, departmentId }] },
  }),
  'post /mappings/paste': () => ({ body: { text: '', preview: true } }),
  'put /departments/{id}/pos-numbers': () => ({ body: { clientNumber: '' } }),
  'post /shops/{posAccountId}/{shopId}/calendar/hand-back': () => ({ body: { preview: true } }),
  'get /shops/{posAccountId}/{shopId}/closed-days': () => ({ query: DAYS }),
  'put /shops/{posAccountId}/{shopId}/opening-hours': () => ({ body: { hours: [] } }),
  'get /turnover': () => ({ query: DAYS }),
  'get /turnover/heatmap': () => ({ query: DAYS }),
  'put /measures/settings': () => ({ body: { preset: 'retail', basis: 'excl' } }),
  'get /visitors': () => ({ query: DAYS }),
  'put /visitors': (_services, { departmentId }) => ({ body: { items: [{ departmentId, day: '2026-11-20', visitors: 5 }] } }),
  'post /visitors/import': () => ({ body: { csv: 'day,department,visitors' } }),
  'post /reconciles': (_services, { posAccountId }) => ({
    body: { preset: 'r.payments', posAccountId, from: '2026-11-20', to: '2026-11-20', typed: 0 },
  }),
  'get /reconciles/{id}': newReconcile,
  'post /reconciles/{id}/sign-off': async (services, existing) => ({ ...(await newReconcile(services, existing)), body: {} }),
  'get /turnover/cells': () => ({ query: DAYS }),
  'get /coverage': () => ({ query: DAYS }),
  'get /days/{day}/log': (_services, { departmentId }) => ({ query: `department=${departmentId}` }),
  'get /receipts': () => ({ query: 'day=2026-11-20&to=2026-11-23' }),
};

/** The value of each path parameter: `{id}` by the first word of the path, others by their name. */
export function paramsOf(route: Route, existing: Existing): Record<string, string> {
  const byName: Readonly<Record<string, string>> = { ...existing, version: '1', day: '2026-12-24' };
  const byPath: Readonly<Record<string, string>> = {
    connections: existing.connectionId,
    stores: existing.storeId,
    departments: existing.departmentId,
    runs: existing.runId,
  };
  const params: Record<string, string> = {};
  for (const [, name = ''] of route.path.matchAll(/\{(\w+)\}/gu)) {
    const value = name === 'id' ? byPath[route.path.split('/')[1] ?? ''] : byName[name];
    if (value !== undefined) params[name] = value;
  }
  return params;
}

async function newClient(services: Services, { organizationId }: Existing): Promise<{ params: { id: string } }> {
  const client = { name: newName(), provider: 'lightspeed-r', clientId: 'some', clientSecret: 'secret' } as const;
  const { id } = await createOAuthClient(services, { organizationId, actor: COMMAND_ACTOR }, client);
  return { params: { id } };
}

async function newConnection(services: Services, { organizationId }: Existing): Promise<{ params: { id: string } }> {
  const { connectionId } = await createConnection(services, {
    organizationId,
    name: newName(),
    oauthClient: { clientId: 'some', clientSecret: 'secret' },
  });
  return { params: { id: connectionId } };
}

/** A connection with an account of its own, in which there are no shops. */
async function newAccount(services: Services, existing: Existing): Promise<string> {
  const { id } = (await newConnection(services, existing)).params;
  const { organizationId } = existing;
  const account = { organization_id: organizationId, id: uuidv7(), provider: 'lightspeed-r', external_id: id } as const;
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await trx
      .insertInto('pos_account')
      .values({ ...account, name: newName(), currency: 'DKK' })
      .execute();
    await trx.updateTable('connection').set({ pos_account_id: account.id }).where('id', '=', id).execute();
  });
  return id;
}

async function newNotification(services: Services, organizationId: string): Promise<string> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const key = newName();
    await notify(trx, { organizationId, kind: 'budget_low', key, data: { connection: 'Till' }, at: new Date() });
    const { id } = await trx.selectFrom('notification').select('id').where('key', '=', key).executeTakeFirstOrThrow();
    return id;
  });
}

async function setShopFrozen(
  services: Services,
  { organizationId, posAccountId, shopId }: Existing,
  frozen: boolean,
): Promise<void> {
  await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .updateTable('shop')
      .set({ frozen_at: frozen ? new Date() : null })
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .where('shop_id', '=', shopId)
      .execute(),
  );
}

/** A document that was set aside. */
async function newProblem(services: Services, { organizationId, posAccountId }: Existing): Promise<{ params: { id: string } }> {
  const id = uuidv7();
  await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .insertInto('set_aside')
      .values({
        organization_id: organizationId,
        id,
        pos_account_id: posAccountId,
        resource: 'sale',
        code: 'bad_shape',
        path: '',
        message: newName(),
        document: '{}',
        document_hash: Buffer.from(id),
        seen_at: new Date(0),
      })
      .execute(),
  );
  return { params: { id } };
}

const newEmail = (): string => `sample${(made += 1)}@example.test`;

async function newViewer(services: Services, { organizationId }: Existing): Promise<{ params: { userId: string } }> {
  // Nobody signs in as them: no password is hashed.
  const userId = await services.db.transaction().execute(async (trx) => {
    const id = await insertPerson(services, trx, { email: newEmail(), name: newName() }, 'none');
    await insertMember(services, trx, organizationId, id, 'viewer');
    return id;
  });
  return { params: { userId } };
}

async function newInvitation(services: Services, { organizationId }: Existing): Promise<{ params: { id: string } }> {
  const { id } = await invite(
    services,
    { actor: COMMAND_ACTOR, role: 'command' },
    { organizationId, email: newEmail(), role: 'viewer', departmentIds: null },
  );
  return { params: { id } };
}

async function newReconcile(services: Services, { organizationId, posAccountId }: Existing): Promise<{ params: { id: string } }> {
  const day = '2026-11-20';
  const body = { preset: 'r.payments', posAccountId, shopId: null, from: day, to: day, typed: 0 } as const;
  const { id } = await runReconcile(services, organizationId, body, { actor: COMMAND_ACTOR, at: new Date() });
  return { params: { id } };
}
