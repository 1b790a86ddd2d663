/**
 * A process of its own for the tests: asks for the token of the connection in its arguments, prints it, ends. With `hang` it stops
 * after the POS has answered and before anything is committed, says `answered`, and waits to be killed.
 */
import { readConfig } from '../../../platform/config.ts';
import { createServices } from '../../../platform/services.ts';
import { tokensOf } from '../tokens.ts';

const [organizationId = '', connectionId = '', mode = ''] = process.argv.slice(2);
const services = await createServices(readConfig(process.env), {
  migrations: 'ignore',
  fetch: async (request, init) => {
    const answer = await fetch(request, init);
    if (mode !== 'hang') return answer;
    process.stdout.write('answered\n');
    return new Promise(() => setInterval(() => undefined, 60_000));
  },
});
process.stdout.write('ready\n');
// Both start at the same moment, when the test says so.
await new Promise((resolve) => process.stdin.once('data', resolve));
const token = await tokensOf(services, { organizationId, connectionId }).token();
process.stdout.write(`token ${token}\n`);
await services.close();
process.stdin.destroy();
