import { Option } from 'commander';
import { instantOf } from '@tillweave/lightspeed';
import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../../modules/organizations/access-tokens.ts';
import { isPermission, permissions } from '../../modules/organizations/permissions.ts';
import { AppError } from '../../platform/errors.ts';
import { chooseDepartments } from '../choose-departments.ts';
import { defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';

const DAY_MS = 86_400_000;
const DAYS_MAX = 36_500;

interface CreateOptions {
  readonly organization?: string;
  readonly permission: string[];
  readonly department?: string[];
  readonly days: string;
}

/** `tillweave access-token …`: tokens of ours, for programs that use the API. */
export const command = defineCommand((command, cli) => {
  takesOrganization(command.command('list').description(message('cli.access-token.list'))).action(
    async (options: { organization?: string }) => {
      await withServices(cli, async (services) => {
        const { id } = await chooseOrganization(services, options.organization);
        const tokens = await listAccessTokens(services, id);
        cli.output.result(tokens, () =>
          table(
            [
              { title: 'name', value: (token) => token.name },
              { title: 'begins', value: (token) => token.prefix },
              { title: 'may', value: (token) => token.permissions.join(' ') },
              { title: 'made by', value: (token) => token.createdBy ?? '' },
              { title: 'expires', value: (token) => token.expiresAt?.slice(0, 10) ?? '' },
              { title: 'last used', value: (token) => token.lastUsedAt?.slice(0, 16) ?? '' },
            ],
            tokens,
          ),
        );
      });
    },
  );

  takesOrganization(command.command('create').description(message('cli.access-token.create')))
    .argument('<name>', message('cli.access-token.name'))
    .addOption(
      new Option('--permission <permission...>', message('cli.access-token.permission'))
        .choices([...permissions])
        .makeOptionMandatory(),
    )
    .option('--department <name or id...>', message('cli.access-token.department'))
    .option('--days <number>', message('cli.access-token.days'), '90')
    .action(async (name: string, options: CreateOptions) => {
      const days = Number(options.days);
      if (!Number.isInteger(days) || days < 0 || days > DAYS_MAX) {
        throw new AppError('invalid_request', message('cli.access-token.bad_days'));
      }
      await withServices(cli, async (services) => {
        const { id: organizationId } = await chooseOrganization(services, options.organization);
        const made = await createAccessToken(services, {
          organizationId,
          name,
          permissions: options.permission.filter(isPermission),
          departmentIds: await chooseDepartments(services, organizationId, options.department),
          expiresAt: days === 0 ? null : instantOf(services.clock.now() + days * DAY_MS),
          createdBy: null,
          actor: COMMAND_ACTOR,
        });
        cli.output.result(made, message('cli.access-token.created', { name, token: made.token }));
      });
    });

  takesOrganization(command.command('revoke').description(message('cli.access-token.revoke')))
    .argument('<token>', message('cli.access-token.which'))
    .action(async (which: string, options: { organization?: string }) => {
      await withServices(cli, async (services) => {
        const { id: organizationId } = await chooseOrganization(services, options.organization);
        const [only, ...others] = (await listAccessTokens(services, organizationId)).filter(
          ({ id, name, prefix }) => id === which || name === which || prefix === which,
        );
        if (only === undefined) throw new AppError('not_found', message('cli.access-token.none'));
        if (others.length > 0) throw new AppError('invalid_request', message('cli.access-token.several'));
        await revokeAccessToken(services, { organizationId, id: only.id, actor: COMMAND_ACTOR });
        cli.output.result({ id: only.id, name: only.name }, message('cli.access-token.revoked', { name: only.name }));
      });
    });
});
