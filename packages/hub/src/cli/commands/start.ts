import { message } from '../../messages/message.ts';
import { defineCommand } from '../command.ts';
import { serving } from '../open.ts';
import { listen, setupUrl } from '../serve.ts';
import { stopped } from '../stopped.ts';
import { startWorking } from '../work.ts';

/** `tillweave start`: everything in one process, with the embedded database unless `DATABASE_URL` is given. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.start.description')).action(async () => {
    cli.output.say(message('cli.starting'));
    await serving(cli, async (services, signal) => {
      const server = await listen(services, signal);
      try {
        await startWorking(services);
        const setup = await setupUrl(services, server.url);
        const text = message('cli.started', { url: server.url });
        cli.output.result(
          { url: server.url, port: server.port, setupUrl: setup },
          setup === null ? text : `${text}\n${message('cli.set_up', { url: setup })}`,
        );
        await stopped(signal);
        cli.output.say(message('cli.stopping'));
      } finally {
        await server.close();
      }
    });
  });
});
