/** Fixed windows of one second in which every request counts one. */
export class BurstWindow {
  #window = -1;
  #count = 0;

  /** Requests counted in the current window, refused ones not included. */
  get count(): number {
    return this.#count;
  }

  take(now: number, max: number): boolean {
    const window = Math.floor(now / 1000);
    if (window !== this.#window) {
      this.#window = window;
      this.#count = 0;
    }
    if (this.#count >= max) return false;
    this.#count += 1;
    return true;
  }
}
