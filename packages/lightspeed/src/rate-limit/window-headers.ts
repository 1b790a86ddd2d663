/** What the X-Series says about its window on every answer (X §3). */
export interface WindowHeaders {
  readonly limit: number;
  readonly remaining: number;
}

/** Null when the answer states none, as with limits switched off. */
export function readWindowHeaders(headers: Headers): WindowHeaders | null {
  const limit = readCount(headers.get('x-ratelimit-limit'));
  const remaining = readCount(headers.get('x-ratelimit-remaining'));
  return limit === null || remaining === null || limit === 0 ? null : { limit, remaining };
}

/**
 * How long a 429 asks to wait: `Retry-After` as a date (measured against the answer's own `Date`, else against `now`) or as whole seconds; the
 * zone is written GMT or UTC. At most one window. Null when absent or nonsense.
 */
export function windowWaitMs(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(value)) return Math.min(Number(value) * 1000, WINDOW_MAX_MS);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  const date = Date.parse(headers.get('date') ?? '');
  return Math.min(Math.max(0, until - (Number.isNaN(date) ? now : date)), WINDOW_MAX_MS);
}

function readCount(value: string | null): number | null {
  return value !== null && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : null;
}

const WINDOW_MAX_MS = 300_000;
