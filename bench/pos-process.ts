/**
 * An emulated POS in a process of its own, whose answers take as long as those of one far away. Its options come as JSON in the first
 * argument; prints where it is and what signs in. Stops when its input ends.
 */
import { createEmulator, serveEmulator, type EmulatorOptions } from '@tillweave/emulator';
import { setTimeout as pause } from 'node:timers/promises';
import { answer, ownUsage } from './messages.ts';

export interface PosOptions extends Pick<
  EmulatorOptions,
  'seed' | 'sales' | 'customers' | 'days' | 'series' | 'rateLimit' | 'registers'
> {
  /** Milliseconds each answer takes beside the work. */
  readonly latencyMs?: number;
  /** Its clock runs so many times as fast as ours, and never stands still. */
  readonly timesReal?: number;
}

/** What it says first. */
export interface PosAnnounced {
  readonly url: string;
  readonly credentials: ReturnType<typeof createEmulator>['credentials'];
  /** A moment on its clock and on ours. */
  readonly clock: { readonly pos: number; readonly real: number };
  /** Sales it has. */
  readonly sales: number;
}

const { latencyMs = 0, timesReal = 1, ...options } = JSON.parse(process.argv[2] ?? '{}') as PosOptions;
const emulator = createEmulator({ rateLimit: 'off', frozenClock: timesReal !== 1, ...options });
const clock = { pos: emulator.control.clock.now(), real: Date.now() };
const server = await serveEmulator({
  ...emulator,
  async handle(request) {
    // It only stands still between requests, which nobody sees.
    if (timesReal !== 1) emulator.control.clock.advance(Math.max(0, now() - emulator.control.clock.now()));
    const response = await emulator.handle(request);
    if (latencyMs > 0) await pause(latencyMs);
    return response;
  },
});
const { control } = emulator;
const sales = (options.series === 'x' ? control.xSeries?.ids()['sales'] : control.ids()['Sale'])?.length ?? 0;
const said: PosAnnounced = { url: server.url, credentials: emulator.credentials, clock, sales };
await answer(said, ownUsage);
await server.close();
process.exit(0);

function now(): number {
  return clock.pos + (Date.now() - clock.real) * timesReal;
}
