import type { ApiVersion } from './query.ts';

/** An API path, taken apart. */
export interface Address {
  readonly version: ApiVersion;
  /** `/API` or `/API/V3`. */
  readonly root: string;
  /** After the root, without the format suffix. */
  readonly segments: readonly string[];
  readonly suffix: string | undefined;
}

export type Format = 'json' | 'xml';

export function readAddress(pathname: string): Address {
  const [, , ...rest] = pathname.split('/').map(decode);
  const isV3 = rest[0] === 'V3';
  const segments = (isV3 ? rest.slice(1) : rest).filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '';
  const suffix = /\.(json|xml|html)$/.exec(last)?.[1];
  if (suffix !== undefined) segments[segments.length - 1] = last.slice(0, -suffix.length - 1);
  return { version: isV3 ? 3 : 2, root: isV3 ? '/API/V3' : '/API', segments, suffix };
}

/** XML unless JSON is asked for; the Accept header beats the suffix (R §1). */
export function readFormat(address: Address, accept: string | undefined): Format {
  for (const range of (accept ?? '').split(',')) {
    const type = range.split(';')[0]?.trim().toLowerCase() ?? '';
    if (type === 'application/json') return 'json';
    if (type === 'application/xml' || type === 'text/xml' || type === 'application/vnd.merchantos.pos-v1+xml') return 'xml';
  }
  return address.suffix === 'json' ? 'json' : 'xml';
}

export const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  xml: 'application/vnd.merchantos.pos-v1+xml',
};

/** Where the caller reached us, for absolute links: what a proxy in front says, else the request's own. */
export function originOf(request: Request): string {
  const url = new URL(request.url);
  const proto = request.headers.get('X-Forwarded-Proto')?.split(',')[0]?.trim();
  const host = request.headers.get('X-Forwarded-Host')?.split(',')[0]?.trim() ?? request.headers.get('Host') ?? url.host;
  return `${proto ?? url.protocol.slice(0, -1)}://${host}`;
}

/** Percent-encodes as PHP's `urlencode` does, but for the space. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
