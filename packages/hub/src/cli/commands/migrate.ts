import { message } from '../../messages/message.ts';
import { readConfig } from '../../platform/config.ts';
import { migrate } from '../../platform/database/migrate.ts';
import { joinDatabase } from '../../platform/database/open.ts';
import { defineCommand } from '../command.ts';

/** `tillweave migrate`: brings the database to this release's schema. `start` does so by itself; with `serve` and `work` run this first. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.migrate.description')).action(async () => {
    const server = await joinDatabase(readConfig(cli.environment));
    try {
      const applied = await migrate(server.url);
      const text =
        applied.length === 0
          ? message('cli.migrate.nothing')
          : message('cli.migrate.applied', { count: applied.length, names: applied.join(', ') });
      cli.output.result({ applied }, text);
    } finally {
      await server.leave();
    }
  });
});
