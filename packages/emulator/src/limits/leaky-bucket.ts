/** A bucket that leaks with the world's clock. A request that overfills it is still served, so the level can exceed the size. */
export class LeakyBucket {
  #level = 0;
  #measuredAt = 0;

  /** The level at this moment (milliseconds); a clock set back leaks nothing. */
  levelAt(now: number, dripPerSecond: number): number {
    const elapsed = Math.max(0, now - this.#measuredAt) / 1000;
    this.#level = Math.max(0, this.#level - elapsed * dripPerSecond);
    this.#measuredAt = now;
    return this.#level;
  }

  add(cost: number): void {
    this.#level += cost;
  }
}
