import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Child {
  readonly process: ChildProcess;
  /** The next line on its stdout; rejects when it ends before. */
  line(): Promise<string>;
  /** All of its stderr so far. */
  errors(): string;
  /** Ends its stdin and waits for it to end. */
  finish(): Promise<number | null>;
  /** Sends a signal and waits for it to end. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** Runs a TypeScript file of this checkout in a Node process of its own. */
export function startChild(file: string, parameters: readonly string[], options: ChildOptions = {}): Child {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', path, ...parameters], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    env: { PATH: process.env['PATH'], ...options.environment },
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  return {
    process: child,
    async line() {
      const next = await lines.next();
      if (next.done === true) throw new Error(`The child ended (${await exited}): ${errors}`);
      return next.value;
    },
    errors: () => errors,
    async finish() {
      child.stdin.end();
      return exited;
    },
    async kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}
