import { createEmulator, type Emulator, type EmulatorOptions } from '@tillweave/emulator';
import { instantOf } from '@tillweave/lightspeed';
import type { TestServices, TestServicesOptions } from '../../../../../test/services.ts';
import { testServices } from '../../../../../test/services.ts';
import { systemClock } from '../../platform/clock.ts';

/** A small POS and a hub on its clock. */
export interface Till {
  readonly emulator: Emulator;
  readonly services: TestServices;
}

/** A POS with little in it, and services that reach it in process and go by its clock. */
export async function till(options: EmulatorOptions = {}, more: TestServicesOptions = {}): Promise<Till> {
  const emulator = createEmulator({ sales: 0, customers: 0, days: 7, ...options });
  const clock = { ...systemClock, now: () => instantOf(emulator.control.clock.now()) };
  return { emulator, services: await testServices({ emulator, clock, ...more }) };
}

/** The OAuth client that the POS knows. */
export function oauthClient({ credentials }: Emulator): { clientId: string; clientSecret: string } {
  const { clientId, clientSecret } = credentials.rSeries;
  return { clientId, clientSecret };
}
