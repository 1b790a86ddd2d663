import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import { mountDocs } from './docs-page.ts';
import type { HubEnv } from './environment.ts';
import { problemResponse } from './errors.ts';
import { mountHealth } from './health.ts';
import { requestLog } from './middleware/request-log.ts';
import { sameOrigin } from './middleware/same-origin.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { mountRoutes } from './mount.ts';
import { routes } from './routes.ts';
import { mountSignIn } from './sign-in.ts';
import { mountWeb } from './web-files.ts';

const BODY_BYTES_MAX = 1_048_576;

export interface AppOptions {
  /** Where the built web lies; found by itself unless a test says otherwise. */
  readonly webFolder?: string;
  /** Aborted when the process is told to stop. */
  readonly stopping?: AbortSignal;
}

/** The whole HTTP side of the hub: API, its document and page, sign-in, and the web's files. */
export function createApp(services: Services, options: AppOptions = {}): OpenAPIHono<HubEnv> {
  const app = new OpenAPIHono<HubEnv>();
  const ourUrls = services.config.publicUrls.map(({ url }) => url);
  app.onError((error, c) => problemResponse(c, error));
  app.use(requestLog(services));
  app.use(securityHeaders({ https: ourUrls.every((url) => url.startsWith('https:')) }));
  app.use(compress());
  app.use(sameOrigin(ourUrls));
  app.use(
    bodyLimit({
      maxSize: BODY_BYTES_MAX,
      onError: () => {
        throw new AppError('payload_too_large', 'The body is larger than 1 MiB.');
      },
    }),
  );
  mountHealth(app, services, options.stopping === undefined ? {} : { stopping: options.stopping });
  mountSignIn(app, services);
  mountRoutes(app, services, routes);
  mountDocs(app);
  app.all('/api/*', () => {
    throw new AppError('not_found', 'There is no such address in the API.');
  });
  mountWeb(app, options.webFolder === undefined ? undefined : [options.webFolder]);
  app.notFound((c) => problemResponse(c, new AppError('not_found', 'There is nothing at this address.')));
  return app;
}
