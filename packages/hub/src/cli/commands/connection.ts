import { z } from 'zod';
import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { connect } from '../../modules/connections/add-connection.ts';
import { AGE_GATE } from '../../modules/connections/attestation-text.ts';
import { sendAuthorizationLink, withdrawAuthorizationLink } from '../../modules/connections/authorization-link.ts';
import { changeConnection } from '../../modules/connections/change-connection.ts';
import type { ConnectionRef } from '../../modules/connections/credential.ts';
import { freezeConnection, thawConnection } from '../../modules/connections/freeze.ts';
import { type Connection, findConnection, listConnections } from '../../modules/connections/list-connections.ts';
import { posProblem } from '../../modules/connections/pos-errors.ts';
import { removeConnection } from '../../modules/connections/remove-connection.ts';
import { replaceCredential } from '../../modules/connections/replace-credential.ts';
import { retireConnection } from '../../modules/connections/retire.ts';
import { type Verified, verifyConnection } from '../../modules/connections/verify-connection.ts';
import { ensureFirstOrganization } from '../../modules/organizations/create-organization.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';
import { settingsOf, type SettingsOptions, takesSettings } from './connection/settings.ts';
import {
  readExpiry,
  readRSeries,
  readXSeries,
  type RSeriesOptions,
  type SignInFor,
  takesRSeries,
  takesXSeries,
  type XSeriesOptions,
} from './connection/sign-in.ts';

interface OfOrganization {
  readonly organization?: string;
}

interface Named extends OfOrganization {
  readonly name: string;
  readonly sendLink?: string;
}

/** What the commands on one connection may be given. */
interface OneOptions extends SettingsOptions {
  readonly reason?: string;
  readonly fromToday?: boolean;
  readonly at?: string;
  readonly withdraw?: boolean;
  readonly on?: string;
  readonly to?: string;
  readonly days?: string;
  readonly successor?: string;
}

/** `tillweave connection …`: tills, without a browser. */
export const command = defineCommand((command, cli) => {
  const add = command.command('add').description(message('connection.add'));
  takesOrganization(
    takesRSeries(
      add
        .command('r-series')
        .summary(message('connection.add_r_series'))
        .description(message('connection.add_r_series.description')),
    ),
  )
    .requiredOption('--name <name>', message('connection.name'))
    .option('--send-link <e-mail>', message('connection.send_link_to'))
    .action(async (options: RSeriesOptions & Named) => addTo(cli, options, await readRSeries(cli, options)));
  takesOrganization(
    takesXSeries(
      add
        .command('x-series')
        .summary(message('connection.add_x_series'))
        .description(message('connection.add_x_series.description')),
    ),
  )
    .requiredOption('--name <name>', message('connection.name'))
    .option('--send-link <e-mail>', message('connection.send_link_to'))
    .action(async (options: XSeriesOptions & Named) => addTo(cli, options, await readXSeries(cli, options)));

  const replace = command.command('replace').description(message('connection.replace'));
  takesOrganization(takesRSeries(replace.command('r-series').description(message('connection.replace_r_series'))))
    .argument('<connection>', message('connection.which'))
    .action(async (wanted: string, options: RSeriesOptions & OfOrganization) =>
      replaceOf(cli, wanted, options, await readRSeries(cli, options)),
    );
  takesOrganization(takesXSeries(replace.command('x-series').description(message('connection.replace_x_series'))))
    .argument('<connection>', message('connection.which'))
    .action(async (wanted: string, options: XSeriesOptions & OfOrganization) =>
      replaceOf(cli, wanted, options, await readXSeries(cli, options)),
    );

  takesOrganization(command.command('list').description(message('connection.list'))).action(async (options: OfOrganization) =>
    list(cli, options),
  );

  const onOne = (
    name: string,
    description: string,
    run: (services: Services, connection: Connection, organizationId: string, options: OneOptions) => Promise<void>,
  ) =>
    takesOrganization(command.command(name).description(description))
      .argument('<connection>', message('connection.which'))
      .action(async (wanted: string, options: OfOrganization & OneOptions) =>
        withServices(cli, async (services) => {
          const organization = await chooseOrganization(services, options.organization);
          const connection = await findConnection(services, organization.id, wanted);
          await explained(run(services, connection, organization.id, options));
        }),
      );

  onOne('test', message('connection.test'), async (services, { id, name }, organizationId) => {
    const found = await verifyConnection(services, { organizationId, connectionId: id });
    cli.output.result({ ...found, id, name, account: found.name }, message('connection.tested', valuesOf(found, name)));
  });
  onOne('freeze', message('connection.freeze'), async (services, { id, name }, organizationId, { reason }) => {
    await freezeConnection(services, { organizationId, connectionId: id }, { reason: reason ?? null, actor: COMMAND_ACTOR });
    cli.output.result({ id, name, state: 'frozen' }, message('connection.frozen', { name }));
  }).option('--reason <text>', message('connection.reason'));
  onOne('thaw', message('connection.thaw'), async (services, { id, name }, organizationId, { fromToday }) => {
    const from = fromToday === true ? 'today' : 'cursor';
    await thawConnection(services, { organizationId, connectionId: id }, { from, actor: COMMAND_ACTOR });
    const { state } = await findConnection(services, organizationId, id);
    cli.output.result({ id, name, state }, message('connection.thawed', { name }));
  }).option('--from-today', message('connection.from_today'));
  onOne('retire', message('connection.retire'), async (services, { id, name }, organizationId, { at, reason, successor }) => {
    const today = new Date(services.clock.now()).toISOString().slice(0, 10);
    const on = readExpiry(at).on ?? today;
    const ref = { organizationId, connectionId: id };
    const next = successor === undefined ? null : await findConnection(services, organizationId, successor);
    const by = { at: on, reason: reason ?? null, actor: COMMAND_ACTOR, successorConnectionId: next?.id ?? null };
    await retireConnection(services, ref, by);
    cli.output.result({ id, name, state: 'retired', at: on }, message('connection.retired', { name, at: on }));
  })
    .option('--at <day>', message('connection.retire_at'))
    .option('--successor <connection>', message('connection.successor'))
    .option('--reason <text>', message('connection.reason'));
  takesSettings(
    onOne('settings', message('connection.settings'), async (services, connection, organizationId, options) =>
      settingsOf(cli, services, { organizationId, connection }, options),
    ),
  );
  onOne('attest', message('connection.attest'), async (services, { id, name }, organizationId, { withdraw }) => {
    const attested = withdraw !== true;
    await changeConnection(services, { organizationId, connectionId: id }, { attested }, COMMAND_ACTOR);
    cli.output.result({ id, name, attested }, message(attested ? 'connection.attested' : 'connection.unattested', { name }));
  })
    .option('--withdraw', message('connection.withdraw'))
    .addHelpText('after', `\n${AGE_GATE}`);
  onOne('expires', message('connection.expires'), async (services, { id, name }, organizationId, { on }) => {
    const expiry = readExpiry(on);
    await changeConnection(services, { organizationId, connectionId: id }, { expiry }, COMMAND_ACTOR);
    const expiresOn = expiry.never ? 'never' : expiry.on;
    cli.output.result({ id, name, expiresOn }, message('connection.expires_set', { name, on: expiresOn ?? '–' }));
  }).option('--on <day>', message('connection.token_expires'));
  onOne('send-link', message('connection.send_link'), async (services, { id, name }, organizationId, { to, days }) => {
    await sendLinkOf(cli, services, { organizationId, connectionId: id }, { name, email: to ?? '', days });
  })
    .requiredOption('--to <e-mail>', message('connection.send_link_to'))
    .option('--days <number>', message('connection.link_days'));
  onOne('withdraw-link', message('connection.withdraw_link'), async (services, { id, name }, organizationId) => {
    await withdrawAuthorizationLink(services, { organizationId, connectionId: id }, COMMAND_ACTOR);
    cli.output.result({ id, name }, message('connection.link_withdrawn', { name }));
  });
  onOne('remove', message('connection.remove'), async (services, { id, name }, organizationId) => {
    await removeConnection(services, { organizationId, connectionId: id }, { actor: COMMAND_ACTOR });
    cli.output.result({ id, name, state: 'removed' }, message('connection.removed', { name }));
  });
});

async function addTo(cli: Cli, { organization: wanted, name, sendLink }: Named, signInFor: SignInFor): Promise<void> {
  await withServices(cli, async (services) => {
    if (wanted === undefined) await makeFirstOrganization(cli, services);
    const { id: organizationId } = await chooseOrganization(services, wanted);
    const signIn = await signInFor(services, organizationId);
    const { connectionId, verified } = await explained(connect(services, { organizationId, name, signIn, actor: COMMAND_ACTOR }));
    if (verified === null) {
      if (sendLink === undefined) throw new Error('Without a link every credential of the command line signs in at once.');
      await sendLinkOf(cli, services, { organizationId, connectionId }, { name, email: sendLink });
      return;
    }
    cli.output.result(
      { id: connectionId, ...verified, account: verified.name, name },
      message('connection.added', valuesOf(verified, name)),
    );
  });
}

async function replaceOf(cli: Cli, wanted: string, options: OfOrganization, signInFor: SignInFor): Promise<void> {
  await withServices(cli, async (services) => {
    const { id: organizationId } = await chooseOrganization(services, options.organization);
    const { id, name } = await findConnection(services, organizationId, wanted);
    const signIn = await signInFor(services, organizationId);
    const ref = { organizationId, connectionId: id };
    await explained(replaceCredential(services, ref, { signIn, actor: COMMAND_ACTOR }));
    const { state, apiType } = await findConnection(services, organizationId, id);
    const text = state === 'frozen' ? 'connection.replaced_frozen' : 'connection.replaced';
    cli.output.result({ id, name, apiType, state }, message(text, { name }));
  });
}

/** A link by which somebody without an account here authorizes the connection (W5). */
async function sendLinkOf(
  cli: Cli,
  services: Services,
  ref: ConnectionRef,
  { name, email, days = '7' }: { readonly name: string; readonly email: string; readonly days?: string | undefined },
): Promise<void> {
  const wanted = z.object({ email: z.email(), days: z.coerce.number().int().min(1).max(30) }).safeParse({ email, days });
  if (!wanted.success) throw new AppError('invalid_request', message('connection.bad_link'));
  const base = services.config.publicUrls[0].url;
  const sent = await sendAuthorizationLink(services, ref, { ...wanted.data, actor: COMMAND_ACTOR, base });
  const until = sent.expiresAt.slice(0, 10);
  const values = { name, email, until, link: sent.link };
  const text = message(sent.mailed ? 'connection.link_mailed' : 'connection.link_made', values);
  cli.output.result({ id: ref.connectionId, name, ...sent }, text);
}

/** What a test found, for a sentence about the connection. */
function valuesOf({ name: account, externalId, shops, registers, currency }: Verified, name: string) {
  return { name, account, externalId, shops, registers, currency: currency ?? '' };
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

/** A failure of the POS in the words and with the exit code people know. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw posProblem(error) ?? error;
  }
}
