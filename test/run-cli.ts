import { Readable, Writable } from 'node:stream';
import { runCli } from '../packages/hub/src/cli/run.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with an environment and stdin of its own. */
export async function cli(environment: NodeJS.ProcessEnv, parameters: readonly string[], stdin = ''): Promise<CliResult> {
  const written = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written[name] += chunk.toString('utf8');
        done();
      },
    });
  const code = await runCli(parameters, {
    environment,
    stdin: Readable.from(stdin === '' ? [] : [stdin]),
    stdout: into('out'),
    stderr: into('err'),
  });
  return { code, ...written };
}
