import type { Sale, SaleTerm } from '../model.ts';
import { isAbsent, problem, readTexts, readXText } from './read.ts';
import type { Section } from './read.ts';
import type { XSeriesSwitches } from './switches.ts';

export interface XSaleState {
  readonly state: Sale['state'];
  readonly terms: readonly SaleTerm[];
  /** Its goods were held and are now handed over: its day may be that of the last payment (D13). */
  readonly isClosedLayby: boolean;
}

/**
 * D13: closed counts, and what is pending on account counts too unless its goods are still to be handed over. `state` and `attributes` beat
 * the legacy `status`, which is read where they are missing. A tombstone counts nowhere.
 */
export function readSaleState(sale: Section, isDeleted: boolean, switches: XSeriesSwitches): XSaleState {
  const { state, attributes, known } = readStateText(sale, switches);
  const terms: SaleTerm[] = [];
  for (const attribute of attributes) {
    const term = TERMS.get(attribute.toLowerCase());
    if (term !== undefined) terms.push(term);
    // Whether a pending sale counts hangs on its attributes; on a closed one a new attribute changes nothing.
    else if (state === 'pending' && switches.unknownState === 'set_aside') throw problem(sale, 'attributes', 'unknown_state');
  }
  const counts = state === 'closed' || (state === 'pending' && countsOnAccount(terms));
  return {
    state: isDeleted || state === 'voided' ? 'voided' : counts && known ? 'completed' : 'open',
    terms,
    isClosedLayby: state === 'closed' && terms.includes('layby'),
  };
}

interface StateText {
  readonly state: string;
  readonly attributes: readonly string[];
  readonly known: boolean;
}

function readStateText(sale: Section, switches: XSeriesSwitches): StateText {
  const state = readXText(sale, 'state').toLowerCase();
  const status = readXText(sale, 'status').toUpperCase();
  const legacy = STATUSES.get(status);
  const attributes = isAbsent(sale.fields['attributes']) ? (legacy?.[1] ?? []) : readTexts(sale, 'attributes');
  if (STATES.has(state)) return { state, attributes, known: true };
  if (state === '' && legacy !== undefined) return { state: legacy[0], attributes, known: true };
  if (switches.unknownState === 'set_aside')
    throw problem(sale, state === '' && status !== '' ? 'status' : 'state', 'unknown_state');
  return { state, attributes, known: false };
}

function countsOnAccount(terms: readonly SaleTerm[]): boolean {
  return terms.includes('on_account') && !terms.some((term) => term === 'delivery' || term === 'pickup' || term === 'service');
}

const STATES: ReadonlySet<string> = new Set(['parked', 'pending', 'voided', 'closed']);

const TERMS: ReadonlyMap<string, SaleTerm> = new Map([
  ['onaccount', 'on_account'],
  ['layby', 'layby'],
  ['pickup', 'pickup'],
  ['delivery', 'delivery'],
  ['service', 'service'],
]);

/** X §6.5; QUOTE is in no enum but in a live account. */
const STATUSES: ReadonlyMap<string, readonly [state: string, attributes: readonly string[]]> = new Map([
  ['SAVED', ['parked', []]],
  ['QUOTE', ['parked', []]],
  ['OPEN', ['pending', []]],
  ['VOIDED', ['voided', []]],
  ['CLOSED', ['closed', []]],
  ['ONACCOUNT', ['pending', ['onaccount']]],
  ['ONACCOUNT_CLOSED', ['closed', ['onaccount']]],
  ['LAYBY', ['pending', ['layby']]],
  ['LAYBY_CLOSED', ['closed', ['layby']]],
  ['AWAITING_DISPATCH', ['pending', ['delivery']]],
  ['DISPATCHED_CLOSED', ['closed', ['delivery']]],
  ['AWAITING_PICKUP', ['pending', ['pickup']]],
  ['PICKED_UP_CLOSED', ['closed', ['pickup']]],
  ['SERVICE', ['pending', ['service']]],
  ['SERVICE_CLOSED', ['closed', ['service']]],
]);
