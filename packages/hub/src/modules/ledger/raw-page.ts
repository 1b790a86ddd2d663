import type { Transaction } from 'kysely';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Database } from '../../platform/database/schema.ts';

/** Fast rather than small: pages are packed while the till waits for its next request. */
const LEVEL = 1;
const options = { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } };

/** Packs documents, each given as JSON text, into what the column `page.documents` holds: a JSON list, zstd. */
export function packDocuments(documents: readonly string[]): Buffer {
  return zstdCompressSync(`[${documents.join(',')}]`, options);
}

/** The documents of a packed page, in order. */
export function unpackDocuments(packed: Uint8Array): readonly unknown[] {
  const documents: unknown = JSON.parse(zstdDecompressSync(packed).toString('utf8'));
  if (!Array.isArray(documents)) throw new TypeError('A stored page is no list of documents.');
  return documents;
}

/** Where a document is kept: the columns of `sale_version` and `customer_version`. */
export interface DocumentAddress {
  readonly page_id: string;
  readonly page_received_at: Date;
  readonly page_index: number;
}

/** The request that brought a document, and the document as it came. */
export interface StoredDocument {
  readonly document: unknown;
  readonly method: string;
  /** Path and query; no secrets are in it. */
  readonly path: string;
  readonly requestedAt: Date;
  /** The till's own time when it answered. */
  readonly serverTime: Date | null;
  readonly receivedAt: Date;
}

/** Reads one document with the request that fetched it; null when retention has dropped its page. */
export async function readDocument(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  { page_id, page_received_at, page_index }: DocumentAddress,
): Promise<StoredDocument | null> {
  const page = await trx
    .selectFrom('page')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    // The driver's dates have milliseconds only, and so have ours; the equality finds the one partition.
    .where('received_at', '=', page_received_at)
    .where('id', '=', page_id)
    .executeTakeFirst();
  if (page === undefined) return null;
  return {
    document: unpackDocuments(page.documents)[page_index] ?? null,
    method: page.request_method,
    path: page.request_path,
    requestedAt: page.requested_at,
    serverTime: page.server_time,
    receivedAt: page.received_at,
  };
}
