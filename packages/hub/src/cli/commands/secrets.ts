import { message } from '../../messages/message.ts';
import { resealAll, staleSecrets } from '../../modules/settings/reseal.ts';
import { readConfig } from '../../platform/config.ts';
import { generateKey } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { readSecretKey, writeSecretKeys } from '../../platform/secret-key.ts';
import { type Cli, defineCommand } from '../command.ts';
import { withServices } from '../open.ts';

/** `tillweave secrets rotate`: another key, and everything that is stored under it. */
export const command = defineCommand((command, cli) => {
  command
    .command('rotate')
    .description(message('cli.secrets.rotate'))
    .option('--finish', message('cli.secrets.finish'))
    .action(async ({ finish }: { finish?: true }) => (finish === true ? finishRotation(cli) : rotate(cli)));
});

/** With one key a new one is put in front; with several a rotation is under way, and is taken up where it stopped. */
async function rotate(cli: Cli): Promise<void> {
  const { keys, inFile, home } = await keysOf(cli);
  if (keys.length === 1) {
    const key = generateKey();
    if (!inFile) {
      cli.output.result({ key, next: 'TILLWEAVE_SECRET_KEY' }, message('cli.secrets.environment', { key }));
      return;
    }
    await writeSecretKeys(home, [key, ...keys]);
  }
  await withServices(cli, async (services, signal) => {
    const done = await resealAll(services, signal);
    const result = { keyId: services.sealer.keyId, ...done, finished: !signal.aborted };
    cli.output.result(result, message('cli.secrets.rotated', { ...done, keyId: services.sealer.keyId }));
    if (done.left > 0 || signal.aborted) cli.exitCode = 4;
  });
}

/** Forgets the older keys, once nothing lies under them. */
async function finishRotation(cli: Cli): Promise<void> {
  const { keys, inFile, home } = await keysOf(cli);
  await withServices(cli, async (services) => {
    const stale = await staleSecrets(services);
    if (stale > 0) throw new AppError('conflict', message('cli.secrets.stale', { stale }));
    const [newest] = keys;
    if (inFile && newest !== undefined) await writeSecretKeys(home, [newest]);
    const result = { keyId: services.sealer.keyId, forgotten: inFile ? keys.length - 1 : 0 };
    cli.output.result(result, message(inFile ? 'cli.secrets.finished' : 'cli.secrets.finish_environment', result));
  });
}

async function keysOf(cli: Cli): Promise<{ keys: string[]; inFile: boolean; home: string }> {
  const config = readConfig(cli.environment);
  const keys = (await readSecretKey(config)).split(',').map((key) => key.trim());
  return { keys, inFile: config.secretKey === null, home: config.home };
}
