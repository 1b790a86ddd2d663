/** Sign-in by better-auth: e-mail and password, sessions, two factors, limits. The only file that knows that library. */
import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { parseEnvelope, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { twoFactor } from 'better-auth/plugins';
import { sql } from 'kysely';
import type { Services } from '../../platform/services.ts';
import { countAttempt } from './attempt-limit.ts';
import { guardSignIn, noteSignIn } from './sign-in-guard.ts';

/** Where sign-in is mounted. */
export const AUTH_PATH = '/api/auth';
/** The header in which our own server tells the client's address; whatever a client sends in it is replaced. */
export const CLIENT_IP_HEADER = 'x-tillweave-client-ip';
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

const DAY_SECONDS = 86_400;
/** Sign-in attempts an address may make, whoever they are for. */
const ATTEMPTS_BY_ADDRESS = { window: 60, max: 10 };
/** The library's routes that are ours to use. Members, invitations, sessions and forgotten passwords have routes of our own, with audit. */
const OPEN_PATHS = [
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
];

/** Whether sign-in has a route of this path (below where it is mounted) for anybody outside. */
export function isSignInPath(path: string): boolean {
  return OPEN_PATHS.includes(path);
}

export type Auth = ReturnType<typeof createAuth>;

const instances = new WeakMap<Services, Auth>();

/** The sign-in of these services, made at first use. */
export function authOf(services: Services): Auth {
  const known = instances.get(services);
  if (known !== undefined) return known;
  const auth = createAuth(services);
  instances.set(services, auth);
  return auth;
}

function createAuth(services: Services) {
  const { config, db, log, sealer } = services;
  const secrets = sealer.derivations('sign-in');
  const oldest = secrets.at(-1) ?? secrets[0];
  return betterAuth({
    appName: 'Tillweave',
    baseURL: config.publicUrls[0].url,
    basePath: AUTH_PATH,
    // Cookies are signed with the newest key; second factors that were sealed under an older one open until it is retired.
    secrets: secrets.map(({ keyId, value }) => ({ version: Number.parseInt(keyId, 16), value })),
    secret: oldest.value,
    // Origins are compared by our own middleware, which also knows under which address it was called.
    trustedOrigins: (request) => [...config.publicUrls.map(({ url }) => url), ...ownOrigin(request)],
    database: { db, type: 'postgres', schemaName: 'auth', transaction: true },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, text, ...more) => log[level]({ details: more }, text),
    },
    // Refusals are answers, not news; the library would print them past our log.
    onAPIError: {
      onError: (error) => {
        if (error instanceof APIError && error.statusCode < 500) log.debug({ code: error.status }, 'sign-in refused');
        else log.error({ err: error }, 'sign-in failed');
      },
    },
    advanced: {
      cookiePrefix: 'tillweave',
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
    },
    session: {
      expiresIn: 7 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      additionalFields: { activeOrganizationId: { type: 'string', required: false, input: false } },
    },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by the first set-up, by an owner or on the command line; never by whoever passes by.
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    rateLimit: {
      enabled: true,
      customStorage: {
        consume: async (key, { window, max }) => {
          const retryAfter = await countAttempt(db, `library:${key}`, { windowSeconds: window, max });
          return { allowed: retryAfter === null, retryAfter };
        },
      },
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': ATTEMPTS_BY_ADDRESS,
        '/two-factor/*': ATTEMPTS_BY_ADDRESS,
        '/change-password': ATTEMPTS_BY_ADDRESS,
        '/get-session': false,
      },
    },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        const attempt = attemptOf(context);
        if (attempt === null || (await guardSignIn(db, attempt)) === null) return;
        throw new APIError('TOO_MANY_REQUESTS', { code: 'RATE_LIMITED', message: 'Too many attempts. Try again later.' });
      }),
      after: createAuthMiddleware(async (context) => {
        const attempt = attemptOf(context);
        if (attempt !== null && !(context.context.returned instanceof APIError)) await noteSignIn(db, attempt);
      }),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: { ...session, activeOrganizationId: await firstOrganization(services, session.userId) },
          }),
        },
      },
    },
    plugins: [twoFactor({ issuer: 'Tillweave' })],
  });
}

interface Called {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Headers | undefined;
}

/** The try to sign in that a call of the library is; null for any other call. */
function attemptOf({ path, body, headers }: Called): { email: string; address: string } | null {
  if (path !== '/sign-in/email' || typeof body !== 'object' || body === null) return null;
  const email: unknown = 'email' in body ? body.email : null;
  return typeof email === 'string' ? { email, address: headers?.get(CLIENT_IP_HEADER) ?? 'unknown' } : null;
}

async function firstOrganization(services: Services, userId: string): Promise<string | null> {
  const row = await services.db
    .selectFrom('auth.member')
    .select('organizationId')
    .where('userId', '=', sql<string>`${userId}::uuid`)
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst();
  return row?.organizationId ?? null;
}

function ownOrigin(request: Request | undefined): string[] {
  const url = request?.url;
  return url !== undefined && URL.canParse(url) ? [new URL(url).origin] : [];
}

/** A second factor as it is stored. */
interface StoredFactor {
  readonly secret: string;
  readonly backupCodes: string;
}

/** The same factor under the newest key; null when it lies there already. */
export async function resealSecondFactor(auth: Auth, stored: StoredFactor): Promise<StoredFactor | null> {
  const { secretConfig: key } = await auth.$context;
  const isFresh = (text: string): boolean => typeof key !== 'string' && parseEnvelope(text)?.version === key.currentVersion;
  if (isFresh(stored.secret) && isFresh(stored.backupCodes)) return null;
  const again = async (data: string): Promise<string> => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) });
  return { secret: await again(stored.secret), backupCodes: await again(stored.backupCodes) };
}
