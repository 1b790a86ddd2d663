/** What can be connected, as data: the gallery, the capability grid and the choices of the wizard are drawn from it. */
import { AGE_GATE } from './attestation-text.ts';
import { type Host, HOSTS } from './hosts.ts';
import { type ScopeChoice, SCOPES } from './scopes.ts';

export type ProviderId = 'lightspeed-r' | 'lightspeed-x';
export type ApiTypeId = 'v3' | 'v2' | 'key' | 'personal_token' | 'oauth';
export type SignInKind = 'oauth' | 'personal_token' | 'api_key';

/** A field of the form that makes a connection of an API type; its name is the one in the request. */
export interface Field {
  readonly name: 'domainPrefix' | 'token' | 'apiKey' | 'expiresOn' | 'oauthClientId' | 'scopes' | 'hosts';
  readonly label: string;
  readonly kind: 'text' | 'secret' | 'expiry' | 'oauth_client' | 'scopes' | 'hosts';
  readonly required: boolean;
  readonly help: string | null;
}

export interface ApiType {
  readonly id: ApiTypeId;
  readonly name: string;
  readonly signIn: SignInKind;
  /** What people should know before they choose it; null when nothing. */
  readonly notice: string | null;
  /** Whether an OAuth client of one's own is needed, may be chosen, or plays no part. */
  readonly oauthClient: 'required' | 'optional' | 'none';
  /** Whether scopes can be chosen. */
  readonly scopes: boolean;
  readonly fields: readonly Field[];
}

/** A row of the capability grid (M13). */
export interface Feature {
  readonly feature: string;
  readonly label: string;
  readonly supported: boolean;
  /** On what terms; null when there are none. */
  readonly note: string | null;
}

/** Inline help: a heading and what to do, step by step. */
export interface Help {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly string[];
}

export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  /** The value of *Sourced from* (M11). */
  readonly connector: 'lightspeed';
  /** How a connection signs in. */
  readonly apiTypes: readonly ApiType[];
  readonly capabilities: readonly ('sales' | 'customers' | 'shops' | 'registers' | 'employees' | 'payment_types')[];
  readonly features: readonly Feature[];
  readonly scopes: readonly ScopeChoice[];
  readonly hosts: readonly Host[];
  /** What must be ticked before people's data may be used (M3). */
  readonly attestation: string;
  readonly help: readonly Help[];
}

const client: Field = {
  name: 'oauthClientId',
  label: 'OAuth 2.0 client',
  kind: 'oauth_client',
  required: true,
  help: 'How to retrieve the client ID and client secret',
};
const scopes: Field = { name: 'scopes', label: 'Scopes', kind: 'scopes', required: true, help: 'How to configure scopes' };
const hosts: Field = { name: 'hosts', label: 'Host', kind: 'hosts', required: false, help: null };
const prefix: Field = {
  name: 'domainPrefix',
  label: 'DomainPrefix',
  kind: 'text',
  required: true,
  help: 'The store’s name, as in https://NAME.retail.lightspeed.app; that address will do.',
};

const howToScopes: Help = {
  id: 'scopes',
  title: 'How to configure scopes',
  steps: [
    'The preset holds the least that we can work with; each scope says what it is for and what stops working without it.',
    'Choose scopes on the left and move them with >, or all of them with ». Then press Save.',
    'The POS shows the same list to whoever authorizes. A change takes effect when the connection is authorized again.',
  ],
};
const features = (webhooks: Feature): readonly Feature[] => [
  { feature: 'turnover', label: 'Turnover by store, department, day and hour', supported: true, note: null },
  { feature: 'receipts', label: 'Receipts with every version', supported: true, note: null },
  { feature: 'late_changes', label: 'Changes of any age', supported: true, note: null },
  { feature: 'customers', label: 'Customers and favorite store', supported: true, note: 'After the age gate was confirmed.' },
  { feature: 'registers', label: 'Registers mapped one by one', supported: true, note: null },
  { feature: 'history', label: 'Whole history imported', supported: true, note: null },
  webhooks,
  { feature: 'several', label: 'Several connections side by side', supported: true, note: 'One for each account of the POS.' },
];

export const providers: readonly Provider[] = [
  {
    id: 'lightspeed-r',
    name: 'Lightspeed R-Series',
    connector: 'lightspeed',
    apiTypes: [
      {
        id: 'v3',
        name: 'Lightspeed v3 (new)',
        signIn: 'oauth',
        notice: null,
        oauthClient: 'optional',
        scopes: true,
        fields: [{ ...client, required: false }, scopes, hosts],
      },
      {
        id: 'v2',
        name: 'Lightspeed v2 (old)',
        signIn: 'oauth',
        notice: 'The older version of the API. Signs in with the OAuth client of this installation.',
        oauthClient: 'optional',
        scopes: true,
        fields: [scopes, hosts],
      },
      {
        id: 'key',
        name: 'API key',
        signIn: 'api_key',
        notice:
          'The POS calls these keys deprecated: it may stop taking them. Where you can, authorize by OAuth, or use a token of the X-Series.',
        oauthClient: 'none',
        scopes: false,
        fields: [{ name: 'apiKey', label: 'API key', kind: 'secret', required: true, help: null }, hosts],
      },
    ],
    capabilities: ['sales', 'customers', 'shops', 'registers', 'employees', 'payment_types'],
    features: features({
      feature: 'webhooks',
      label: 'Changes within seconds',
      supported: false,
      note: 'The R-Series has no webhooks: changes are asked for every few minutes.',
    }),
    scopes: SCOPES['lightspeed-r'],
    hosts: HOSTS['lightspeed-r'],
    attestation: AGE_GATE,
    help: [
      howToScopes,
      {
        id: 'oauth_client',
        title: 'How to retrieve the client ID and client secret',
        steps: [
          'Register an application at https://cloud.lightspeedapp.com/oauth/register.php. Its name is what merchants see.',
          'Copy the redirect URI from here into the form; the POS accepts HTTPS only.',
          'Copy the client ID and the client secret from the POS into the fields here. The secret is stored encrypted and never shown again.',
        ],
      },
      {
        id: 'confirm',
        title: 'How to confirm the connection in the POS',
        steps: [
          'Open Settings, then Client API Access.',
          'We are listed there under the name of the application.',
          'Revoking there ends the access.',
        ],
      },
    ],
  },
  {
    id: 'lightspeed-x',
    name: 'Lightspeed X-Series',
    connector: 'lightspeed',
    apiTypes: [
      {
        id: 'personal_token',
        name: 'Personal token',
        signIn: 'personal_token',
        // X §2.2.
        notice: 'A personal token sees what an administrator sees; it cannot be limited.',
        oauthClient: 'none',
        scopes: false,
        fields: [
          { name: 'token', label: 'Token', kind: 'secret', required: true, help: 'How to make a personal token' },
          prefix,
          { name: 'expiresOn', label: 'Expires on', kind: 'expiry', required: false, help: null },
        ],
      },
      {
        id: 'oauth',
        name: 'OAuth 2.0',
        signIn: 'oauth',
        notice: null,
        oauthClient: 'required',
        scopes: true,
        fields: [client, scopes, { ...prefix, required: false }],
      },
    ],
    capabilities: ['sales', 'customers', 'shops', 'registers', 'employees', 'payment_types'],
    features: features({
      feature: 'webhooks',
      label: 'Changes within seconds',
      supported: true,
      note: 'Where this installation is reached by HTTPS; otherwise changes are asked for every few minutes.',
    }),
    scopes: SCOPES['lightspeed-x'],
    hosts: HOSTS['lightspeed-x'],
    attestation: AGE_GATE,
    help: [
      {
        id: 'token',
        title: 'How to make a personal token',
        steps: [
          'In the POS open Setup, then Personal Tokens.',
          'Press Add personal token and give it a name.',
          'Un-tick "allow to expire", or note the date.',
          'Press Generate and copy the token: the POS shows it once.',
        ],
      },
      howToScopes,
      {
        id: 'oauth_client',
        title: 'How to retrieve the client ID and client secret',
        steps: [
          'Sign in to the developer portal of the POS and add an application. Its name is what merchants see.',
          'Copy the redirect URI from here into the form; the POS accepts HTTPS only.',
          'Copy the client ID and the client secret into the fields here. The secret is stored encrypted and never shown again.',
        ],
      },
    ],
  },
];
