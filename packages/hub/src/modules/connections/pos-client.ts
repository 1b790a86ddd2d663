import {
  createFixedWindowGovernor,
  createLeakyBucketGovernor,
  createRSeriesClient,
  createXSeriesClient,
  type Governor,
  personalToken,
  type RSeriesClient,
  type XSeriesClient,
} from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type ConnectionRef, openPersonalToken, type PersonalToken } from './credential.ts';
import type { ProviderId } from './providers.ts';
import { changeState, isWorking } from './states.ts';
import { tokensOf } from './tokens.ts';

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
  | (Opened & { readonly provider: 'lightspeed-x'; readonly client: XSeriesClient });

type RClientOptions = Parameters<typeof createRSeriesClient>[0];

/** What a caller may add: how patient it is, what it wants to hear. `switches` are the R-Series'. */
export type PosClientOptions = Partial<
  Pick<RClientOptions, 'onRequest' | 'patienceMs' | 'timeoutMs' | 'maxBodyBytes' | 'switches'>
>;

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
      .select([
        'connection.state',
        'connection.provider',
        'credential.sealed',
        'pos_account.id',
        'pos_account.external_id',
        'pos_account.name',
        'pos_account.currency',
        'pos_account.switches',
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
  const governor = governorOf(services, row.provider, posAccount.id);
  if (row.provider === 'lightspeed-x') {
    const credential = openPersonalToken(services, ref, row.sealed);
    const { switches: ofRSeries, ...ofBoth } = options;
    if (ofRSeries !== undefined) throw new TypeError('These switches are for the R-Series.');
    return { provider: row.provider, client: xClientOf(services, credential, governor, ofBoth), posAccount, governor };
  }
  return {
    provider: row.provider,
    client: clientOf(services, ref, posAccount.externalId, governor, options),
    posAccount,
    governor,
  };
}

/** An R-Series client for a connection whose account is known but perhaps not yet attached. */
export function clientOf(
  services: Services,
  ref: ConnectionRef,
  externalId: string,
  governor: Governor,
  options: PosClientOptions = {},
): RSeriesClient {
  return createRSeriesClient({
    baseUrl: services.config.rBaseUrl,
    accountId: externalId,
    auth: tokensOf(services, ref),
    governor,
    fetch: services.fetch,
    clock: services.clock,
    ...options,
  });
}

/** An X-Series client by personal token. Its host is built from the configuration and the store's checked name, and from nothing else. */
export function xClientOf(
  { config, fetch, clock }: Pick<Services, 'config' | 'fetch' | 'clock'>,
  { domainPrefix, token }: PersonalToken,
  governor: Governor,
  options: Omit<PosClientOptions, 'switches'> = {},
): XSeriesClient {
  return createXSeriesClient({
    baseUrl: config.xBaseUrl.replaceAll('{prefix}', domainPrefix),
    auth: personalToken(token),
    governor,
    fetch,
    clock,
    ...options,
  });
}

/** One rate budget for each POS account in this process: the POS counts all our requests together. */
export function governorOf(services: Services, provider: ProviderId, key: string): Governor {
  const known = governors.get(services) ?? new Map<string, Governor>();
  governors.set(services, known);
  const { clock } = services;
  const governor =
    known.get(key) ?? (provider === 'lightspeed-x' ? createFixedWindowGovernor({ clock }) : createLeakyBucketGovernor({ clock }));
  known.set(key, governor);
  return governor;
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
