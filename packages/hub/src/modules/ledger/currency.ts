/** ISO 4217: currencies whose minor unit is not a hundredth. The runtime's own table follows custom, not the standard (HUF, IDR…). */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(
    (code) => [code, 0] as const,
  ),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
]);

/** Decimals of a currency's minor unit: 2 for DKK, 0 for JPY. */
export function minorDigitsOf(currency: string): number {
  return DIGITS.get(currency) ?? 2;
}
