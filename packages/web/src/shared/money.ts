/** How money and quantities of one answer are written: the currency's minor digits and the reader's locale. */
export interface MoneyFormat {
  readonly currency: string;
  readonly minorDigits: number;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(undefined, options);
    formats.set(key, format);
  }
  return format;
}

/**
 * Minor units as text in the reader's locale: 123456 → "1,234.56". Exact: the digits are moved, nothing is divided.
 *
 * @param withCurrency Adds the currency's code or sign.
 */
export function formatMoney(minorUnits: number, { currency, minorDigits }: MoneyFormat, withCurrency = false): string {
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: minorDigits, maximumFractionDigits: minorDigits };
  const format = withCurrency
    ? numberFormat(`money:${currency}:${minorDigits}`, { ...options, style: 'currency', currency })
    : numberFormat(`plain:${minorDigits}`, options);
  return format.format(toDecimalText(minorUnits, minorDigits));
}

/** Money without the minor digits, rounded, for tables where the exact figure is one step away. */
export function formatWholeMoney(minorUnits: number, { minorDigits }: MoneyFormat): string {
  return numberFormat('whole', { maximumFractionDigits: 0 }).format(toDecimalText(minorUnits, minorDigits));
}

/** An amount in the till's own precision, as decimal text: "1118.5" → "1,118.50"; more places are kept, up to ten. */
export function formatDecimal(amount: string, { minorDigits }: MoneyFormat): string {
  return numberFormat(`decimal:${minorDigits}`, { minimumFractionDigits: minorDigits, maximumFractionDigits: 10 }).format(
    amount as `${number}`,
  );
}

/** Counts and quantities; at most three places are shown. */
export function formatQuantity(value: number | string): string {
  return numberFormat('quantity', { maximumFractionDigits: 3 }).format(value as `${number}`);
}

/** Minor units as plain decimal text: (-5, 2) → "-0.05". */
export function toDecimalText(minorUnits: number, minorDigits: number): `${number}` {
  const digits = String(Math.abs(minorUnits)).padStart(minorDigits + 1, '0');
  const whole = digits.slice(0, digits.length - minorDigits);
  const fraction = minorDigits === 0 ? '' : `.${digits.slice(-minorDigits)}`;
  return `${minorUnits < 0 ? '-' : ''}${whole}${fraction}` as `${number}`;
}

/** Typed text as minor units: "1234.5" or "1234,5" with two digits → 123450. @returns undefined where it is no amount of the currency. */
export function minorUnitsOf(text: string, minorDigits: number): number | undefined {
  const [, sign, whole, fraction = ''] = /^([-−]?)(\d{1,12})(?:[.,](\d+))?$/u.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > minorDigits) return undefined;
  const units = Number(whole + fraction.padEnd(minorDigits, '0'));
  return sign === '' || units === 0 ? units : -units;
}

/** Digits of a currency's minor unit, as the browser knows them. */
export function minorDigitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
