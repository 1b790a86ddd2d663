import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { listProblems } from '../../modules/sync/problems.ts';
import { askReplay, dismissProblems } from '../../modules/sync/problems-settle.ts';
import type { ProblemGroup } from '../../modules/sync/schemas.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';

interface Options {
  readonly cause?: string;
  readonly replay: boolean;
  readonly dismiss?: string;
  readonly organization?: string;
}

/** `tillweave problems`: what is wrong with the data by cause, with what to do; asks for replay, or dismisses. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.description(message('cli.problems.description')))
    .option('--cause <cause>', message('problems.cause'))
    .option('--replay', message('problems.replay'), false)
    .option('--dismiss <reason>', message('problems.dismiss'))
    .action(async ({ cause, replay, dismiss, organization: wanted }: Options) =>
      withServices(cli, async (services) => {
        const { id: organizationId } = await chooseOrganization(services, wanted);
        const asked = { organizationId, actor: COMMAND_ACTOR };
        const which = cause === undefined ? {} : { cause };
        if (dismiss !== undefined) {
          if (cause === undefined) throw new AppError('invalid_request', message('problems.cause_needed'));
          const dismissed = await dismissProblems(services, asked, which, dismiss);
          cli.output.result({ dismissed }, message('problems.dismissed', { count: dismissed }));
        } else if (replay) {
          const { asked: count } = await askReplay(services, asked, which);
          cli.output.result({ asked: count }, message('sync.replay_asked', { count }));
        } else {
          const { open, groups } = await tenantTransaction(services.db, organizationId, (trx) =>
            listProblems(trx, organizationId),
          );
          show(cli, open, cause === undefined ? groups : groups.filter((group) => group.cause === cause));
        }
      }),
    );
});

function show(cli: Cli, open: number, groups: readonly ProblemGroup[]): void {
  cli.output.result({ open, groups }, () => {
    if (groups.length === 0) return message('problems.none');
    const list = table<ProblemGroup>(
      [
        { title: message('problems.column.cause'), value: ({ cause }) => cause },
        { title: message('problems.column.count'), value: ({ count }) => count, align: 'right' },
        { title: message('problems.column.days'), value: ({ shopDays }) => shopDays, align: 'right' },
        { title: message('problems.column.newest'), value: ({ newestAt }) => newestAt?.slice(0, 16) ?? '–' },
        { title: message('problems.column.example'), value: ({ example }) => example.slice(0, EXAMPLE_LENGTH) },
      ],
      groups,
    );
    return [list, ...groups.map(({ cause, remedy }) => `→ ${cause}: ${remedy}`)].join('\n');
  });
  if (open > 0) cli.exitCode = 4;
}

const EXAMPLE_LENGTH = 60;
