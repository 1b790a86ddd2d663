/**
 * Everything the reference marks as unverified and this server had to decide, in one place. Change them per emulator
 * (`createEmulator({ xSwitches: … })`) or while it runs (`POST /_control/switches` with `{"xSeries": {…}}`).
 */
export interface XSeriesSwitches {
  /** Largest page of `/sales` (X §4.1: 500 by the vendor's Go library, about 1000 seen). Larger values are clamped. */
  salesPageMax: 500 | 1000;
  /** Page size when none is asked for; unpublished, connectors assume 100 to 200. */
  defaultPageSize: 100 | 200;
  /** Is a record whose version equals `before` shown? Unverified (X §4.1). */
  before: 'exclusive' | 'inclusive';
  /** `version` of an empty page: both null (2026-07 schema), or left out (some legacy endpoints). */
  emptyVersion: 'null' | 'absent';
  /** Shape of reads of `/sales` in the dated versions before 2026-07 (X §1.3). */
  earlyDatedSales: 'nested' | 'flat';
  /** Fields without a value where the vendor's schema allows no null: left out (X §13.26), or null. */
  missing: 'absent' | 'null';
  /** `retailer.timezone`: declared an object, described as a zone name (X §8.1). */
  retailerTimezone: 'text' | 'object';
  /** 0.9 `/products`: sunset in 2024 (X §1.2), and still wanted by old clients. */
  legacyProducts: 'served' | 'gone';
  /** 0.9 lists that fit one page: with or without their `pagination` (X §4.3). */
  onePage: 'with-pagination' | 'without-pagination';
  /** What a redelivery follows: newer documents retry only no answer and 5xx, older ones everything but 2xx (X §11.3). */
  webhookRetry: 'not-3xx-4xx' | 'everything';
  /** What `X-Signature` signs: the raw form body, or the decoded `payload` (X §11.3). */
  signatureInput: 'body' | 'payload';
  /** How it is written. */
  signatureEncoding: 'hex' | 'base64';
  /** A dated version nobody has published yet. */
  futureVersion: 'not-found' | 'newest';
  /** Is `state` sent along when the merchant declines? (X §2.1) */
  deniedState: 'returned' | 'absent';
}

export const defaultXSwitches: XSeriesSwitches = {
  salesPageMax: 1000,
  defaultPageSize: 200,
  before: 'exclusive',
  emptyVersion: 'null',
  earlyDatedSales: 'nested',
  missing: 'absent',
  retailerTimezone: 'text',
  legacyProducts: 'served',
  onePage: 'with-pagination',
  webhookRetry: 'not-3xx-4xx',
  signatureInput: 'body',
  signatureEncoding: 'hex',
  futureVersion: 'not-found',
  deniedState: 'returned',
};

const choices: { readonly [K in keyof XSeriesSwitches]: readonly XSeriesSwitches[K][] } = {
  salesPageMax: [500, 1000],
  defaultPageSize: [100, 200],
  before: ['exclusive', 'inclusive'],
  emptyVersion: ['null', 'absent'],
  earlyDatedSales: ['nested', 'flat'],
  missing: ['absent', 'null'],
  retailerTimezone: ['text', 'object'],
  legacyProducts: ['served', 'gone'],
  onePage: ['with-pagination', 'without-pagination'],
  webhookRetry: ['not-3xx-4xx', 'everything'],
  signatureInput: ['body', 'payload'],
  signatureEncoding: ['hex', 'base64'],
  futureVersion: ['not-found', 'newest'],
  deniedState: ['returned', 'absent'],
};

/** Checks switches that came over the wire; throws with the allowed values of the first bad one. */
export function readXSwitches(input: Readonly<Record<string, unknown>>): Partial<XSeriesSwitches> {
  for (const [name, value] of Object.entries(input)) {
    const allowed: readonly unknown[] | undefined = Object.entries(choices).find(([known]) => known === name)?.[1];
    if (allowed === undefined) throw new Error(`Unknown switch "${name}". Known: ${Object.keys(choices).join(', ')}.`);
    if (!allowed.includes(value))
      throw new Error(`Switch "${name}" takes ${allowed.join(' or ')}, not ${JSON.stringify(value)}.`);
  }
  return input;
}
