import type { SaleLineRecord, SalePaymentRecord, SaleRecord, SaleStamps, WorldState } from '../world/types.ts';
import { saleMoney } from './money.ts';
import type { LineMoney, SaleMoney } from './money.ts';

/** A sale on its way to the wire: its stamps at once, its record and computed columns when somebody reads them. */
export class SaleRow {
  readonly stamps: SaleStamps;
  readonly #state: WorldState;
  #record: SaleRecord | undefined;
  #money: SaleMoney | undefined;
  #lines: readonly SaleLineRow[] | undefined;

  constructor(stamps: SaleStamps, state: WorldState, record?: SaleRecord) {
    this.stamps = stamps;
    this.#state = state;
    this.#record = record;
  }

  get record(): SaleRecord {
    if (this.#record === undefined) {
      const found = this.#state.sale(this.stamps.id);
      if (found === undefined) throw new Error(`The world lists sale ${this.stamps.id} but does not have it.`);
      this.#record = found;
    }
    return this.#record;
  }

  get money(): SaleMoney {
    this.#money ??= saleMoney(this.record);
    return this.#money;
  }

  get lines(): readonly SaleLineRow[] {
    this.#lines ??= this.record.lines.map((line, index) => ({ sale: this, line, index }));
    return this.#lines;
  }

  get payments(): readonly SalePaymentRow[] {
    return this.record.payments.map((payment) => ({ sale: this, payment }));
  }
}

export interface SaleLineRow {
  readonly sale: SaleRow;
  readonly line: SaleLineRecord;
  /** Position within the sale. */
  readonly index: number;
}

export interface SalePaymentRow {
  readonly sale: SaleRow;
  readonly payment: SalePaymentRecord;
}

/** Computed columns of a line. */
export function moneyOf(row: SaleLineRow): LineMoney {
  const money = row.sale.money.lines[row.index];
  if (money === undefined) throw new Error(`Line ${row.line.id} is not one of its sale's.`);
  return money;
}
