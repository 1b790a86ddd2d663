/**
 * An emulated POS in a process of its own, whose answers take as long as those of one far away. Its options come as JSON in the first
 * argument; prints where it is and what signs in. Stops when its input ends.
 */
import { createEmulator, serveEmulator, type EmulatorOptions } from '@tillweave/emulator';
import { setTimeout as pause } from 'node:timers/promises';
import { answer, ownUsage } from './messages.ts';

export interface PosOptions extends Pick<EmulatorOptions, 'seed' | 'sales' | 'customers' | 'days' | 'series' | 'shops'> {
  /** Milliseconds each answer takes beside the work. */
  readonly latencyMs?: number;
}

/** What it says first. */
export interface PosAnnounced {
  readonly url: string;
  readonly credentials: ReturnType<typeof createEmulator>['credentials'];
}

const { latencyMs = 0, ...options } = JSON.parse(process.argv[2] ?? '{}') as PosOptions;
const emulator = createEmulator({ rateLimit: 'off', ...options });
const server = await serveEmulator({
  ...emulator,
  async handle(request) {
    const response = await emulator.handle(request);
    if (latencyMs > 0) await pause(latencyMs);
    return response;
  },
});
const said: PosAnnounced = { url: server.url, credentials: emulator.credentials };
await answer(said, ownUsage);
await server.close();
process.exit(0);
