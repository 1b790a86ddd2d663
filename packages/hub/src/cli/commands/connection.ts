import { Option } from 'commander';
import { message } from '../../messages/message.ts';
import { type Added, addConnection, addPersonalTokenConnection } from '../../modules/connections/add-connection.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { freezeConnection, thawConnection } from '../../modules/connections/freeze.ts';
import { type Connection, findConnection, listConnections } from '../../modules/connections/list-connections.ts';
import { posProblem } from '../../modules/connections/pos-errors.ts';
import { removeConnection } from '../../modules/connections/remove-connection.ts';
import { verifyConnection } from '../../modules/connections/verify-connection.ts';
import { ensureFirstOrganization } from '../../modules/organizations/create-organization.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';
import { readSecret } from '../secret-input.ts';

interface OfOrganization {
  readonly organization?: string;
}

interface AddOptions extends OfOrganization {
  readonly name: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly clientSecretFile?: string;
  readonly refreshToken?: string;
  readonly refreshTokenFile?: string;
}

interface AddXOptions extends OfOrganization {
  readonly name: string;
  readonly prefix: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly tokenExpires?: string;
}

/** `tillweave connection …`: tills, without a browser. */
export const command = defineCommand((command, cli) => {
  const add = command.command('add').description(message('connection.add'));
  takesOrganization(
    add
      .command('r-series')
      .summary(message('connection.add_r_series'))
      .description(message('connection.add_r_series.description')),
  )
    .requiredOption('--name <name>', message('connection.name'))
    .addOption(new Option('--api <version>', message('connection.api')).choices(['v3']).default('v3'))
    .option('--client-id <id>', message('connection.client_id'))
    .option('--client-secret <secret>', message('connection.client_secret'))
    .option('--client-secret-file <file>', message('connection.client_secret_file'))
    .option('--refresh-token <token>', message('connection.refresh_token'))
    .option('--refresh-token-file <file>', message('connection.refresh_token_file'))
    .action(async (options: AddOptions) => addRSeries(cli, options));
  takesOrganization(
    add
      .command('x-series')
      .summary(message('connection.add_x_series'))
      .description(message('connection.add_x_series.description')),
  )
    .requiredOption('--name <name>', message('connection.name'))
    .requiredOption('--prefix <prefix>', message('connection.prefix'))
    .option('--token <token>', message('connection.token'))
    .option('--token-file <file>', message('connection.token_file'))
    .option('--token-expires <day>', message('connection.token_expires'))
    .action(async (options: AddXOptions) => addXSeries(cli, options));

  takesOrganization(command.command('list').description(message('connection.list'))).action(async (options: OfOrganization) =>
    list(cli, options),
  );

  const onOne = (
    name: string,
    description: string,
    run: (services: Services, connection: Connection, organizationId: string, options: { reason?: string }) => Promise<void>,
  ) =>
    takesOrganization(command.command(name).description(description))
      .argument('<connection>', message('connection.which'))
      .action(async (wanted: string, options: OfOrganization & { reason?: string }) =>
        withServices(cli, async (services) => {
          const organization = await chooseOrganization(services, options.organization);
          const connection = await findConnection(services, organization.id, wanted);
          await explained(run(services, connection, organization.id, options));
        }),
      );

  onOne('test', message('connection.test'), async (services, { id, name }, organizationId) => {
    const found = await verifyConnection(services, { organizationId, connectionId: id });
    cli.output.result(
      { ...found, id, name, account: found.name },
      message('connection.tested', { ...found, name, account: found.name, currency: found.currency ?? '' }),
    );
  });
  onOne('freeze', message('connection.freeze'), async (services, { id, name }, organizationId, { reason }) => {
    await freezeConnection(services, { organizationId, connectionId: id }, { reason: reason ?? null, actor: COMMAND_ACTOR });
    cli.output.result({ id, name, state: 'frozen' }, message('connection.frozen', { name }));
  }).option('--reason <text>', message('connection.reason'));
  onOne('thaw', message('connection.thaw'), async (services, { id, name }, organizationId) => {
    await thawConnection(services, { organizationId, connectionId: id }, { from: 'cursor', actor: COMMAND_ACTOR });
    const { state } = await findConnection(services, organizationId, id);
    cli.output.result({ id, name, state }, message('connection.thawed', { name }));
  });
  onOne('remove', message('connection.remove'), async (services, { id, name }, organizationId) => {
    await removeConnection(services, { organizationId, connectionId: id });
    cli.output.result({ id, name, state: 'removed' }, message('connection.removed', { name }));
  });
});

async function addRSeries(cli: Cli, options: AddOptions): Promise<void> {
  const { clientSecret, refreshToken } = await readSecrets(cli, options);
  await addTo(cli, options, (services, organizationId) =>
    addConnection(services, {
      organizationId,
      name: options.name,
      oauthClient: options.clientId === undefined ? null : { clientId: options.clientId, clientSecret },
      refreshToken,
    }),
  );
}

async function addXSeries(cli: Cli, options: AddXOptions): Promise<void> {
  const { name, prefix, tokenExpires } = options;
  refuseBoth('--token', options.token, options.tokenFile);
  const expiresAt = tokenExpires === undefined ? null : new Date(`${tokenExpires}T00:00:00Z`);
  if (Number.isNaN(expiresAt?.getTime())) throw new AppError('invalid_request', message('connection.bad_day'));
  const token = options.token ?? (await readSecret(cli, message('connection.ask_token'), options.tokenFile ?? '-'));
  await addTo(cli, options, (services, organizationId) =>
    addPersonalTokenConnection(services, { organizationId, name, domainPrefix: prefix, token, expiresAt }),
  );
}

async function addTo(
  cli: Cli,
  { organization: wanted, name }: OfOrganization & { readonly name: string },
  add: (services: Services, organizationId: string) => Promise<Added>,
): Promise<void> {
  await withServices(cli, async (services) => {
    if (wanted === undefined) await makeFirstOrganization(cli, services);
    const organization = await chooseOrganization(services, wanted);
    const { connectionId, verified } = await explained(add(services, organization.id));
    cli.output.result(
      { id: connectionId, ...verified, account: verified.name, name },
      message('connection.added', { ...verified, name, account: verified.name, currency: verified.currency ?? '' }),
    );
  });
}

/** On an empty installation there is nobody to choose for: the first person to get an account owns what is connected now. */
async function makeFirstOrganization(cli: Cli, services: Services): Promise<void> {
  const name = message('connection.first_organization');
  if ((await ensureFirstOrganization(services, name)) !== null)
    cli.output.say(message('connection.first_organization.made', { name }));
}

async function list(cli: Cli, options: OfOrganization): Promise<void> {
  await withServices(cli, async (services) => {
    const organization = await chooseOrganization(services, options.organization);
    const connections = await listConnections(services, organization.id);
    cli.output.result(connections, () =>
      connections.length === 0
        ? message('connection.none')
        : table(
            [
              { title: 'name', value: (connection) => connection.name },
              { title: 'provider', value: (connection) => `${connection.provider} ${connection.apiType}` },
              {
                title: 'account',
                value: ({ posAccount }) => (posAccount === null ? '' : `${posAccount.name} (${posAccount.externalId})`),
              },
              { title: 'state', value: ({ state }) => state.replaceAll('_', ' ') },
              { title: 'last success', value: (connection) => connection.lastSuccessAt?.slice(0, 16).replace('T', ' ') },
            ],
            connections,
          ),
    );
  });
}

/** Secrets from the options, from files, or from stdin: the client's first, then the token. */
async function readSecrets(cli: Cli, options: AddOptions): Promise<{ clientSecret: string | null; refreshToken: string }> {
  refuseBoth('--client-secret', options.clientSecret, options.clientSecretFile);
  refuseBoth('--refresh-token', options.refreshToken, options.refreshTokenFile);
  const tokenFile = options.refreshTokenFile ?? '-';
  if (options.clientSecretFile === '-' && options.refreshToken === undefined && tokenFile === '-') {
    let text = '';
    for await (const chunk of cli.stdin) text += String(chunk);
    const [clientSecret = '', refreshToken = ''] = text.split(/\r?\n/);
    if (clientSecret === '' || refreshToken === '') {
      throw new AppError('invalid_request', message('cli.no_secret', { label: message('connection.ask_refresh_token') }));
    }
    return { clientSecret, refreshToken };
  }
  const clientSecret =
    options.clientSecret ??
    (options.clientSecretFile === undefined
      ? null
      : await readSecret(cli, message('connection.client_secret'), options.clientSecretFile));
  const refreshToken = options.refreshToken ?? (await readSecret(cli, message('connection.ask_refresh_token'), tokenFile));
  return { clientSecret, refreshToken };
}

function refuseBoth(option: string, value: string | undefined, file: string | undefined): void {
  if (value !== undefined && file !== undefined) throw new AppError('invalid_request', message('connection.twice', { option }));
}

/** A failure of the POS in the words and with the exit code people know. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw posProblem(error) ?? error;
  }
}
