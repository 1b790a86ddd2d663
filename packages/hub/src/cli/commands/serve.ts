import { message } from '../../messages/message.ts';
import { defineCommand } from '../command.ts';
import { serving } from '../open.ts';
import { listen, setupUrl } from '../serve.ts';
import { stopped } from '../stopped.ts';

/** `tillweave serve`: the API and the web only; run as many as you like beside as many `work`. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.serve.description')).action(async () => {
    await serving(
      cli,
      async (services, signal) => {
        const server = await listen(services, signal);
        try {
          const setup = await setupUrl(services, server.url);
          const text = message('cli.serving', { url: server.url });
          cli.output.result(
            { url: server.url, port: server.port, setupUrl: setup },
            setup === null ? text : `${text}\n${message('cli.set_up', { url: setup })}`,
          );
          await stopped(signal);
          cli.output.say(message('cli.stopping'));
        } finally {
          await server.close();
        }
      },
      { migrations: 'require' },
    );
  });
});
