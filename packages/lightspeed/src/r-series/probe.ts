import { formatInstant, instantOf } from '../instant.ts';
import type { Instant } from '../model.ts';
import { Rejected } from '../errors.ts';
import type { RSeriesApi } from './api.ts';
import { readListing } from './envelope.ts';
import type { AccountRoot } from './links.ts';
import { normalizeSale } from './normalize.ts';
import { isFields } from './read.ts';
import type { RSeriesSwitches } from './switches.ts';

/**
 * Whether the `updateTime` filter does what its name says (unverified, R §12.3): a date in the far future must return nothing, and just
 * before the newest sale's own stamp must return that sale. Anything else, a refusal included, means the documented `timeStamp`.
 */
export async function probeChangeStamp(
  { api, root, switches }: { api: RSeriesApi; root: AccountRoot; switches: RSeriesSwitches },
  now: () => Instant,
): Promise<RSeriesSwitches['changeStamp']> {
  const list = async (query: string): Promise<readonly unknown[]> => {
    const { body, info } = await api.get(`${root.path}Sale.json?${query}`, 'Sale plain list', 1);
    return readListing(body, 'Sale', info).documents;
  };
  const since = (instant: Instant): string =>
    `${switches.updateTimeFilter}=${encodeURIComponent(`>=,${formatInstant(instant)}`)}`;
  try {
    const sort = root.version === 2 ? '' : `&sort=${switches.updateTimeSort}`;
    if ((await list(`${since(instantOf(now() + TEN_YEARS_MS))}${sort}&limit=1`)).length > 0) return 'timeStamp';
    const [newest] = await list(`${root.version === 2 ? 'orderby=saleID&orderby_desc=1' : 'sort=-saleID'}&limit=1`);
    // An empty account proves nothing against it.
    if (newest === undefined) return 'updateTime';
    const stamp = changeStampOf(newest);
    const id = isFields(newest) ? newest['saleID'] : undefined;
    if (stamp === null || typeof id !== 'string') return 'timeStamp';
    const found = await list(`${since(instantOf(stamp - 1000))}&saleID=${id}&limit=1`);
    return found.length === 1 ? 'updateTime' : 'timeStamp';
  } catch (error) {
    if (error instanceof Rejected) return 'timeStamp';
    throw error;
  }
}

/** Null when the document has no `updateTime` of its own: then there is nothing to poll by. */
function changeStampOf(document: unknown): Instant | null {
  if (!isFields(document) || (document['updateTime'] === undefined && document['updatetime'] === undefined)) return null;
  // Relations are not loaded here; the stamp is all that is read.
  const sale = normalizeSale({ ...document, calcSubtotal: '0' });
  return sale.ok ? sale.value.changedAt : null;
}

const TEN_YEARS_MS = 10 * 365 * 86_400_000;
