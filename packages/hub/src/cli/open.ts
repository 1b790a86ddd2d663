import type { Command } from 'commander';
import { message } from '../messages/message.ts';
import { readConfig } from '../platform/config.ts';
import { systemTransaction } from '../platform/database/transaction.ts';
import { AppError } from '../platform/errors.ts';
import { createServices, type OpenServices, type Services, type ServicesOptions } from '../platform/services.ts';
import type { Cli } from './command.ts';
import { untilStopped } from './signals.ts';

/**
 * Opens the services of this environment, runs, and closes them whatever happens: the embedded database is left properly even
 * on Ctrl-C.
 *
 * @param run Its `signal` is aborted by the first Ctrl-C or SIGTERM.
 */
export async function withServices<T>(
  cli: Cli,
  run: (services: OpenServices, signal: AbortSignal) => Promise<T>,
  options: ServicesOptions = {},
): Promise<T> {
  const stop = untilStopped();
  try {
    const services = await createServices(withTalkLevel(cli), { migrations: 'require', ...options });
    try {
      return await Promise.race([run(services, stop.signal), stop.rejection]);
    } finally {
      await services.close();
    }
  } finally {
    stop.dispose();
  }
}

/** As `withServices`, for what serves until it is told to stop: the signal ends it well, and `run` itself sees to that. */
export async function serving(
  cli: Cli,
  run: (services: OpenServices, signal: AbortSignal) => Promise<void>,
  options: ServicesOptions = {},
): Promise<void> {
  const stop = untilStopped();
  try {
    const services = await createServices(readConfig(cli.environment), options);
    try {
      await run(services, stop.signal);
    } finally {
      await services.close();
    }
  } finally {
    stop.dispose();
  }
}

/** A short command's results should not drown in the log: warnings only, unless the environment asks for more. */
function withTalkLevel(cli: Cli) {
  return readConfig({ ...cli.environment, LOG_LEVEL: cli.environment['LOG_LEVEL'] ?? 'warn' });
}

/** Adds `--organization`. */
export function takesOrganization(command: Command): Command {
  return command.option('--organization <name or id>', message('cli.organization'));
}

interface Organization {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
}

/**
 * The organization a command works on: the one named by id or name, else the only one.
 *
 * @throws AppError `not_found` when there is none (of that name), `invalid_request` when several fit.
 */
export async function chooseOrganization(services: Services, wanted: string | undefined): Promise<Organization> {
  const all = await systemTransaction(services.db, (trx) =>
    trx
      .selectFrom('organization')
      .select(['organization_id as id', 'name', 'currency', 'time_zone as timeZone'])
      .orderBy('name')
      .execute(),
  );
  const fitting =
    wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  const [only, ...others] = fitting;
  const names = all.map(({ name, id }) => `${name} (${id})`).join(', ');
  if (only !== undefined && others.length === 0) return only;
  if (all.length === 0) throw new AppError('not_found', message('cli.no_organization'));
  if (only === undefined) throw new AppError('not_found', message('cli.unknown_organization', { wanted: wanted ?? '', names }));
  throw new AppError('invalid_request', message('cli.choose_organization', { names }));
}
