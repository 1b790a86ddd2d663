import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { KillOrder } from './injection.ts';
import type { Phase } from './settings.ts';

const SCRIPT = fileURLToPath(new URL('worker.ts', import.meta.url));
const SAID_MAX = 4_000;
const KILOBYTE = 1024;

export type Mode = 'work' | 'serve';

/** A process of the hub whose code is loaded, and which dies on order. */
export interface HubProcess {
  /** Begins to work; resolves when it does, with its port if it serves. Rejects when it ends before. */
  begin(environment: NodeJS.ProcessEnv): Promise<number>;
  order(kill: KillOrder | null): void;
  /** Kills it at whatever it is doing. */
  kill(): void;
  /** Lets it stop as a supervisor would, within a bound. */
  stop(): Promise<void>;
  /** Resolves once it is gone. */
  readonly ended: Promise<Ended>;
  /** Bytes of memory it holds now; 0 when it is gone or the system does not tell. */
  memory(): number;
}

export interface Ended {
  /** The phase it said it dies in; null when it was killed from outside or ended by itself. */
  readonly phase: Phase | null;
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  /** Names under which it held leases. */
  readonly held: readonly string[];
  /** The end of what it wrote on stderr. */
  readonly said: string;
}

const STOP_MS = 15_000;

/** Starts one; loading its code is what takes time, so it is done ahead. */
export function startProcess(mode: Mode, compileCache: string): HubProcess {
  const child = spawn(process.execPath, ['--conditions=source', SCRIPT, mode], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache },
  });
  // Writing to one that has just died is no news: its end is told by `ended`.
  child.stdin.on('error', () => undefined);
  let said = '';
  let phase: Phase | null = null;
  const held: string[] = [];
  const begun = Promise.withResolvers<number>();
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-SAID_MAX);
    if (process.env['CHAOS_LOG'] !== undefined) process.stderr.write(chunk);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word = '', rest = ''] = line.split(' ');
    if (word === 'dying') phase = rest as Phase;
    else if (word === 'holds') held.push(rest);
    else if (word === 'working' || word === 'serving') begun.resolve(Number(rest));
  });
  const ended = once(child, 'close').then(([code, signal]: unknown[]): Ended => {
    begun.reject(new Error(`It ended before it began: ${said}`));
    return { phase, signal: signal as NodeJS.Signals | null, code: code as number | null, held, said };
  });
  begun.promise.catch(() => undefined);
  const write = (value: unknown): void => void child.stdin.write(`${JSON.stringify(value)}\n`);
  return {
    begin(environment) {
      write(environment);
      return begun.promise;
    },
    order: write,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
    ended,
    memory: () => memoryOf(child),
  };
}

function memoryOf({ pid }: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1] ?? 0) * KILOBYTE;
  } catch {
    return 0;
  }
}
