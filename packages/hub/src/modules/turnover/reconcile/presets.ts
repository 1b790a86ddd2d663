/** What a figure of ours can be set beside: the POS's own reports, each with our measure that comes nearest and how it is read. Data. */

export interface Preset {
  readonly name: PresetName;
  readonly provider: 'lightspeed-r' | 'lightspeed-x';
  /** Ours. */
  readonly measure: string;
  /** `api`: read through the connection from the POS; `typed`: the POS shows it on a screen only. */
  readonly source: 'api' | 'typed';
  /** What the POS adds up, and over which time. */
  readonly counts: 'sale_subtotals' | 'sale_totals' | 'payments' | 'session_sales' | 'session_payments';
  readonly description: string;
}

export const PRESET_NAMES = [
  'r.sales_subtotal',
  'r.sales_total',
  'r.payments',
  'r.register_counts',
  'x.sales_report',
  'x.closure_sales',
  'x.closure_payments',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: readonly Preset[] = [
  {
    name: 'r.sales_subtotal',
    provider: 'lightspeed-r',
    measure: 'gross_sales − returns',
    source: 'api',
    counts: 'sale_subtotals',
    description:
      'Accounting reports: sales by tax class plus discounts, by calendar day of completion, excl. tax and before discounts',
  },
  {
    name: 'r.sales_total',
    provider: 'lightspeed-r',
    measure: 'net_sales_incl',
    source: 'api',
    counts: 'sale_totals',
    description: 'Accounting reports: sales by tax class and their tax, by calendar day of completion, incl. tax after discounts',
  },
  {
    name: 'r.payments',
    provider: 'lightspeed-r',
    measure: 'payments',
    source: 'api',
    counts: 'payments',
    description: 'Accounting reports: payments of completed sales, by the calendar day the sale was completed',
  },
  {
    name: 'r.register_counts',
    provider: 'lightspeed-r',
    measure: 'payments',
    source: 'api',
    counts: 'session_payments',
    description:
      'Register counts: what the drawers should have had at closing, less what was put in and taken out, by day of opening',
  },
  {
    name: 'x.sales_report',
    provider: 'lightspeed-x',
    measure: 'net_sales_incl',
    source: 'typed',
    counts: 'sale_totals',
    description: 'Reporting → Sales report: total incl. tax of sales by calendar day; the POS has no API for it',
  },
  {
    name: 'x.closure_sales',
    provider: 'lightspeed-x',
    measure: 'net_sales_incl',
    source: 'api',
    counts: 'session_sales',
    description:
      'Register closures: sales and their tax of sessions opened on the days, as the POS told of each by webhook; else typed',
  },
  {
    name: 'x.closure_payments',
    provider: 'lightspeed-x',
    measure: 'payments',
    source: 'api',
    counts: 'session_payments',
    description:
      'Register closures: payments of sessions opened on the days, told by webhook, the newest by its payments summary; else typed',
  },
];

export function presetNamed(name: PresetName): Preset {
  const found = PRESETS.find((preset) => preset.name === name);
  if (found === undefined) throw new Error(`There is no preset ${name}.`);
  return found;
}
