import { randomBytes } from 'node:crypto';
import { Argument, Option } from 'commander';
import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { disableTwoFactor, passwordResetLink } from '../../modules/organizations/account-links.ts';
import { createMember, createOwner, setPassword, setupNeeded } from '../../modules/organizations/create-owner.ts';
import { invite } from '../../modules/organizations/invitations.ts';
import { changeMember, type Changer, listMembers, removeMember } from '../../modules/organizations/members.ts';
import { listOperators, setOperator } from '../../modules/organizations/operators.ts';
import { isRole, type Role, roles } from '../../modules/organizations/permissions.ts';
import { AppError } from '../../platform/errors.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseDepartments } from '../choose-departments.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';
import { readSecret } from '../secret-input.ts';

const GENERATED_BYTES = 15;
const COMMAND: Changer = { actor: COMMAND_ACTOR, role: 'command' };

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
        await changeMember(services, COMMAND, { organizationId: organization.id, member: { email } }, { role });
        cli.output.result({ email, role }, message('cli.user.role_set', { email, role, organization: organization.name }));
      });
    });

  takesOrganization(command.command('invite').description(message('cli.user.invite')))
    .argument('<email>', message('cli.user.email'))
    .addOption(new Option('--role <role>', message('cli.user.role')).choices([...roles]).default('viewer'))
    .option('--department <name or id...>', message('cli.user.invited_departments'))
    .action(async (email: string, options: { organization?: string; role: string; department?: string[] }) => {
      requireEmail(email);
      await withServices(cli, async (services) => {
        const { id: organizationId } = await chooseOrganization(services, options.organization);
        const departmentIds = await chooseDepartments(services, organizationId, options.department);
        const role = knownRole(options.role);
        const sent = await invite(services, COMMAND, { organizationId, email, role, departmentIds });
        const mailed = sent.mailed ? message('cli.user.mailed') : '';
        cli.output.result(sent, message('cli.user.invited', { email, role, link: sent.link, mailed }));
      });
    });

  takesOrganization(command.command('remove').description(message('cli.user.remove')))
    .argument('<email>', message('cli.user.email'))
    .action(async (email: string, options: { organization?: string }) => {
      await withServices(cli, async (services) => {
        const organization = await chooseOrganization(services, options.organization);
        await removeMember(services, COMMAND, { organizationId: organization.id, member: { email } });
        cli.output.result({ email }, message('cli.user.removed', { email, organization: organization.name }));
      });
    });

  command
    .command('reset-password')
    .description(message('cli.user.reset_password'))
    .argument('<email>', message('cli.user.email'))
    .action(async (email: string) => {
      await withServices(cli, async (services) => {
        const link = await passwordResetLink(services, email);
        if (link === null) throw new AppError('not_found', message('cli.user.nobody'));
        cli.output.result({ email, link }, message('cli.user.reset_link', { link }));
      });
    });

  command
    .command('disable-2fa')
    .description(message('cli.user.disable_2fa'))
    .argument('<email>', message('cli.user.email'))
    .action(async (email: string) => {
      await withServices(cli, async (services) => {
        await disableTwoFactor(services, COMMAND_ACTOR, email);
        cli.output.result({ email }, message('cli.user.2fa_disabled', { email }));
      });
    });

  command
    .command('operators')
    .description(message('cli.user.operators'))
    .action(async () => {
      await withServices(cli, async (services) => {
        const operators = await listOperators(services);
        cli.output.result(operators, () =>
          table(
            [
              { title: 'e-mail', value: (operator) => operator.email },
              { title: 'name', value: (operator) => operator.name },
              { title: 'role', value: (operator) => operator.role },
            ],
            operators,
          ),
        );
      });
    });

  command
    .command('operator')
    .description(message('cli.user.operator'))
    .argument('<email>', message('cli.user.email'))
    .addArgument(new Argument('<role>', message('cli.user.operator_role')).choices([...roles, 'none']))
    .action(async (email: string, wanted: string) => {
      await withServices(cli, async (services) => {
        const role = wanted === 'none' ? null : knownRole(wanted);
        await setOperator(services, email, role);
        const text =
          role === null ? message('cli.user.operator_unset', { email }) : message('cli.user.operator_set', { email, role });
        cli.output.result({ email, role }, text);
      });
    });
});

function requireEmail(email: string): void {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AppError('invalid_request', message('cli.user.not_an_email', { email }));
}

async function addUser(cli: Cli, email: string, options: AddOptions): Promise<void> {
  requireEmail(email);
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
