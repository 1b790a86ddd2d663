/**
 * Another process that uses the embedded database, for tests: `node embedded-child.ts HOME [packaged|system]`.
 * Prints `{"url"}` or `{"code","message"}` as one line, then leaves when its stdin ends.
 */
import { joinEmbedded } from '../packages/hub/src/platform/database/embedded/server.ts';
import { toAppError } from '../packages/hub/src/platform/errors.ts';

const [home = '', binaries = 'auto'] = process.argv.slice(2);
try {
  const server = await joinEmbedded({
    home,
    binaries: binaries === 'packaged' || binaries === 'system' ? binaries : 'auto',
    durable: false,
    settings: { fsync: 'off' },
  });
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  for await (const _ of process.stdin) {
    // Nothing is said; only the end counts.
  }
  await server.leave();
} catch (error) {
  const { code, message, cause } = toAppError(error);
  process.stdout.write(`${JSON.stringify({ code, message, cause: String(cause) })}\n`);
}
