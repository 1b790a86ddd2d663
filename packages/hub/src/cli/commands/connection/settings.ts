import type { Command } from 'commander';
import { message } from '../../../messages/message.ts';
import { COMMAND_ACTOR } from '../../../modules/audit/record-audit.ts';
import type { Connection } from '../../../modules/connections/list-connections.ts';
import {
  changeConnectionSettings,
  type ConnectionSettings,
  connectionSettingsSchema,
  readConnectionSettings,
} from '../../../modules/connections/settings.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import type { Cli } from '../../command.ts';
import { table } from '../../output.ts';

/** As typed. */
export interface SettingsOptions {
  readonly historyFrom?: string;
  readonly rateReserve?: string;
  readonly nightlyDays?: string;
  readonly nightlyTime?: string;
  readonly nightlyZone?: string;
  readonly pollSeconds?: string;
  readonly registersOut?: string;
  readonly shops?: string;
  readonly regions?: string;
  readonly mirrorArchived?: string;
  readonly notificationEmail?: string;
}

/** The options of `connection settings` (M14). */
export function takesSettings(command: Command): Command {
  return command
    .option('--history-from <day>', message('connection.settings.history_from'))
    .option('--registers-out <ids>', message('connection.settings.registers_out'))
    .option('--shops <ids>', message('connection.settings.shops'))
    .option('--regions <codes>', message('connection.settings.regions'))
    .option('--mirror-archived <yes|no>', message('connection.settings.mirror_archived'))
    .option('--rate-reserve <percent>', message('connection.settings.rate_reserve'))
    .option('--notification-email <e-mail>', message('connection.settings.notification_email'))
    .option('--nightly-days <number>', message('connection.settings.nightly_days'))
    .option('--nightly-time <hh:mm>', message('connection.settings.nightly_time'))
    .option('--nightly-zone <zone>', message('connection.settings.nightly_zone'))
    .option('--poll-seconds <seconds>', message('connection.settings.poll_seconds'));
}

/** Shows a connection's additional settings, changed first where options say so. @throws AppError `invalid_request`. */
export async function settingsOf(
  cli: Cli,
  services: Services,
  { organizationId, connection: { id, name } }: { readonly organizationId: string; readonly connection: Connection },
  options: SettingsOptions,
): Promise<void> {
  const changes = changesOf(options);
  const ref = { organizationId, connectionId: id };
  const by = { actor: COMMAND_ACTOR, at: new Date(services.clock.now()) };
  const settings = await tenantTransaction(services.db, organizationId, (trx) =>
    Object.keys(changes).length === 0 ? readConnectionSettings(trx, ref) : changeConnectionSettings(trx, ref, changes, by),
  );
  cli.output.result({ id, name, ...settings }, () =>
    table(
      [
        { title: 'setting', value: ([key]) => key },
        { title: 'value', value: ([, value]) => (typeof value === 'string' ? value : JSON.stringify(value)) },
      ],
      Object.entries(settings),
    ),
  );
}

function changesOf(options: SettingsOptions): Partial<ConnectionSettings> {
  if (options.shops !== undefined && options.regions !== undefined) {
    throw new AppError('invalid_request', message('connection.settings.one_filter'));
  }
  const typed = {
    historyFrom: orNull(options.historyFrom, 'all'),
    registersOut: options.registersOut === undefined ? undefined : listOf(options.registersOut),
    shopFilter: filterOf(options),
    mirrorArchived: yesNo(options.mirrorArchived),
    rateReserve: options.rateReserve === undefined ? undefined : Number(options.rateReserve) / 100,
    notificationEmail: orNull(options.notificationEmail, 'none'),
    nightlyDays: options.nightlyDays === undefined ? undefined : Number(options.nightlyDays),
    nightlyTime: options.nightlyTime,
    nightlyZone: orNull(options.nightlyZone, 'organization'),
    pollSeconds: options.pollSeconds === undefined ? undefined : Number(options.pollSeconds),
  };
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
  const read = connectionSettingsSchema.partial().safeParse(given);
  if (read.success) return read.data as Partial<ConnectionSettings>;
  const [issue] = read.error.issues;
  throw new AppError('invalid_request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function filterOf({ shops, regions }: SettingsOptions): unknown {
  if (regions !== undefined) return { by: 'regions', regions: listOf(regions).map((region) => region.toUpperCase()) };
  if (shops === undefined) return undefined;
  return shops === 'all' ? { by: 'all' } : { by: 'shops', shopIds: listOf(shops) };
}

/** `none` is an empty list. */
function listOf(text: string): string[] {
  if (text === 'none') return [];
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function orNull(text: string | undefined, nothing: string): string | null | undefined {
  return text === nothing ? null : text;
}

/** What is neither stays as it is, for the schema to refuse. */
function yesNo(text: string | undefined): boolean | string | undefined {
  return text === 'yes' ? true : text === 'no' ? false : text;
}
