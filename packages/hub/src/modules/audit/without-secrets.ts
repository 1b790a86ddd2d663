import { CENSORED, redactText } from '../../platform/redact.ts';

/** Names whose values are secrets in whatever form; what merely says that there is one (`hasSecret: true`) stays. */
const SECRET_NAME =
  /pass(word|phrase|wd)?$|secret|token$|authorization|cookie|credential$|api[-_]?key$|private[-_]?key|code[-_]?verifier|sealed|backup[-_]?codes?|signature/i;
const EMAIL = /^[^\s@:/?]+@[^\s@:/?]+$/u;

/**
 * A copy of `value` for the audit: secrets known by their field's name, and those recognised inside text, are censored. Names,
 * addresses and e-mail addresses stay, for they are what an audit is about.
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return EMAIL.test(value) ? value : redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET_NAME.test(name) && typeof item === 'string' ? CENSORED : withoutSecrets(item),
    ]),
  );
}
