import type { Decimal, Instant } from '@tillweave/lightspeed';
import type { PaymentMeasure, QuantityMeasure, SaleMeasure } from './measures.ts';
import type { ShopCalendar } from './calendar.ts';

export interface FigureSettings {
  /** Decimals of the currency's minor unit (ISO 4217): 2 for DKK, 0 for JPY. */
  readonly minorDigits: number;
  /** Of the sale's shop. Pass the same object for every sale of the shop: what is derived from it is kept with it. */
  readonly calendar: ShopCalendar;
}

/** What a counted sale adds to its cell. Keys are the columns of table `sale_figure`: integer cents, counts, and quantities as text. */
export type SaleMeasures = Readonly<Record<Exclude<SaleMeasure, QuantityMeasure>, number> & Record<QuantityMeasure, Decimal>>;

export interface LineFigure {
  readonly lineId: string;
  /** Allocated E (D3): excl. tax, after discounts. 0 for ignored lines. */
  readonly netCents: number;
  /** Allocated X (D3). */
  readonly taxCents: number;
  /** D4, D5; 0 on every line that is not goods. */
  readonly discountCents: number;
  readonly discountInclCents: number;
}

/** What a sale's payments of one type add to one cell (D16): columns of table `payment_figure`. */
export type PaymentFigure = Readonly<
  { registerId: string; businessDay: string; hour: Instant; paymentTypeId: string } & Record<PaymentMeasure, number>
>;

export type FigureProblem =
  /** D3: the POS's totals differ from its lines by more than rounding. The sale counts; the difference is in the measures. */
  | { readonly code: 'unexplained'; readonly unexplained: number; readonly unexplainedIncl: number }
  /** An amount no integer of cents can hold. The sale cannot count. */
  | { readonly code: 'amount_out_of_range'; readonly message: string };

export interface Figure {
  /** Completed and not voided (D12). */
  readonly counted: boolean;
  /** `YYYY-MM-DD` of `occurredAt` (D18), for uncounted sales too. */
  readonly businessDay: string;
  /** UTC start of the hour of `occurredAt` (D19). */
  readonly hour: Instant;
  /** Null when not counted. */
  readonly measures: SaleMeasures | null;
  /** One a line of the sale, in its order. */
  readonly lines: readonly LineFigure[];
  /** Sorted by register, hour and type; nothing for voided sales; rows of zeros only are left out. */
  readonly payments: readonly PaymentFigure[];
  readonly problem: FigureProblem | null;
}
