import type { Emulator } from '../packages/emulator/src/index.ts';
import {
  createLeakyBucketGovernor,
  createRSeriesClient,
  systemClock,
  Unauthorized,
  type Sale,
} from '../packages/lightspeed/src/index.ts';

/** Every sale of an emulator, through the client as the hub uses it. */
export async function servedSales(from: Emulator): Promise<readonly Sale[]> {
  const { accountID, accessToken } = from.credentials.rSeries;
  const client = createRSeriesClient({
    baseUrl: 'http://emulator.test',
    accountId: accountID,
    auth: {
      token: () => Promise.resolve(accessToken),
      renew: () => Promise.reject(new Unauthorized('token_refused', 'The emulator’s own token was refused.')),
    },
    governor: createLeakyBucketGovernor({ clock: systemClock }),
    fetch: from.fetch,
    clock: systemClock,
  });
  const sales: Sale[] = [];
  for await (const page of client.sales({ order: 'id' })) {
    for (const record of page.records) {
      if (!record.ok) throw new Error(`${record.path}: ${record.message}`);
      sales.push(record.value);
    }
  }
  return sales;
}
