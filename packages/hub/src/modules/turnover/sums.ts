import type { RawBuilder, Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { DatedMapping } from '../stores/mapping.ts';
import { bucketStart, type WallHour } from './columns.ts';
import { MappedShops } from './mapped-shops.ts';
import type { MeasureChoice } from './measure-choice.ts';
import { runPrepared } from './prepared.ts';
import { factSums, type Lines, paymentSums } from './sum-questions.ts';
import { addSum, type Sums } from './values.ts';
import { visitorSums } from './visitors/visitor-sums.ts';

/** Which facts: one organization, one currency (amounts in different ones are never added), business days inclusive. */
export interface Span {
  readonly organizationId: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
}

/** What a sum is kept for. */
export type Bucket =
  | { readonly by: 'day' | 'month' }
  | { readonly by: 'week'; readonly weekStart: number }
  /** By hour the shop is kept as well: only it knows what its clock showed. */
  | { readonly by: 'hour' };

export interface Sum {
  /** Null: no mapping took it. */
  readonly departmentId: string | null;
  /** The business day; by week and month the first day of it. */
  readonly day: string;
  readonly hour: Date | null;
  readonly posAccountId: string | null;
  readonly shopId: string | null;
  readonly sums: Sums;
  /** What was counted by the clock on the wall and not by an instant. */
  readonly wall?: WallHour;
}

/**
 * Facts summed by department and bucket, with the mappings as they stand now (D20: register beats shop, half-open in business days).
 *
 * @param mappings Those that hold at some day of the span.
 */
export async function sumFacts(
  trx: Transaction<Database>,
  span: Span,
  bucket: Bucket,
  choice: MeasureChoice,
  mappings: readonly DatedMapping[],
): Promise<Sum[]> {
  const merged = new Map<string | null, Map<string, Sum>>();
  const mapped = new MappedShops(mappings, span);
  const take = async (
    question: RawBuilder<Lines>,
    names: readonly { readonly name: string; readonly posAccountId?: string | null }[],
  ) => {
    const [answer] = await runPrepared(trx, question);
    const { accounts, shops, registers, days, hours, sums } = answer ?? NOTHING;
    for (const [at, ofPlace] of (days ?? []).entries()) {
      const [posAccountId = '', shopId = '', registerId = null] = [accounts?.[at], shops?.[at], registers?.[at]];
      const own = names.flatMap(({ name, posAccountId: ofAccount }, index) =>
        ofAccount == null || ofAccount === posAccountId ? { name, values: sums[index]?.[at] ?? [] } : [],
      );
      for (const [line, day] of ofPlace.entries()) {
        const place = { posAccountId, shopId, registerId, day, hour: hours?.[at]?.[line] ?? null };
        const sum = into(merged, place, bucket, mapped);
        for (const { name, values } of own) {
          const value = values[line] ?? null;
          if (value !== null) addSum(sum.sums, name, value);
        }
      }
    }
  };
  const { columns, paymentTypes } = choice;
  if (columns.length > 0) {
    const names = columns.map((name) => ({ name }));
    await take(factSums(span, bucket, columns, mapped.divided), names);
  }
  if (paymentTypes.length > 0) await take(paymentSums(span, bucket, paymentTypes, mapped.divided), paymentTypes);
  const sums = [...merged.values()].flatMap((ofDepartment) => [...ofDepartment.values()]);
  for (const sum of sums) rename(sum.sums, choice);
  return choice.visitors ? [...sums, ...(await visitorSums(trx, span, bucket))] : sums;
}

/** Shows sums under the names the preset has for them, in place. */
export function rename(sums: Sums, { renames }: Pick<MeasureChoice, 'renames'>): void {
  const values = renames.map(([shown, stored]) => [shown, sums.get(stored) ?? 0] as const);
  for (const [shown, value] of values) sums.set(shown, value);
}

const NOTHING: Lines = { accounts: null, shops: null, registers: null, days: null, hours: null, sums: [] };

/** Where a line of sums is from. */
interface Place {
  readonly posAccountId: string;
  readonly shopId: string;
  /** Of divided shops alone. */
  readonly registerId: string | null;
  /** The first of the bucket; of divided shops the business day. */
  readonly day: string;
  /** UTC start in epoch milliseconds. */
  readonly hour: number | null;
}

function into(merged: Map<string | null, Map<string, Sum>>, place: Place, bucket: Bucket, mapped: MappedShops): Sum {
  const departmentId = mapped.departmentOf(place);
  const day =
    bucket.by === 'week' || bucket.by === 'month'
      ? bucketStart(place.day, bucket.by, bucket.by === 'week' ? bucket.weekStart : 1)
      : place.day;
  // By hour the shop is kept.
  const [posAccountId, shopId] = bucket.by === 'hour' ? [place.posAccountId, place.shopId] : [null, null];
  const key = bucket.by === 'hour' ? `${day}|${place.hour ?? ''}|${posAccountId ?? ''}|${shopId ?? ''}` : day;
  const ofDepartment = merged.get(departmentId) ?? new Map<string, Sum>();
  merged.set(departmentId, ofDepartment);
  let sum = ofDepartment.get(key);
  if (sum === undefined) {
    const hour = place.hour === null ? null : new Date(place.hour);
    sum = { departmentId, day, hour, posAccountId, shopId, sums: new Map() };
    ofDepartment.set(key, sum);
  }
  return sum;
}
