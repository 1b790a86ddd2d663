/** Requests that somebody hostile or unlucky sends, and the exact answer to each. The connections' own are listed beside their module. */

/** What a hostile request knows of the organization it is sent to. */
export interface Target {
  readonly cookie: string;
  readonly storeId: string;
  readonly foreignStoreId: string;
}

export interface HostileRequest {
  readonly name: string;
  readonly method?: string;
  readonly path: string | ((target: Target) => string);
  /** Sent as JSON unless it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: without the owner's cookie. */
  readonly cookie?: ((cookie: string) => string) | null;
  readonly status: number;
  /** Of the problem document; null where the answer is none. */
  readonly code: string | null;
}

const LONG = 'x'.repeat(2_000_000);
const DEEP = '['.repeat(50_000) + ']'.repeat(50_000);
const name = (text: unknown): { name: unknown } => ({ name: text });
const NOBODY = { status: 401, code: 'unauthenticated' } as const;
const WRONG = { status: 400, code: 'invalid_request' } as const;
const MISSING = { status: 404, code: 'not_found' } as const;
const CROSS_SITE = { status: 403, code: 'forbidden' } as const;
const stores = { method: 'POST', path: '/api/v1/stores' } as const;
const settings = { method: 'PATCH', path: '/api/v1/settings/general' } as const;
const contacts = { method: 'PATCH', path: '/api/v1/settings/contacts' } as const;
const link = (url: string): object => ({ support: { links: [{ label: 'x', url }] } });
const accept = { method: 'POST', path: '/api/v1/invitations/accept', cookie: null } as const;
const GONE = { status: 410, code: 'link_invalid' } as const;

export const hostileRequests: readonly HostileRequest[] = [
  // Bodies
  { ...stores, name: 'a body of 2 MB', body: name(LONG), status: 413, code: 'payload_too_large' },
  { ...stores, name: 'a body that is not JSON', body: '{"name":', headers: { 'content-type': 'application/json' }, ...WRONG },
  { ...stores, name: 'a form posing as JSON', body: '{"name":"x"}', headers: { 'content-type': 'text/plain' }, ...WRONG },
  { ...stores, name: 'a form', body: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' }, ...WRONG },
  { ...stores, name: 'XML', body: '<name>x</name>', headers: { 'content-type': 'application/xml' }, ...WRONG },
  { ...stores, name: 'no body', ...WRONG },
  { ...stores, name: 'a list of 50,000 levels', body: DEEP, headers: { 'content-type': 'application/json' }, ...WRONG },
  { ...stores, name: 'null', body: null, ...WRONG },
  { ...stores, name: 'a list for an object', body: [name('x')], ...WRONG },
  { ...stores, name: 'a list for a text', body: name(['x']), ...WRONG },
  { ...stores, name: 'an object for a text', body: name({ $ne: null }), ...WRONG },
  { ...stores, name: 'a number for a text', body: name(1), ...WRONG },
  { ...stores, name: 'a blank name', body: name(' \t\n'), ...WRONG },
  { ...stores, name: 'a name of 100,000 letters', body: name('x'.repeat(100_000)), ...WRONG },
  {
    ...stores,
    name: 'another prototype',
    body: '{"__proto__":{"name":"x"}}',
    headers: { 'content-type': 'application/json' },
    ...WRONG,
  },
  { ...settings, name: 'a zero byte in a name', body: name('a\u0000b'), ...WRONG },
  { ...settings, name: 'a line break in a name', body: name('a\r\nBcc: x@example.test'), ...WRONG },
  { ...settings, name: 'a zone that is none', body: { timeZone: '../../etc/passwd' }, ...WRONG },
  { ...settings, name: 'a time that is none', body: { nightlyAt: '25:00' }, ...WRONG },
  { ...settings, name: 'a week of eight days', body: { weekStart: 8 }, ...WRONG },
  {
    ...settings,
    name: 'a number beyond all',
    body: '{"weekStart":1e999}',
    headers: { 'content-type': 'application/json' },
    ...WRONG,
  },
  { ...contacts, name: 'script behind a link', body: link('javascript:alert(1)'), ...WRONG },
  { ...contacts, name: 'script behind a link, disguised', body: link('JaVaScRiPt://example.test/%0Aalert(1)'), ...WRONG },
  { ...contacts, name: 'data behind a link', body: link('data:text/html,<script>alert(1)</script>'), ...WRONG },
  { ...contacts, name: 'an address that is none', body: { support: { email: 'a@b\r\nBcc: c@d' } }, ...WRONG },

  // Paths and queries
  { name: 'an id that is none', path: '/api/v1/connections/1%27%20or%201=1--', ...WRONG },
  { name: 'a zero byte in a path', path: '/api/v1/runs/%00', ...WRONG },
  { name: 'a broken escape in a path', path: '/api/v1/runs/%E0%A4%A', ...WRONG },
  {
    name: 'an id of somebody else',
    path: ({ foreignStoreId }) => `/api/v1/stores/${foreignStoreId}`,
    method: 'PUT',
    body: name('x'),
    ...MISSING,
  },
  { name: 'a way out of the files', path: '/..%2f..%2fetc%2fpasswd.txt', status: 404, code: null },
  { name: 'a way out of the API', path: '/api/v1/%2e%2e/%2e%2e/secret.key', status: 404, code: null },
  { name: 'a cursor of our making up', path: '/api/v1/audit?cursor=eyJpZCI6MX0', ...WRONG },
  { name: 'a cursor that is SQL', path: `/api/v1/audit?cursor=${encodeURIComponent("' or 1=1 --")}`, ...WRONG },
  { name: 'a million rows', path: '/api/v1/audit?limit=1000000', ...WRONG },
  { name: 'less than no rows', path: '/api/v1/audit?limit=-1', ...WRONG },
  { name: 'a day that is none', path: '/api/v1/turnover?from=2026-02-30&to=2026-03-01', ...WRONG },
  { name: 'two thousand years', path: '/api/v1/turnover?from=0001-01-01&to=2026-11-24', ...WRONG },
  { name: 'a wrong method', method: 'DELETE', path: '/api/v1/me', status: 405, code: 'method_not_allowed' },
  {
    name: 'a page of the sign-in library that is not ours',
    method: 'POST',
    path: '/api/auth/sign-up/email',
    body: {},
    ...MISSING,
  },
  {
    name: 'the library’s own way to members',
    method: 'POST',
    path: '/api/auth/organization/update-member-role',
    body: {},
    ...MISSING,
  },
  { name: 'the library’s list of sessions, with their tokens', path: '/api/auth/list-sessions', ...MISSING },

  // Cookies, tokens, origins
  { name: 'no cookie', path: '/api/v1/me', cookie: null, ...NOBODY },
  { name: 'a tampered cookie', path: '/api/v1/me', cookie: (cookie) => cookie.replace(/=.{6}/u, '=AAAAAA'), ...NOBODY },
  {
    name: 'a cookie without its signature',
    path: '/api/v1/me',
    cookie: (cookie) => cookie.replace(/(\.|%2E).*/u, ''),
    ...NOBODY,
  },
  {
    name: 'a cookie of 7,000 letters',
    path: '/api/v1/me',
    cookie: () => `tillweave.session_token=${'a'.repeat(7000)}`,
    ...NOBODY,
  },
  { name: 'a token that is none', path: '/api/v1/me', cookie: null, headers: { authorization: 'Bearer tw_x' }, ...NOBODY },
  {
    name: 'a token of nobody',
    path: '/api/v1/me',
    cookie: null,
    headers: { authorization: `Bearer tw_${'a'.repeat(8)}_${'a'.repeat(22)}_${'a'.repeat(43)}` },
    ...NOBODY,
  },
  { name: 'a password as a token', path: '/api/v1/me', cookie: null, headers: { authorization: 'Basic YTpi' }, ...NOBODY },
  { name: 'a bad token beside a good cookie', path: '/api/v1/me', headers: { authorization: 'Bearer tw_x' }, ...NOBODY },
  { ...stores, name: 'another site', body: name('x'), headers: { origin: 'https://evil.example' }, ...CROSS_SITE },
  { ...stores, name: 'no site at all', body: name('x'), headers: { origin: 'null' }, ...CROSS_SITE },
  { ...stores, name: 'our name with another port', body: name('x'), headers: { origin: 'http://localhost:81' }, ...CROSS_SITE },
  { ...stores, name: 'our name without encryption', body: name('x'), headers: { 'x-forwarded-proto': 'https' }, ...CROSS_SITE },
  { ...stores, name: 'a key that cannot be shown', body: name('x'), headers: { 'idempotency-key': 'a b' }, ...WRONG },
  { ...stores, name: 'a key of 1,000 letters', body: name('x'), headers: { 'idempotency-key': 'k'.repeat(1000) }, ...WRONG },

  // Links and accounts
  { ...accept, name: 'a link that never was', body: { token: 'nonsense' }, ...GONE },
  { ...accept, name: 'a link that is SQL', body: { token: "' or 1=1 --" }, ...GONE },
  { ...accept, name: 'a link of 3,000 letters', body: { token: 'a'.repeat(3000) }, ...WRONG },
  {
    name: 'a reset that never was',
    method: 'POST',
    path: '/api/v1/password-resets/confirm',
    cookie: null,
    body: { token: 'v1.00000000.AAAA', password: 'a long enough word' },
    ...GONE,
  },
  {
    name: 'a reset sealed for something else',
    method: 'POST',
    path: '/api/v1/email-changes/confirm',
    cookie: null,
    body: { token: 'v1.deadbeef.AAAA' },
    ...GONE,
  },
  {
    name: 'an address with a second one',
    method: 'POST',
    path: '/api/v1/password-resets',
    cookie: null,
    body: { email: 'a@example.test\r\nBcc: b@example.test' },
    ...WRONG,
  },
  {
    name: 'a role that is none',
    method: 'POST',
    path: '/api/v1/invitations',
    body: { email: 'a@example.test', role: 'god' },
    ...WRONG,
  },
  {
    name: 'a role of every object',
    method: 'POST',
    path: '/api/v1/invitations',
    body: { email: 'a@example.test', role: 'constructor' },
    ...WRONG,
  },
  {
    name: 'a right that is none',
    method: 'POST',
    path: '/api/v1/access-tokens',
    body: { name: 'x', permissions: ['toString'] },
    ...WRONG,
  },
  {
    name: 'an end that never comes',
    method: 'POST',
    path: '/api/v1/access-tokens',
    body: { name: 'x', permissions: ['stores:read'], expiresAt: 'never' },
    ...WRONG,
  },
  { name: 'a name that turns the line round', method: 'PATCH', path: '/api/v1/me', body: name('evil\u202Etxt.exe'), ...WRONG },
];

/** Text that is only text to us: kept as it is, letter for letter, and given back as JSON. What shows it must not run it. */
export const strangeNames: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd',
  '-2+3',
  "Robert'); drop table store; --",
  '${7*7}{{7*7}}',
  'Ægte Smørrebrød 🥪 مطعم 店',
  'e\u0301 and é',
  '../../etc/passwd',
  '%00%0d%0a',
];
