import type { FaultRegistry } from '../faults/registry.ts';
import type { RateLimitMode } from '../limits/rate-limiter.ts';
import type { RSeriesSwitches } from '../r-series/switches.ts';
import type { TillEvent } from '../world/events.ts';
import type { Truth, TruthRange } from '../world/types.ts';
import type { XSeriesControl } from '../x-series/retailer.ts';
import type { WorldClock } from './clock.ts';
import type { RequestLogEntry } from './request-log.ts';

/** How many registers the rate limit is scaled by, and whether it refuses anything. */
export interface Limits {
  readonly mode: RateLimitMode;
  /** The subscription's register limit, not the registers that exist. */
  readonly registers: number;
  /** The same of the X-Series; null: the registers that exist. */
  readonly xRegisters: number | null;
}

/** The other side of the emulator: what only a test may know and do. */
export interface Control {
  readonly clock: WorldClock;
  readonly faults: FaultRegistry;
  /** The X-Series' own; what stands beside it is the R-Series'. Null when it does not answer. */
  readonly xSeries: XSeriesControl | null;
  /** Totals computed from the world's events; null over recorded documents. */
  truth(range?: TruthRange): Truth | null;
  /** Every id that lists show now, archived ones too (gift cards not: they have to be asked for), ascending, by resource. */
  ids(): Readonly<Record<string, readonly number[]>>;
  /** Golden names played so far. */
  golden(): Readonly<Record<string, number>>;
  /** Plays events on top of the world. Throws `RangeError` when one makes no sense, and plays none then. */
  play(events: readonly TillEvent[]): void;
  /** Writes new customers down at the time of the clock. */
  addCustomers(customers: readonly NewCustomer[]): void;
  limits(): Limits;
  setLimits(limits: Partial<Limits>): void;
  /** Spends budget of a client as another consumer of it would; `personal-token` is the X-Series' tokens together. */
  spend(clientId: string, cost: number): void;
  switches(): RSeriesSwitches;
  setSwitches(switches: Partial<RSeriesSwitches>): void;
  /** Registers an application at the POS. Without a secret it is a public client, without a redirect URI any may be given. */
  addClient(client: NewClient): void;
  /** Applications that have access, as the merchant's page lists them. */
  grants(): readonly {
    readonly id: string;
    readonly clientId: string;
    readonly name: string;
    readonly scopes: readonly string[];
  }[];
  revokeGrant(id: string): boolean;
  requests(): readonly RequestLogEntry[];
  /** World, clock, limits, faults, log and sign-in as they were at the start; the first credentials work again. */
  reset(): void;
}

export interface NewCustomer {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly mobile?: string;
}

export interface NewClient {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly name: string;
  readonly redirectUri?: string | undefined;
}
