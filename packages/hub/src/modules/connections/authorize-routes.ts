import { z } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context } from 'hono';
import { protectedRoute, publicRoute, type Route } from '../../http/route.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type Access, auditActorOf } from '../organizations/access.ts';
import { authenticate } from '../organizations/authenticate.ts';
import {
  beginByLink,
  readAuthorizationLink,
  returningByLink,
  sendAuthorizationLink,
  settleLink,
  withdrawAuthorizationLink,
} from './authorization-link.ts';
import { AUTHORIZE_MINUTES, beginAuthorization } from './authorize.ts';
import { getCard } from './card.ts';
import {
  type AuthorizationOutcome,
  type AuthorizationReturn,
  completeAuthorization,
  type Returning,
} from './complete-authorization.ts';
import { readPastedReturn } from './paste-return.ts';
import type { ProviderId } from './providers.ts';
import { CALLBACK_PATHS, publicBase, redirectUri } from './redirect-uri.ts';
import { authorizeSchema, linkSchema, openLinkSchema, pastedSchema } from './schemas.ts';

const tag = 'Connections';
const scope = 'organization';
const params = z.object({ id: z.uuid() });
const publicUrl = z.string().max(100).optional().openapi({ description: 'Name of the public address to come back to' });
const linkParams = z.object({ token: z.string().max(100) });
/** Binds a sent link to the browser that opened it. */
const LINK_COOKIE = 'tillweave_authorization';
const COOKIE_PATH = '/api/v1/oauth';

const returned = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(5000).optional(),
  error: z.string().max(500).optional(),
  domain_prefix: z.string().max(100).optional(),
  scope: z.string().max(4000).optional(),
});

/** Signing in at the POS: by the person at the screen, by somebody with a sent link, by pasting the address one came back to. */
export const authorizeRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/authorize',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Begin the sign-in at the POS: send the browser to the address in the answer',
      description:
        'Also while the connection is frozen: bringing the answer back sends one request, for the tokens; they are stored, the ' +
        'connection stays frozen, and the account is compared once it is thawed.',
      params,
      query: z.object({ publicUrl }),
      response: z.object({ url: z.url() }),
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, access, params, query, c }) => {
      const comeBackTo = (provider: ProviderId) => redirectUri(services, provider, c.req.url, query.publicUrl ?? null);
      const ref = { organizationId, connectionId: params.id };
      const url = await beginAuthorization(services, ref, { sessionId: sessionOf(access), comeBackTo, whileFrozen: true });
      return { url: url.href };
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/authorize/change',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Begin the sign-in at the POS in another way than until now: API type, OAuth client, scopes, hosts',
      description: 'It is taken up when the authorization ends well; until then the connection goes on with what it has.',
      params,
      query: z.object({ publicUrl }),
      body: authorizeSchema,
      response: z.object({ url: z.url() }),
      errors: ['not_found', 'conflict'],
    },
    async ({ services, organizationId, access, params, query, body, c }) => {
      const comeBackTo = (provider: ProviderId) => redirectUri(services, provider, c.req.url, query.publicUrl ?? null);
      const ref = { organizationId, connectionId: params.id };
      const url = await beginAuthorization(services, ref, {
        sessionId: sessionOf(access),
        comeBackTo,
        change: body,
        whileFrozen: true,
      });
      return { url: url.href };
    },
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/authorize/paste',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Finish the sign-in with the address the POS sent the browser to',
      description:
        'For installations without HTTPS, where that page does not open. The code in it lives 60 seconds (R-Series). Ends as the callback ' +
        'does: `code` says why it failed.',
      params,
      body: z.object({ url: z.string().max(10_000) }),
      response: pastedSchema,
      errors: ['not_found'],
    },
    async ({ services, organizationId, access, params, body }) => {
      const ref = { organizationId, connectionId: params.id };
      await getCard(services, ref);
      const sent = readPastedReturn(body.url);
      const { connectionId, error } = await completeAuthorization(services, returningBySession(access), sent);
      const connection = await getCard(services, { organizationId, connectionId: connectionId ?? params.id });
      return { outcome: error === null ? ('connected' as const) : ('failed' as const), code: error?.code ?? null, connection };
    },
  ),
  ...callback('lightspeed-r', 'R-Series'),
  ...callback('lightspeed-x', 'X-Series'),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/invite-authorization',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Send somebody without an account a link to sign in at the POS; good once',
      params,
      body: z.object({ email: z.email().max(254), days: z.int().min(1).max(30).default(7) }),
      status: 201,
      response: linkSchema,
      errors: ['not_found', 'conflict', 'connection_frozen'],
    },
    async ({ services, organizationId, access, params, body, c }) =>
      sendAuthorizationLink(
        services,
        { organizationId, connectionId: params.id },
        { ...body, actor: auditActorOf(access), base: publicBase(services, c.req.url) },
      ),
  ),
  protectedRoute(
    {
      method: 'delete',
      path: '/connections/{id}/invite-authorization',
      permission: 'connections:write',
      scope,
      tag,
      summary: 'Withdraw the link that waits',
      params,
      errors: ['not_found'],
    },
    async ({ services, organizationId, access, params }) =>
      withdrawAuthorizationLink(services, { organizationId, connectionId: params.id }, auditActorOf(access)),
  ),
  publicRoute(
    {
      method: 'get',
      path: '/authorizations/{token}',
      scope: 'none',
      tag,
      summary: 'What a sent link is about',
      description:
        'Open to whoever holds the link: it names the company, the connection and what is asked for, and nothing else.',
      params: linkParams,
      response: openLinkSchema,
      errors: ['not_found'],
    },
    async ({ services, params }) => readAuthorizationLink(services, params.token),
  ),
  publicRoute(
    {
      method: 'post',
      path: '/authorizations/{token}/begin',
      scope: 'none',
      tag,
      summary: 'Begin the sign-in at the POS by a sent link',
      description: 'Open to whoever holds the link; only the browser that begins can finish.',
      params: linkParams,
      response: z.object({ url: z.url() }),
      errors: ['not_found', 'conflict', 'connection_frozen', 'oauth_expired', 'oauth_state_invalid'],
    },
    async ({ services, params, c }) => {
      const url = await beginByLink(services, params.token, (provider) => redirectUri(services, provider, c.req.url));
      setCookie(c, LINK_COOKIE, params.token, {
        path: COOKIE_PATH,
        httpOnly: true,
        sameSite: 'Lax',
        secure: publicBase(services, c.req.url).startsWith('https:'),
        maxAge: AUTHORIZE_MINUTES * 60,
      });
      return { url: url.href };
    },
  ),
];

function callback(provider: ProviderId, series: string): Route[] {
  return [
    publicRoute(
      {
        method: 'get',
        path: CALLBACK_PATHS[provider].replace('/api/v1', ''),
        scope: 'none',
        tag,
        summary: `Where the ${series} sends the browser back to`,
        description:
          'Open to the address, not to the person: only the session or the sent link that began the sign-in can finish it. Ends on the web page.',
        query: returned,
        produces: 'text/html',
      },
      async ({ services, query, c }) => c.redirect(await finished(services, query, c), 303),
    ),
  ];
}

/** The page a person comes back to; a path of ours, nothing sent in. */
async function finished(services: Services, sent: AuthorizationReturn, c: Context): Promise<string> {
  const access = await authenticate(services, c.req.raw.headers);
  if (access !== null && access.sessionId !== null && access.permissions.has('connections:write')) {
    const outcome = await completeAuthorization(services, returningBySession(access), sent);
    if (!isForeign(outcome)) return page('/integrations', outcome);
  }
  const token = getCookie(c, LINK_COOKIE);
  const byLink = token === undefined ? null : await returningByLink(services, token);
  if (byLink === null) {
    const error = new AppError('oauth_state_invalid', 'This sign-in was not started here.');
    return page(token === undefined || access !== null ? '/integrations' : '/authorize/done', { connectionId: null, error });
  }
  const outcome = await completeAuthorization(services, byLink, sent);
  if (outcome.error === null && outcome.connectionId !== null) {
    await settleLink(services, byLink, outcome.connectionId);
    deleteCookie(c, LINK_COOKIE, { path: COOKIE_PATH });
  }
  return page('/authorize/done', outcome);
}

/** Whether an answer belongs to a sign-in that somebody else began. */
function isForeign({ connectionId, error }: AuthorizationOutcome): boolean {
  return connectionId === null && error?.code === 'oauth_state_invalid';
}

/** `/integrations?outcome=connected|failed&connection=…&code=…`. Who came by a link is not told our ids. */
function page(path: '/integrations' | '/authorize/done', { connectionId, error }: AuthorizationOutcome): string {
  const query = new URLSearchParams({ outcome: error === null ? 'connected' : 'failed' });
  if (connectionId !== null && path === '/integrations') query.set('connection', connectionId);
  if (error !== null) query.set('code', error.code);
  return `${path}?${query.toString()}`;
}

function sessionOf({ sessionId }: Access): string {
  if (sessionId !== null) return sessionId;
  throw new AppError('forbidden', 'A sign-in at the POS is bound to a browser session; an access token has none.');
}

function returningBySession(access: Access): Returning {
  return { organizationId: access.organizationId, sessionId: sessionOf(access), actor: auditActorOf(access) };
}
