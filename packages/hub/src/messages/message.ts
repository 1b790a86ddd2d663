/** The one catalogue of visible text: API errors and everything the CLI says. English now; another language is another object of the same keys. */
import { en } from './en.ts';

export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * The text of `key` with each `{name}` replaced by its value. A name without a value stays visible as `{name}`,
 * so that a forgotten value is seen and never silently blank.
 */
export function message(key: MessageKey, values: MessageValues = {}): string {
  return en[key].replaceAll(/\{(\w+)\}/gu, (placeholder, name: string) => String(values[name] ?? placeholder));
}

/** Whether the catalogue has a text for `key`. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
