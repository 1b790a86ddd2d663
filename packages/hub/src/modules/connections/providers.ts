/** What can be connected, as data: the gallery, the capability grid and the choices of the wizard are drawn from it. */

export interface ScopeChoice {
  readonly scope: string;
  /** Why we ask for it, in one sentence. */
  readonly reason: string;
}

export type ProviderId = 'lightspeed-r' | 'lightspeed-x';

export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  /** How a connection signs in, by API type. */
  readonly apiTypes: readonly {
    readonly id: 'v3' | 'personal_token';
    readonly name: string;
    readonly signIn: 'oauth' | 'personal_token';
  }[];
  readonly capabilities: readonly ('sales' | 'customers' | 'shops' | 'registers' | 'employees' | 'payment_types')[];
  /** The least we can work with. */
  readonly scopes: readonly ScopeChoice[];
}

/** Scopes after the vendor's scope table; employees and shops have no reading scope of their own. */
export const providers: readonly Provider[] = [
  {
    id: 'lightspeed-r',
    name: 'Lightspeed R-Series',
    apiTypes: [{ id: 'v3', name: 'Lightspeed v3 (new)', signIn: 'oauth' }],
    capabilities: ['sales', 'customers', 'shops', 'registers', 'employees', 'payment_types'],
    scopes: [
      { scope: 'employee:register_read', reason: 'Read sales, payments and registers.' },
      { scope: 'employee:customers_read', reason: 'Read customers, to count identified transactions.' },
      { scope: 'employee:reports', reason: 'Read shops and payment types.' },
      { scope: 'employee:admin_shops', reason: 'Read the shops with their time zones.' },
      { scope: 'employee:admin_employees', reason: 'Read the names of employees.' },
      { scope: 'employee:admin_void_sale', reason: 'See which sales were voided afterwards, and when.' },
    ],
  },
  {
    id: 'lightspeed-x',
    name: 'Lightspeed X-Series',
    apiTypes: [{ id: 'personal_token', name: 'Personal token', signIn: 'personal_token' }],
    capabilities: ['sales', 'customers', 'shops', 'registers', 'employees', 'payment_types'],
    // A personal token sees what an administrator sees; it cannot be limited (X §2.2).
    scopes: [],
  },
];

/** The scopes a new R-Series connection asks for unless told otherwise. */
export const R_SERIES_SCOPES: readonly string[] = providers.flatMap(({ id, scopes }) =>
  id === 'lightspeed-r' ? scopes.map(({ scope }) => scope) : [],
);
