import { Hono } from 'hono';
import type { Context } from 'hono';
import { OAuthError, accessDenied, oauthErrorBody } from '../errors.ts';
import { jwks } from './jwt.ts';
import { clientAccessPage, consentPage } from './pages.ts';
import { knownScopes, splitScopes } from './scopes.ts';
import { invalidRequest } from './store.ts';
import type { OAuthClient, OAuthStore, OldTokenAnswer, TokenAnswer } from './store.ts';

/** What the sign-in pages know of the account. */
export interface OAuthSite {
  readonly store: OAuthStore;
  readonly accountName: string;
  readonly accountId: string;
  readonly owner: { readonly user: string; readonly password: string; readonly userId: string };
  /** Told about answers of the token endpoint before they are sent; may throw to lose them after they were made. */
  readonly onTokenAnswer: (grantType: string) => void;
}

/** The new OAuth server (R §2): authorize, token, revoke, introspect, keys, and the merchant's list of applications; and the old one. */
export function oauthRoutes(site: OAuthSite): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    if (!(error instanceof OAuthError)) throw error;
    return answerError(context, error);
  });
  app.get('/auth/oauth/authorize', (context) => {
    const request = readAuthorization(site, (name) => context.req.query(name));
    return context.html(showConsent(site, request));
  });
  app.post('/auth/oauth/authorize', async (context) => {
    const body = await readBody(context);
    const request = readAuthorization(site, (name) => body[name]);
    return decide(site, context, request, body);
  });
  app.post('/auth/oauth/token', async (context) => {
    const body = await readBody(context);
    const answer = exchange(site.store, context, body);
    site.onTokenAnswer(body['grant_type'] ?? '');
    return context.json(answer, 200, { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
  });
  // The old server (R §2.1): the same consent, other tokens.
  app.get('/oauth/authorize.php', (context) => {
    const request = readAuthorization(site, (name) => context.req.query(name));
    return context.html(showConsent(site, request));
  });
  app.post('/oauth/access_token.php', async (context) => {
    const body = await readBody(context);
    const answer = exchangeOld(site.store, context, body);
    site.onTokenAnswer(body['grant_type'] ?? '');
    return context.json(answer, 200, { 'Cache-Control': 'no-store' });
  });
  app.all('/oauth/access_token.php', (context) => answerError(context, invalidRequest('Use POST', 405)));
  app.all('/auth/oauth/token', (context) => answerError(context, invalidRequest('Use POST', 405)));
  app.post('/auth/oauth/revoke', async (context) => {
    const body = await readBody(context);
    authenticateClient(site.store, context, body);
    const token = body['refresh_token'] ?? body['token'];
    if (token === undefined || token === '') throw invalidRequest('Check the `refresh_token` parameter');
    site.store.revoke(token);
    return context.json({});
  });
  app.get('/auth/oauth/introspect', (context) => context.json(introspect(site, context)));
  app.get('/.well-known/jwks', (context) => context.json(jwks()));
  app.get('/settings/client-api-access', (context) => context.html(clientAccessPage(site.accountName, site.store.grants())));
  app.post('/settings/client-api-access/revoke', async (context) => {
    const body = await readBody(context);
    if (!site.store.revokeGrant(body['grant'] ?? '')) return context.text('No such application.', 404);
    return context.redirect('/settings/client-api-access', 303);
  });
  return app;
}

interface Authorization {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined;
  /** What the form sends back. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** Reads the request of R §2.2. Its errors are answered here, never by redirect: who asks is not known to be who it says. */
function readAuthorization(site: OAuthSite, get: (name: string) => string | undefined): Authorization {
  const client = site.store.client(get('client_id'));
  if (client === undefined) throw new OAuthError(400, 'invalid_client', 'Client authentication failed');
  if (get('response_type') !== 'code') throw invalidRequest('Check the `response_type` parameter');
  const scopes = readScopes(get('scope'));
  const given = get('redirect_uri');
  const redirectUri = client.redirectUri ?? given;
  if (redirectUri === undefined || !URL.canParse(redirectUri) || redirectUri.includes('#')) {
    throw invalidRequest('Check the `redirect_uri` parameter');
  }
  if (client.redirectUri !== undefined && given !== undefined && given !== '' && given !== client.redirectUri) {
    throw invalidRequest('Check the `redirect_uri` parameter');
  }
  const challenge = readChallenge(client, get('code_challenge'), get('code_challenge_method'));
  const names = ['response_type', 'client_id', 'scope', 'state', 'redirect_uri', 'code_challenge', 'code_challenge_method'];
  const hidden = Object.fromEntries(names.flatMap((name) => (get(name) === undefined ? [] : [[name, get(name) ?? '']])));
  return { client, redirectUri, scopes, state: get('state'), challenge, hidden };
}

function readScopes(parameter: string | undefined): readonly string[] {
  const scopes = splitScopes(parameter ?? '');
  const wrong = scopes.find((scope) => !knownScopes.has(scope));
  if (scopes.length === 0 || wrong !== undefined) {
    const hint = wrong === undefined ? 'Specify a scope in the request or set a default scope' : `Check the \`${wrong}\` scope`;
    throw new OAuthError(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed', hint);
  }
  return scopes;
}

function readChallenge(client: OAuthClient, value: string | undefined, method: string | undefined): Authorization['challenge'] {
  if (value === undefined || value === '') {
    if (client.clientSecret === undefined) throw invalidRequest('Code challenge must be provided for public clients');
    return undefined;
  }
  if (method !== undefined && method !== 'S256' && method !== 'plain') {
    throw invalidRequest('Code challenge method must be one of `plain`, `S256`');
  }
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value))
    throw invalidRequest('Code challenge must follow the specifications of RFC-7636.');
  return { value, method: method ?? 'plain' };
}

function showConsent(site: OAuthSite, request: Authorization, problem?: string): ReturnType<typeof consentPage> {
  return consentPage({
    client: request.client,
    accountName: site.accountName,
    scopes: request.scopes,
    hidden: request.hidden,
    login: { user: site.owner.user, password: site.owner.password },
    ...(problem === undefined ? {} : { problem }),
  });
}

function decide(
  site: OAuthSite,
  context: Context,
  request: Authorization,
  body: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  const answer = new URL(request.redirectUri);
  if (request.state !== undefined) answer.searchParams.set('state', request.state);
  if (body['decision'] === 'deny') {
    answer.searchParams.set('error', 'access_denied');
    answer.searchParams.set('error_description', 'The resource owner or authorization server denied the request.');
    return context.redirect(answer.href, 302);
  }
  // A form that only says "authorize" is signed in as the owner; one that names somebody must get the password right.
  const login = body['login'] ?? site.owner.user;
  const password = body['password'] ?? site.owner.password;
  if (login !== site.owner.user || password !== site.owner.password) {
    return context.html(showConsent(site, request, 'E-mail or password is not right.'), 401);
  }
  if (body['decision'] !== 'authorize') return context.html(showConsent(site, request, 'Choose one of the two buttons.'), 400);
  const grant = site.store.grant(request.client, site.owner.userId, request.scopes);
  answer.searchParams.set('code', site.store.issueCode(grant, request.redirectUri, request.challenge));
  return context.redirect(answer.href, 302);
}

function exchange(store: OAuthStore, context: Context, body: Readonly<Record<string, string>>): TokenAnswer {
  const grantType = body['grant_type'];
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
    throw new OAuthError(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
      'Check that all required parameters have been provided',
    );
  }
  const client = authenticateClient(store, context, body);
  if (grantType === 'refresh_token') {
    const token = body['refresh_token'];
    if (token === undefined || token === '') throw invalidRequest('Check the `refresh_token` parameter');
    return store.refresh(client, token);
  }
  const code = body['code'];
  if (code === undefined || code === '') throw invalidRequest('Check the `code` parameter');
  return store.exchange(client, code, body['code_verifier']);
}

function exchangeOld(store: OAuthStore, context: Context, body: Readonly<Record<string, string>>): OldTokenAnswer {
  const client = authenticateClient(store, context, body);
  if (body['grant_type'] === 'authorization_code') return store.exchangeOld(client, body['code'] ?? '');
  if (body['grant_type'] === 'refresh_token') return store.refreshOld(client, body['refresh_token'] ?? '');
  throw new OAuthError(400, 'unsupported_grant_type', 'The grant type is not supported.');
}

/** From the body, or HTTP Basic. Public clients send no secret. */
function authenticateClient(store: OAuthStore, context: Context, body: Readonly<Record<string, string>>): OAuthClient {
  const basic = readBasic(context.req.header('Authorization'));
  const clientId = body['client_id'] ?? basic?.user;
  const secret = body['client_secret'] ?? basic?.password;
  if (clientId === undefined || clientId === '') throw invalidRequest('Check the `client_id` parameter');
  const client = store.client(clientId);
  if (client === undefined || (client.clientSecret !== undefined && client.clientSecret !== secret)) {
    throw new OAuthError(401, 'invalid_client', 'Client authentication failed');
  }
  return client;
}

function introspect(site: OAuthSite, context: Context): Record<string, unknown> {
  const token = readBearer(context.req.header('Authorization'));
  if (token === undefined) throw accessDenied('Missing "Authorization" header');
  const described = site.store.describe(token);
  if (described === undefined) return { active: false };
  return {
    active: true,
    client_id: described.grant.client.clientId,
    sub: described.grant.userId,
    acct: site.accountId,
    scope: described.grant.scopes.join(' '),
    exp: Math.floor(described.expiresAt / 1000),
  };
}

/** The token of `Authorization: Bearer …` or of the old scheme `OAuth …`. */
export function readBearer(header: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header ?? '')?.[1];
}

export function readBasic(header: string | undefined): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { user, password: rest.join(':') };
}

/** Urlencoded, multipart and JSON bodies alike. Fields that are no text are left out. */
async function readBody(context: Context): Promise<Record<string, string>> {
  const type = context.req.header('Content-Type') ?? '';
  const fields: Record<string, unknown> = type.includes('json') ? await readJson(context) : await context.req.parseBody();
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') texts[name] = value;
    else if (typeof value === 'number') texts[name] = String(value);
  }
  return texts;
}

async function readJson(context: Context): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await context.req.json();
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    throw invalidRequest('The body is not valid JSON');
  }
}

function answerError(context: Context, error: OAuthError): Response {
  return context.body(JSON.stringify(oauthErrorBody(error)), error.status as 400, {
    'Content-Type': 'application/json',
    ...(error.status === 401 && context.req.header('Authorization') !== undefined
      ? { 'WWW-Authenticate': 'Basic realm="OAuth"' }
      : {}),
    ...error.headers,
  });
}
