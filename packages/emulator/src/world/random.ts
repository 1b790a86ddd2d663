/**
 * Chance that can be repeated: a stream of numbers from a seed, a name and an index, so that sale 70,000 can be made without making the
 * 69,999 before it.
 */
export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of them. */
  pick<T>(of: readonly T[]): T;
}

/** Dice of their own for each seed, stream and index. */
export function dice(seed: number, stream: number, index: number): Dice {
  let state = mix(mix(mix(seed | 0) ^ Math.imul(stream + 1, 0x9e3779b1)) ^ Math.imul(index + 1, 0x85ebca6b));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return (mix(state) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick: (of) => {
      const chosen = of[Math.floor(next() * of.length)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}

/** An avalanche of 32 bits: neighbouring inputs give unrelated outputs. */
function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
