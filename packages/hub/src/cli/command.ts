import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Output } from './output.ts';

/** What a command may touch of the world; tests give their own. */
export interface Cli {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly output: Output;
  /** What the process ends with when the command returns: 0, or 4 for incomplete data. Throw an AppError for the others. */
  exitCode: 0 | 1 | 4;
}

/** Adds arguments, options and the action to a command whose name and summary are set already. `--json` is on every command. */
export type BuildCommand = (command: Command, cli: Cli) => void;

export interface CommandDefinition {
  readonly build: BuildCommand;
}

/** One command of the line, in a file of its own: `export const command = defineCommand(…)`. Listed in `commands.ts`. */
export function defineCommand(build: BuildCommand): CommandDefinition {
  return { build };
}
