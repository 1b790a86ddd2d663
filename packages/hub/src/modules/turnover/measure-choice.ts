import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import {
  isQuantity,
  type Measure,
  measureNamed,
  MEASURES,
  MEASURES_VERSION,
  type PaymentMeasure,
  type SaleMeasure,
} from '../ledger/figure/measures.ts';
import type { MeasureDefinition } from './schemas.ts';
import type { TurnoverSettings } from './settings.ts';

type Preset = TurnoverSettings['preset'];

/** A chosen `payments:<id>`: one POS payment type, of one account or of every account that has this id. */
export interface PaymentTypeChoice {
  readonly name: string;
  readonly posAccountId: string | null;
  readonly paymentTypeId: string;
}

/** What was asked for, and what has to be summed to answer it. */
export interface MeasureChoice {
  /** As asked, without repeats. */
  readonly names: readonly string[];
  /** Columns of `fact`: those asked for and those that derived ones divide. */
  readonly columns: readonly (SaleMeasure | PaymentMeasure)[];
  readonly paymentTypes: readonly PaymentTypeChoice[];
  /** Whether visitors have to be read. */
  readonly visitors: boolean;
  /** What the preset calls otherwise: sums of the second are shown under the first. */
  readonly renames: readonly (readonly [shown: string, stored: SaleMeasure])[];
}

/** How the preset `vat` reads some names: charged incl. tax, after discounts and returns. */
const VAT_NAMES = new Map<string, SaleMeasure>([
  ['gross_sales', 'net_sales_incl'],
  ['gross_sales_incl', 'net_sales_incl'],
]);
const VAT_DEFINITION = 'Charged for goods after discounts and returns, incl. tax (preset vat)';

export const DEFAULT_MEASURES = ['net_sales', 'transactions', 'average_basket'] as const;

/** @throws AppError `invalid_request` for a name that is no measure. */
export function chooseMeasures(names: readonly string[], preset: Preset = 'retail'): MeasureChoice {
  const asked = [...new Set(names.length === 0 ? DEFAULT_MEASURES : names)];
  const columns = new Set<SaleMeasure | PaymentMeasure>();
  const paymentTypes: PaymentTypeChoice[] = [];
  for (const name of asked) {
    const type = paymentTypeOf(name);
    if (type !== null) paymentTypes.push(type);
    else for (const column of columnsOf(requireMeasure(name))) columns.add(column);
  }
  const renames = preset === 'vat' ? [...VAT_NAMES].filter(([shown]) => asked.includes(shown)) : [];
  for (const [, stored] of renames) columns.add(stored);
  const visitors = asked.some((name) => name === 'visitors' || name === 'conversion');
  return { names: asked, columns: [...columns], paymentTypes, visitors, renames };
}

/** The stored columns behind a measure: itself, or the two a derived one divides. */
export function columnsOf(measure: Measure): readonly (SaleMeasure | PaymentMeasure)[] {
  if (measure.source === 'visitor') return [];
  if (measure.source !== 'derived') return [measure.name];
  return measure.ratioOf.flatMap((name) => columnsOf(requireMeasure(name)));
}

/** `payments:3`, or `payments:<POS account>:3`; null for every other name. */
export function paymentTypeOf(name: string): PaymentTypeChoice | null {
  if (!name.startsWith('payments:')) return null;
  const match = /^payments:(?:([0-9a-f-]{36}):)?(.+)$/u.exec(name);
  const paymentTypeId = match?.[2];
  if (paymentTypeId === undefined) return null;
  return { name, posAccountId: match?.[1] ?? null, paymentTypeId };
}

/** @throws AppError `invalid_request`. */
export function requireMeasure(name: string): Measure {
  const measure = measureNamed(name);
  if (measure !== undefined) return measure;
  throw new AppError('invalid_request', `“${name}” is not a measure. GET /api/v1/measures lists them.`, {
    details: { measure: name },
  });
}

/** The definitions of the chosen measures, in the order asked; payment types with their names. */
export async function describeMeasures(
  trx: Transaction<Database>,
  organizationId: string,
  names: readonly string[],
  preset: Preset = 'retail',
): Promise<MeasureDefinition[]> {
  const types = names.some((name) => name.startsWith('payments:')) ? await paymentTypeNames(trx, organizationId) : [];
  return names.map((name) => {
    const type = paymentTypeOf(name);
    return type === null ? definitionOf(requireMeasure(name), preset) : paymentDefinition(type, types);
  });
}

/** Every measure, then each payment type of the organization's accounts. */
export async function listMeasures(
  trx: Transaction<Database>,
  organizationId: string,
  preset: Preset = 'retail',
): Promise<MeasureDefinition[]> {
  const types = await paymentTypeNames(trx, organizationId);
  const names = [...new Set(types.map((type) => `payments:${type.paymentTypeId}`))];
  return [
    ...MEASURES.map((measure) => definitionOf(measure, preset)),
    ...names.map((name) => paymentDefinition({ name, posAccountId: null, paymentTypeId: name.slice('payments:'.length) }, types)),
  ];
}

interface TypeName {
  readonly posAccountId: string;
  readonly paymentTypeId: string;
  readonly name: string;
}

async function paymentTypeNames(trx: Transaction<Database>, organizationId: string): Promise<TypeName[]> {
  return trx
    .selectFrom('payment_type')
    .select(['pos_account_id as posAccountId', 'payment_type_id as paymentTypeId', 'name'])
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .orderBy('payment_type_id')
    .orderBy('pos_account_id')
    .execute();
}

function paymentDefinition(choice: PaymentTypeChoice, types: readonly TypeName[]): MeasureDefinition {
  const names = types
    .filter((type) => type.paymentTypeId === choice.paymentTypeId)
    .filter((type) => choice.posAccountId === null || type.posAccountId === choice.posAccountId)
    .map((type) => type.name);
  return {
    name: choice.name,
    kind: 'cents',
    format: 'money',
    basis: 'none',
    source: 'payment',
    shown: 'signed',
    provider: null,
    label: [...new Set(names)].join(' / ') || choice.paymentTypeId,
    definition: 'Payments of this type, incl. tips',
    version: MEASURES_VERSION,
  };
}

function definitionOf(measure: Measure, preset: Preset): MeasureDefinition {
  const { name, kind, source, shown, provider } = measure;
  const isRenamed = preset === 'vat' && VAT_NAMES.has(name);
  const basis = isRenamed ? 'incl' : measure.basis;
  const definition = isRenamed ? VAT_DEFINITION : measure.definition;
  return { name, kind, format: formatOf(measure), basis, source, shown, provider, definition, version: MEASURES_VERSION };
}

function formatOf(measure: Measure): MeasureDefinition['format'] {
  if (measure.kind === 'cents') return 'money';
  if (measure.kind === 'count') return 'integer';
  if (measure.kind === 'quantity') return 'decimal';
  const [dividend, divisor] = measure.ratioOf.map((part) => requireMeasure(part).kind);
  if (dividend === 'cents') return 'money';
  return dividend === 'count' && divisor === 'count' ? 'share' : 'decimal';
}

export { isQuantity };
