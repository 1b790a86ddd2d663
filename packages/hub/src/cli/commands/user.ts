import { randomBytes } from 'node:crypto';
import { Argument, Option } from 'commander';
import { message } from '../../messages/message.ts';
import { createMember, createOwner, setPassword, setupNeeded } from '../../modules/organizations/create-owner.ts';
import { listMembers, setRole } from '../../modules/organizations/members.ts';
import { isRole, type Role, roles } from '../../modules/organizations/permissions.ts';
import { AppError } from '../../platform/errors.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';
import { readSecret } from '../secret-input.ts';

const GENERATED_BYTES = 15;

interface PasswordOptions {
  readonly passwordFile?: string;
  readonly generatePassword?: true;
}

interface AddOptions extends PasswordOptions {
  readonly name?: string;
  readonly role: string;
  readonly organization?: string;
  readonly newOrganization?: string;
  readonly currency?: string;
  readonly timeZone?: string;
}

/** `tillweave user …`: who may sign in. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.command('list').description(message('cli.user.list'))).action(
    async (options: { organization?: string }) => {
      await withServices(cli, async (services) => {
        const organization = await chooseOrganization(services, options.organization);
        const members = await listMembers(services, organization.id);
        cli.output.result(members, () =>
          table(
            [
              { title: 'e-mail', value: (member) => member.email },
              { title: 'name', value: (member) => member.name },
              { title: 'role', value: (member) => member.role },
              { title: 'since', value: (member) => member.createdAt.toISOString().slice(0, 10) },
            ],
            members,
          ),
        );
      });
    },
  );

  const add = command.command('add').description(message('cli.user.add')).argument('<email>', message('cli.user.email'));
  takesPassword(takesOrganization(add))
    .option('--name <name>', message('cli.user.name'))
    .addOption(new Option('--role <role>', message('cli.user.role')).choices([...roles]).default('owner'))
    .option('--new-organization <name>', message('cli.user.new_organization'))
    .option('--currency <code>', message('cli.user.currency'))
    .option('--time-zone <zone>', message('cli.user.time_zone'))
    .action(async (email: string, options: AddOptions) => addUser(cli, email, options));

  const password = command
    .command('password')
    .description(message('cli.user.password'))
    .argument('<email>', message('cli.user.email'));
  takesPassword(password).action(async (email: string, options: PasswordOptions) => {
    await withServices(cli, async (services) => {
      const { text, shown } = await newPassword(cli, options);
      await setPassword(services, email, text);
      cli.output.result({ email, password: shown }, withPassword(message('cli.user.password_set', { email }), shown));
    });
  });

  takesOrganization(command.command('role').description(message('cli.user.set_role')))
    .argument('<email>', message('cli.user.email'))
    .addArgument(new Argument('<role>', message('cli.user.role')).choices([...roles]))
    .action(async (email: string, wanted: string, options: { organization?: string }) => {
      await withServices(cli, async (services) => {
        const organization = await chooseOrganization(services, options.organization);
        const role = knownRole(wanted);
        await setRole(services, { organizationId: organization.id, email, role });
        cli.output.result({ email, role }, message('cli.user.role_set', { email, role, organization: organization.name }));
      });
    });
});

async function addUser(cli: Cli, email: string, options: AddOptions): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AppError('invalid_request', message('cli.user.not_an_email', { email }));
  const role = knownRole(options.role);
  await withServices(cli, async (services) => {
    const { text, shown } = await newPassword(cli, options);
    const person = { email, name: options.name ?? email.split('@', 1)[0] ?? email, password: text };
    const founding =
      options.newOrganization ?? ((await setupNeeded(services)) ? message('cli.user.first_organization') : undefined);
    if (founding !== undefined && role !== 'owner') throw new AppError('invalid_request', message('cli.user.first_is_owner'));
    const added =
      founding === undefined
        ? await addMember(services, person, role, options.organization)
        : await createOwner(services, {
            ...person,
            organizationName: founding,
            ...(options.currency === undefined ? {} : { currency: options.currency }),
            ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
          });
    cli.output.result(
      { ...added, email, role, password: shown },
      withPassword(message('cli.user.added', { email, role }), shown),
    );
  });
}

async function addMember(
  services: Parameters<typeof createMember>[0],
  person: { email: string; name: string; password: string },
  role: Role,
  wanted: string | undefined,
): Promise<{ userId: string; organizationId: string }> {
  const { id } = await chooseOrganization(services, wanted);
  const { userId } = await createMember(services, { ...person, organizationId: id, role });
  return { userId, organizationId: id };
}

function takesPassword(command: ReturnType<typeof takesOrganization>): ReturnType<typeof takesOrganization> {
  return command
    .option('--password-file <file>', message('cli.user.password_file'))
    .option('--generate-password', message('cli.user.generate_password'));
}

/** `shown` is what the result says: only a generated password is told, for nobody knows it yet. */
async function newPassword(cli: Cli, options: PasswordOptions): Promise<{ text: string; shown: string | null }> {
  if (options.generatePassword === true) {
    const text = randomBytes(GENERATED_BYTES).toString('base64url');
    return { text, shown: text };
  }
  return { text: await readSecret(cli, message('cli.user.ask_password'), options.passwordFile), shown: null };
}

function withPassword(text: string, shown: string | null): string {
  return shown === null ? text : `${text}\n${message('cli.user.generated', { password: shown })}`;
}

function knownRole(text: string): Role {
  if (!isRole(text))
    throw new AppError('invalid_request', message('cli.user.unknown_role', { role: text, roles: roles.join(', ') }));
  return text;
}
