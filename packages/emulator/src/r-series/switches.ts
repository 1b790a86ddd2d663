/**
 * Everything the reference marks as unverified and this server had to decide, in one place. Change them per emulator
 * (`createEmulator({ switches: … })`) or while it runs (`POST /_control/switches`).
 */
export interface RSeriesSwitches {
  /** Which spelling of the change stamp filters and sorts (R §12.3). One that does not is treated as an unknown parameter. */
  updateTimeFilter: 'both' | 'updateTime' | 'updatetime' | 'none';
  /** How the change stamp is spelled in documents (R §6, casing traps). */
  updateTimeKey: 'updateTime' | 'updatetime';
  /** A filter or sort on a stamp the document lacks (recorded documents of old accounts): use its `timeStamp`, or never match. */
  absentStamp: 'timeStamp' | 'no-match';
  /** A query parameter that is neither a field nor a known option. */
  unknownParameter: 'ignore' | 'reject';
  /** A list without records (R §4.1): no resource key, or an empty object under it. */
  emptyList: 'absent' | 'empty-object';
  /** `next` of a last page that is exactly full: `""`, or a link to an empty page (R §12.2). */
  fullLastPage: 'no-next' | 'next-to-empty-page';
  /** Content type of 400 and 404 bodies, which are JSON either way (R §4.4). */
  errorContentType: 'text/html; charset=UTF-8' | 'application/json';
  /** When a refresh kills the old pair: at the first use of the new access token (since 2026-01-15), or at once. */
  revocation: 'deferred' | 'immediate';
  /** Whether `archived` filters sales; one live test saw it accepted without effect (R §5). */
  saleArchivedFilter: 'ignored' | 'filtered';
  /** Whether a PUT of `voided: true` voids a completed sale; the scope exists, the call is undocumented (R §8.4). */
  voidByPut: 'accept' | 'reject';
}

export const defaultSwitches: RSeriesSwitches = {
  updateTimeFilter: 'both',
  updateTimeKey: 'updateTime',
  absentStamp: 'timeStamp',
  unknownParameter: 'ignore',
  emptyList: 'absent',
  fullLastPage: 'no-next',
  errorContentType: 'text/html; charset=UTF-8',
  revocation: 'deferred',
  saleArchivedFilter: 'ignored',
  voidByPut: 'accept',
};

const choices: { readonly [K in keyof RSeriesSwitches]: readonly RSeriesSwitches[K][] } = {
  updateTimeFilter: ['both', 'updateTime', 'updatetime', 'none'],
  updateTimeKey: ['updateTime', 'updatetime'],
  absentStamp: ['timeStamp', 'no-match'],
  unknownParameter: ['ignore', 'reject'],
  emptyList: ['absent', 'empty-object'],
  fullLastPage: ['no-next', 'next-to-empty-page'],
  errorContentType: ['text/html; charset=UTF-8', 'application/json'],
  revocation: ['deferred', 'immediate'],
  saleArchivedFilter: ['ignored', 'filtered'],
  voidByPut: ['accept', 'reject'],
};

/** Checks switches that came over the wire; throws with the allowed values of the first bad one. */
export function readSwitches(input: Readonly<Record<string, unknown>>): Partial<RSeriesSwitches> {
  for (const [name, value] of Object.entries(input)) {
    const allowed: readonly unknown[] | undefined = Object.entries(choices).find(([known]) => known === name)?.[1];
    if (allowed === undefined) throw new Error(`Unknown switch "${name}". Known: ${Object.keys(choices).join(', ')}.`);
    if (!allowed.includes(value))
      throw new Error(`Switch "${name}" takes ${allowed.join(' or ')}, not ${JSON.stringify(value)}.`);
  }
  return input;
}
