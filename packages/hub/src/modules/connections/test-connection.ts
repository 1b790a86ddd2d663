import type { Normalized, Sale } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import type { ConnectionRef } from './credential.ts';
import { type OpenedPosClient, openPosClient } from './pos-client.ts';
import { posProblem } from './pos-errors.ts';
import { prepareAccount } from './prepare-account.ts';
import { writeRequests } from './request-log.ts';
import { readSignIn } from './stored-sign-in.ts';
import { type Verified, verifyConnection } from './verify-connection.ts';

/** What a person is shown who tests a connection. */
export interface Tested extends Verified {
  /** The rate budget as the POS states it; null where it states none. */
  readonly rateBudget: { readonly level: number; readonly size: number; readonly perSecond: number | null } | null;
  /** Of the first receipt; null while there is none, or it cannot be read. */
  readonly taxMode: 'inclusive' | 'exclusive' | null;
  readonly firstReceipt: { readonly number: string; readonly at: string } | null;
}

const PATIENCE_MS = 15_000;

/**
 * Tests a connection: signs in, reads the account, its shops and registers, and one receipt to see that sales can be read. Completes a
 * set-up that was interrupted.
 *
 * @throws AppError as `verifyConnection`; errors of the POS as they are. A receipt that cannot be read is no error of the test.
 */
export async function testConnection(services: Services, ref: ConnectionRef): Promise<Tested> {
  const { account } = await readSignIn(services, ref);
  const verified = await verifyConnection(services, ref);
  if (account === null) await prepareAccount(services, ref, verified.posAccountId);
  const opened = await openPosClient(services, ref, { patienceMs: PATIENCE_MS });
  const sale = await firstSale(opened).catch((error: unknown) => {
    const problem = posProblem(error);
    if (problem === null) throw error;
    services.log.info({ connectionId: ref.connectionId, code: problem.code }, 'a test could read no receipt');
    return null;
  });
  await tenantTransaction(services.db, ref.organizationId, (trx) => writeRequests(trx, services, ref));
  const { mode, level, size, dripPerSecond } = opened.governor.snapshot();
  return {
    ...verified,
    rateBudget: mode === 'limited' && size !== null ? { level: Math.round(level), size, perSecond: dripPerSecond } : null,
    taxMode: sale === null ? null : sale.taxInclusive ? 'inclusive' : 'exclusive',
    firstReceipt: sale === null ? null : { number: sale.number, at: new Date(sale.occurredAt).toISOString() },
  };
}

/** The oldest sale on the first page that can be read. */
async function firstSale(opened: OpenedPosClient): Promise<Sale | null> {
  const pages = opened.provider === 'lightspeed-x' ? opened.client.sales() : opened.client.sales({ order: 'id' });
  for await (const { records } of pages) return firstReadable(records);
  return null;
}

function firstReadable(records: readonly Normalized<Sale>[]): Sale | null {
  for (const record of records) if (record.ok) return record.value;
  return null;
}
