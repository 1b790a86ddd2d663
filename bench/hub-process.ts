/**
 * `tillweave work`, `serve` or `start` (both) in a process that can be asked what it has used. Its environment comes as JSON in the second
 * argument; prints `{}` or `{"port"}` when it works, and answers every line with its usage. Stops when its input ends.
 */
import { listen } from '../packages/hub/src/cli/serve.ts';
import { startWorking } from '../packages/hub/src/cli/work.ts';
import { readConfig } from '../packages/hub/src/platform/config.ts';
import { createServices } from '../packages/hub/src/platform/services.ts';
import { answer, ownUsage } from './messages.ts';

const [mode = 'work', environment = '{}'] = process.argv.slice(2);
const services = await createServices(readConfig(JSON.parse(environment) as NodeJS.ProcessEnv), { migrations: 'require' });
const server = mode === 'work' ? null : await listen(services);
if (mode !== 'serve') await startWorking(services);
await answer(server === null ? {} : { port: server.port }, ownUsage);
await server?.close();
await services.close();
process.exit(0);
