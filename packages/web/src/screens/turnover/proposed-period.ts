import { overviewQuery } from '../../api/overview.ts';
import { queryClient } from '../../query-client.ts';
import { addDays, type Day, monday, today } from '../../shared/days.ts';

const WEEK = 7;

/** The week to show when nobody chose one: this week, or the newest one of which anything is known if that is older. */
export async function proposedPeriod(): Promise<{ from: Day; to: Day }> {
  const now = monday(today());
  // Whatever went wrong, the screen's own question meets it too, and says so.
  const overview = await queryClient.ensureQueryData(overviewQuery).catch(() => null);
  const newest = overview?.freshAsOf?.slice(0, now.length);
  const from = newest === undefined || newest >= now ? now : monday(newest);
  return { from, to: addDays(from, WEEK - 1) };
}
