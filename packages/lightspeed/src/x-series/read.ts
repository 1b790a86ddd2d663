/**
 * Readers of one field of an X-Series document (X §12). The same value is a number on one endpoint and text on the next, keys vanish when
 * they are empty, and three forms of time occur in one document; whatever is none of those is refused with a `FieldProblem`, because a
 * guess would become a wrong figure that nobody sees.
 */
import { parseAmount } from '../amount.ts';
import type { Amount } from '../amount.ts';
import { parseInstant } from '../instant.ts';
import type { Instant } from '../model.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Stable codes of `SetAside`. */
export type XProblemCode =
  | 'missing_id'
  | 'bad_number'
  | 'bad_time'
  | 'bad_text'
  | 'bad_shape'
  | 'unknown_state'
  | 'unknown_adjustment'
  | 'unknown_register'
  | 'discount_product_unknown';

/** Thrown by the readers, caught by `settingXAside`; never leaves the package. */
export class XFieldProblem {
  readonly code: XProblemCode;
  readonly path: string;
  readonly value: unknown;

  constructor(code: XProblemCode, path: string, value: unknown) {
    this.code = code;
    this.path = path;
    this.value = value;
  }
}

/** A part of a document and where it is, e.g. `line_items[2].pricing.`. */
export interface Section {
  readonly fields: Fields;
  readonly at: string;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function problem(section: Section, key: string, code: XProblemCode): XFieldProblem {
  return new XFieldProblem(code, `${section.at}${key}`, section.fields[key]);
}

/** Absent in any of the ways documents have: no key, null, `""`. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The first of several spellings that is there; the first one when none is. */
export function spelled(section: Section, keys: readonly [string, ...string[]]): string {
  for (const key of keys) if (!isAbsent(section.fields[key])) return key;
  return keys[0];
}

/** An embedded record, or an empty one when it is absent. */
export function readSection(section: Section, key: string): Section {
  const value = section.fields[key];
  const at = `${section.at}${key}.`;
  if (isAbsent(value)) return { fields: NOTHING, at };
  if (isFields(value)) return { fields: value, at };
  // PHP writes an empty object as an empty list.
  if (Array.isArray(value) && value.length === 0) return { fields: NOTHING, at };
  throw problem(section, key, 'bad_shape');
}

/** The records of a list; none when it is absent. */
export function readList(section: Section, key: string): readonly Section[] {
  const value = section.fields[key];
  if (isAbsent(value)) return NO_SECTIONS;
  if (!Array.isArray(value)) throw problem(section, key, 'bad_shape');
  const list: readonly unknown[] = value;
  return list.map((item, index) => {
    const at = `${section.at}${key}[${index}]`;
    if (!isFields(item)) throw new XFieldProblem('bad_shape', at, item);
    return { fields: item, at: `${at}.` };
  });
}

/** An id that must be there. Till-made UUIDs look irregular, store credits have base64: only what no id can be is refused. */
export function readXId(section: Section, key: string): string {
  const id = readOptionalXId(section, key);
  if (id === null) throw problem(section, key, 'missing_id');
  return id;
}

/** Null when absent. Some ids are numbers (payment types, promotions). */
export function readOptionalXId(section: Section, key: string): string | null {
  const value = section.fields[key];
  if (isAbsent(value)) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (typeof value !== 'string' || !isId(value)) throw problem(section, key, 'bad_shape');
  return value;
}

/** A number that must be there: a JSON number, or a plain decimal as text. */
export function readXAmount(section: Section, key: string): Amount {
  const amount = amountFrom(section.fields[key]);
  if (amount === null) throw problem(section, key, 'bad_number');
  return amount;
}

/** Null when absent. */
export function readOptionalXAmount(section: Section, key: string): Amount | null {
  return isAbsent(section.fields[key]) ? null : readXAmount(section, key);
}

/** A time that must be there. */
export function readXInstant(section: Section, key: string): Instant {
  const instant = instantFrom(section.fields[key]);
  if (instant === null) throw problem(section, key, 'bad_time');
  return instant;
}

export function readOptionalXInstant(section: Section, key: string): Instant | null {
  return isAbsent(section.fields[key]) ? null : readXInstant(section, key);
}

/** Text; `""` when absent. */
export function readXText(section: Section, key: string): string {
  const value = section.fields[key];
  if (typeof value === 'string') return value;
  if (isAbsent(value)) return '';
  if (typeof value === 'number') return String(value);
  throw problem(section, key, 'bad_text');
}

/** A list of texts; none when it is absent. */
export function readTexts(section: Section, key: string): readonly string[] {
  const value = section.fields[key];
  if (isAbsent(value)) return NO_TEXTS;
  if (!Array.isArray(value)) throw problem(section, key, 'bad_shape');
  const list: readonly unknown[] = value;
  return list.map((item, index) => {
    if (typeof item === 'string') return item;
    throw new XFieldProblem('bad_text', `${section.at}${key}[${index}]`, item);
  });
}

/** A 64-bit counter as digits; null when absent. A number beyond 2^53 is not exact any more: read the answer with `parseExactJson`. */
export function readVersion(section: Section, key: string): string | null {
  const value = section.fields[key];
  if (isAbsent(value)) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  throw problem(section, key, 'bad_number');
}

/** `2026-07-14T02:11:09+00:00`, `…Z`, or the old `2026-07-14 02:11:09`, which is UTC (X §12). Null for anything else. */
export function instantFrom(value: unknown): Instant | null {
  if (typeof value !== 'string') return null;
  if (value.length === 19 && value.charCodeAt(10) === SPACE)
    return parseInstant(`${value.slice(0, 10)}T${value.slice(11)}+00:00`);
  return parseInstant(value);
}

/** What `JSON.parse` made of a decimal is read back as the shortest text that means the same number: exactly what stood there. */
function amountFrom(value: unknown): Amount | null {
  if (typeof value === 'number') return Number.isFinite(value) ? parseAmount(String(value)) : null;
  return typeof value === 'string' ? parseAmount(value) : null;
}

function isId(text: string): boolean {
  return text.length <= 64 && /^[\w=+/.:-]+$/.test(text);
}

const NOTHING: Fields = {};
const NO_SECTIONS: readonly Section[] = [];
const NO_TEXTS: readonly string[] = [];
const SPACE = 32;
