/** Keys whose values never appear in a log, an error or a RequestInfo. Contact filters are personal data. */
const SECRET_KEYS =
  /([?&;,\s"'{]|^)((?:access_|refresh_)?token|client_secret|code|code_verifier|api_?key|password|secret|Contact\.\w+|email|phone)("?\s*[=:]\s*"?)([^&\s"',}]+)/gi;
const BEARER = /\b(Bearer|Basic|OAuth)\s+[A-Za-z0-9._~+/=-]{6,}/gi;
const JWT = /\beyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9._-]+/g;
const MAIL = /[^\s"'<>=&,;:]+@[^\s"'<>=&,;:]+\.[A-Za-z]{2,}/g;

/** Text from the wire made fit to be shown: tokens, secrets and e-mail addresses masked, cut to `lengthMax`. */
export function redact(text: string, secrets: readonly string[] = [], lengthMax = 300): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, MASK);
  clean = clean.replace(BEARER, `$1 ${MASK}`).replace(JWT, MASK).replace(SECRET_KEYS, `$1$2$3${MASK}`).replace(MAIL, MASK);
  return clean.length > lengthMax ? `${clean.slice(0, lengthMax - 1)}…` : clean;
}

const MASK = '***';
