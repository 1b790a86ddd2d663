import type { Customer, Instant, Normalized } from '@tillweave/lightspeed';
import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Calendars } from './calendars.ts';
import { packDocuments } from './raw-page.ts';
import { type LedgerScope, type PageOrigin, type Recorded, type RecordOptions, writeRawPage } from './record-sales.ts';
import { recordSetAside, resolveSetAside, setAsideRow, type SetAsideRow } from './set-aside.ts';
import { encodeRows, insertStatement, type Row, runNamed, takeOver, textArray } from './statement.ts';

const customerColumns = {
  customer_id: 'text',
  first_name: 'text',
  last_name: 'text',
  company: 'text',
  // Lists travel as array texts within the array, and are cast on arrival.
  emails: 'text',
  phones: 'text',
  archived: 'boolean',
  archived_at_pos: 'boolean',
  created_at: 'timestamptz',
  changed_at: 'timestamptz',
  hash: 'hex',
  version: 'integer',
} as const;

const CUSTOMER = {
  table: 'customer',
  same: { seen_at: '$6::timestamptz' },
  columns: customerColumns,
  suffix: takeOver(['customer_id'], [...Object.keys(customerColumns), 'seen_at']),
} as const;

const VERSION = {
  table: 'customer_version',
  same: { page_id: '$3::uuid', page_received_at: '$4::timestamptz', received_at: '$4::timestamptz', run_id: '$5::uuid' },
  columns: { customer_id: 'text', version: 'integer', changed_at: 'timestamptz', hash: 'hex', page_index: 'integer' },
} as const;

const WRITE = insertStatement([VERSION, CUSTOMER], 6).replace(
  /rows\.\* (from unnest\([^)]*\) as rows)\n(on conflict)/u,
  `customer_id, first_name, last_name, company, emails::text[], phones::text[], archived, archived_at_pos, created_at, changed_at, hash, version
$1 (${Object.keys(customerColumns).join(', ')})
$2`,
);

interface PreparedCustomer {
  readonly customerId: string;
  /** Of the document without its volatile fields: a version is a change that somebody made to the person. */
  readonly hash: string;
  readonly changedAt: Instant | null;
  readonly document: string;
  readonly row: Omit<Row<typeof CUSTOMER>, 'version'>;
}

export interface PreparedCustomers {
  readonly customers: readonly PreparedCustomer[];
  readonly setAside: readonly SetAsideRow[];
}

/** Works out rows and hashes of a page of customers; one that appears twice is taken once, in its newer version. */
export function prepareCustomers(
  records: readonly Normalized<Customer>[],
  documents: readonly unknown[],
  calendars: Calendars,
): PreparedCustomers {
  const customers = new Map<string, PreparedCustomer>();
  const setAside: SetAsideRow[] = [];
  records.forEach((record, index) => {
    if (!record.ok) {
      setAside.push(setAsideRow(record, documents[index], calendars));
      return;
    }
    const earlier = customers.get(record.value.id);
    if (earlier === undefined || (earlier.changedAt ?? 0) <= (record.value.changedAt ?? 0))
      customers.set(record.value.id, prepareCustomer(record.value, documents[index], calendars));
  });
  return { customers: [...customers.values()], setAside };
}

function prepareCustomer(customer: Customer, document: unknown, { mirrorsArchived }: Calendars): PreparedCustomer {
  const digest = hash('sha256', JSON.stringify(document, withoutVolatile));
  return {
    customerId: customer.id,
    hash: digest,
    changedAt: customer.changedAt,
    document: JSON.stringify(document),
    row: {
      customer_id: customer.id,
      first_name: customer.firstName,
      last_name: customer.lastName,
      company: customer.company,
      emails: textArray(customer.emails),
      phones: textArray(customer.phones),
      archived: customer.archived && mirrorsArchived,
      archived_at_pos: customer.archived,
      created_at: customer.createdAt,
      changed_at: customer.changedAt,
      hash: digest,
    },
  };
}

/** Balances, year-to-date sums and stamps move with every purchase; of both series. */
const VOLATILE = new Set([
  'CreditAccount',
  'balance',
  'loyalty_balance',
  'year_to_date',
  'on_account_limit',
  'timeStamp',
  'updated_at',
  'version',
]);

function withoutVolatile(key: string, value: unknown): unknown {
  return VOLATILE.has(key) ? undefined : value;
}

interface Stored {
  readonly customer_id: string;
  readonly hash: string;
  readonly changed_at: Date | null;
  readonly seen_at: Date;
  readonly version: number;
}

/** Records a page of customers by the same rules as sales: newer or equal stamps only, a version per changed hash. */
export async function recordCustomers(
  trx: Transaction<Database>,
  scope: LedgerScope,
  origin: PageOrigin,
  prepared: PreparedCustomers,
  { openSetAside = true }: RecordOptions = {},
): Promise<Recorded> {
  const account = [scope.organizationId, scope.posAccountId];
  const ids = prepared.customers.map((customer) => customer.customerId);
  const stored = await readStored(trx, account, ids);
  const taken: { customer: PreparedCustomer; version: number }[] = [];
  const seenAgain: PreparedCustomer[] = [];
  for (const customer of prepared.customers) {
    const known = stored.get(customer.customerId);
    if (known === undefined) taken.push({ customer, version: 1 });
    else if (known.hash === customer.hash) {
      // The same content with a later stamp (a balance moved) is what older content must not replace.
      if (known.seen_at.getTime() < origin.requestedAt || (customer.changedAt ?? 0) > (known.changed_at?.getTime() ?? 0))
        seenAgain.push(customer);
    } else if (isNotOlder(customer.changedAt, origin.requestedAt, known)) taken.push({ customer, version: known.version + 1 });
  }
  if (taken.length > 0) {
    const pageId = uuidv7();
    const receivedAt = new Date();
    const packed = packDocuments(taken.map(({ customer }) => customer.document));
    await writeRawPage(trx, scope, origin, { pageId, receivedAt, packed });
    const versions = taken.map(({ customer, version }, index) => ({
      customer_id: customer.customerId,
      version,
      changed_at: customer.changedAt,
      hash: customer.hash,
      page_index: index,
    }));
    await runNamed(trx, 'ledger.write_customers', WRITE, [
      ...account,
      pageId,
      receivedAt,
      scope.runId,
      new Date(origin.requestedAt),
      ...encodeRows(VERSION, versions),
      ...encodeRows(
        CUSTOMER,
        taken.map(({ customer, version }) => ({ ...customer.row, version })),
      ),
    ]);
  }
  if (seenAgain.length > 0) await touch(trx, account, seenAgain, origin.requestedAt);
  if (prepared.setAside.length > 0) await recordSetAside(trx, scope, 'customer', prepared.setAside, origin.requestedAt);
  if (openSetAside || prepared.setAside.length > 0) {
    const unreadable = prepared.setAside.flatMap((row) => (typeof row.resource_id === 'string' ? [row.resource_id] : []));
    await resolveSetAside(trx, scope.organizationId, scope.posAccountId, 'customer', [...ids, ...unreadable]);
  }
  return { changed: taken.length, setAside: prepared.setAside.length };
}

function isNotOlder(changedAt: Instant | null, requestedAt: Instant, known: Stored): boolean {
  const change = changedAt ?? 0;
  const storedChange = known.changed_at?.getTime() ?? 0;
  return change > storedChange || (change === storedChange && requestedAt >= known.seen_at.getTime());
}

async function readStored(
  trx: Transaction<Database>,
  account: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  if (ids.length === 0) return new Map();
  const rows = await runNamed<Stored>(
    trx,
    'ledger.stored_customers',
    `select customer_id, encode(hash, 'hex') as hash, changed_at, seen_at, version from customer
where organization_id = $1::uuid and pos_account_id = $2::uuid and customer_id = any($3::text[])`,
    [...account, textArray(ids)],
  );
  return new Map(rows.map((row) => [row.customer_id, row]));
}

async function touch(
  trx: Transaction<Database>,
  account: readonly string[],
  customers: readonly PreparedCustomer[],
  requestedAt: Instant,
): Promise<void> {
  const stamps = customers.map(({ changedAt }) => (changedAt === null ? null : new Date(changedAt).toISOString()));
  await runNamed(
    trx,
    'ledger.touch_customers',
    `update customer set seen_at = greatest(customer.seen_at, $5::timestamptz), changed_at = greatest(customer.changed_at, again.changed_at)
from unnest($3::text[], $4::timestamptz[]) as again (customer_id, changed_at)
where customer.organization_id = $1::uuid and customer.pos_account_id = $2::uuid and customer.customer_id = again.customer_id`,
    [...account, textArray(customers.map(({ customerId }) => customerId)), stamps, new Date(requestedAt)],
  );
}
