import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { message } from '../messages/message.ts';
import { AppError } from '../platform/errors.ts';
import type { Cli } from './command.ts';

/**
 * A secret that stays out of the process list: from a file (`-` is stdin), typed unseen on a terminal, or the first line of stdin.
 *
 * @param label What to ask for, on a terminal.
 * @throws AppError `invalid_request` when nothing is given.
 */
export async function readSecret(cli: Cli, label: string, file: string | undefined): Promise<string> {
  const text = file !== undefined && file !== '-' ? await readSecretFile(file) : await readStdin(cli, label);
  const secret = text.split(/\r?\n/, 1)[0] ?? '';
  if (secret === '') throw new AppError('invalid_request', message('cli.no_secret', { label }));
  return secret;
}

async function readSecretFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('invalid_request', message('cli.unreadable_file', { file }), { cause: error });
  }
}

async function readStdin(cli: Cli, label: string): Promise<string> {
  if (cli.stdin.isTTY !== true) {
    let text = '';
    for await (const chunk of cli.stdin) text += String(chunk);
    return text;
  }
  cli.stderr.write(`${label}: `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: cli.stdin, output: unseen, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    cli.stderr.write('\n');
  }
}
