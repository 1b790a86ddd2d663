import { type Amount, normalizeSale, type Normalized, type Sale, ZERO } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import type { Services } from '../../../platform/services.ts';
import { type DocumentAddress, readDocument } from '../../ledger/raw-page.ts';
import { noSaleLookUps, versionFeedClient } from '../../sync/x-client.ts';
import type { Scope } from './our-side.ts';
import type { Opened } from './pos-figures.ts';
import type { Preset } from './presets.ts';
import { type ChangedSince, inSession } from './session-bridge.ts';

/** Receipts looked up in older versions; beyond, they are as they are now. */
const CHANGED_MOST = 200;

/** What changed receipts had in their sessions as these ended, by the version stored from then; those of no such version are left out. */
export async function atClosing(
  services: Services,
  opened: Opened,
  { organizationId, posAccountId }: Pick<Scope, 'organizationId' | 'posAccountId'>,
  changed: readonly ChangedSince[],
  counts: Preset['counts'],
): Promise<readonly (ChangedSince & { readonly amount: Amount })[]> {
  const later = changed.filter(({ isLater }) => isLater).map((one) => ({ ...one, amount: ZERO }));
  const wanted = changed.filter(({ isLater }) => !isLater).slice(0, CHANGED_MOST);
  if (wanted.length === 0) return later;
  const documents = await tenantTransaction(services.db, organizationId, async (trx) => {
    const closings = wanted.map(({ session }) => new Date((session.closedAt ?? 0) + 999).toISOString());
    const { rows } = await sql<DocumentAddress & { index: number }>`
      select wanted.index - 1 as index, v.page_id, v.page_received_at, v.page_index
      from unnest(${wanted.map(({ saleId }) => saleId)}::text[], ${closings}::timestamptz[]) with ordinality as wanted (sale_id, closed_at, index)
      join lateral (
        select version.* from sale_version version
        where version.organization_id = ${organizationId} and version.pos_account_id = ${posAccountId}
          and version.sale_id = wanted.sale_id and version.changed_at <= wanted.closed_at
        order by version.version desc limit 1
      ) v on true`.execute(trx);
    const read: { readonly one: ChangedSince; readonly document: unknown }[] = [];
    for (const row of rows) {
      const stored = await readDocument(trx, organizationId, posAccountId, row);
      const one = wanted[row.index];
      if (stored !== null && one !== undefined) read.push({ one, document: stored.document });
    }
    return read;
  });
  const sales = await normalized(
    services,
    opened,
    documents.map(({ document }) => document),
  );
  const known = documents.flatMap(({ one }, index) => {
    const sale = sales[index];
    return sale?.ok === true ? [{ ...one, amount: inSession(sale.value, one.session, counts) }] : [];
  });
  return [...later, ...known];
}

async function normalized(
  services: Services,
  opened: Opened,
  documents: readonly unknown[],
): Promise<readonly Normalized<Sale>[]> {
  if (documents.length === 0) return [];
  if (opened.provider === 'lightspeed-r') return documents.map((document) => normalizeSale(document));
  const client = versionFeedClient(opened.client, noSaleLookUps(), services.clock);
  return (await client.normalizeSales?.(documents)) ?? [];
}
