/** The R-Series' statements about its limits (R §3.2), read from any answer. Null for what it does not say. */
export interface LimitHeaders {
  /** A float; may exceed the size on a request that was still served. */
  readonly level: number | null;
  readonly size: number | null;
  readonly dripPerSecond: number | null;
  readonly cost: number | null;
  readonly burst: { readonly level: number; readonly max: number } | null;
}

export function readLimitHeaders(headers: Headers): LimitHeaders {
  const bucket = readPair(headers.get('x-ls-api-bucket-level'));
  const burst = readPair(headers.get('x-ls-api-burst-level'));
  return {
    level: bucket?.level ?? null,
    size: bucket?.max ?? null,
    dripPerSecond: readPositive(headers.get('x-ls-api-drip-rate')),
    cost: readPositive(headers.get('x-ls-api-request-cost')),
    burst,
  };
}

/** `"10.13/90"`; levels had twelve and more decimals in 2016. */
function readPair(value: string | null): { level: number; max: number } | null {
  const parts = /^\s*(-?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)\s*$/.exec(value ?? '');
  if (parts === null) return null;
  const max = Number(parts[2]);
  return max > 0 ? { level: Math.max(0, Number(parts[1])), max } : null;
}

function readPositive(value: string | null): number | null {
  if (value === null || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return null;
  const number = Number(value);
  return number > 0 ? number : null;
}
