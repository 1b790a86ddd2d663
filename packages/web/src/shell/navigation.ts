/** The screens people can go to, in their order; each is shown to those who may read it. */
export const navigation = [
  { to: '/overview', label: 'nav.overview', permission: 'overview:read' },
  { to: '/integrations', label: 'nav.integrations', permission: 'connections:read' },
  { to: '/turnover', label: 'nav.turnover', permission: 'turnover:read' },
  { to: '/activity', label: 'nav.activity', permission: 'runs:read' },
] as const;
