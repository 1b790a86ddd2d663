import { CommanderError } from 'commander';
import { type AppError, toAppError } from '../platform/errors.ts';
import { redactText } from '../platform/redact.ts';
import type { Cli } from './command.ts';
import { createOutput } from './output.ts';
import { createProgram } from './program.ts';

const USAGE = 2;

type Streams = Partial<Pick<Cli, 'environment' | 'stdin' | 'stdout' | 'stderr'>>;

/**
 * Runs one command line.
 *
 * @param parameters Without the program's name: `['sync', '--wait']`.
 * @returns The exit code: 0 done, 1 failed, 2 usage, 3 not authorised, 4 data incomplete.
 */
export async function runCli(parameters: readonly string[], streams: Streams = {}): Promise<number> {
  const stdout = streams.stdout ?? process.stdout;
  const stderr = streams.stderr ?? process.stderr;
  const cli: Cli = {
    environment: streams.environment ?? process.env,
    stdin: streams.stdin ?? process.stdin,
    stdout,
    stderr,
    output: createOutput(stdout, stderr),
    exitCode: 0,
  };
  cli.output.json = parameters.includes('--json');
  try {
    const program = await createProgram(cli, parameters);
    await program.parseAsync([...parameters], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    // Commander has printed its own: help that was asked for ends well, everything else is a usage error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    const failure = toAppError(error);
    cli.output.say(describe(failure, cli.output.json));
    return failure.exitCode;
  }
}

/** One clear sentence with the code and the remedy; with `--json` one JSON line of the same. */
function describe(error: AppError, json: boolean): string {
  const text = sentence(error);
  if (json) return JSON.stringify({ error: { code: error.code, message: text, details: error.details } });
  return `tillweave: ${text} [${error.code}]`;
}

function sentence(error: AppError): string {
  // Ours are written for people and may repeat what was typed; others' texts may hold anything.
  if (error.code !== 'internal') return error.message;
  const cause = error.cause instanceof Error ? error.cause.message : 'unknown';
  return `${error.message} (${redactText(cause)}) Please report it with what you did.`;
}
