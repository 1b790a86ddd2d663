import { stampOperand } from './filter.ts';
import type { Query } from './query.ts';
import type { View } from './view.ts';

/** The least and greatest value (both included) that a query's filters leave for a column. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const unbounded: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Bounds of a datetime column in epoch seconds. */
export function stampBounds(name: string, query: Query, view: View): Bounds {
  return boundsOf(name, query, (operand) => stampOperand(name, operand, view));
}

/** Bounds of an id column. */
export function idBounds(name: string, query: Query): Bounds {
  return boundsOf(name, query, Number);
}

/** The ids a query names with `=` or `IN`; undefined when it names none. */
export function namedIds(name: string, query: Query): readonly number[] | undefined {
  const filter = query.filters.find((candidate) => candidate.name === name && ['=', 'IN'].includes(candidate.operator));
  return filter === undefined ? undefined : [...new Set(filter.operands.map(Number))].toSorted((left, right) => left - right);
}

function boundsOf(name: string, query: Query, read: (operand: string) => number): Bounds {
  let { low, high } = unbounded;
  for (const filter of query.filters) {
    if (filter.name !== name) continue;
    const [first = '', second = first] = filter.operands;
    if (['=', '>', '>=', '><'].includes(filter.operator)) low = Math.max(low, read(first) + (filter.operator === '>' ? 1 : 0));
    if (['=', '<', '<=', '><'].includes(filter.operator)) high = Math.min(high, read(second) - (filter.operator === '<' ? 1 : 0));
  }
  return { low, high };
}
