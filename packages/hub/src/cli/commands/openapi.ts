import { message } from '../../messages/message.ts';
import { defineCommand } from '../command.ts';

/** `tillweave openapi`: the API's document, from the routes themselves; needs no database. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.openapi.description')).action(async () => {
    const { openApiDocument } = await import('../../http/document.ts');
    const document = openApiDocument();
    cli.output.result(document, () => JSON.stringify(document, null, 2));
  });
});
