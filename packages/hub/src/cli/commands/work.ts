import { message } from '../../messages/message.ts';
import { defineCommand } from '../command.ts';
import { serving } from '../open.ts';
import { listenForHealth } from '../serve.ts';
import { stopped } from '../stopped.ts';
import { startWorking } from '../work.ts';

/** `tillweave work`: the background work only. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.work.description')).action(async () => {
    await serving(
      cli,
      async (services, signal) => {
        const health = await listenForHealth(services, signal);
        try {
          await startWorking(services);
          cli.output.result({ working: true, healthPort: health?.port ?? null }, message('cli.working'));
          await stopped(signal);
          cli.output.say(message('cli.stopping'));
          // What is under way ends at its next page while it can still be asked how it is.
          await services.jobs.stop();
        } finally {
          await health?.close();
        }
      },
      { migrations: 'require' },
    );
  });
});
