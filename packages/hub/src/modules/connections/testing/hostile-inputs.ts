/** What somebody may try, and the code each of it ends with. Nothing of it may cause a request to a host that is not the vendor's. */

/** What is no X-Series store, as typed or pasted into the field. Each is `invalid_request`. */
export const HOSTILE_PREFIXES: readonly (readonly [what: string, prefix: string])[] = [
  ['an address elsewhere', 'https://evil.example/'],
  ['a store of ours as a path elsewhere', 'https://evil.example/demostore.retail.lightspeed.app'],
  ['a store of ours as a user elsewhere', 'https://demostore.retail.lightspeed.app@evil.example/'],
  ['a user and a password before the store', 'https://user:password@demostore.retail.lightspeed.app/'],
  ['the vendor’s host as a part of another', 'https://demostore.retail.lightspeed.app.evil.example/'],
  ['a host that ends alike', 'https://demostore.evilretail.lightspeed.app/'],
  ['a host that ends alike, without a dot', 'https://retail.lightspeed.app/'],
  ['two labels', 'https://a.b.retail.lightspeed.app/'],
  ['two labels as a name', 'demo.store'],
  ['the shared host, where secrets are not sent', 'secure'],
  ['the shared host by its address', 'https://secure.retail.lightspeed.app/connect'],
  ['the developers’ host', 'developers'],
  ['another scheme', 'ftp://demostore.retail.lightspeed.app/'],
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:text/html,demostore'],
  ['a file', 'file:///etc/passwd'],
  ['a path upwards', '../demostore'],
  ['a slash', 'demostore/evil.example'],
  ['an encoded slash', 'demostore%2fevil.example'],
  ['a backslash', 'demostore\\evil.example'],
  ['an at sign', 'demostore@evil.example'],
  ['a fragment', 'evil.example#demostore'],
  ['a query', 'evil.example?demostore'],
  ['a port', 'demostore:8080'],
  ['a line break and a header', 'demostore\r\nHost: evil.example'],
  ['a null', 'demostore\u0000.evil.example'],
  ['a space', 'demo store'],
  ['a template', '{prefix}'],
  ['an address of this machine', 'localhost:5432'],
  ['a number that is an address', '2130706433/'],
  ['an address in brackets', '[::1]'],
  ['the metadata service of a cloud', 'http://169.254.169.254/latest/meta-data'],
  ['a hyphen first', '-demostore'],
  ['a hyphen last', 'demostore-'],
  ['an underscore', 'demo_store'],
  ['letters that look alike (Cyrillic)', 'dеmоstоre'],
  ['an ideographic full stop', 'demostore。evil'],
  ['letters of full width', 'ｄｅｍｏ．ｅｖｉｌ'],
  ['a right-to-left mark', 'demo\u202Estore'],
  ['64 letters, one more than a label has', 'a'.repeat(64)],
  ['markup', '<img src=x onerror=alert(1)>'],
  ['a formula', '=HYPERLINK("https://evil.example")'],
];

/** What may come to the address the POS sends browsers back to, for a sign-in that is under way, and how that ends. */
export const HOSTILE_RETURNS: readonly (readonly [
  what: string,
  change: Readonly<Record<string, string | null>>,
  code: string,
])[] = [
  ['no state', { state: null }, 'oauth_state_invalid'],
  ['an empty state', { state: '' }, 'oauth_state_invalid'],
  ['another state', { state: 'x'.repeat(43) }, 'oauth_state_invalid'],
  ['a state in other letters', { state: 'STATE' }, 'oauth_state_invalid'],
  ['no code', { code: null }, 'oauth_state_invalid'],
  ['an empty code', { code: '' }, 'oauth_state_invalid'],
  ['a made-up code', { code: 'made-up' }, 'oauth_expired'],
  ['no store', { domain_prefix: null }, 'oauth_state_invalid'],
  ['a store that is an address', { domain_prefix: 'evil.example/' }, 'oauth_state_invalid'],
  ['a store behind an at sign', { domain_prefix: 'demostore@evil.example' }, 'oauth_state_invalid'],
  ['a store with a path', { domain_prefix: 'demostore/../evil' }, 'oauth_state_invalid'],
  ['the shared host as a store', { domain_prefix: 'secure' }, 'oauth_state_invalid'],
  ['a store by its address', { domain_prefix: 'https://demostore.retail.lightspeed.app' }, 'oauth_state_invalid'],
  ['a store in other letters', { domain_prefix: 'DemoStore' }, 'oauth_state_invalid'],
  ['a line break in the store', { domain_prefix: 'demostore\r\nevil' }, 'oauth_state_invalid'],
  ['a refusal with markup', { error: '<script>alert(1)</script>' }, 'oauth_denied'],
  ['a refusal with a line break', { error: 'access_denied\r\nLocation: https://evil.example' }, 'oauth_denied'],
];

/** What may be pasted as the address one came back to. Each is `invalid_request`. */
export const HOSTILE_PASTES: readonly (readonly [what: string, url: string])[] = [
  ['nothing', ''],
  ['words', 'it did not work'],
  ['an address without an answer', 'https://na.example.test/integrations'],
  ['a state alone', 'https://na.example.test/?state=x'],
  ['two states', 'https://na.example.test/?state=x&state=y&code=z'],
  ['two codes', 'https://na.example.test/?state=x&code=y&code=z'],
  ['a script', 'javascript:location="?state=x&code=y"'],
  ['data', 'data:text/html,?state=x&code=y'],
  ['a file', 'file:///tmp/?state=x&code=y'],
  ['a user and a password', 'https://user:password@na.example.test/?state=x&code=y'],
  ['an answer behind the fragment', 'https://na.example.test/#?state=x&code=y'],
  ['far too much', `https://na.example.test/?state=x&code=${'y'.repeat(9000)}`],
];

/** What an answer of the POS may name as its next page. Each is `pos_shape_changed`, and nothing is fetched from it. */
export const HOSTILE_NEXT_LINKS: readonly (readonly [what: string, next: string])[] = [
  ['another host', 'https://evil.example/API/V3/Account/900001/Shop.json'],
  ['another host without a scheme', '//evil.example/API/V3/Account/900001/Shop.json'],
  ['our host as a user', 'https://api.example.test@evil.example/API/V3/Account/900001/Shop.json'],
  ['another port', 'https://api.example.test:8443/API/V3/Account/900001/Shop.json'],
  ['another account', 'https://api.example.test/API/V3/Account/900002/Shop.json'],
  ['another resource', 'https://api.example.test/API/V3/Account/900001/Employee.json'],
  ['a path upwards', 'https://api.example.test/API/V3/Account/900001/../900002/Shop.json'],
  ['the sign-in', 'https://api.example.test/auth/oauth/token'],
  ['another scheme', 'ftp://api.example.test/API/V3/Account/900001/Shop.json'],
  ['a script', 'javascript:alert(1)'],
  ['no address', 'https://'],
];

/** Whom the browser says it called; where the POS is told to come back to is one of our configured addresses all the same. */
export const HOSTILE_HOSTS: readonly string[] = [
  'evil.example',
  'na.example.test.evil.example',
  'evil.example:443',
  '127.0.0.1:9999',
];
