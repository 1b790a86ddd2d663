import type { RSeriesApi } from './api.ts';
import { estimateCost } from './cost.ts';
import { readListing } from './envelope.ts';
import type { AccountRoot } from './links.ts';
import { lacksLines, lacksPayments } from './normalize.ts';
import type { PaymentKinds } from './normalize.ts';
import { listQuery } from './query.ts';
import { isFields } from './read.ts';
import { SALE } from './resources.ts';
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
    const path = `${root.path}Sale.json?${listQuery(SALE, { ids }, switches)}`;
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
