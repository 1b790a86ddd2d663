import { OpenAPIHono } from '@hono/zod-openapi';
import { routes } from './routes.ts';
import { VERSION } from './version.ts';

const DESCRIPTION =
  'Every receipt, on the right day. Money is integers in the minor unit, days are `YYYY-MM-DD`, instants ISO 8601 in UTC, ' +
  'quantities exact text. Errors are RFC 9457 problems with a stable `code`. Lists page by `cursor`. Changes take an ' +
  '`Idempotency-Key`: the same key and request within a day gets the first answer again.';

/** The OpenAPI 3.1 document of everything below /api/v1, built from the routes themselves; needs no database and no server. */
export function openApiDocument() {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'tillweave.session_token',
    description: 'The browser session. Changes must come from our own origin.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'accessToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token of ours: `Authorization: Bearer tw_…`.',
  });
  for (const route of routes) app.openAPIRegistry.registerPath(route.config);
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Tillweave', version: VERSION, description: DESCRIPTION },
    servers: [{ url: '/' }],
  });
}
