/** How often an armed fault happens. */
export interface FaultRule {
  /** On every Nth request it could happen to; 1 is always. */
  readonly every: number;
  /** At most this often; no limit when left out. */
  readonly times?: number;
  /** Only on requests whose path holds this text. */
  readonly match?: string;
  /** Of `missing-relation`: which; the first loaded one when left out. */
  readonly relation?: string;
  /** Of `slow-bytes`, `retry-after` and `clock-skew`. */
  readonly seconds?: number;
}

export interface FaultState {
  readonly name: string;
  readonly description: string;
  readonly rule: FaultRule | null;
  /** Requests it could have happened to since it was armed. */
  readonly seen: number;
  readonly fired: number;
}

interface Armed {
  readonly rule: FaultRule;
  seen: number;
}

/** Named faults, each counting how often it could have fired and did. Nothing is armed at the start. */
export class FaultRegistry {
  readonly #descriptions: Readonly<Record<string, string>>;
  readonly #armed = new Map<string, Armed>();
  readonly #fired = new Map<string, number>();

  constructor(descriptions: Readonly<Record<string, string>>) {
    this.#descriptions = descriptions;
  }

  /** Throws `RangeError` for unknown names and for rules that could never fire. */
  arm(name: string, rule: FaultRule): void {
    if (!(name in this.#descriptions)) {
      throw new RangeError(`Unknown fault "${name}". Known: ${Object.keys(this.#descriptions).join(', ')}.`);
    }
    if (!Number.isInteger(rule.every) || rule.every < 1)
      throw new RangeError(`"every" must be a whole number from 1, not ${rule.every}.`);
    this.#armed.set(name, { rule, seen: 0 });
  }

  disarm(name: string): void {
    this.#armed.delete(name);
  }

  /** Disarms everything and forgets the counts. */
  reset(): void {
    this.#armed.clear();
    this.#fired.clear();
  }

  /** Asks whether the fault happens to this request, and counts. The rule when it does. */
  fires(name: string, path: string): FaultRule | undefined {
    const armed = this.#armed.get(name);
    if (armed === undefined) return undefined;
    const { rule } = armed;
    if (rule.match !== undefined && !path.includes(rule.match)) return undefined;
    armed.seen += 1;
    const fired = this.#fired.get(name) ?? 0;
    if (armed.seen % rule.every !== 0 || fired >= (rule.times ?? Number.POSITIVE_INFINITY)) return undefined;
    this.#fired.set(name, fired + 1);
    return rule;
  }

  list(): readonly FaultState[] {
    return Object.entries(this.#descriptions).map(([name, description]) => ({
      name,
      description,
      rule: this.#armed.get(name)?.rule ?? null,
      seen: this.#armed.get(name)?.seen ?? 0,
      fired: this.#fired.get(name) ?? 0,
    }));
  }
}
