import { message } from '../../messages/message.ts';
import { defineCommand } from '../command.ts';
import { serving } from '../open.ts';
import { stopped } from '../stopped.ts';
import { startWorking } from '../work.ts';

/** `tillweave work`: the background work only. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.work.description')).action(async () => {
    await serving(
      cli,
      async (services, signal) => {
        await startWorking(services);
        cli.output.result({ working: true }, message('cli.working'));
        await stopped(signal);
        cli.output.say(message('cli.stopping'));
      },
      { migrations: 'require' },
    );
  });
});
