/**
 * Whether the hub's memory grows with an import: a history of a million sales over HTTP, the hub's process looked at ten times a second. Its
 * most over the last half of the way against its most over the second tenth, by when everything is in use.
 */
import { runImport } from './import.ts';
import { type Measurement, rounded } from './measurement.ts';
import type { PosAnnounced } from './pos-process.ts';
import { startProgram } from './process.ts';
import { startServer } from './temporary-server.ts';

const SALES = 1_000_000;
const SMALL_SALES = 5_000;
const MEGABYTE = 1024 * 1024;

export const measurement: Measurement = async function* measureMemory(say, { isSmall, sales: wanted }) {
  const sales = wanted ?? (isSmall ? SMALL_SALES : SALES);
  const pos = startProgram(new URL('pos-process.ts', import.meta.url), [
    JSON.stringify({ seed: 7, series: 'r', sales, customers: 200, days: 365 }),
  ]);
  const server = await startServer();
  try {
    const announced = (await pos.line()) as PosAnnounced;
    const { samples, documents, seconds, peakBytes } = await runImport(server, announced, { series: 'r', mode: 'ledger' });
    const most = (from: number, until: number): number =>
      samples
        .filter((sample) => sample.documents >= from * documents && sample.documents <= until * documents)
        .reduce((bytes, sample) => Math.max(bytes, sample.bytes), 0);
    const early = most(0.1, 0.2);
    const late = most(0.5, 1);
    say(`memory: ${documents} documents in ${seconds.toFixed(0)} s, at most ${Math.round(peakBytes / MEGABYTE)} MB`);
    yield {
      name: 'memory',
      value: rounded(late / MEGABYTE),
      unit: 'MB at most, last half',
      baseline: rounded(early / MEGABYTE),
      ratio: rounded(late / early),
      n: sales,
      note: `the hub’s process while ${sales.toLocaleString('en')} sales come in, ${Math.round(documents / seconds)} documents/s; against its most over the second tenth of the way; wanted: flat`,
    };
  } finally {
    await server.stop();
    await pos.stop();
  }
};
