import { useRun } from '../../api/activity.ts';
import { RunningProgress } from '../integrations/latest-run.tsx';

/** How far a run under way has come, and how long it will take (its share of the history, and an ETA). */
export function RunProgress({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  return run.data === undefined || run.data.finishedAt !== null ? null : <RunningProgress run={run.data} />;
}
