import { resolve } from 'node:path';
import { message } from '../../messages/message.ts';
import { backup, type BackupSummary } from '../../platform/backup/backup.ts';
import { readConfig } from '../../platform/config.ts';
import { joinDatabase } from '../../platform/database/open.ts';
import { secretKeyPath } from '../../platform/secret-key.ts';
import { VERSION } from '../../http/version.ts';
import { defineCommand } from '../command.ts';
import { runTasks } from '../progress.ts';

/** `tillweave backup FILE`: everything of one moment, while others go on working. */
export const command = defineCommand((command, cli) => {
  command
    .description(message('cli.backup.description'))
    .argument('<file>', message('cli.backup.file'))
    .action(async (file: string) => {
      const config = readConfig(cli.environment);
      const path = resolve(file);
      const server = await joinDatabase(config);
      try {
        const made: { summary?: BackupSummary } = {};
        await runTasks(cli, made, [
          {
            title: message('cli.backup.title'),
            run: async (step) => {
              made.summary = await backup(server.url, path, {
                release: VERSION,
                now: new Date(),
                onProgress: (table, rows) => step.update(message('cli.backup.table', { table, rows })),
              });
              step.update(message('cli.backup.total', { rows: made.summary.rows }));
            },
          },
        ]);
        const { tables = 0, rows = 0, schema = '' } = made.summary ?? {};
        // Without it the credentials inside stay sealed for good.
        const keyFile = config.secretKey === null ? secretKeyPath(config.home) : null;
        const text = message('cli.backup.done', { file: path, tables, rows });
        const remember = keyFile === null ? message('cli.backup.key_set') : message('cli.backup.key_file', { file: keyFile });
        cli.output.result({ file: path, schema, tables, rows, keyFile }, `${text}\n${remember}`);
      } finally {
        await server.leave();
      }
    });
});
