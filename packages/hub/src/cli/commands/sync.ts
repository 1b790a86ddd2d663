import { message } from '../../messages/message.ts';
import { type Connection, findConnection, listConnections } from '../../modules/connections/list-connections.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { askReplay } from '../../modules/sync/problems-settle.ts';
import { requestSync } from '../../modules/sync/request-sync.ts';
import { type Progress, type RunSummary, syncAccount } from '../../modules/sync/run-connection.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';
import { duration, runTasks, type Step } from '../progress.ts';

interface Options {
  readonly connection?: string;
  readonly wait: boolean;
  readonly replay: boolean;
  readonly organization?: string;
}

/** `tillweave sync`: asks for a synchronisation, or does it here and now with `--wait`; exit code 4 when something could not be read. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.description(message('cli.sync.description')))
    .option('--connection <name or id>', message('sync.connection'))
    .option('--wait', message('sync.wait'), false)
    .option('--replay', message('sync.replay'), false)
    .action(async (options: Options) =>
      withServices(cli, async (services, signal) => {
        const organization = await chooseOrganization(services, options.organization);
        const connections = await chosen(services, organization.id, options.connection);
        if (options.replay) await replay(cli, services, organization.id, options.connection === undefined ? [] : connections);
        if (options.wait) await wait(cli, services, organization.id, connections, signal);
        else await request(cli, services, organization.id, connections);
      }),
    );
});

/** The connection named, else all that make calls. @throws AppError `not_found`. */
async function chosen(services: Services, organizationId: string, wanted: string | undefined): Promise<readonly Connection[]> {
  if (wanted !== undefined) return [await findConnection(services, organizationId, wanted)];
  const all = await listConnections(services, organizationId);
  const working = all.filter(({ state }) => state === 'active' || state === 'throttled');
  if (working.length === 0) throw new AppError('not_found', message('sync.none'));
  return working;
}

/** Of the connection named, else of all. */
async function replay(cli: Cli, services: Services, organizationId: string, connections: readonly Connection[]): Promise<void> {
  const posAccountId = connections[0]?.posAccount?.id;
  const which = posAccountId === undefined ? {} : { posAccountId };
  const { asked } = await askReplay(services, { organizationId, actor: COMMAND_ACTOR }, which);
  cli.output.say(message('sync.replay_asked', { count: asked }));
}

async function request(cli: Cli, services: Services, organizationId: string, connections: readonly Connection[]): Promise<void> {
  const requested: { connection: string; runId: string | null }[] = [];
  for (const { id, name } of connections) {
    const { runId } = await requestSync(services, null, { organizationId, connectionId: id, reason: 'manual' });
    requested.push({ connection: name, runId });
  }
  cli.output.result(requested, () => requested.map(({ connection }) => message('sync.requested', { connection })).join('\n'));
}

async function wait(
  cli: Cli,
  services: Services,
  organizationId: string,
  connections: readonly Connection[],
  signal: AbortSignal,
): Promise<void> {
  const results: (RunSummary & { readonly connection: string })[] = [];
  await runTasks(
    cli,
    {},
    connections.map((connection) => ({
      title: connection.name,
      run: async (step: Step) => {
        const summary = await syncNow(services, organizationId, connection, signal, step);
        results.push({ ...summary, connection: connection.name });
      },
    })),
  );
  const shown = results.map(({ cause: _cause, ...result }) => result);
  cli.output.result(shown, () =>
    table(
      [
        { title: message('sync.column.connection'), value: ({ connection }) => connection },
        { title: message('sync.column.state'), value: ({ state }) => message(`sync.state.${state}`) },
        { title: message('sync.column.documents'), value: ({ documents }) => documents, align: 'right' },
        { title: message('sync.column.changed'), value: ({ changed }) => changed, align: 'right' },
        { title: message('sync.column.set_aside'), value: ({ setAside }) => setAside, align: 'right' },
        { title: message('sync.column.requests'), value: ({ requests }) => requests, align: 'right' },
        { title: message('sync.column.seconds'), value: ({ seconds }) => seconds.toFixed(1), align: 'right' },
      ],
      shown,
    ),
  );
  if (results.some(({ state }) => state === 'failed')) cli.exitCode = 1;
  else if (results.some(({ state }) => state !== 'complete')) cli.exitCode = 4;
}

async function syncNow(
  services: Services,
  organizationId: string,
  { id, posAccount }: Connection,
  signal: AbortSignal,
  step: Step,
): Promise<RunSummary> {
  if (posAccount === null) throw new AppError('conflict', message('sync.not_set_up'));
  const summary = await syncAccount(services, {
    organizationId,
    posAccountId: posAccount.id,
    connectionId: id,
    until: 'idle',
    signal,
    onProgress: (progress) => step.update(describe(progress), ...shareOf(progress)),
  });
  const { documents, changed, setAside } = summary;
  step.update(message('sync.done', { documents, changed, setAside }));
  return summary;
}

function describe({ phase, documents, requests, secondsLeft }: Progress): string {
  const text = message('sync.progress', { phase: message(`sync.phase.${phase}`), documents, requests });
  return secondsLeft === null ? text : `${text}, ${message('sync.left', { time: duration(secondsLeft) })}`;
}

/** Per cent, as far as it can be told. */
function shareOf({ share }: Progress): [done: number, total: number] | [] {
  return share === null ? [] : [Math.round(share * 100), 100];
}
