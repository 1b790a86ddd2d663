import type { XSaleRecord, XState } from '../../world/x-types.ts';

/**
 * Which sale a payment belongs to. The world keeps no such order: the first question reads all sales, later ones only those that changed
 * since.
 */
export class PaymentIndex {
  readonly #saleOf = new Map<string, string>();
  #known = 0;

  /** After the world was put back, or its clock. */
  clear(): void {
    this.#saleOf.clear();
    this.#known = 0;
  }

  find(state: XState, paymentId: string): XSaleRecord | undefined {
    if (state.versionAt(state.now) < this.#known) this.clear();
    for (const stamps of state.sales({ after: this.#known })) {
      this.#known = stamps.version;
      for (const payment of state.sale(stamps.id)?.payments ?? []) this.#saleOf.set(payment.id, stamps.id);
    }
    const saleId = this.#saleOf.get(paymentId);
    return saleId === undefined ? undefined : state.sale(saleId);
  }
}
