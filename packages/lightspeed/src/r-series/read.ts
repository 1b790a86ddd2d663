/**
 * Readers of one field of an R-Series document (R §6). All scalars are text there; anything else, and any text that is not exactly a
 * number, a boolean or a time, is refused with a `FieldProblem`: a guess would become a wrong figure that nobody sees.
 */
import { parseAmount, ZERO } from '../amount.ts';
import type { Amount } from '../amount.ts';
import { parseInstant } from '../instant.ts';
import type { Instant } from '../model.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Stable codes of `SetAside`. */
export type ProblemCode = 'missing_id' | 'bad_number' | 'bad_time' | 'bad_boolean' | 'bad_text' | 'bad_shape';

/** Thrown by the readers, caught by `settingAside`; never leaves the package. */
export class FieldProblem {
  readonly code: ProblemCode;
  readonly key: string;
  readonly value: unknown;

  constructor(code: ProblemCode, key: string, value: unknown) {
    this.code = code;
    this.key = key;
    this.value = value;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The many ways an empty element is written: no key, `""`, `{}`, `[]`, null, attributes only. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (key !== '@attributes') return false;
  return true;
}

/** An id that must be there: digits, not `0`. */
export function readId(fields: Fields, key: string): string {
  const id = readOptionalId(fields, key);
  if (id === null) throw new FieldProblem('missing_id', key, fields[key]);
  return id;
}

/** A foreign key: null when absent, empty or `0`. */
export function readOptionalId(fields: Fields, key: string): string | null {
  const value = fields[key];
  if (value === undefined || value === '' || value === '0') return null;
  if (typeof value !== 'string' || !isId(value)) throw new FieldProblem('bad_shape', key, value);
  return value;
}

/** A number that must be there. */
export function readAmount(fields: Fields, key: string): Amount {
  const value = fields[key];
  const amount = typeof value === 'string' ? parseAmount(value) : null;
  if (amount === null) throw new FieldProblem('bad_number', key, value);
  return amount;
}

/** A number that newer or older documents lack: `absent` (0) without the key; a key with anything but a number is refused. */
export function readOptionalAmount(fields: Fields, key: string, absent: Amount = ZERO): Amount {
  return fields[key] === undefined ? absent : readAmount(fields, key);
}

export function readBoolean(fields: Fields, key: string): boolean {
  const value = fields[key];
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new FieldProblem('bad_boolean', key, value);
}

/** False without the key. */
export function readOptionalBoolean(fields: Fields, key: string): boolean {
  return fields[key] === undefined ? false : readBoolean(fields, key);
}

export function readInstant(fields: Fields, key: string): Instant {
  const value = fields[key];
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) throw new FieldProblem('bad_time', key, value);
  return instant;
}

/** Null without the key: that is how the R-Series writes "no date". A key that is no time is refused. */
export function readOptionalInstant(fields: Fields, key: string): Instant | null {
  return fields[key] === undefined ? null : readInstant(fields, key);
}

/** Text; `""` when absent or written as an empty element. */
export function readText(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value === 'string') return value;
  if (isEmpty(value)) return '';
  throw new FieldProblem('bad_text', key, value);
}

/** An embedded record, or null when it is absent or empty. */
export function readRecord(fields: Fields, key: string): Fields | null {
  const value = fields[key];
  if (isEmpty(value)) return null;
  if (!isFields(value)) throw new FieldProblem('bad_shape', key, value);
  return value;
}

/** A collection in its wrapper, `{"SaleLines":{"SaleLine":…}}`: one child is an object, several an array, none any kind of empty. */
export function readChildren(fields: Fields, wrapper: string, child: string): readonly Fields[] {
  const value = fields[wrapper];
  if (isEmpty(value)) return NONE;
  if (!isFields(value)) throw new FieldProblem('bad_shape', wrapper, value);
  const children = value[child];
  // A wrapper that holds something else than its children would lose them silently.
  if (children === undefined) throw new FieldProblem('bad_shape', wrapper, Object.keys(value).join(', '));
  if (isEmpty(children)) return NONE;
  if (isFields(children)) return [children];
  if (!Array.isArray(children)) throw new FieldProblem('bad_shape', `${wrapper}.${child}`, children);
  return onlyRecords(children, `${wrapper}.${child}`);
}

function onlyRecords(list: readonly unknown[], path: string): readonly Fields[] {
  const records: Fields[] = [];
  for (const [index, item] of list.entries()) {
    if (!isFields(item)) throw new FieldProblem('bad_shape', `${path}[${index}]`, item);
    records.push(item);
  }
  return records;
}

const NONE: readonly Fields[] = [];

/** Digits without a leading zero, as many as a 64-bit number has. A loop, because every record has a dozen of them. */
function isId(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > 19 || text.charCodeAt(0) === DIGIT_0) return false;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  return true;
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;
