import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Cli } from './command.ts';

const BAR_WIDTH = 24;

/** Tells how far a step is. */
export interface Step {
  /** @param done Of `total`, in any unit; without a total only the text changes. */
  update(text: string, done?: number, total?: number): void;
}

interface Task<Context> {
  readonly title: string;
  readonly run: (step: Step, context: Context) => Promise<void>;
}

/**
 * Runs tasks one after the other, showing a live bar each on a terminal and a plain line each elsewhere. Nothing is shown on
 * stdout.
 */
export async function runTasks<Context extends object>(
  cli: Cli,
  context: Context,
  tasks: readonly Task<Context>[],
): Promise<void> {
  if (cli.stderr.isTTY === true && cli.stderr === process.stderr) await onTerminal(context, tasks);
  else await asLines(cli, context, tasks);
}

/** `████████░░░░ 1,234 of 5,000`. */
export function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(share * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** A stretch of time as one reads it: `40 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function duration(seconds: number): string {
  if (seconds < MINUTE) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} min`;
  const [unit, name, part, partName] = seconds < DAY ? ([HOUR, 'h', MINUTE, 'min'] as const) : ([DAY, 'd', HOUR, 'h'] as const);
  const whole = Math.floor(seconds / unit);
  const rest = Math.floor((seconds - whole * unit) / part);
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${partName}`;
}

async function onTerminal<Context extends object>(context: Context, tasks: readonly Task<Context>[]): Promise<void> {
  const list = new Listr<Context, 'default', 'verbose'>(
    tasks.map(({ title, run }) => ({
      title,
      task: async (context, task) => {
        const update: Step['update'] = (text, done, total) => {
          task.output = done === undefined || total === undefined ? text : `${bar(done, total)}  ${text}`;
        };
        await run({ update }, context);
      },
      rendererOptions: { persistentOutput: true, outputBar: 1 },
    })),
    {
      concurrent: false,
      // We have seen that stderr is a terminal; stdout, which it would ask, may well be a file.
      forceTTY: true,
      registerSignalListeners: false,
      rendererOptions: { logger: new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) }) },
    },
  );
  await list.run(context);
}

async function asLines<Context extends object>(cli: Cli, context: Context, tasks: readonly Task<Context>[]): Promise<void> {
  for (const { title, run } of tasks) {
    const startedAt = performance.now();
    let last = '';
    cli.output.say(`${title} …`);
    await run(
      {
        update(text) {
          last = text;
        },
      },
      context,
    );
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    cli.output.say(`${title}: ${last === '' ? 'done' : last} (${seconds} s)`);
  }
}
