import type { MeasureValue } from '../../shared/measure-value.ts';

/** The change from `before` to `now` in whole percent; null where it says nothing (either unknown, or from zero). */
export function changeOf(now: MeasureValue | undefined, before: MeasureValue | undefined): number | null {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const [after, start] = [Number(now), Number(before)];
  return start === 0 ? null : Math.round(((after - start) / Math.abs(start)) * 100);
}
