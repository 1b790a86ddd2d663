import { resolve } from 'node:path';
import { message } from '../../messages/message.ts';
import { restore, type RestoreSummary } from '../../platform/backup/restore.ts';
import { readConfig } from '../../platform/config.ts';
import { joinDatabase } from '../../platform/database/open.ts';
import { defineCommand } from '../command.ts';
import { runTasks } from '../progress.ts';

/** `tillweave restore FILE`: into an empty database only. */
export const command = defineCommand((command, cli) => {
  command
    .description(message('cli.restore.description'))
    .argument('<file>', message('cli.restore.file'))
    .action(async (file: string) => {
      const path = resolve(file);
      const server = await joinDatabase(readConfig(cli.environment));
      try {
        const done: { summary?: RestoreSummary } = {};
        await runTasks(cli, done, [
          {
            title: message('cli.restore.title'),
            run: async (step) => {
              done.summary = await restore(server.url, path, (table, rows) =>
                step.update(message('cli.backup.table', { table, rows })),
              );
              step.update(message('cli.backup.total', { rows: done.summary.rows }));
            },
          },
        ]);
        const { tables = 0, rows = 0, createdAt = '' } = done.summary ?? {};
        cli.output.result(
          { file: path, createdAt, tables, rows },
          message('cli.restore.done', { file: path, createdAt, tables, rows }),
        );
      } finally {
        await server.leave();
      }
    });
});
