import { parseArgs } from 'node:util';
import type { Figure, Measurement } from './measurement.ts';

/** Every measurement by its name. Each prints one JSON line a figure with `--json`, else a line for people. */
const measurements: Readonly<Record<string, () => Promise<{ measurement: Measurement }>>> = {
  ingest: () => import('./ingest.ts'),
  backfill: () => import('./backfill.ts'),
  emulator: () => import('./emulator.ts'),
  budget: () => import('./budget.ts'),
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const wanted = positionals.length === 0 ? Object.keys(measurements) : positionals;
for (const name of wanted) {
  const load = measurements[name];
  if (load === undefined) {
    process.stderr.write(`There is no measurement "${name}". There are: ${Object.keys(measurements).join(', ')}.\n`);
    process.exit(2);
  }
  const { measurement } = await load();
  for await (const figure of measurement((text) => process.stderr.write(`${text}\n`)))
    process.stdout.write(`${values.json ? JSON.stringify(figure) : forPeople(figure)}\n`);
}

function forPeople({ name, value, unit, baseline, ratio, note }: Figure): string {
  const against = baseline === null ? '' : `, against ${baseline.toLocaleString('en')}`;
  const times = ratio === null ? '' : `, ratio ${ratio}`;
  return `${name}: ${value.toLocaleString('en')} ${unit}${against}${times}. ${note}`;
}
