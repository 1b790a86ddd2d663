import { Option } from 'commander';
import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { findShop } from '../../modules/stores/find-by-name.ts';
import { PRESET_NAMES, presetNamed, type PresetName } from '../../modules/turnover/reconcile/presets.ts';
import { runReconcile } from '../../modules/turnover/reconcile/run-reconcile.ts';
import { type Reconcile, reconcileBody } from '../../modules/turnover/reconcile/schemas.ts';
import { decimalText } from '../../modules/turnover/values.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';

interface Options {
  readonly preset: PresetName;
  readonly from: string;
  readonly to: string;
  readonly account?: string;
  readonly shop?: string;
  readonly typed?: string;
  readonly organization?: string;
}

/** `tillweave reconcile …`: our figure beside the POS's own report; exit code 4 when anything is unexplained. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.description(message('cli.reconcile.description')))
    .addOption(new Option('--preset <name>', message('reconcile.preset')).choices(PRESET_NAMES).makeOptionMandatory())
    .requiredOption('--from <day>', message('reconcile.from'))
    .requiredOption('--to <day>', message('reconcile.to'))
    .option('--account <number>', message('reconcile.account'))
    .option('--shop <shop>', message('reconcile.shop'))
    .option('--typed <amount>', message('reconcile.typed'))
    .action(async (options: Options) => print(cli, options));
});

async function print(cli: Cli, options: Options): Promise<void> {
  const result = await withServices(cli, async (services) => {
    const organization = await chooseOrganization(services, options.organization);
    const at = new Date(services.clock.now());
    const { posAccountId, shopId } = await findPlace(services, organization.id, options, at.toISOString().slice(0, 10));
    const typed = options.typed === undefined ? null : Number(options.typed);
    const { preset, from, to } = options;
    const parsed = reconcileBody.safeParse({ preset, from, to, posAccountId, shopId, typed });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AppError('invalid_request', `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    return runReconcile(services, organization.id, parsed.data, { actor: COMMAND_ACTOR, at });
  });
  cli.output.result(result, () => tableOf(result));
  if (result.unexplained === 0) return;
  cli.exitCode = 4;
  cli.output.say(message('reconcile.unexplained', { amount: money(result.unexplained, result) }));
}

/** The shop named, else the account; without either the only account of the preset's series. */
async function findPlace(
  services: Services,
  organizationId: string,
  { preset, account, shop }: Options,
  today: string,
): Promise<{ posAccountId: string; shopId: string | null }> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    if (shop !== undefined) return findShop(trx, organizationId, shop, today);
    const accounts = await trx
      .selectFrom('pos_account')
      .select(['id', 'external_id', 'name'])
      .where('organization_id', '=', organizationId)
      .where('provider', '=', presetNamed(preset).provider)
      .execute();
    const [found, ...others] = accounts.filter(
      (each) => account === undefined || each.external_id === account || each.name.toLowerCase() === account.toLowerCase(),
    );
    if (found !== undefined && others.length === 0) return { posAccountId: found.id, shopId: null };
    const known = accounts.map((each) => `${each.external_id} (${each.name})`).join(', ') || '–';
    throw new AppError('not_found', message('reconcile.which_account', { known }));
  });
}

function tableOf(result: Reconcile): string {
  const line = (what: string, amount: number, receipts: number | null = null) => ({
    what,
    amount: money(amount, result),
    receipts,
  });
  return table(
    [
      { title: `${result.preset} ${result.currency}`, value: (row) => row.what },
      { title: 'amount', value: (row) => row.amount, align: 'right' },
      { title: 'receipts', value: (row) => row.receipts, align: 'right' },
    ],
    [
      line(`ours: ${result.ours.measure}`, result.ours.amount),
      ...result.bridge.map((each) => line(each.cause, each.amount, each.receiptCount)),
      line('unexplained', result.unexplained),
      line('POS', result.pos.amount),
    ],
  );
}

function money(units: number, { minorDigits }: Reconcile): string {
  return decimalText(units, minorDigits);
}
