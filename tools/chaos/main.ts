/**
 * `npm run chaos -- [--short] [--seed N] [--json]` and `npm run soak -- [--minutes N] [--seed N] [--json]`: see docs/chaos.md. Talks on
 * stderr; the last line on stdout is the result. Ends with 1 when anything was wrong.
 */
import { parseArgs } from 'node:util';
import { type ChaosResult, runChaos } from './run.ts';
import { type ChaosSettings, FULL, SHORT, soakFor } from './settings.ts';

const SOAK_MINUTES = 60;
/** What a shell expects of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: String(SOAK_MINUTES) },
  },
});
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const settings = { ...chosen(), seed: whole('seed', values.seed) };
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const result = await runChaos(settings, say, stop.signal).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error;
  say('Stopped; nothing is left behind.');
  process.exit(INTERRUPTED);
});
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : inWords(result));
process.exit(result.ok ? 0 : 1);

function chosen(): ChaosSettings {
  if (positionals[0] === 'soak') return soakFor(whole('minutes', values.minutes));
  return values.short ? SHORT : FULL;
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    process.stderr.write(`--${name} takes a whole number from 1, not ${text}.\n`);
    process.exit(2);
  }
  return number;
}

function inWords(told: ChaosResult): string {
  const { ok, complaints, faults, killsByPhase, mutationKinds, memory, ...numbers } = told;
  const lines = [
    ok ? 'Everything is in order.' : 'Something is wrong:',
    ...complaints.map((text) => `  ${text}`),
    ...Object.entries({ ...numbers, killsByPhase, faults, mutationKinds }).map(
      ([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    ),
    ...memory.map(({ process, start, end }) => `memory of ${process}: ${start} MB, then ${end} MB`),
  ];
  return `${lines.join('\n')}\n`;
}
