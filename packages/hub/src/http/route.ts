/**
 * How a module declares its routes. Each states its permission and its shapes once; the mount checks the caller, parses the
 * input, and puts the same shapes into the OpenAPI document. The organization comes from the session or token alone.
 */
import type { RouteConfig } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Access, type Actor, requirePermission } from '../modules/organizations/access.ts';
import type { Permission } from '../modules/organizations/permissions.ts';
import type { ErrorCode } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import type { HubEnv } from './environment.ts';
import { jsonBody, type NoInput, noInput, rawQuery } from './input.ts';
import { problemResponses } from './problem.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type SuccessStatus = 200 | 201 | 202 | 204;

/** `public`: anybody. `session`: any signed-in person or token, whatever the role. Else the permission that is needed. */
export type Requirement = 'public' | 'session' | Permission;

/**
 * What a member who is limited to departments gets from a route. `department`: only what belongs to theirs, which the handler sees to
 * (`access.departmentIds`). `organization`: the same as everybody, for there are no figures, receipts or stores in it. `none`: their
 * own things, or nothing of an organization's.
 */
export type Scope = 'department' | 'organization' | 'none';

interface Definition<R extends z.ZodType, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: Method;
  /** Below /api/v1, parameters in braces: `/runs/{id}`. */
  readonly path: string;
  /** One line for the API page. */
  readonly summary: string;
  readonly description?: string;
  /** Chapter of the API page: Connections, Turnover … */
  readonly tag: string;
  readonly params?: P;
  /** A repeated parameter (`store=a&store=b`, also `store[]=a`) arrives as an array, a single one as text. */
  readonly query?: Q;
  /** JSON body. */
  readonly body?: B;
  /** JSON answer; left out for 204 and for streams. */
  readonly response?: R;
  /** 200 with a response, else 204. */
  readonly status?: SuccessStatus;
  /** Content type of a handler that returns a Response of its own, such as `text/event-stream`. */
  readonly produces?: string;
  readonly scope: Scope;
  /** Error codes of this route beyond those every route may give. */
  readonly errors?: readonly ErrorCode[];
}

interface ProtectedDefinition<
  R extends z.ZodType,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
> extends Definition<R, P, Q, B> {
  readonly permission: Permission | 'session';
}

/** What a public handler gets: parsed input and the services. `c` is for headers and streams. */
export interface PublicContext<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly services: Services;
  readonly c: Context<HubEnv>;
}

/** As PublicContext, with the caller. Every query takes `organizationId` from here. */
export interface RouteContext<P = unknown, Q = unknown, B = unknown> extends PublicContext<P, Q, B> {
  readonly organizationId: string;
  readonly actor: Actor;
  readonly access: Access;
}

/** The plain answer (its JSON is sent with the route's status), or a Response for streams and redirects. */
type Answer<R extends z.ZodType> = Promise<z.input<R> | Response> | z.input<R> | Response;

/** A declared route, ready to mount. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly requires: Requirement;
  readonly scope: Scope;
  readonly config: RouteConfig;
  readonly handle: (c: Context<HubEnv>, services: Services, access: Access | null) => Promise<Response>;
}

/** A route for callers with `permission` in their organization; a missing one is `forbidden`, nobody is `unauthenticated`. */
export function protectedRoute<
  R extends z.ZodType = z.ZodVoid,
  P extends z.ZodType = NoInput,
  Q extends z.ZodType = NoInput,
  B extends z.ZodType = NoInput,
>(
  definition: ProtectedDefinition<R, P, Q, B>,
  handler: (context: RouteContext<z.output<P>, z.output<Q>, z.output<B>>) => Answer<R>,
): Route {
  return makeRoute(definition, definition.permission, async (input, access) => {
    if (access === null) throw new Error('A protected route was mounted without authentication.');
    return handler({ ...input, organizationId: access.organizationId, actor: access.actor, access });
  });
}

/** A route for anybody: sign-in help, set-up, callbacks. Each such route must say in its description why it is open. */
export function publicRoute<
  R extends z.ZodType = z.ZodVoid,
  P extends z.ZodType = NoInput,
  Q extends z.ZodType = NoInput,
  B extends z.ZodType = NoInput,
>(
  definition: Definition<R, P, Q, B>,
  handler: (context: PublicContext<z.output<P>, z.output<Q>, z.output<B>>) => Answer<R>,
): Route {
  return makeRoute(definition, 'public', async (input) => handler(input));
}

function makeRoute<R extends z.ZodType, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<R, P, Q, B>,
  requires: Requirement,
  run: (input: PublicContext<z.output<P>, z.output<Q>, z.output<B>>, access: Access | null) => Promise<z.input<R> | Response>,
): Route {
  const status = definition.status ?? (definition.response === undefined && definition.produces === undefined ? 204 : 200);
  return {
    method: definition.method,
    path: definition.path,
    requires,
    scope: definition.scope,
    config: openApiConfig(definition, requires, status),
    handle: async (c, services, access) => {
      // The permission is checked before the input is looked at, so that a refusal tells nothing about shapes or ids.
      if (access !== null && requires !== 'public' && requires !== 'session') requirePermission(access, requires);
      const input = {
        params: (definition.params ?? noInput).parse(c.req.param()) as z.output<P>,
        query: (definition.query ?? noInput).parse(rawQuery(c)) as z.output<Q>,
        body: (definition.body === undefined ? {} : definition.body.parse(await jsonBody(c))) as z.output<B>,
        services,
        c,
      };
      const answer = await run(input, access);
      if (answer instanceof Response) return answer;
      return status === 204 ? c.body(null, 204) : c.json(answer as object, status);
    },
  };
}

function openApiConfig(
  definition: Definition<z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
  requires: Requirement,
  status: SuccessStatus,
): RouteConfig {
  const { params, query, body, response, produces } = definition;
  const content =
    response !== undefined
      ? { 'application/json': { schema: response } }
      : produces === undefined
        ? undefined
        : { [produces]: { schema: z.string() } };
  return {
    method: definition.method,
    path: `/api/v1${definition.path}`,
    summary: definition.summary,
    ...(definition.description === undefined ? {} : { description: definition.description }),
    tags: [definition.tag],
    ...(requires === 'public' ? { security: [] } : { security: [{ session: [] }, { accessToken: [] }] }),
    'x-permission': requires,
    'x-scope': definition.scope,
    request: {
      ...(params === undefined ? {} : { params: params as z.ZodObject }),
      ...(query === undefined ? {} : { query: query as z.ZodObject }),
      ...(body === undefined
        ? {}
        : { body: { required: !body.safeParse({}).success, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [status]: { description: 'Done', ...(content === undefined ? {} : { content }) },
      ...problemResponses(requires === 'public', definition.errors ?? []),
    },
  };
}
