import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type Calendars, ensureShops } from './calendars.ts';
import { rememberFigures } from './dirty-sales.ts';
import { forgetLeftOut, markCounted, takeOut } from './left-out.ts';
import { isOlder, type PreparedSale, type PreparedSales } from './prepare-sales.ts';
import { packDocuments } from './raw-page.ts';
import {
  DIRTY,
  LINE,
  type LineRow,
  PAYMENT,
  PAYMENT_FIGURE,
  type PaymentFigureRow,
  type PaymentRow,
  SALE,
  SALE_FIGURE,
  type SaleFigureRow,
  VERSION,
  WRITE_PAGE,
} from './sale-rows.ts';
import { recordSetAside, resolveSetAside } from './set-aside.ts';
import { encodeRows, type EncodedRows, runNamed, textArray } from './statement.ts';

/** Whose ledger is written, and on behalf of which run. */
export interface LedgerScope {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly runId: string | null;
}

/** The request that brought a page. */
export interface PageOrigin {
  readonly stream: string;
  readonly method: string;
  /** Path and query, no secrets. */
  readonly path: string;
  readonly requestedAt: Instant;
  readonly serverTime: Instant | null;
}

export interface Recorded {
  /** New or newer versions taken. */
  readonly changed: number;
  readonly setAside: number;
}

export interface RecordOptions {
  /** Whether the account has documents set aside that this page may settle; true when not known. */
  readonly openSetAside?: boolean;
  /** Called once the big statement is under way: the moment to work on the next page. */
  readonly whileWriting?: () => void;
}

/** A page with its arrays made ready, as for sales the ledger does not know yet: the usual case of a history import. */
export interface EncodedPage {
  readonly prepared: PreparedSales;
  readonly allNew: EncodedSales;
}

interface EncodedSales {
  readonly packed: Buffer;
  readonly arrays: readonly EncodedRows[];
}

/** Does all the work of a page that needs no database. */
export function encodePage(prepared: PreparedSales): EncodedPage {
  return {
    prepared,
    allNew: encodeSales(
      prepared.sales.map((sale) => ({ sale, version: 1 })),
      [],
    ),
  };
}

/**
 * Records a page of sales: takes those whose hash differs and that are not older than what is stored, with their lines, payments, version,
 * raw document and figures, and marks the old and new shop-days dirty. The caller's transaction holds the account's lease, so nobody
 * else writes meanwhile. The same page again, or an older one, changes nothing.
 */
export async function recordSales(
  trx: Transaction<Database>,
  scope: LedgerScope,
  origin: PageOrigin,
  page: EncodedPage,
  calendars: Calendars,
  { openSetAside = true, whileWriting }: RecordOptions = {},
): Promise<Recorded> {
  const { prepared } = page;
  const account = [scope.organizationId, scope.posAccountId] as const;
  const ids = prepared.sales.map((sale) => sale.saleId);
  const stored = await readStored(trx, account, ids);
  const decided = decide(prepared.sales, stored, origin.requestedAt);
  await ensureNewShops(trx, scope, prepared, calendars);
  if (decided.replaced.length > 0) {
    await rememberFigures(trx, account, decided.replaced);
    const oldDays = await clear(trx, account, decided.replaced);
    if (calendars.leavesOut) await forgetLeftOut(trx, account, decided.replaced);
    await write(trx, scope, origin, encodeSales(decided.taken, oldDays), whileWriting);
  } else if (decided.taken.length > 0) {
    const allNew = decided.taken.length === prepared.sales.length;
    await write(trx, scope, origin, allNew ? page.allNew : encodeSales(decided.taken, []), whileWriting);
  }
  if (calendars.leavesOut && decided.taken.length > 0) {
    await takeOut(trx, account, { saleIds: decided.taken.map(({ sale }) => sale.saleId) });
  }
  if (decided.seenAgain.length > 0) await touch(trx, account, decided.seenAgain, origin.requestedAt);
  if (openSetAside || prepared.setAside.length > 0) await settleSetAside(trx, scope, origin, prepared, ids);
  return { changed: decided.taken.length, setAside: prepared.setAside.length };
}

interface Stored {
  readonly sale_id: string;
  readonly hash: string;
  readonly changed_at: Date;
  readonly seen_at: Date;
  readonly version: number;
  readonly pos_version: string | null;
}

async function readStored(
  trx: Transaction<Database>,
  account: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  if (ids.length === 0) return new Map();
  const rows = await runNamed<Stored>(
    trx,
    'ledger.stored',
    `select sale_id, encode(hash, 'hex') as hash, changed_at, seen_at, version,
  pos_version::text as pos_version from sale
where organization_id = $1::uuid and pos_account_id = $2::uuid and sale_id = any($3::text[])`,
    [...account, textArray(ids)],
  );
  return new Map(rows.map((row) => [row.sale_id, row]));
}

interface Taken {
  readonly sale: PreparedSale;
  readonly version: number;
}

interface Decided {
  readonly taken: readonly Taken[];
  /** Ids among them that are stored in an older version. */
  readonly replaced: readonly string[];
  /** Ids whose stored content was confirmed by a later request. */
  readonly seenAgain: readonly string[];
}

/**
 * Versions are ordered by the till's own counter where it has one: a greater number is newer, and one number is one content, however told.
 * Else by change stamp, then by when the request that brought them was sent.
 */
function decide(sales: readonly PreparedSale[], stored: ReadonlyMap<string, Stored>, requestedAt: Instant): Decided {
  const taken: Taken[] = [];
  const replaced: string[] = [];
  const seenAgain: string[] = [];
  for (const sale of sales) {
    const known = stored.get(sale.saleId);
    if (known === undefined) {
      taken.push({ sale, version: 1 });
    } else if (known.hash === sale.hash || (sale.posVersion !== null && sale.posVersion === known.pos_version)) {
      if (known.seen_at.getTime() < requestedAt) seenAgain.push(sale.saleId);
    } else if (isNotOlder(sale, requestedAt, known)) {
      taken.push({ sale, version: known.version + 1 });
      replaced.push(sale.saleId);
    }
  }
  return { taken, replaced, seenAgain };
}

function isNotOlder(sale: PreparedSale, requestedAt: Instant, known: Stored): boolean {
  const stored = { posVersion: known.pos_version, changedAt: known.changed_at.getTime() as Instant };
  return !isOlder(sale, stored) && (isOlder(stored, sale) || requestedAt >= known.seen_at.getTime());
}

async function ensureNewShops(
  trx: Transaction<Database>,
  scope: LedgerScope,
  prepared: PreparedSales,
  calendars: Calendars,
): Promise<void> {
  const unknown = new Set<string>();
  for (const { shopId } of prepared.sales) if (!calendars.knows(shopId)) unknown.add(shopId);
  if (unknown.size === 0) return;
  await ensureShops(trx, scope.organizationId, scope.posAccountId, [...unknown], calendars.fallback);
  if (calendars.leavesOut) await markCounted(trx, [scope.organizationId, scope.posAccountId]);
}

interface ShopDay {
  readonly shop_id: string;
  readonly business_day: string;
}

/** Removes what hangs on older versions, and tells the days their figures stood in. */
async function clear(
  trx: Transaction<Database>,
  account: readonly string[],
  ids: readonly string[],
): Promise<readonly ShopDay[]> {
  const own = 'organization_id = $1::uuid and pos_account_id = $2::uuid and sale_id = any($3::text[])';
  return runNamed<ShopDay>(
    trx,
    'ledger.clear',
    `with lines as (delete from sale_line where ${own}),
payments as (delete from payment where ${own}),
figures as (delete from sale_figure where ${own} returning shop_id, business_day),
payment_figures as (delete from payment_figure where ${own} returning shop_id, business_day)
select * from figures union select * from payment_figures`,
    [...account, textArray(ids)],
  );
}

async function touch(
  trx: Transaction<Database>,
  account: readonly string[],
  ids: readonly string[],
  requestedAt: Instant,
): Promise<void> {
  await runNamed(
    trx,
    'ledger.touch',
    `update sale set seen_at = $4::timestamptz, problem = nullif(problem, 'missing_at_pos')
where organization_id = $1::uuid and pos_account_id = $2::uuid and sale_id = any($3::text[]) and seen_at < $4::timestamptz`,
    [...account, textArray(ids), new Date(requestedAt)],
  );
}

async function write(
  trx: Transaction<Database>,
  scope: LedgerScope,
  origin: PageOrigin,
  encoded: EncodedSales,
  whileWriting: (() => void) | undefined,
): Promise<void> {
  const pageId = uuidv7();
  const receivedAt = new Date();
  await writeRawPage(trx, scope, origin, { pageId, receivedAt, packed: encoded.packed });
  const writing = runNamed(trx, 'ledger.write_page', WRITE_PAGE, [
    scope.organizationId,
    scope.posAccountId,
    pageId,
    receivedAt,
    scope.runId,
    new Date(origin.requestedAt),
    ...encoded.arrays.flat(),
  ]);
  whileWriting?.();
  await writing;
}

/** Keeps the documents of one answered request. */
export async function writeRawPage(
  trx: Transaction<Database>,
  scope: LedgerScope,
  origin: PageOrigin,
  page: { readonly pageId: string; readonly receivedAt: Date; readonly packed: Buffer },
): Promise<void> {
  await runNamed(
    trx,
    'ledger.raw_page',
    `insert into page (organization_id, pos_account_id, id, received_at, run_id, stream, request_method, request_path, requested_at,
  server_time, documents)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      scope.organizationId,
      scope.posAccountId,
      page.pageId,
      page.receivedAt,
      scope.runId,
      origin.stream,
      origin.method,
      origin.path,
      new Date(origin.requestedAt),
      origin.serverTime === null ? null : new Date(origin.serverTime),
      page.packed,
    ],
  );
}

async function settleSetAside(
  trx: Transaction<Database>,
  scope: LedgerScope,
  origin: PageOrigin,
  prepared: PreparedSales,
  ids: readonly string[],
): Promise<void> {
  const { setAside } = prepared;
  if (setAside.length > 0) await recordSetAside(trx, scope, 'sale', setAside, origin.requestedAt);
  const unreadable = setAside.flatMap((row) => (typeof row.resource_id === 'string' ? [row.resource_id] : []));
  await resolveSetAside(trx, scope.organizationId, scope.posAccountId, 'sale', [...ids, ...unreadable]);
}

function encodeSales(taken: readonly Taken[], oldDays: readonly ShopDay[]): EncodedSales {
  const lines: LineRow[] = [];
  const payments: PaymentRow[] = [];
  const saleFigures: SaleFigureRow[] = [];
  const paymentFigures: PaymentFigureRow[] = [];
  for (const { sale } of taken) {
    lines.push(...sale.lines);
    payments.push(...sale.payments);
    if (sale.figures.saleFigure !== null) saleFigures.push(sale.figures.saleFigure);
    paymentFigures.push(...sale.figures.paymentFigures);
  }
  return {
    packed: packDocuments(taken.map(({ sale }) => sale.document)),
    arrays: [
      encodeRows(
        SALE,
        taken.map(({ sale, version }) => ({ ...sale.sale, version })),
      ),
      encodeRows(LINE, lines),
      encodeRows(PAYMENT, payments),
      encodeRows(VERSION, taken.map(versionRow)),
      encodeRows(SALE_FIGURE, saleFigures),
      encodeRows(PAYMENT_FIGURE, paymentFigures),
      encodeRows(DIRTY, distinctDays([...oldDays, ...saleFigures, ...paymentFigures])),
    ],
  };
}

function versionRow({ sale, version }: Taken, index: number) {
  return { sale_id: sale.saleId, version, changed_at: sale.changedAt, hash: sale.hash, page_index: index };
}

function distinctDays(days: readonly Readonly<Pick<SaleFigureRow, 'shop_id' | 'business_day'>>[]) {
  const distinct = new Map(days.map(({ shop_id, business_day }) => [`${business_day} ${shop_id}`, { shop_id, business_day }]));
  // In one order for everybody, so that two writers cannot wait for each other.
  return [...distinct.values()].sort((a, b) => (`${a.business_day} ${a.shop_id}` < `${b.business_day} ${b.shop_id}` ? -1 : 1));
}
