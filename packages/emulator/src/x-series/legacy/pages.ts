import type { XState } from '../../world/x-types.ts';

/** What a list of 0.9 sales is narrowed by. */
export interface LegacySaleFilter {
  /** Modified since, milliseconds. */
  readonly since: number | undefined;
  readonly outletId: string | undefined;
  readonly states: readonly string[];
  readonly attributes: readonly string[];
  readonly statuses: readonly string[];
}

const remembered = 8;

/**
 * Page numbers need positions and a total, which the world does not keep. The ids behind a filter are gathered once for each state of the world
 * and kept for the pages that follow; filters that look inside sales read all of them that once.
 */
export class LegacyPages {
  readonly #known = new Map<string, readonly string[]>();

  clear(): void {
    this.#known.clear();
  }

  /** Ids in order of version. */
  ids(state: XState, filter: LegacySaleFilter): readonly string[] {
    const key = JSON.stringify([state.versionAt(state.now), filter]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const ids = [...gather(state, filter)];
    const [oldest] = this.#known.keys();
    if (this.#known.size >= remembered && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, ids);
    return ids;
  }
}

function* gather(state: XState, { since, outletId, states, attributes, statuses }: LegacySaleFilter): Generator<string> {
  const looksInside = states.length > 0 || attributes.length > 0 || statuses.length > 0;
  for (const stamps of state.sales(since === undefined ? {} : { after: state.versionAt(since - 1000) })) {
    if (since !== undefined && stamps.updatedAt < since) continue;
    if (outletId !== undefined && stamps.outletId !== outletId) continue;
    if (looksInside) {
      const sale = state.sale(stamps.id);
      if (sale === undefined) continue;
      if (states.length > 0 && !states.includes(sale.state)) continue;
      if (statuses.length > 0 && !statuses.includes(sale.status)) continue;
      if (attributes.length > 0 && !sale.attributes.some((attribute) => attributes.includes(attribute))) continue;
    }
    yield stamps.id;
  }
}
