import { z } from 'zod';
import { defaultHome } from './database/embedded/home.ts';
import { AppError } from './errors.ts';

/** The port `start` and `serve` listen on unless `PORT` says otherwise. */
export const DEFAULT_PORT = 4080;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const HIGHEST_PORT = 65_535;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** One address under which people reach the hub. */
export interface PublicUrl {
  /** The region it was given for (`na=https://…`), or `default`. */
  readonly name: string;
  /** Origin and path without a trailing slash. */
  readonly url: string;
}

/** Everything the environment decides, read and checked once at the start. */
export interface Config {
  /** Null: the embedded database in `home`. */
  readonly databaseUrl: string | null;
  /** Absolute folder for the embedded database and the generated secret key. */
  readonly home: string;
  /** As given: one key, or several separated by commas, the newest first; null when the key lives in a file of `home`. */
  readonly secretKey: string | null;
  /** Never empty; without `TILLWEAVE_PUBLIC_URL` it is `http://localhost:PORT`. */
  readonly publicUrls: readonly [PublicUrl, ...PublicUrl[]];
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where `work` answers for its health and metrics; null: nowhere. 0 lets the system choose. */
  readonly workPort: number | null;
  readonly logLevel: LogLevel;
  readonly smtpUrl: string | null;
  /** Origin of the R-Series API, without `/API`. */
  readonly rBaseUrl: string;
  /** Origin of the R-Series sign-in, without `/auth/oauth`. */
  readonly rAuthUrl: string;
  /** The instance's own OAuth client at the R-Series, for connections that bring none; null when there is none. */
  readonly rClientId: string | null;
  /** Its secret; null for a public client. */
  readonly rClientSecret: string | null;
  /** The name under which the R-Series lists that client, for people to look for (M5); null when nobody said. */
  readonly rClientName: string | null;
  /** Template of the X-Series origin, with `{prefix}`. */
  readonly xBaseUrl: string;
}

/**
 * Reads the configuration. Empty values count as absent.
 *
 * @throws AppError `config_invalid` naming the variable and what it should look like.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const get = (name: string): string | null => environment[name]?.trim() || null;
  const port = readPort(get('PORT'));
  return {
    databaseUrl: get('DATABASE_URL'),
    home: readHome(get('TILLWEAVE_HOME'), environment),
    secretKey: get('TILLWEAVE_SECRET_KEY'),
    publicUrls: readPublicUrls(get('TILLWEAVE_PUBLIC_URL'), port),
    port,
    workPort: get('TILLWEAVE_WORK_PORT') === null ? null : readPort(get('TILLWEAVE_WORK_PORT'), 'TILLWEAVE_WORK_PORT'),
    logLevel: readLogLevel(get('LOG_LEVEL')),
    smtpUrl: readSmtpUrl(get('SMTP_URL')),
    rBaseUrl: readOrigin(
      'TILLWEAVE_R_BASE_URL',
      get('TILLWEAVE_R_BASE_URL') ?? 'https://api.lightspeedapp.com',
      /\/API(\/V3)?$/i,
    ),
    rAuthUrl: readOrigin(
      'TILLWEAVE_R_AUTH_URL',
      get('TILLWEAVE_R_AUTH_URL') ?? 'https://cloud.lightspeedapp.com',
      /\/(auth\/)?oauth$/i,
    ),
    rClientId: get('TILLWEAVE_R_CLIENT_ID'),
    rClientSecret: get('TILLWEAVE_R_CLIENT_SECRET'),
    rClientName: get('TILLWEAVE_R_CLIENT_NAME'),
    xBaseUrl: readTemplate(get('TILLWEAVE_X_BASE_URL') ?? 'https://{prefix}.retail.lightspeed.app'),
  };
}

function invalid(name: string, wanted: string): AppError {
  // The value itself is not repeated: addresses may carry a password.
  return new AppError('config_invalid', `${name} is not ${wanted}.`, { details: { name, wanted } });
}

function readHome(value: string | null, environment: NodeJS.ProcessEnv): string {
  if (value === null) return defaultHome(environment);
  if (!value.startsWith('/')) throw invalid('TILLWEAVE_HOME', 'an absolute path');
  return value.length > 1 ? value.replace(/\/+$/, '') : value;
}

function readPort(value: string | null, name = 'PORT'): number {
  if (value === null) return DEFAULT_PORT;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > HIGHEST_PORT) throw invalid(name, `a port number (0 to ${HIGHEST_PORT})`);
  return port;
}

function readLogLevel(value: string | null): LogLevel {
  const level = z.enum(LOG_LEVELS).safeParse((value ?? 'info').toLowerCase());
  if (!level.success) throw invalid('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`);
  return level.data;
}

function readPublicUrls(value: string | null, port: number): [PublicUrl, ...PublicUrl[]] {
  if (value === null) return [{ name: 'default', url: `http://localhost:${port}` }];
  const [first, ...others] = value.split(',').map((entry) => readPublicUrl(entry.trim()));
  const names = new Set([first, ...others].map((entry) => entry?.name));
  if (first === undefined || names.size !== others.length + 1)
    throw invalid(
      'TILLWEAVE_PUBLIC_URL',
      'a list of addresses with a name each, such as na=https://one.example,eu=https://two.example',
    );
  return [first, ...others];
}

function readPublicUrl(entry: string): PublicUrl {
  const named = /^([a-z][a-z0-9-]*)=(.*)$/i.exec(entry);
  return { name: named?.[1] ?? 'default', url: readOrigin('TILLWEAVE_PUBLIC_URL', named?.[2] ?? entry, null) };
}

function readOrigin(name: string, value: string, tolerated: RegExp | null): string {
  const url = parseUrl(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw invalid(name, 'an http(s) address without user, query or fragment');
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (tolerated === null ? path : path.replace(tolerated, ''));
}

function readTemplate(value: string): string {
  const trimmed = value.replace(/\/+$/, '').replace(/\/api$/i, '');
  // The emulator serves every retailer on one origin, so the place for the prefix may be missing.
  const url = parseUrl(trimmed.replaceAll('{prefix}', 'prefix'));
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw invalid('TILLWEAVE_X_BASE_URL', 'an http(s) address, with {prefix} where the domain prefix belongs');
  return trimmed;
}

function readSmtpUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = parseUrl(value);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol)) throw invalid('SMTP_URL', 'an smtp:// or smtps:// address');
  return value;
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
