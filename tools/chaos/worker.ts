/**
 * `tillweave work` or `tillweave serve` in a process that dies on order. Prints `loaded` and waits for a line of stdin with its environment
 * (JSON), then works, prints `working` or `serving PORT`, and takes a kill order a line (`KillOrder` or null).
 */
import { createInterface } from 'node:readline';
import { listen } from '../../packages/hub/src/cli/serve.ts';
import { startWorking } from '../../packages/hub/src/cli/work.ts';
import { readConfig } from '../../packages/hub/src/platform/config.ts';
import { createServices } from '../../packages/hub/src/platform/services.ts';
import { killingFetch, type KillOrder, orderKill, watchStatements } from './injection.ts';

const [mode = 'work'] = process.argv.slice(2);
watchStatements();
process.stdout.write('loaded\n');
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const first = await lines.next();
// Nobody wants us any more.
if (first.done === true) process.exit(0);
const config = readConfig(JSON.parse(first.value) as NodeJS.ProcessEnv);
const services = await createServices(config, { migrations: 'require', fetch: killingFetch });
if (mode === 'serve') {
  const { port } = await listen(services);
  process.stdout.write(`serving ${port}\n`);
} else {
  await startWorking(services);
  process.stdout.write('working\n');
}
for (;;) {
  const line = await lines.next();
  if (line.done === true) break;
  orderKill(JSON.parse(line.value) as KillOrder | null);
}
// Whoever started us is gone, or wants us to stop well.
await services.close();
process.exit(0);
