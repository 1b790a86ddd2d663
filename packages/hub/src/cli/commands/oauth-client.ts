import { Argument } from 'commander';
import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import {
  createOAuthClient,
  deleteOAuthClient,
  type ListedClient,
  listOAuthClients,
} from '../../modules/connections/oauth-clients.ts';
import type { ProviderId } from '../../modules/connections/providers.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';
import { readSecret } from '../secret-input.ts';

const PROVIDERS: Readonly<Record<string, ProviderId>> = { 'r-series': 'lightspeed-r', 'x-series': 'lightspeed-x' };

interface Options {
  readonly organization?: string;
}

interface AddOptions extends Options {
  readonly clientId: string;
  readonly clientSecretFile?: string;
  readonly public: boolean;
}

/** `tillweave oauth-client …`: your own applications at the POS, which connections sign in as. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.command('list').description(message('cli.oauth-client.list'))).action(async (options: Options) => {
    await withServices(cli, async (services) => {
      const { id } = await chooseOrganization(services, options.organization);
      const clients = await listOAuthClients(services, id);
      cli.output.result(clients, () =>
        table(
          [
            { title: 'name', value: (client) => client.name },
            { title: 'provider', value: (client) => client.provider },
            { title: 'client id', value: (client) => client.clientId },
            { title: 'secret', value: (client) => (client.hasSecret ? 'kept' : '') },
            { title: 'used by', value: (client) => client.usedBy.map(({ name }) => name).join(', ') },
          ],
          clients,
        ),
      );
    });
  });

  takesOrganization(command.command('add').description(message('cli.oauth-client.add')))
    .addArgument(new Argument('<series>', message('cli.oauth-client.series')).choices(Object.keys(PROVIDERS)))
    .argument('<name>', message('cli.oauth-client.name'))
    .requiredOption('--client-id <id>', message('connection.client_id'))
    .option('--client-secret-file <file>', message('cli.oauth-client.secret_file'))
    .option('--public', message('cli.oauth-client.public'), false)
    .action(async (series: string, name: string, options: AddOptions) => add(cli, series, name, options));

  takesOrganization(command.command('remove').description(message('cli.oauth-client.remove')))
    .argument('<client>', message('cli.oauth-client.which'))
    .action(async (wanted: string, options: Options) => {
      await withServices(cli, async (services) => {
        const { id: organizationId } = await chooseOrganization(services, options.organization);
        const { id, name } = await findClient(services, organizationId, wanted);
        await deleteOAuthClient(services, { organizationId, actor: COMMAND_ACTOR }, id);
        cli.output.result({ id, name }, message('cli.oauth-client.removed', { name }));
      });
    });
});

async function add(cli: Cli, series: string, name: string, options: AddOptions): Promise<void> {
  const provider = PROVIDERS[series];
  if (provider === undefined) throw new AppError('invalid_request', message('cli.oauth-client.series'));
  if (options.public && options.clientSecretFile !== undefined) {
    throw new AppError('invalid_request', message('connection.not_with', { option: '--public', other: '--client-secret-file' }));
  }
  const clientSecret = options.public
    ? null
    : await readSecret(cli, message('connection.client_secret'), options.clientSecretFile ?? '-');
  await withServices(cli, async (services) => {
    const { id: organizationId } = await chooseOrganization(services, options.organization);
    const client = { name, provider, clientId: options.clientId, clientSecret };
    const made = await createOAuthClient(services, { organizationId, actor: COMMAND_ACTOR }, client);
    cli.output.result(made, message('cli.oauth-client.added', { name }));
  });
}

/** By id or name. @throws AppError `not_found`, or `invalid_request` for a name that both series have. */
async function findClient(services: Services, organizationId: string, wanted: string): Promise<ListedClient> {
  const clients = await listOAuthClients(services, organizationId);
  const found = clients.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  const [only] = found;
  if (only === undefined) {
    const names = clients.map(({ name }) => name).join(', ') || '–';
    throw new AppError('not_found', message('connection.unknown_client', { wanted, names }));
  }
  if (found.length > 1) throw new AppError('invalid_request', message('cli.oauth-client.several'));
  return only;
}
