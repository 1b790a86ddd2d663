import {
  createFixedWindowGovernor,
  createLeakyBucketGovernor,
  type createRSeriesClient,
  type Governor,
  leaving,
  type RSeriesClient,
  type XSeriesClient,
} from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { clientFor } from './client-of.ts';
import type { ConnectionRef } from './credential.ts';
import { SIGN_IN_COLUMNS } from './oauth-client.ts';
import type { ProviderId } from './providers.ts';
import { noteRequest } from './request-log.ts';
import { changeState, isWorking } from './states.ts';

/** The POS account a connection signs in to: owner of the ledger, the cursors and the rate budget. */
export interface PosAccount {
  readonly id: string;
  /** The POS's own account id. */
  readonly externalId: string;
  readonly name: string;
  readonly currency: string;
  readonly switches: Readonly<Record<string, unknown>>;
}

interface Opened {
  readonly posAccount: PosAccount;
  readonly governor: Governor;
}

export type OpenedPosClient =
  | (Opened & { readonly provider: 'lightspeed-r'; readonly client: RSeriesClient })
  | (Opened & {
      readonly provider: 'lightspeed-x';
      readonly client: XSeriesClient;
      /** The same for work that can wait: it leaves a part of each window of the budget to the others. */
      readonly unhurried: () => XSeriesClient;
    });

type RClientOptions = Parameters<typeof createRSeriesClient>[0];

/** What a caller may add: how patient it is, what it wants to hear. `switches` are the R-Series'. */
export type PosClientOptions = Partial<
  Pick<RClientOptions, 'onRequest' | 'patienceMs' | 'timeoutMs' | 'maxBodyBytes' | 'switches'>
>;

/**
 * Part of the X-Series' window of five minutes that the walk through the history leaves: enough for the polls of a window and some ten changes
 * that webhooks tell of, which would otherwise wait for the next window. Costs an import as much of its pace.
 */
const LEFT_TO_URGENT = 0.04;

const governors = new WeakMap<Services, Map<string, Governor>>();

/**
 * The client of a connection's POS account, with tokens that renew themselves where the POS has such. Cheap to call: tokens and rate budget
 * are shared in the process.
 *
 * @throws AppError `not_found`, `connection_frozen`, `pos_unauthorized` (needs re-authorisation), or `conflict` while its set-up is
 *   not complete or after it was retired.
 */
export async function openPosClient(
  services: Services,
  ref: ConnectionRef,
  options: PosClientOptions = {},
): Promise<OpenedPosClient> {
  const row = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    trx
      .selectFrom('connection')
      .leftJoin('pos_account', (join) =>
        join
          .onRef('pos_account.organization_id', '=', 'connection.organization_id')
          .onRef('pos_account.id', '=', 'connection.pos_account_id'),
      )
      .leftJoin('credential', (join) =>
        join
          .onRef('credential.organization_id', '=', 'connection.organization_id')
          .onRef('credential.connection_id', '=', 'connection.id'),
      )
      .leftJoin('oauth_client', (join) =>
        join
          .onRef('oauth_client.organization_id', '=', 'connection.organization_id')
          .onRef('oauth_client.id', '=', 'connection.oauth_client_id'),
      )
      .select([
        ...SIGN_IN_COLUMNS,
        'connection.state',
        'connection.api_type',
        'connection.verify_account',
        'credential.sealed',
        'credential.revision',
        'pos_account.id',
        'pos_account.external_id',
        'pos_account.name',
        'pos_account.currency',
        'pos_account.switches',
        'pos_account.rate_reserve',
      ])
      .where('connection.organization_id', '=', ref.organizationId)
      .where('connection.id', '=', ref.connectionId)
      .executeTakeFirst(),
  );
  if (row === undefined || row.state === 'removed') throw new AppError('not_found', 'There is no such connection.');
  if (row.state === 'frozen') {
    throw new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
  }
  if (row.state === 'needs_reauthorisation') {
    throw new AppError('pos_unauthorized', 'The POS refused our credentials. Authorize the connection again.');
  }
  if (!isWorking(row.state) || row.id === null || row.sealed === null) {
    throw new AppError('conflict', 'The connection is not set up completely. Authorize it first.', {
      details: { state: row.state },
    });
  }
  const posAccount: PosAccount = {
    id: row.id,
    externalId: row.external_id ?? '',
    name: row.name ?? '',
    currency: row.currency ?? '',
    switches: row.switches ?? {},
  };
  const governor = governorOf(services, row.provider, posAccount.id, row.rate_reserve ?? 0);
  const signIn = { ...row, sealed: row.sealed, revision: row.revision ?? 0 };
  const clientOver = (budget: Governor) =>
    clientFor(services, ref, signIn, {
      externalId: posAccount.externalId,
      governor: budget,
      options: {
        ...options,
        onRequest: (request) => {
          noteRequest(services, ref, request, governor);
          options.onRequest?.(request);
        },
      },
    });
  const made = clientOver(governor);
  if (row.verify_account) await verifyAccount(services, ref, made.client, posAccount);
  if (made.provider === 'lightspeed-r') return { ...made, posAccount, governor };
  const unhurried = (): XSeriesClient => {
    const other = clientOver(leaving(governor, LEFT_TO_URGENT));
    return other.provider === 'lightspeed-x' ? other.client : made.client;
  };
  return { ...made, posAccount, governor, unhurried };
}

/** Credentials that were replaced while no call was allowed have to lead to the same account before anything is read with them. */
async function verifyAccount(
  services: Services,
  ref: ConnectionRef,
  client: RSeriesClient | XSeriesClient,
  { externalId }: PosAccount,
): Promise<void> {
  const given = await client.account();
  if (given.id !== externalId) {
    await markNeedsReauthorisation(services, ref, 'wrong_account');
    throw new AppError(
      'oauth_wrong_account',
      'The new credentials are for another POS account than the one this connection belongs to. Replace them.',
      { details: { expected: externalId, given: given.id } },
    );
  }
  await tenantTransaction(services.db, ref.organizationId, (trx) =>
    trx
      .updateTable('connection')
      .set({ verify_account: false })
      .where('organization_id', '=', ref.organizationId)
      .where('id', '=', ref.connectionId)
      .execute(),
  );
}

/**
 * One rate budget for each POS account in this process: the POS counts all our requests together.
 *
 * @param reserve Share of it that is left to others, 0–0.9; another share is another governor.
 */
export function governorOf(services: Services, provider: ProviderId, account: string, reserve = 0): Governor {
  const key = `${account}/${reserve}`;
  const known = governors.get(services) ?? new Map<string, Governor>();
  governors.set(services, known);
  const { clock } = services;
  const governor =
    known.get(key) ??
    (provider === 'lightspeed-x' ? createFixedWindowGovernor({ clock, reserve }) : createLeakyBucketGovernor({ clock, reserve }));
  known.set(key, governor);
  return governor;
}

/** The budgets this process knows, for gauges: spent units of how many (null where the POS states no limit). */
export function posAccountBudgets(services: Services): { account: string; level: number; size: number | null }[] {
  return [...(governors.get(services) ?? [])].map(([key, governor]) => {
    const { level, size } = governor.snapshot();
    return { account: key.split('/')[0] ?? key, level, size };
  });
}

/**
 * Notes that the POS refuses a connection's credentials: no calls until somebody authorizes it again. Cursors and data stay. A
 * frozen, retired or removed connection is left as it is.
 */
export async function markNeedsReauthorisation(services: Services, ref: ConnectionRef, reason: string): Promise<void> {
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const row = await trx
      .selectFrom('connection')
      .select('state')
      .where('organization_id', '=', ref.organizationId)
      .where('id', '=', ref.connectionId)
      .executeTakeFirst();
    if (row === undefined || !isWorking(row.state)) return;
    await changeState(trx, { ...ref, to: 'needs_reauthorisation', reason, at: new Date(services.clock.now()) });
  });
}
