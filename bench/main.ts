import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Figure, Measurement, MeasurementOptions } from './measurement.ts';

interface Known {
  readonly about: string;
  readonly load: () => Promise<{ measurement: Measurement }>;
}

/** Every measurement by its name, in the order of a run of all. */
const measurements: Readonly<Record<string, Known>> = {
  ingest: {
    about: 'what keeping a page costs, against plain upserts of the same rows',
    load: () => import('./ingest.ts'),
  },
  backfill: {
    about: 'a history import of either series over HTTP with limits off, against the bare write and the bare walk',
    load: () => import('./backfill.ts'),
  },
  emulator: { about: 'how fast the emulator serves a history, against JSON.stringify', load: () => import('./emulator.ts') },
  budget: {
    about: 'how well clients and hub use the POS’s request budget, against the least time it allows',
    load: () => import('./budget.ts'),
  },
  freshness: {
    about: 'from a change at the till to the figure shown, with webhooks and without',
    load: () => import('./freshness.ts'),
  },
  read: {
    about: 'what people look at among millions of sales, against figures, sale lines and doing nothing',
    load: () => import('./read.ts'),
  },
  restate: { about: 'one changed sale among millions, against summing everything anew', load: () => import('./restate.ts') },
  fleet: {
    about: 'a thousand connections on one worker process: delay, CPU, memory',
    load: () => import('./fleet.ts'),
  },
  workers: { about: 'one, two, four worker processes on the same backlog', load: () => import('./workers.ts') },
  memory: { about: 'the hub’s memory over a long import', load: () => import('./memory.ts') },
};

const HELP = `npm run bench -- [NAME…] [--small] [--sales N] [--connections N] [--json]

Prints a line a figure; with --json one JSON object a line: name, value, unit, baseline, ratio (value ÷ baseline), n, note. Each figure is
compared with something of the same run. Run one at a time, on a machine that does nothing else.

  --small          everything much smaller: shows that a measurement works, not how fast anything is
  --sales N        size of the history (backfill, budget through the hub, restate, memory)
  --connections N  number of connections (fleet, workers)

${Object.entries(measurements)
  .map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
  .join('\n')}
`;

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const options: MeasurementOptions = {
  isSmall: values.small,
  sales: numberOf('sales', values.sales),
  connections: numberOf('connections', values.connections),
};
for (const name of positionals) if (measurements[name] === undefined) refuse(`There is no measurement "${name}".`);
for (const name of positionals.length === 0 ? Object.keys(measurements) : positionals) {
  const known = measurements[name];
  if (known === undefined) continue;
  const { measurement } = await known.load();
  // What others did on this machine just before we began.
  const [load = 0] = loadavg();
  const isBusy = load > availableParallelism() / 2;
  for await (const figure of measurement((text) => process.stderr.write(`${text}\n`), options)) {
    const told = isBusy ? { ...figure, note: `${figure.note} (the machine was busy: load ${load.toFixed(1)})` } : figure;
    process.stdout.write(`${values.json ? JSON.stringify(told) : forPeople(told)}\n`);
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        small: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        sales: { type: 'string' },
        connections: { type: 'string' },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'The options make no sense.');
  }
}

function numberOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text.replaceAll('_', ''));
  return Number.isSafeInteger(value) && value > 0 ? value : refuse(`--${name} takes a whole number, not "${text}".`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n\n${HELP}`);
  process.exit(2);
}

function forPeople({ name, value, unit, baseline, ratio, note }: Figure): string {
  const against = baseline === null ? '' : `, against ${baseline.toLocaleString('en')}`;
  const times = ratio === null ? '' : `, ratio ${ratio}`;
  return `${name}: ${value.toLocaleString('en')} ${unit}${against}${times}. ${note}`;
}
