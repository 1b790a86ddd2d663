/** The Lightspeed Retail R-Series API on your desk. Start at `createEmulator`. */
export { createEmulator } from './emulator.ts';
export type { Emulator, EmulatorOptions, RSeriesCredentials } from './emulator.ts';
export { serveEmulator } from './server.ts';
export type { EmulatorServer } from './server.ts';
export type { Control, Limits, NewClient, NewCustomer } from './control/control.ts';
export type { WorldClock } from './control/clock.ts';
export type { RequestLogEntry } from './control/request-log.ts';
export type { FaultRegistry, FaultRule, FaultState } from './faults/registry.ts';
export { rSeriesFaults } from './faults/r-series.ts';
export type { RSeriesFault } from './faults/r-series.ts';
export type { RateLimitMode } from './limits/rate-limiter.ts';
export { defaultSwitches } from './r-series/switches.ts';
export type { RSeriesSwitches } from './r-series/switches.ts';
export { GOLDEN_BOTH, GOLDEN_R } from './world/golden-names.ts';
export type { GoldenName } from './world/golden-names.ts';
export type * from './world/events.ts';
export type * from './world/types.ts';
