import type { ManualClosing } from './trade-book.ts';

/** Money put into a drawer or taken out of it through the API. */
export interface ManualWithdraw {
  readonly id: number;
  /** Decimal text: + put in, − taken out. */
  readonly amount: string;
  readonly createTime: number;
  readonly notes: string;
  readonly employeeId: string;
  readonly paymentTypeId: string;
  readonly registerId: string;
}

/** Ids of what came through the API are above those that follow from the days; a closing's float has the closing's id. */
const firstClosingId = 100_000_001;
const firstWithdrawId = 200_000_001;

/** Tills that were opened and closed through the API, on top of the closings that follow from the world. */
export class Drawers {
  #closings: ManualClosing[] = [];
  #withdraws: ManualWithdraw[] = [];
  #opened = new Map<string, { readonly at: number; readonly employeeId: string } | 'closed'>();

  closings(): readonly ManualClosing[] {
    return this.#closings;
  }

  withdraws(): readonly ManualWithdraw[] {
    return this.#withdraws;
  }

  /** What the API did last with a till: when it was opened, `closed`, or undefined when it did nothing. */
  opened(registerId: string): { readonly at: number; readonly employeeId: string } | 'closed' | undefined {
    return this.#opened.get(registerId);
  }

  withdraw(withdraw: Omit<ManualWithdraw, 'id'>): ManualWithdraw {
    const made = { ...withdraw, id: firstWithdrawId + this.#withdraws.length };
    this.#withdraws = [...this.#withdraws, made];
    return made;
  }

  open(registerId: string, at: number, employeeId: string): void {
    this.#opened.set(registerId, { at, employeeId });
  }

  close(closing: Omit<ManualClosing, 'id'>): ManualClosing {
    const made = { ...closing, id: firstClosingId + this.#closings.length };
    this.#closings = [...this.#closings, made];
    this.#opened.set(closing.registerId, 'closed');
    return made;
  }

  reset(): void {
    this.#closings = [];
    this.#withdraws = [];
    this.#opened = new Map();
  }
}
