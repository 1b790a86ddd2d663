import {
  type Customer,
  type Instant,
  type Normalized,
  normalizeCustomer,
  normalizeSale,
  normalizeSaleVoid,
  normalizeXCustomer,
  type PaymentKinds,
  type Sale,
  type SaleVoid,
} from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { textArray } from '../ledger/statement.ts';
import { preparePage } from './commit-page.ts';
import { commitPage, reportProgress, type Session, sumFactsIfDue, yieldIfOver } from './session.ts';
import { CUSTOMERS, SALE_VOIDS, SALES, type Stream } from './streams.ts';

/** Documents read again in one transaction. */
const AT_ONCE = 100;

type Replayed = 'sale' | 'customer' | 'saleVoid';

interface AskedFor {
  readonly id: string;
  readonly resource: Replayed;
  /** When the request that last brought it was sent: its place in the order of versions. */
  readonly seenAt: Date;
  readonly document: unknown;
}

/**
 * Reads documents that were set aside again with today's code, those that somebody asked for, and records them as if the answer that last
 * brought them had just come: what is newer stays, what can be read lands and makes its day whole, the rest is kept with today's reason.
 * Repeating it changes nothing.
 *
 * @throws SliceEnded between pages.
 */
export async function replaySetAside(session: Session): Promise<void> {
  if (session.held?.openSetAside === false) return;
  for (let page = 0; ; page += 1) {
    const asked = await askedFor(session);
    if (asked.length === 0) return;
    if (page > 0) yieldIfOver(session);
    reportProgress(session, 'replay');
    for (const same of Map.groupBy(asked, ({ resource, seenAt }) => `${resource} ${seenAt.toISOString()}`).values())
      await replaySome(session, same);
    await sumFactsIfDue(session, true);
  }
}

/** What waits to be read again; nothing of a frozen shop is taken in. */
async function askedFor({ db, lease: { organizationId, posAccountId } }: Session): Promise<readonly AskedFor[]> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<AskedFor>`
      select a.id, a.resource, a.seen_at as "seenAt", coalesce(a.document_text::json, a.document::json) as document
      from set_aside a
      where a.organization_id = ${organizationId} and a.pos_account_id = ${posAccountId}
        and a.replay_asked_at is not null and a.resolved_at is null and a.resource in ('sale', 'customer', 'saleVoid')
        and not exists (
          select from shop s where s.organization_id = a.organization_id and s.pos_account_id = a.pos_account_id
            and s.shop_id = a.shop_id and s.frozen_at is not null
        )
      order by a.seen_at, a.id
      limit ${AT_ONCE}`.execute(trx);
    return rows;
  });
}

async function replaySome(session: Session, asked: readonly AskedFor[]): Promise<void> {
  const [first] = asked;
  if (first === undefined) return;
  const documents = asked.map(({ document }) => document);
  switch (first.resource) {
    case 'sale':
      return replayPage(session, SALES, await readSales(session, documents), asked);
    case 'customer':
      return replayPage(session, CUSTOMERS, documents.map(customerReader(session)), asked);
    case 'saleVoid':
      return replayPage(
        session,
        SALE_VOIDS,
        documents.map((document) => normalizeSaleVoid(document)),
        asked,
      );
  }
}

async function readSales(session: Session, documents: readonly unknown[]): Promise<readonly Normalized<Sale>[]> {
  if (session.client.normalizeSales !== undefined) return session.client.normalizeSales(documents);
  const kinds = await paymentKinds(session);
  return documents.map((document) => normalizeSale(document, undefined, kinds));
}

function customerReader({ client }: Session): (document: unknown) => Normalized<Customer> {
  return client.feed === 'versions' ? (document) => normalizeXCustomer(document) : (document) => normalizeCustomer(document);
}

/** Old R-Series sales do not say what their payments are; the payment types do. */
async function paymentKinds({ db, lease: { organizationId, posAccountId } }: Session): Promise<PaymentKinds> {
  const rows = await tenantTransaction(db, organizationId, (trx) =>
    trx
      .selectFrom('payment_type')
      .select(['payment_type_id', 'kind'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .execute(),
  );
  // Stored by us from the same model.
  return new Map(rows.map(({ payment_type_id, kind }) => [payment_type_id, kind])) as PaymentKinds;
}

async function replayPage<T extends Sale | Customer | SaleVoid>(
  session: Session,
  stream: Stream<T>,
  records: readonly Normalized<T>[],
  asked: readonly AskedFor[],
): Promise<void> {
  const [first] = asked;
  if (first === undefined) return;
  const page = {
    records,
    documents: asked.map(({ document }) => document),
    position: null,
    last: true,
    request: {
      method: 'REPLAY',
      path: `/problems (${asked.length} set aside)`,
      requestedAt: first.seenAt.getTime() as Instant,
      serverTime: null,
    },
  };
  await commitPage(session, stream, preparePage(stream, page, session.calendars), async (trx) => {
    const { organizationId, posAccountId } = session.lease;
    const readable = asked.flatMap(({ id }, index) => {
      const record = records[index];
      return record?.ok === true ? [{ id, record: record.value }] : [];
    });
    const column = (values: readonly (string | null)[]): string => textArray(values);
    // What could be read and is not in the ledger was refused for its amounts, and stays; else the ledger has it, or something newer.
    await sql`
      update set_aside a set resolved_at = coalesce(a.resolved_at, now()), resolution = 'replayed', replay_asked_at = null
      from unnest(${column(readable.map(({ id }) => id))}::text[], ${column(readable.map(({ record }) => record.id))}::text[],
        ${column(readable.map(({ record }) => ('version' in record ? (record.version ?? null) : null)))}::text[],
        ${column(readable.map(({ record }) => stampOf(record)))}::text[]) as read (id, resource_id, version, changed_at)
      where a.organization_id = ${organizationId} and a.pos_account_id = ${posAccountId} and a.id = read.id::uuid
        and (a.resource <> 'sale' or exists (
          select from sale s where s.organization_id = a.organization_id and s.pos_account_id = a.pos_account_id
            and s.sale_id = read.resource_id
            and (s.hash = a.document_hash or s.pos_version >= read.version::bigint or s.changed_at > read.changed_at::timestamptz
              or s.seen_at > a.seen_at)
        ))`.execute(trx);
    await sql`
      update set_aside set replay_asked_at = null
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        and id = any(${column(asked.map(({ id }) => id))}::uuid[])`.execute(trx);
  });
}

function stampOf(record: Sale | Customer | SaleVoid): string | null {
  return 'changedAt' in record && record.changedAt !== null ? new Date(record.changedAt).toISOString() : null;
}
