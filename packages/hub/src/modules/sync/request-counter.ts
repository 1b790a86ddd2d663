import type { Instant } from '@tillweave/lightspeed';

/** What the client reports of each HTTP exchange, as far as we count it. */
export interface CountedRequest {
  readonly status: number | null;
  readonly throttled: boolean;
  readonly serverTime: Instant | null;
}

export interface Counted {
  readonly requests: number;
  /** Requests that the POS refused for their number. */
  readonly throttled: number;
}

/** Counts the requests of a run. Give `onRequest` to the client; what was counted since is taken with each commit. */
export interface RequestCounter {
  onRequest(request: CountedRequest): void;
  /** Takes what was counted since the last call. */
  take(): Counted;
  /** Puts back what could not be committed. */
  putBack(counted: Counted): void;
  /** The POS's own time by its latest answer. */
  readonly serverTime: Instant | null;
}

export function createRequestCounter(): RequestCounter {
  let requests = 0;
  let throttled = 0;
  let serverTime: Instant | null = null;
  return {
    onRequest(request) {
      requests += 1;
      if (request.throttled) throttled += 1;
      serverTime = request.serverTime ?? serverTime;
    },
    take() {
      const counted = { requests, throttled };
      requests = 0;
      throttled = 0;
      return counted;
    },
    putBack(counted) {
      requests += counted.requests;
      throttled += counted.throttled;
    },
    get serverTime() {
      return serverTime;
    },
  };
}
