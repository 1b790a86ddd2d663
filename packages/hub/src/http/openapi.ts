import type { OpenAPIHono } from '@hono/zod-openapi';
import { readFileSync } from 'node:fs';
import type { HubEnv } from './environment.ts';

/** This release's version, from its package. */
export const VERSION = readVersion();

/** Adds what all routes share to the OpenAPI document. */
export function describeSecurity(app: OpenAPIHono<HubEnv>): void {
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
}

/** The OpenAPI 3.1 document of everything below /api/v1, built from the routes themselves. */
export function openApiDocument(app: OpenAPIHono<HubEnv>) {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Tillweave',
      version: VERSION,
      description:
        'Every receipt, on the right day. Money is integers in the minor unit, days are `YYYY-MM-DD`, instants ISO 8601 in UTC, ' +
        'quantities exact text. Errors are RFC 9457 problems with a stable `code`. Lists page by `cursor`. Changes take an ' +
        '`Idempotency-Key`: the same key and request within a day gets the first answer again.',
    },
    servers: [{ url: '/' }],
  });
}

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const content = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return content.version;
}
