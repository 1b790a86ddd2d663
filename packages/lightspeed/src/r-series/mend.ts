import type { RSeriesApi } from './api.ts';
import { estimateCost } from './cost.ts';
import { readListing } from './envelope.ts';
import type { AccountRoot } from './links.ts';
import { lacksRelations } from './normalize.ts';
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
 * The POS is known to leave out relations that were asked for (R §5). Sales that state amounts without the lines or payments behind them,
 * or payments without their type, are asked for once more by id. What is still missing then is not there: recordings of old accounts, for
 * example. Payment kinds are taken from the account's payment types in that case.
 */
export function createSaleMender(
  { api, root, switches }: { api: RSeriesApi; root: AccountRoot; switches: RSeriesSwitches },
  readPaymentKinds: () => Promise<PaymentKinds>,
): SaleMender {
  let inVain = 0;
  let kinds: PaymentKinds | undefined;

  return {
    async mend(documents, signal) {
      const lacking = documents.filter(lacksRelations);
      if (lacking.length === 0) return documents;
      let mended = documents;
      const ids = lacking.flatMap((document) => saleIdOf(document) ?? []);
      if (inVain < IN_VAIN_MAX && ids.length > 0) {
        const path = `${root.path}Sale.json?${listQuery(SALE, { ids }, switches)}`;
        const { body, info } = await api.get(path, 'Sale list', estimateCost(SALE.relations, true, switches), signal);
        const whole = new Map(
          readListing(body, SALE.name, info)
            .documents.filter((document) => !lacksRelations(document))
            .map((document) => [saleIdOf(document), document]),
        );
        if (whole.size === 0) inVain += 1;
        mended = documents.map((document) => (lacksRelations(document) ? (whole.get(saleIdOf(document)) ?? document) : document));
      }
      if (mended.some(lacksRelations)) kinds ??= await readPaymentKinds();
      return mended;
    },
    paymentKinds: () => kinds ?? NONE,
  };
}

function saleIdOf(document: unknown): string | null {
  const id = isFields(document) ? document['saleID'] : undefined;
  return typeof id === 'string' && /^[1-9]\d{0,18}$/.test(id) ? id : null;
}

const NONE: PaymentKinds = new Map();
/** After so many questions that changed nothing the account's documents are simply like that. */
const IN_VAIN_MAX = 2;
