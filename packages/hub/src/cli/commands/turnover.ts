import { Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { message } from '../../messages/message.ts';
import { addDays } from '../../modules/ledger/figure/business-day.ts';
import { findDepartment, findStore } from '../../modules/stores/find-by-name.ts';
import { getTurnover } from '../../modules/turnover/get-turnover.ts';
import { type TurnoverAnswer, type TurnoverQuery, turnoverQuery } from '../../modules/turnover/schemas.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { turnoverTables, unfinishedStates } from '../turnover-table.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly by: TurnoverQuery['by'];
  readonly group: TurnoverQuery['group'];
  readonly department: readonly string[];
  readonly store: readonly string[];
  readonly measure: readonly string[];
  readonly currency?: string;
  readonly organization?: string;
}

const UNMAPPED = 'unmapped';
const collect = (value: string, all: readonly string[]): string[] => [...all, value];

/** `tillweave turnover`: the grid of the API as tables; exit code 4 when a figure in it is not final. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.description(message('cli.turnover.description')))
    .option('--from <day>', message('turnover.from'))
    .option('--to <day>', message('turnover.to'))
    .addOption(new Option('--by <unit>', message('turnover.by')).choices(['hour', 'day', 'week', 'month']).default('day'))
    .addOption(new Option('--group <unit>', message('turnover.group')).choices(['department', 'store']).default('department'))
    .option('--department <department>', message('turnover.department'), collect, [])
    .option('--store <store>', message('turnover.store'), collect, [])
    .option('--measure <measure>', message('turnover.measure'), collect, [])
    .option('--currency <code>', message('turnover.currency'))
    .addHelpText('after', `\n${message('cli.turnover.example')}`)
    .action(async (options: Options) => printTurnover(cli, options));
});

async function printTurnover(cli: Cli, options: Options): Promise<void> {
  const answer = await withServices(cli, async (services) => {
    const organization = await chooseOrganization(services, options.organization);
    const now = services.clock.now();
    const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(organization.timeZone).toPlainDate();
    return tenantTransaction(services.db, organization.id, async (trx) => {
      const department: string[] = [];
      for (const name of options.department) {
        department.push(name === UNMAPPED ? UNMAPPED : (await findDepartment(trx, organization.id, name)).id);
      }
      const store: string[] = [];
      for (const name of options.store) store.push((await findStore(trx, organization.id, name)).id);
      const query = queryOf(options, { today: today.toString(), department, store });
      return getTurnover(trx, organization.id, query, now);
    });
  });
  cli.output.result(answer, () => turnoverTables(answer));
  talk(cli, answer);
}

function queryOf(
  { from, to, by, group, measure, currency }: Options,
  { today, department, store }: { today: string; department: readonly string[]; store: readonly string[] },
): TurnoverQuery {
  const last = to ?? from ?? today;
  const parsed = turnoverQuery.safeParse({
    from: from ?? addDays(last, -6),
    to: last,
    by,
    group,
    department,
    store,
    measure: measure.length === 0 ? ['net_sales'] : measure,
    currency,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('invalid_request', `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** What the tables cannot say, and the exit code. */
function talk(cli: Cli, answer: TurnoverAnswer): void {
  if (answer.rows.length === 0 && answer.unmapped === null) cli.output.say(message('turnover.no_departments'));
  if (answer.otherCurrencies.length > 0) {
    cli.output.say(message('turnover.other_currencies', { currencies: answer.otherCurrencies.join(', ') }));
  }
  const states = unfinishedStates(answer);
  if (states.length === 0) return;
  cli.exitCode = 4;
  cli.output.say(message('turnover.not_final', { states: states.map((state) => message(`turnover.state.${state}`)).join(', ') }));
}
