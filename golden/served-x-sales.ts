import type { Emulator } from '../packages/emulator/src/index.ts';
import {
  createFixedWindowGovernor,
  createXSeriesClient,
  personalToken,
  systemClock,
  type Sale,
} from '../packages/lightspeed/src/index.ts';

/** Every X-Series sale of an emulator, in the shape of an API version, through the client as the hub uses it. */
export async function servedXSales(from: Emulator, apiVersion: '2.0' | '2026-07' | '0.9'): Promise<readonly Sale[]> {
  const client = createXSeriesClient({
    baseUrl: 'http://demostore.emulator.test',
    auth: personalToken(from.credentials.xSeries?.personalToken ?? ''),
    governor: createFixedWindowGovernor({ clock: systemClock }),
    fetch: from.fetch,
    clock: systemClock,
    apiVersion: apiVersion === '0.9' ? '2.0' : apiVersion,
  });
  const sales: Sale[] = [];
  for await (const page of apiVersion === '0.9' ? client.legacySales() : client.sales()) {
    for (const record of page.records) {
      if (!record.ok) throw new Error(`${record.path}: ${record.message}`);
      sales.push(record.value);
    }
  }
  return sales;
}
