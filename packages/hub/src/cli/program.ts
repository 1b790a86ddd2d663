import { Command } from 'commander';
import { message } from '../messages/message.ts';
import { AppError } from '../platform/errors.ts';
import type { Cli } from './command.ts';
import { commands } from './commands.ts';
import { VERSION } from '../http/version.ts';

/**
 * The command line's grammar. Every command is listed with its summary, but only the named one's file is loaded, so that
 * `tillweave --help` and small commands start fast.
 */
export async function createProgram(cli: Cli, parameters: readonly string[]): Promise<Command> {
  const program = prepare(new Command('tillweave'), cli)
    .description(message('cli.description'))
    .version(VERSION, '-V, --version', message('cli.version'))
    .helpOption('-h, --help', message('cli.help'))
    .helpCommand('help [command]', message('cli.help'))
    .addHelpText('after', `\n${message('cli.environment')}`);
  const named = parameters.find((parameter) => !parameter.startsWith('-') && parameter !== 'help');
  for (const { name, group, load } of commands) {
    const command = prepare(program.command(name), cli)
      .summary(message(`cli.${name}.summary`))
      .helpGroup(message(`cli.group.${group}`));
    command.description(message(`cli.${name}.summary`));
    if (name !== named) continue;
    const { command: definition } = await load();
    definition.build(command, cli);
    finish(command, cli);
  }
  return program;
}

/** Errors come back to us, and what is printed goes where the caller said. */
function prepare(command: Command, cli: Cli): Command {
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void cli.stdout.write(text),
      writeErr: (text) => void cli.stderr.write(text),
    })
    .showHelpAfterError(message('cli.see_help'))
    .showSuggestionAfterError();
}

/** Every command that does something takes `--json`; one that only groups others asks for one of them. */
function finish(command: Command, cli: Cli): void {
  prepare(command, cli);
  command.helpOption('-h, --help', message('cli.help'));
  if (command.commands.length === 0) command.option('--json', message('cli.json'));
  for (const child of command.commands) finish(child, cli);
}

/** For options that take a whole number. @throws AppError `invalid_request`. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new AppError('invalid_request', `"${text}" is not a whole number.`);
  return Number(text);
}
