/** What stands where a secret or a person's data was. */
export const CENSORED = '[redacted]';

const DEPTH_MAX = 8;
const LENGTH_MAX = 8_000;

/** Names of fields whose values never reach a log, whatever they hold. */
const SECRET_NAME =
  /pass(word|phrase|wd)?$|secret|token|authorization|cookie|credential|api[-_]?key|private[-_]?key|^key$|code[-_]?verifier|^code$|^state$|sealed|database[-_]?url|smtp[-_]?url|^otp$|signature/i;
const PERSONAL_NAME = /e-?mails?$|phones?$|mobile|first[-_]?name|last[-_]?name|^contact$|address|birth|^dob$|^customer$/i;
/** The database repeats whole rows in these. */
const ROW_NAME = /^(detail|where|parameters|hint|internalQuery|query)$/;
/** Fields that only look like one of the above. */
const HARMLESS_NAME = /^(tokens|accessTokens|secretKeyId|keyId|code)$/;
/** Codes and states of ours, of Node and of the database; an OAuth code or state is neither words nor that short. */
const HARMLESS_WORD = /^([a-z]{1,16}(_[a-z]{1,16})*|[A-Z0-9]{5}|[A-Z]{1,16}(_[A-Z0-9]{1,16})*)$/;

const IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${CENSORED}`],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, CENSORED],
  [/\bv1\.[0-9a-f]{8}\.[\w-]{20,}/g, CENSORED],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"]*):[^\s@"]+@/gi, `$1:${CENSORED}@`],
  [
    /\b((?:access_|refresh_|id_)?token|client_secret|code_verifier|code|state|password|api_?key)(=|%3D|\\?["']?:\s*\\?["'])([^\s&"'\\,}]{4,})/gi,
    `$1$2${CENSORED}`,
  ],
  // The last part of an address that the POS delivers to, or that was sent to somebody, is its key.
  [/(\/(?:hooks\/[a-z]+|authoriz(?:e|ations))\/)[\w-]{16,}/g, `$1${CENSORED}`],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, CENSORED],
];

/** A copy of `value` that is safe to write into a log: fields known by name and secrets recognised inside text are censored. */
export function redact(value: unknown): unknown {
  return clean(value, 0, new Set());
}

/** `text` with the secrets and addresses recognised inside it censored. */
export function redactText(text: string): string {
  const short = text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text;
  return IN_TEXT.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), short);
}

function clean(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEPTH_MAX || above.has(value)) return '[…]';
  const here = new Set(above).add(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1, here));
  if (value instanceof Map) return clean(Object.fromEntries(value), depth, here);
  if (value instanceof Set) return clean([...value], depth, here);
  if (value instanceof Headers) return clean(Object.fromEntries(value), depth, here);
  if (value instanceof URL) return redactText(value.href);
  const own = value instanceof Error ? errorFields(value) : Object.entries(value);
  return Object.fromEntries(own.map(([name, item]) => [name, isHidden(name, item) ? CENSORED : clean(item, depth + 1, here)]));
}

function isHidden(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean') return false;
  if (name === 'code' || name === 'state')
    return typeof value !== 'number' && !(typeof value === 'string' && HARMLESS_WORD.test(value));
  if (HARMLESS_NAME.test(name)) return false;
  return SECRET_NAME.test(name) || PERSONAL_NAME.test(name) || ROW_NAME.test(name);
}

function errorFields(error: Error): [string, unknown][] {
  const { name, message, stack, cause } = error;
  return [
    ['type', name],
    ['message', message],
    ['stack', stack],
    ...(cause === undefined ? [] : ([['cause', cause]] satisfies [string, unknown][])),
    ...Object.entries(error).filter(
      ([field, value]) => !['name', 'message', 'stack', 'cause'].includes(field) && isContent(value),
    ),
  ];
}

/** Drivers hang their whole machinery on an error (a client with its sockets): that tells nobody anything. */
function isContent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Error) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
