import { Hono } from 'hono';
import type { Control } from './control/control.ts';
import { controlRoutes } from './control/routes.ts';
import type { ApiLogEntry, RSeriesApi } from './r-series/routes.ts';
import { oauthRoutes } from './r-series/oauth/routes.ts';
import type { OAuthSite } from './r-series/oauth/routes.ts';
import type { XSeries } from './x-series/retailer.ts';

/** Everything that answers on the emulator's one origin. */
export interface AppParts {
  /** Undefined: the R-Series does not answer. */
  readonly api: RSeriesApi | undefined;
  /** Undefined: the X-Series does not answer. */
  readonly xSeries: XSeries | undefined;
  readonly control: Control;
  readonly controlToken: string;
  readonly site: OAuthSite;
  readonly log: (entry: ApiLogEntry) => void;
}

/** Routes by path: the API, sign-in, control, and a page that says where one is. */
export function createApp(parts: AppParts): Hono {
  const app = new Hono();
  // Errors that no part knows (a cut connection among them) are the caller's to see.
  app.onError((error) => {
    throw error;
  });
  const { api, xSeries } = parts;
  if (api !== undefined) app.all('/API/*', (context) => api.handle(context.req.raw));
  if (xSeries !== undefined) {
    app.all('/api/*', (context) => xSeries.handle(context.req.raw));
    app.all('/connect', (context) => xSeries.handle(context.req.raw));
  }
  app.use('/auth/*', async (context, next) => {
    await next();
    const { pathname } = new URL(context.req.url);
    parts.log({ method: context.req.method, path: pathname, status: context.res.status, client: null, cost: 0, level: null });
  });
  app.route('/', oauthRoutes(parts.site));
  app.route('/_control', controlRoutes(parts.control, parts.controlToken));
  app.get('/', (context) =>
    context.text(
      [
        'Lightspeed Retail, emulated.',
        'R-Series  /API/V3/Account.json  /auth/oauth/authorize  /settings/client-api-access',
        'X-Series  /api/2.0/sales  /api/2026-07/sales  /api/register_sales  /connect',
        'Control   /_control/',
        '',
      ].join('\n'),
    ),
  );
  return app;
}
