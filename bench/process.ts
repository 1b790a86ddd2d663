import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a process of ours has used so far. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly bytes: number;
  readonly peakBytes: number;
}

/** A program of ours that takes and gives JSON, a line a message. */
export interface Program {
  /** Sends a line and waits for the one that answers it. */
  ask(message: unknown): Promise<unknown>;
  /** The next line it prints. */
  line(): Promise<unknown>;
  /** Ends its input, or its life when it does not go by itself. */
  stop(): Promise<void>;
}

const STOP_MS = 20_000;

/** Starts a program in a process of its own. */
export function startProgram(file: URL, argv: readonly string[] = []): Program {
  const path = fileURLToPath(file);
  const child = spawn(process.execPath, ['--conditions=source', path, ...argv], { stdio: ['pipe', 'pipe', 'inherit'] });
  // Its end is told by its lines.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<unknown> => {
    const next = await lines.next();
    if (next.done === true) throw new Error(`${path} ended without an answer.`);
    return JSON.parse(next.value) as unknown;
  };
  return {
    line,
    ask(message) {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      return line();
    },
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended(child);
      clearTimeout(timer);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
