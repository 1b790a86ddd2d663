/** Sign-in by better-auth: e-mail and password, organizations, two factors, limits. The only file that knows that library. */
import { createHash } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { organization, twoFactor } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, ownerAc } from 'better-auth/plugins/organization/access';
import { sql } from 'kysely';
import type { Services } from '../../platform/services.ts';
import { countAttempt } from './attempt-limit.ts';
import { roles } from './permissions.ts';

/** Where sign-in is mounted. */
export const AUTH_PATH = '/api/auth';
/** The header in which our own server tells the client's address; whatever a client sends in it is replaced. */
export const CLIENT_IP_HEADER = 'x-tillweave-client-ip';
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

const DAY_SECONDS = 86_400;
/** Sign-in attempts a person's address and an account may make. */
const ATTEMPTS_BY_ADDRESS = { window: 60, max: 10 };
const ATTEMPTS_BY_ACCOUNT = { windowSeconds: 900, max: 20 };

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
  return betterAuth({
    appName: 'Tillweave',
    baseURL: config.publicUrls[0].url,
    basePath: AUTH_PATH,
    secret: sealer.derive('sign-in'),
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
    session: { expiresIn: 7 * DAY_SECONDS, updateAge: DAY_SECONDS },
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
        '/get-session': false,
      },
    },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        if (context.path !== '/sign-in/email') return;
        const email: unknown = (context.body as Record<string, unknown> | undefined)?.['email'];
        if (typeof email !== 'string') return;
        const account = createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
        const retryAfterSeconds = await countAttempt(db, `sign-in:${account}`, ATTEMPTS_BY_ACCOUNT);
        if (retryAfterSeconds === null) return;
        throw new APIError('TOO_MANY_REQUESTS', { code: 'RATE_LIMITED', message: 'Too many attempts. Try again later.' });
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
    // Organizations also have a row of ours: they are made and changed by our own use cases only.
    disabledPaths: ['/organization/create', '/organization/update', '/organization/delete'],
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        ac: accessControl,
        roles: libraryRoles,
      }),
      twoFactor({ issuer: 'Tillweave' }),
    ],
  });
}

/** What the library itself guards (members, invitations); everything of ours is guarded by `permissions.ts`. */
const accessControl = createAccessControl(defaultStatements);
const nothing = accessControl.newRole({});
const libraryRoles = Object.fromEntries(
  roles.map((role) => [role, role === 'owner' ? ownerAc : role === 'admin' ? adminAc : nothing]),
);

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
