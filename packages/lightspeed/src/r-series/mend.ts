import type { RSeriesApi } from './api.ts';
import { estimateCost } from './cost.ts';
import { readListing } from './envelope.ts';
import type { AccountRoot } from './links.ts';
import { lacksLines, lacksPayments } from './normalize.ts';
import type { PaymentKinds } from './normalize.ts';
import { listQuery } from './query.ts';
import { isFields } from './read.ts';
import { SALE } from './resources.ts';
import type { Resource } from './resources.ts';
import type { RSeriesSwitches } from './switches.ts';

export interface SaleMender {
  mend(documents: readonly unknown[], signal: AbortSignal | undefined): Promise<readonly unknown[]>;
  /** Known once a document came without the PaymentType of a payment. */
  paymentKinds(): PaymentKinds;
}

/**
 * The POS is known to leave out relations that were asked for (R §5). Sales without the lines or payments behind their amounts, or payments
 * without their type, are asked for once more by id. What is still missing then is not there: recordings of old accounts, for example.
 * Payment kinds are taken from the account's payment types in that case.
 */
export function createSaleMender(
  { api, root, switches }: { api: RSeriesApi; root: AccountRoot; switches: RSeriesSwitches },
  readPaymentKinds: () => Promise<PaymentKinds>,
): SaleMender {
  let inVain = 0;
  let kinds: PaymentKinds | undefined;

  async function askAgain(ids: readonly string[], signal: AbortSignal | undefined): Promise<ReadonlyMap<string | null, unknown>> {
    const path = `${root.path}Sale.json?${listQuery(SALE, { ids }, switches, root.version)}`;
    const { body, info } = await api.get(path, 'Sale list', estimateCost(SALE.relations, true, switches), signal);
    return new Map(readListing(body, SALE.name, info).documents.map((document) => [saleIdOf(document), document]));
  }

  return {
    async mend(documents, signal) {
      const lacking = documents.filter((document) => lacksLines(document) || (inVain < IN_VAIN_MAX && lacksPayments(document)));
      const ids = lacking.flatMap((document) => saleIdOf(document) ?? []);
      let mended = documents;
      if (ids.length > 0) {
        const again = await askAgain(ids, signal);
        let helped = false;
        mended = documents.map((document) => {
          const better = again.get(saleIdOf(document));
          if (better === undefined || gaps(better) >= gaps(document)) return document;
          helped = true;
          return better;
        });
        if (helped) inVain = 0;
        else if (!lacking.some(lacksLines)) inVain += 1;
      }
      if (mended.some(lacksPayments)) kinds ??= await readPaymentKinds();
      return mended;
    },
    paymentKinds: () => kinds ?? NONE,
  };
}

function gaps(document: unknown): number {
  return (lacksLines(document) ? 2 : 0) + (lacksPayments(document) ? 1 : 0);
}

function saleIdOf(document: unknown): string | null {
  const id = isFields(document) ? document['saleID'] : undefined;
  return typeof id === 'string' && /^[1-9]\d{0,18}$/.test(id) ? id : null;
}

const NONE: PaymentKinds = new Map();
/** After so many questions about payments that changed nothing the account's documents are simply like that. */
const IN_VAIN_MAX = 2;

/**
 * The same for any resource: records that came without a relation that was asked for are asked for again by id, at most twice. A relation
 * that is still missing then is empty (R §6 writes both the same way).
 */
export function createRelationMender(
  { api, root, switches }: { api: RSeriesApi; root: AccountRoot; switches: RSeriesSwitches },
  resource: Resource,
): (documents: readonly unknown[], signal: AbortSignal | undefined) => Promise<readonly unknown[]> {
  const wanted = resource.relations.filter((relation) => !relation.includes('.'));
  const idOf = (document: unknown): string | null => {
    const id = isFields(document) ? document[resource.idField] : undefined;
    return typeof id === 'string' && /^[1-9]\d{0,18}$/.test(id) ? id : null;
  };
  const missing = (document: unknown): number =>
    isFields(document) ? wanted.filter((relation) => document[relation] === undefined).length : 0;
  /** Ids whose relation is known to be empty. */
  const empty = new Set<string>();

  return async (documents, signal) => {
    let mended = documents;
    for (let attempt = 0; attempt < ASK_AGAIN_MAX; attempt += 1) {
      const ids = mended
        .flatMap((document) => (missing(document) > 0 ? (idOf(document) ?? []) : []))
        .filter((id) => !empty.has(id));
      if (ids.length === 0) return mended;
      const path = `${root.path}${resource.name}.json?${listQuery(resource, { ids }, switches, root.version)}`;
      const cost = estimateCost(resource.relations, true, switches);
      const { body, info } = await api.get(path, `${resource.name} list`, cost, signal);
      const again = new Map(readListing(body, resource.name, info).documents.map((document) => [idOf(document), document]));
      mended = mended.map((document) => {
        const better = again.get(idOf(document));
        return better !== undefined && missing(better) < missing(document) ? better : document;
      });
    }
    for (const document of mended) {
      const id = missing(document) > 0 ? idOf(document) : null;
      if (id !== null) empty.add(id);
    }
    return mended;
  };
}

const ASK_AGAIN_MAX = 2;
