import { auditRoutes } from '../modules/audit/routes.ts';
import { lifeCycleRoutes } from '../modules/connections/life-cycle-routes.ts';
import { authorizeRoutes } from '../modules/connections/authorize-routes.ts';
import { oauthClientRoutes } from '../modules/connections/client-routes.ts';
import { connectionRoutes } from '../modules/connections/routes.ts';
import { receiptRoutes } from '../modules/ledger/routes.ts';
import { notificationRoutes } from '../modules/notifications/routes.ts';
import { organizationRoutes } from '../modules/organizations/routes.ts';
import { overviewRoutes } from '../modules/overview/routes.ts';
import { settingsRoutes } from '../modules/settings/routes.ts';
import { storeRoutes } from '../modules/stores/routes.ts';
import { problemRoutes } from '../modules/sync/problems-routes.ts';
import { syncRoutes } from '../modules/sync/routes.ts';
import { webhookRoutes } from '../modules/sync/webhooks/routes.ts';
import { turnoverRoutes } from '../modules/turnover/routes.ts';
import type { Route } from './route.ts';

/** Every route below /api/v1: what is mounted, documented, and walked by the access test. */
export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...auditRoutes,
  ...notificationRoutes,
  ...settingsRoutes,
  ...connectionRoutes,
  ...authorizeRoutes,
  ...oauthClientRoutes,
  ...lifeCycleRoutes,
  ...syncRoutes,
  ...problemRoutes,
  ...webhookRoutes,
  ...storeRoutes,
  ...turnoverRoutes,
  ...receiptRoutes,
  ...overviewRoutes,
];
