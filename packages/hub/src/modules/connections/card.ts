import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { shareOf } from '../sync/history.ts';
import { type CardRow, readCardRows } from './card-rows.ts';
import { type AnyCredential, type ConnectionRef, openAny } from './credential.ts';
import { type HostChoice, readHosts } from './hosts.ts';
import { type Connection, getConnection, listConnections } from './list-connections.ts';
import { isWorking } from './states.ts';

/** What a person has to have done before a connection counts as set up (M4). */
export interface SetUpStep {
  readonly step: 'authorize' | 'age_gate';
  readonly done: boolean;
}

/** A connection with all that its card shows. Secrets are not among it. */
export interface ConnectionCard extends Connection {
  /** The application it signs in as; the id is null for one of its own and for the instance's. Null where it signs in otherwise. */
  readonly oauthClient: { readonly id: string | null; readonly name: string | null; readonly clientId: string } | null;
  /** The name under which the POS lists us (M5); null where we were not told. */
  readonly appName: string | null;
  /** X-Series: the store. */
  readonly domainPrefix: string | null;
  readonly hosts: HostChoice;
  readonly setUp: { readonly complete: boolean; readonly steps: SetUpStep[] };
  readonly attestation: { readonly text: string; readonly by: string; readonly at: string } | null;
  /** When the credential ends, as somebody said or the POS did; `refused`: it has ended (T4). */
  readonly expiry: { readonly on: string | null; readonly never: boolean; readonly refused: boolean };
  /** M12. `nextAt` is null while no calls are made. */
  readonly data: {
    readonly firstAt: string | null;
    readonly lastAt: string | null;
    readonly lastChangeAt: string | null;
    readonly nextAt: string | null;
    readonly importing: { readonly share: number | null; readonly secondsLeft: number | null } | null;
  };
  /** When the POS last took our credentials (M5). */
  readonly lastCallAt: string | null;
  /** The departments whose figures come from it (C8). */
  readonly usedBy: { readonly kind: 'department'; readonly id: string; readonly name: string }[];
  readonly unmappedShops: number;
  /** A sent link that waits (W5). */
  readonly pendingAuthorization: { readonly email: string; readonly expiresAt: string } | null;
}

/** The cards of an organization's connections, by name. */
export async function listCards(services: Services, organizationId: string): Promise<ConnectionCard[]> {
  const connections = await listConnections(services, organizationId);
  return withCards(services, organizationId, connections);
}

/** @throws AppError `not_found`. */
export async function getCard(services: Services, ref: ConnectionRef): Promise<ConnectionCard> {
  const [card] = await withCards(services, ref.organizationId, [await getConnection(services, ref)]);
  if (card === undefined) throw new AppError('not_found', 'There is no such connection.');
  return card;
}

async function withCards(
  services: Services,
  organizationId: string,
  connections: readonly Connection[],
): Promise<ConnectionCard[]> {
  const now = new Date(services.clock.now());
  const rows = await tenantTransaction(services.db, organizationId, (trx) =>
    readCardRows(
      trx,
      organizationId,
      connections.map(({ id }) => id),
      now,
    ),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return connections.flatMap((connection) => {
    const row = byId.get(connection.id);
    return row === undefined ? [] : [toCard(services, organizationId, connection, row, now)];
  });
}

function toCard(services: Services, organizationId: string, connection: Connection, row: CardRow, now: Date): ConnectionCard {
  const credential = readable(services, { organizationId, connectionId: connection.id }, row.sealed);
  const oauthClient = clientShown(services, connection, row, credential);
  const steps: SetUpStep[] = [
    { step: 'authorize', done: connection.posAccount !== null },
    { step: 'age_gate', done: row.attested_text !== null },
  ];
  return {
    ...connection,
    oauthClient,
    appName: oauthClient?.name ?? null,
    domainPrefix: credential !== null && 'domainPrefix' in credential ? credential.domainPrefix : null,
    hosts: readHosts(row.hosts),
    setUp: { complete: steps.every(({ done }) => done), steps },
    attestation:
      row.attested_text === null
        ? null
        : { text: row.attested_text, by: row.attested_by_name ?? '', at: row.attested_at?.toISOString() ?? '' },
    expiry: {
      on: row.stated_expires_on ?? (connection.apiType === 'personal_token' ? dayOf(row.credential_expires_at) : null),
      never: row.never_expires ?? false,
      refused: connection.state === 'needs_reauthorisation',
    },
    data: {
      firstAt: row.first_at?.toISOString() ?? null,
      lastAt: connection.lastSuccessAt,
      lastChangeAt: row.last_change_at?.toISOString() ?? null,
      nextAt: isWorking(connection.state) ? (row.due_at?.toISOString() ?? null) : null,
      importing: importing(connection, row, now),
    },
    lastCallAt: latest(row.last_success_at, row.last_run_at)?.toISOString() ?? null,
    usedBy: row.departments.map(({ id, name }) => ({ kind: 'department', id, name })),
    unmappedShops: row.unmapped_shops,
    pendingAuthorization:
      row.link_email === null || row.link_expires_at === null
        ? null
        : { email: row.link_email, expiresAt: row.link_expires_at.toISOString() },
  };
}

function clientShown(
  { config }: Services,
  { provider, apiType }: Connection,
  row: CardRow,
  credential: AnyCredential | null,
): ConnectionCard['oauthClient'] {
  if (apiType === 'key' || apiType === 'personal_token') return null;
  if (row.client_id !== null) return { id: row.client_row_id, name: row.client_name, clientId: row.client_id };
  if (credential?.kind === 'oauth' && credential.clientId !== null)
    return { id: null, name: null, clientId: credential.clientId };
  if (provider === 'lightspeed-r' && config.rClientId !== null)
    return { id: null, name: config.rClientName, clientId: config.rClientId };
  return null;
}

/** How far the first walk through the sales is; null when it is through, or not begun. */
function importing({ state }: Connection, row: CardRow, now: Date): ConnectionCard['data']['importing'] {
  if (row.history === null || row.history_done || !isWorking(state)) return null;
  const share = shareOf(row.history);
  const seconds = row.run_started_at === null ? 0 : (now.getTime() - row.run_started_at.getTime()) / 1000;
  const left = Number(row.history.goalId ?? Number.NaN) - Number(row.history.lastId ?? Number.NaN);
  const perSecond = seconds > 0 ? (row.run_documents ?? 0) / seconds : 0;
  return { share, secondsLeft: Number.isFinite(left) && perSecond > 0 ? Math.max(0, Math.round(left / perSecond)) : null };
}

/** A credential that cannot be opened any more must not hide the others. */
function readable(services: Services, ref: ConnectionRef, sealed: string | null): AnyCredential | null {
  if (sealed === null) return null;
  try {
    return openAny(services, ref, sealed);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function dayOf(at: Date | null): string | null {
  return at?.toISOString().slice(0, 10) ?? null;
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
