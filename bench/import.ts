import type { Task, Told } from './backfill-worker.ts';
import type { PosAnnounced } from './pos-process.ts';
import { startProgram } from './process.ts';
import type { TemporaryServer } from './temporary-server.ts';

/** Walks or imports one series of an emulated POS in a process of its own. */
export async function runImport(
  server: TemporaryServer,
  { url, credentials }: PosAnnounced,
  { series, mode }: Pick<Task, 'series' | 'mode'>,
): Promise<Told> {
  const { accountID: accountId, accessToken } = credentials.rSeries;
  const task: Task = {
    mode,
    series,
    url,
    accountId,
    token: series === 'r' ? accessToken : (credentials.xSeries?.personalToken ?? ''),
    databaseUrl: server.url,
    organizationId: server.organizationId,
    posAccountId: await server.addAccount(series),
  };
  const program = startProgram(new URL('backfill-worker.ts', import.meta.url), [JSON.stringify(task)]);
  try {
    return (await program.line()) as Told;
  } finally {
    await program.stop();
  }
}
