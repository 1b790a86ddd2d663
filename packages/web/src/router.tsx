import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { Broken } from './screens/broken.tsx';
import { NotFound } from './screens/not-found.tsx';
import { Shell } from './shell/shell.tsx';
import { daySearch } from './screens/day/search.ts';
import { integrationsSearch } from './screens/integrations/search.ts';
import { settingsSearch } from './screens/settings/search.ts';
import { proposedPeriod } from './screens/turnover/proposed-period.ts';
import { turnoverSearch } from './screens/turnover/search.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => ({ next: typeof search['next'] === 'string' && isOwnPath(search['next']) ? search['next'] : '/' }),
  component: lazyRouteComponent(() => import('./screens/door/sign-in.tsx'), 'SignIn'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search) => ({ token: typeof search['token'] === 'string' ? search['token'] : '' }),
  component: lazyRouteComponent(() => import('./screens/door/setup.tsx'), 'Setup'),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./screens/door/reset-password.tsx'), 'ResetPassword'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./screens/door/invitation.tsx'), 'Invitation'),
});
const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  component: lazyRouteComponent(() => import('./screens/door/confirm-email.tsx'), 'ConfirmEmail'),
});
const authorizeLink = createRoute({
  getParentRoute: () => root,
  path: '/authorize/$token',
  component: lazyRouteComponent(() => import('./screens/door/authorize-link.tsx'), 'AuthorizeLink'),
});
const authorizeDone = createRoute({
  getParentRoute: () => root,
  path: '/authorize/done',
  validateSearch: integrationsSearch,
  component: lazyRouteComponent(() => import('./screens/door/authorize-link.tsx'), 'AuthorizeDone'),
});
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/overview' });
  },
});
const overview = createRoute({
  getParentRoute: () => shell,
  path: '/overview',
  component: lazyRouteComponent(() => import('./screens/overview/overview.tsx'), 'Overview'),
});
const turnover = createRoute({
  getParentRoute: () => shell,
  path: '/turnover',
  validateSearch: turnoverSearch,
  beforeLoad: async ({ search }) => {
    if (search.from === '')
      throw redirect({ to: '/turnover', search: { ...search, ...(await proposedPeriod()) }, replace: true });
  },
  component: lazyRouteComponent(() => import('./screens/turnover/turnover.tsx'), 'Turnover'),
});
const integrations = createRoute({
  getParentRoute: () => shell,
  path: '/integrations',
  validateSearch: integrationsSearch,
  component: lazyRouteComponent(() => import('./screens/integrations/integrations.tsx'), 'Integrations'),
});
const connectionPage = createRoute({
  getParentRoute: () => shell,
  path: '/integrations/$connectionId',
  component: lazyRouteComponent(() => import('./screens/integrations/connection-page.tsx'), 'ConnectionPage'),
});
const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  component: lazyRouteComponent(() => import('./screens/activity/activity.tsx'), 'Activity'),
});
const stores = createRoute({
  getParentRoute: () => shell,
  path: '/stores',
  component: lazyRouteComponent(() => import('./screens/stores/stores.tsx'), 'Stores'),
});
const storeEdit = createRoute({
  getParentRoute: () => shell,
  path: '/stores/$storeId',
  component: lazyRouteComponent(() => import('./screens/stores/store-edit.tsx'), 'StoreEdit'),
});
const departments = createRoute({
  getParentRoute: () => shell,
  path: '/departments',
  component: lazyRouteComponent(() => import('./screens/departments/departments.tsx'), 'Departments'),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./screens/settings/settings.tsx'), 'Settings'),
});
const day = createRoute({
  getParentRoute: () => shell,
  path: '/days/$day',
  validateSearch: daySearch,
  component: lazyRouteComponent(() => import('./screens/day/day.tsx'), 'Day'),
});

const reconciles = createRoute({
  getParentRoute: () => shell,
  path: '/reconcile',
  component: lazyRouteComponent(() => import('./screens/reconcile/reconciles.tsx'), 'Reconciles'),
});

const reconcile = createRoute({
  getParentRoute: () => shell,
  path: '/reconcile/$id',
  component: lazyRouteComponent(() => import('./screens/reconcile/reconcile.tsx'), 'ReconcilePage'),
});

const receipt = createRoute({
  getParentRoute: () => shell,
  path: '/receipts/$posAccountId/$saleId',
  component: lazyRouteComponent(() => import('./screens/receipt/receipt.tsx'), 'Receipt'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    resetPassword,
    invitation,
    confirmEmail,
    authorizeLink,
    authorizeDone,
    shell.addChildren([
      home,
      overview,
      integrations,
      connectionPage,
      stores,
      storeEdit,
      departments,
      turnover,
      day,
      reconciles,
      reconcile,
      activity,
      settings,
      receipt,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Only a path of our own may be where somebody lands after signing in. */
function isOwnPath(path: string): boolean {
  return path.startsWith('/') && !path.startsWith('//') && !path.includes('\\');
}
