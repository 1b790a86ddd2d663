#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createEmulator } from './emulator.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import { serveEmulator } from './server.ts';
import type { EmulatorServer } from './server.ts';

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly sales: number;
  readonly customers: number;
  readonly days: number;
  readonly shops: number;
  readonly rateLimit: 'real' | 'off';
  readonly registers: number;
  readonly xRegisters?: number;
  readonly series: 'both' | 'r' | 'x';
  readonly webhookTargets: 'loopback' | 'any';
  readonly load?: string;
  readonly now: string;
  readonly frozenClock: boolean;
  readonly lateEdits: 'applied' | 'pending';
  readonly json: boolean;
}

const usageError = 2;

process.exitCode = await main(process.argv);

async function main(parameters: readonly string[]): Promise<number> {
  let flags: Flags;
  try {
    flags = readFlags(parameters);
  } catch (error) {
    // Commander has written its message (or the help) already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
    throw error;
  }
  let emulator: Emulator;
  try {
    emulator = createEmulator(optionsOf(flags));
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error), usageError);
  }
  let server: EmulatorServer;
  try {
    server = await serveEmulator(emulator, { port: flags.port, host: flags.host });
  } catch (error) {
    return complain(listenProblem(error, flags), 1);
  }
  announce(server, emulator, flags.json);
  await stopSignal();
  await server.close();
  return 0;
}

function readFlags(parameters: readonly string[]): Flags {
  const program = new Command('tillweave-emulator')
    .description(
      'The Lightspeed Retail APIs, R-Series and X-Series, on your desk: a seeded trading world, OAuth, limits and faults.',
    )
    .option('--port <number>', 'port to listen on; 0 takes a free one', whole(0, 65_535), 4010)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <number>', 'same seed, same world', whole(0), 1)
    .option('--sales <number>', 'how many sales', whole(0), 20_000)
    .option('--customers <number>', 'how many customers', whole(0), 5000)
    .option('--days <number>', 'days of trade, the last of them 2026-11-23', whole(1), 90)
    .option('--shops <number>', 'how many shops', whole(1), 3)
    .addOption(
      new Option('--rate-limit <mode>', 'the real limits with 429s, or headers only').choices(['real', 'off']).default('off'),
    )
    .option('--registers <number>', "the subscription's register limit, which scales the R-Series' rate limit", whole(1), 1)
    .option('--x-registers <number>', "registers the X-Series' rate limit is scaled by; those that exist when left out", whole(1))
    .addOption(new Option('--series <which>', 'which series answer').choices(['both', 'r', 'x']).default('both'))
    .addOption(
      new Option('--webhook-targets <hosts>', 'where webhooks may be sent').choices(['loopback', 'any']).default('loopback'),
    )
    .option('--load <file>', 'serve recorded documents instead: { "Sale": [ … ] } (R-Series), { "sales": [ … ] } (X-Series)')
    .option('--now <time>', "where the world's clock starts: end, or an ISO time", 'end')
    .option('--frozen-clock', "the world's clock stands still until it is moved by /_control/clock", false)
    .addOption(
      new Option('--late-edits <when>', 'start after the late edits of the world, or before them')
        .choices(['applied', 'pending'])
        .default('applied'),
    )
    .option('--json', 'print one line of JSON when listening', false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => process.stderr.write(text) });
  program.parse(parameters);
  return program.opts<Flags & Record<string, unknown>>();
}

function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(
        most === Number.MAX_SAFE_INTEGER ? `Give a whole number from ${least}.` : `Give a whole number from ${least} to ${most}.`,
      );
    }
    return value;
  };
}

function optionsOf(flags: Flags): EmulatorOptions {
  const { seed, sales, customers, days, shops, rateLimit, registers, xRegisters, series, webhookTargets } = flags;
  const { load, now, frozenClock, lateEdits } = flags;
  return {
    seed,
    sales,
    customers,
    days,
    shops,
    rateLimit,
    now,
    frozenClock,
    lateEdits,
    registers,
    series,
    webhooks: { targets: webhookTargets },
    ...(xRegisters === undefined ? {} : { xRegisters }),
    ...(load === undefined ? {} : { load: readLoad(load) }),
  };
}

function readLoad(file: string): Readonly<Record<string, readonly unknown[]>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  try {
    // What it holds is checked where it is taken in.
    return JSON.parse(text) as Readonly<Record<string, readonly unknown[]>>;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function announce(server: EmulatorServer, emulator: Emulator, asJson: boolean): void {
  const { url } = server;
  const { rSeries, xSeries, controlToken } = emulator.credentials;
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ url, rSeries, xSeries, controlToken })}\n`);
    return;
  }
  process.stdout.write(
    [
      `Emulator on ${url}  (Ctrl-C stops it)`,
      'R-Series',
      `  account        ${rSeries.accountID}   ${url}/API/V3/Account/${rSeries.accountID}/Sale.json`,
      `  client id      ${rSeries.clientId}`,
      `  client secret  ${rSeries.clientSecret}`,
      `  access token   ${rSeries.accessToken}`,
      `  refresh token  ${rSeries.refreshToken}`,
      `  API key        ${rSeries.apiKey}`,
      ...(xSeries === null
        ? []
        : [
            'X-Series',
            `  store          ${xSeries.domainPrefix}   ${url}/api/2.0/sales`,
            `  personal token ${xSeries.personalToken}`,
            `  client id      ${xSeries.clientId}`,
            `  client secret  ${xSeries.clientSecret}`,
            `  refresh token  ${xSeries.refreshToken}`,
          ]),
      'Control',
      `  control token  ${controlToken}   ${url}/_control/truth`,
      '',
    ].join('\n'),
  );
}

function listenProblem(error: unknown, flags: Flags): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${flags.port} on ${flags.host} is in use. Choose another with --port, or 0 for a free one.`;
  if (code === 'EACCES') return `Port ${flags.port} may not be used by this account. Choose one above 1023.`;
  return `Cannot listen on ${flags.host}:${flags.port}: ${error instanceof Error ? error.message : String(error)}`;
}

/** Ends at Ctrl-C or SIGTERM; started by an npm script also when that script's shell is gone, since npm signals only the shell. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      resolve();
    }, 250);
    watch.unref();
  });
}

function complain(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}
