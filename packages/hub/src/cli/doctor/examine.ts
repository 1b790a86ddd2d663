import { VERSION } from '../../http/version.ts';
import { message } from '../../messages/message.ts';
import { type Config, readConfig } from '../../platform/config.ts';
import { createSealer, type Sealer } from '../../platform/crypto.ts';
import { openDatabase } from '../../platform/database/open.ts';
import { toAppError } from '../../platform/errors.ts';
import { readSecretKey } from '../../platform/secret-key.ts';
import { examineDatabase } from './database.ts';
import { failed, type Finding, ok } from './finding.ts';
import { examineDisk, examineMail, examineNode, examineSettings } from './machine.ts';

/** Looks at everything, going on past what is wrong as far as it can. */
export async function examine(environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const config = attempt('settings', () => readConfig(environment));
  const version = ok('version', VERSION);
  if ('finding' in config) return [version, examineNode(), config.finding];
  const sealer = await attemptAsync('secret key', async () => createSealer(await readSecretKey(config.value)));
  const secretKey =
    'finding' in sealer ? sealer.finding : ok('secret key', message('cli.doctor.key', { id: sealer.value.keyId }));
  const inside = await openAndExamine(config.value, 'finding' in sealer ? null : sealer.value);
  return [
    version,
    examineNode(),
    examineSettings(config.value),
    examineMail(config.value),
    secretKey,
    ...inside,
    await examineDisk(config.value.home),
  ];
}

async function openAndExamine(config: Config, sealer: Sealer | null): Promise<Finding[]> {
  const database = await attemptAsync('database', () => openDatabase(config, { migrations: 'ignore', poolSize: 2 }));
  if ('finding' in database) return [database.finding];
  try {
    return await examineDatabase(database.value, config, sealer);
  } catch (error) {
    return [asFinding('database', error)];
  } finally {
    await database.value.close();
  }
}

type Attempt<T> = { readonly value: T } | { readonly finding: Finding };

function attempt<T>(check: Finding['check'], run: () => T): Attempt<T> {
  try {
    return { value: run() };
  } catch (error) {
    return { finding: asFinding(check, error) };
  }
}

async function attemptAsync<T>(check: Finding['check'], run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    return { finding: asFinding(check, error) };
  }
}

/** Our errors carry their remedy in their sentence. */
function asFinding(check: Finding['check'], error: unknown): Finding {
  const { code, message: text, cause } = toAppError(error);
  return failed(check, code, code === 'internal' && cause instanceof Error ? `${text} (${cause.message})` : text);
}
