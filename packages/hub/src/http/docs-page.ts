import type { OpenAPIHono } from '@hono/zod-openapi';
import { docsHtml, docsScript, docsStyle } from './docs-page-content.ts';
import type { HubEnv } from './environment.ts';
import { openApiDocument } from './document.ts';

/**
 * `/api/openapi.json` and the page that shows it. The page is our own and self-contained: the usual viewers load their script from
 * elsewhere, which our content policy forbids and an offline installation cannot do.
 */
export function mountDocs(app: OpenAPIHono<HubEnv>): void {
  let document: ReturnType<typeof openApiDocument> | undefined;
  app.get('/api/openapi.json', (c) => c.json((document ??= openApiDocument()), 200, { 'cache-control': 'no-cache' }));
  app.get('/api/docs', (c) => c.html(docsHtml));
  app.get('/api/docs/page.js', (c) => c.body(docsScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/api/docs/page.css', (c) => c.body(docsStyle, 200, { 'content-type': 'text/css; charset=utf-8' }));
}
