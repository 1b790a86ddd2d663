import {
  ActivityIcon,
  ChartIcon,
  DepartmentsIcon,
  OverviewIcon,
  PlugIcon,
  ScalesIcon,
  SettingsIcon,
  StoreIcon,
} from '../shared/icons.tsx';

/** The screens people can go to, in their order; each is shown to those who may read it, the settings to everybody. */
export const navigation = [
  { to: '/overview', label: 'nav.overview', permission: 'overview:read', Icon: OverviewIcon },
  { to: '/integrations', label: 'nav.integrations', permission: 'connections:read', Icon: PlugIcon },
  { to: '/stores', label: 'nav.stores', permission: 'stores:read', Icon: StoreIcon },
  { to: '/departments', label: 'nav.departments', permission: 'stores:read', Icon: DepartmentsIcon },
  { to: '/turnover', label: 'nav.turnover', permission: 'turnover:read', Icon: ChartIcon },
  { to: '/reconcile', label: 'nav.reconcile', permission: 'stores:write', Icon: ScalesIcon },
  { to: '/activity', label: 'nav.activity', permission: 'runs:read', Icon: ActivityIcon },
  { to: '/settings', label: 'nav.settings', permission: null, Icon: SettingsIcon },
] as const;
