import type { components } from '../api/schema.ts';
import { formatMoney, formatQuantity, type MoneyFormat } from './money.ts';

export type MeasureDefinition = components['schemas']['MeasureDefinition'];
export type MeasureValue = components['schemas']['MeasureValue'];

/** One figure as people read it; an em space of nothing where it is unknown. Shares are shown in percent. */
export function formatMeasure(
  value: MeasureValue | undefined,
  definition: MeasureDefinition | undefined,
  format: MoneyFormat,
): string {
  if (value === null || value === undefined || definition === undefined) return '';
  if (definition.format === 'money') return formatMoney(Number(value), format);
  if (definition.format === 'share')
    return new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(Number(value));
  return formatQuantity(value);
}
