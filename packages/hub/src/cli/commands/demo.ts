import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { message } from '../../messages/message.ts';
import { type Cli, defineCommand } from '../command.ts';
import { startEmulatedTill, type WorldSize } from '../demo/emulator.ts';
import { type DemoOutcome, runDemo } from '../demo/run-demo.ts';
import { serving } from '../open.ts';
import { wholeNumber } from '../program.ts';
import { listen } from '../serve.ts';
import { stopped } from '../stopped.ts';

interface Options extends WorldSize {
  readonly exit?: true;
  readonly database?: string;
}

/** `tillweave demo`: the whole product against an emulated till, with every figure compared. Leaves nothing behind. */
export const command = defineCommand((command, cli) => {
  command
    .description(message('cli.demo.description'))
    .option('--exit', message('cli.demo.exit'))
    .option('--seed <number>', message('cli.demo.seed'), wholeNumber, 1)
    .option('--days <number>', message('cli.demo.days'), wholeNumber, 90)
    .option('--sales <number>', message('cli.demo.sales'), wholeNumber, 20_000)
    .option('--customers <number>', message('cli.demo.customers'), wholeNumber, 5000)
    .addOption(new Option('--rate-limit <mode>', message('cli.demo.rate_limit')).choices(['off', 'real']).default('off'))
    .option('--database <url>', message('cli.demo.database'))
    .action(async (options: Options) => {
      // As root the embedded server runs as another user, who must be able to pass through.
      const home = await mkdtemp(join(tmpdir(), 'tillweave-demo-'));
      await chmod(home, 0o711);
      const till = await startEmulatedTill(options);
      try {
        const port = Number(cli.environment['PORT'] ?? 0) || (await freePort());
        const environment = {
          ...cli.environment,
          DATABASE_URL: options.database ?? '',
          TILLWEAVE_HOME: home,
          TILLWEAVE_PUBLIC_URL: `http://localhost:${port}`,
          TILLWEAVE_SECRET_KEY: '',
          TILLWEAVE_R_BASE_URL: till.url,
          TILLWEAVE_R_AUTH_URL: till.url,
          TILLWEAVE_X_BASE_URL: till.url,
          LOG_LEVEL: cli.environment['LOG_LEVEL'] ?? 'warn',
          PORT: String(port),
        };
        await serving({ ...cli, environment }, async (services, signal) => {
          const server = await listen(services);
          try {
            const outcome = await runDemo(cli, { services, till, url: server.url, days: options.days });
            show(cli, outcome, options.exit === true);
            if (options.exit !== true) await stopped(signal);
          } finally {
            await server.close();
          }
        });
      } finally {
        await till.stop();
        await rm(home, { recursive: true, force: true });
      }
    });
});

function show(cli: Cli, { result, complaints, signIn }: DemoOutcome, exits: boolean): void {
  for (const complaint of complaints) cli.output.say(complaint);
  cli.output.result(result, () =>
    message(result.ok ? 'cli.demo.well' : 'cli.demo.wrong', {
      cells: result.truth.cells.toLocaleString('en'),
      mismatches: result.truth.mismatches,
    }),
  );
  if (!exits) cli.output.say(message('cli.demo.look', { url: result.url, ...signIn }));
  if (!result.ok) cli.exitCode = 1;
}

/** A port nobody uses now: the sign-in's way back must be known before we listen. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
