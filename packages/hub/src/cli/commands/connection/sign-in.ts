import { type Command, Option } from 'commander';
import { message } from '../../../messages/message.ts';
import { listOAuthClients } from '../../../modules/connections/oauth-clients.ts';
import type { CredentialInput, StatedExpiry } from '../../../modules/connections/prepare-credential.ts';
import type { ProviderId } from '../../../modules/connections/providers.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import type { Cli } from '../../command.ts';
import { readSecret } from '../../secret-input.ts';

interface ClientOptions {
  readonly oauthClient?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly clientSecretFile?: string;
  readonly refreshToken?: string;
  readonly refreshTokenFile?: string;
  /** Somebody else authorizes it, by a link sent to this address: there is no token yet. */
  readonly sendLink?: string;
}

/** How an R-Series connection signs in, as given on the command line. */
export interface RSeriesOptions extends ClientOptions {
  readonly api: 'v3' | 'v2' | 'key';
  readonly apiKey?: string;
  readonly apiKeyFile?: string;
}

/** How an X-Series connection signs in, as given on the command line. */
export interface XSeriesOptions extends ClientOptions {
  readonly prefix: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly tokenExpires?: string;
}

/** What was given, with its secrets read; an OAuth client that was named is looked up in the organization. */
export type SignInFor = (services: Services, organizationId: string) => Promise<CredentialInput>;

/** Adds the options of an R-Series credential. */
export function takesRSeries(command: Command): Command {
  return takesClient(
    command
      .addOption(new Option('--api <version>', message('connection.api')).choices(['v3', 'v2', 'key']).default('v3'))
      .option('--api-key <key>', message('connection.api_key'))
      .option('--api-key-file <file>', message('connection.api_key_file')),
  );
}

/** Adds the options of an X-Series credential. */
export function takesXSeries(command: Command): Command {
  return takesClient(
    command
      .requiredOption('--prefix <prefix>', message('connection.prefix'))
      .option('--token <token>', message('connection.token'))
      .option('--token-file <file>', message('connection.token_file'))
      .option('--token-expires <day>', message('connection.token_expires')),
  );
}

function takesClient(command: Command): Command {
  return command
    .option('--oauth-client <name>', message('connection.oauth_client'))
    .option('--client-id <id>', message('connection.client_id'))
    .option('--client-secret <secret>', message('connection.client_secret'))
    .option('--client-secret-file <file>', message('connection.client_secret_file'))
    .option('--refresh-token <token>', message('connection.refresh_token'))
    .option('--refresh-token-file <file>', message('connection.refresh_token_file'));
}

/** @throws AppError `invalid_request` for what does not fit together. */
export async function readRSeries(cli: Cli, options: RSeriesOptions): Promise<SignInFor> {
  const { api } = options;
  if (api === 'key') {
    refuseBoth('--api-key', options.apiKey, options.apiKeyFile);
    refuseWith('--api key', ['--client-id', options.clientId], ['--refresh-token', options.refreshToken]);
    refuseWith('--api key', ['--send-link', options.sendLink]);
    const apiKey = options.apiKey ?? (await readSecret(cli, message('connection.ask_api_key'), options.apiKeyFile ?? '-'));
    return async () => Promise.resolve({ apiType: 'key', apiKey });
  }
  refuseWith(`--api ${api}`, ['--api-key', options.apiKey ?? options.apiKeyFile]);
  const by = await readOAuth(cli, 'lightspeed-r', options);
  return async (services, organizationId) => ({ apiType: api, ...(await by(services, organizationId)) });
}

/** @throws AppError `invalid_request` for what does not fit together. */
export async function readXSeries(cli: Cli, options: XSeriesOptions): Promise<SignInFor> {
  const { prefix } = options;
  if (options.clientId !== undefined || options.oauthClient !== undefined) {
    refuseWith('--client-id', ['--token', options.token ?? options.tokenFile], ['--token-expires', options.tokenExpires]);
    const by = await readOAuth(cli, 'lightspeed-x', options);
    return async (services, organizationId) => ({
      apiType: 'oauth',
      domainPrefix: prefix,
      ...(await by(services, organizationId)),
    });
  }
  refuseWith('--send-link', ['--token', options.sendLink === undefined ? undefined : (options.token ?? '')]);
  refuseBoth('--token', options.token, options.tokenFile);
  const expiry = readExpiry(options.tokenExpires);
  const token = options.token ?? (await readSecret(cli, message('connection.ask_token'), options.tokenFile ?? '-'));
  return async () => Promise.resolve({ apiType: 'personal_token', domainPrefix: prefix, token, expiry });
}

interface ByOAuth {
  readonly oauthClientId: string | null;
  readonly oauthClient: { readonly clientId: string; readonly clientSecret: string | null } | null;
  readonly refreshToken: string | undefined;
}

async function readOAuth(
  cli: Cli,
  provider: ProviderId,
  options: ClientOptions,
): Promise<(services: Services, organizationId: string) => Promise<ByOAuth>> {
  const { clientSecret, refreshToken } = await readSecrets(cli, options);
  const { clientId, oauthClient: wanted } = options;
  if (wanted !== undefined && clientId !== undefined) refuseWith('--oauth-client', ['--client-id', clientId]);
  const oauthClient = clientId === undefined ? null : { clientId, clientSecret };
  return async (services, organizationId) => {
    const oauthClientId = wanted === undefined ? null : await findClient(services, organizationId, provider, wanted);
    return { oauthClientId, oauthClient, refreshToken };
  };
}

async function findClient(services: Services, organizationId: string, provider: ProviderId, wanted: string): Promise<string> {
  const clients = (await listOAuthClients(services, organizationId)).filter((client) => client.provider === provider);
  const found = clients.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found.id;
  const names = clients.map(({ name }) => name).join(', ');
  throw new AppError('not_found', message('connection.unknown_client', { wanted, names }));
}

/** Secrets from the options, from files, or from stdin: the client's first, then the token. */
async function readSecrets(
  cli: Cli,
  options: ClientOptions,
): Promise<{ clientSecret: string | null; refreshToken: string | undefined }> {
  refuseBoth('--client-secret', options.clientSecret, options.clientSecretFile);
  refuseBoth('--refresh-token', options.refreshToken, options.refreshTokenFile);
  refuseWith('--send-link', ['--refresh-token', options.sendLink === undefined ? undefined : refreshGiven(options)]);
  const tokenFile = options.refreshTokenFile ?? '-';
  if (
    options.sendLink === undefined &&
    options.clientSecretFile === '-' &&
    options.refreshToken === undefined &&
    tokenFile === '-'
  ) {
    let text = '';
    for await (const chunk of cli.stdin) text += String(chunk);
    const [clientSecret = '', refreshToken = ''] = text.split(/\r?\n/);
    if (clientSecret === '' || refreshToken === '') {
      throw new AppError('invalid_request', message('cli.no_secret', { label: message('connection.ask_refresh_token') }));
    }
    return { clientSecret, refreshToken };
  }
  const clientSecret =
    options.clientSecret ??
    (options.clientSecretFile === undefined
      ? null
      : await readSecret(cli, message('connection.client_secret'), options.clientSecretFile));
  if (options.sendLink !== undefined) return { clientSecret, refreshToken: undefined };
  const refreshToken = options.refreshToken ?? (await readSecret(cli, message('connection.ask_refresh_token'), tokenFile));
  return { clientSecret, refreshToken };
}

function refreshGiven({ refreshToken, refreshTokenFile }: ClientOptions): string | undefined {
  return refreshToken ?? refreshTokenFile;
}

/** A day, `never`, or nothing. @throws AppError `invalid_request`. */
export function readExpiry(text: string | undefined): StatedExpiry {
  if (text === undefined) return { on: null, never: false };
  if (text === 'never') return { on: null, never: true };
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new AppError('invalid_request', message('connection.bad_day'));
  return { on: text, never: false };
}

function refuseBoth(option: string, value: string | undefined, file: string | undefined): void {
  if (value !== undefined && file !== undefined) throw new AppError('invalid_request', message('connection.twice', { option }));
}

function refuseWith(option: string, ...others: readonly (readonly [string, string | undefined])[]): void {
  const [other] = others.find(([, value]) => value !== undefined) ?? [];
  if (other !== undefined) throw new AppError('invalid_request', message('connection.not_with', { option, other }));
}
