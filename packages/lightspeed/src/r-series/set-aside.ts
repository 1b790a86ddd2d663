import { parseInstant } from '../instant.ts';
import type { Instant, Normalized, SetAside } from '../model.ts';
import { FieldProblem, isFields } from './read.ts';
import type { Fields, ProblemCode } from './read.ts';

/** Where in a document the reading is, so that a problem can say it. */
export interface Trail {
  /** Prefix such as `SaleLines.SaleLine`; `""` at the top. */
  list: string;
  /** Position in that list. */
  index: number;
}

/** What a set-aside document can still tell about itself. */
export interface Clues {
  readonly idKey: string;
  /** Keys of times, the first readable one counts (D22). */
  readonly timeKeys: readonly string[];
}

/** Reads one document; whatever is wrong with it becomes a `SetAside` that says what, where, and on which day. Never throws. */
export function settingAside<T>(document: unknown, clues: Clues, read: (fields: Fields, trail: Trail) => T): Normalized<T> {
  const trail: Trail = { list: '', index: -1 };
  if (!isFields(document)) return setAside({}, clues, 'bad_shape', '', document);
  try {
    return { ok: true, value: read(document, trail) };
  } catch (error) {
    const where = trail.list === '' ? '' : `${trail.list}[${trail.index}].`;
    if (error instanceof FieldProblem) return setAside(document, clues, error.code, `${where}${error.key}`, error.value);
    // Anything else is a document we did not foresee, e.g. an amount too long to work with: still one record, not the page.
    return setAside(document, clues, 'bad_shape', where, undefined);
  }
}

function setAside(fields: Fields, clues: Clues, code: ProblemCode, path: string, value: unknown): SetAside {
  return {
    ok: false,
    code,
    path,
    message: `${path === '' ? 'The document' : path} ${COMPLAINTS[code]}${value === undefined ? '' : `: ${shorten(value)}`}.`,
    id: plainText(fields[clues.idKey]),
    shopId: plainText(fields['shopID']),
    readableTime: firstReadableTime(fields, clues.timeKeys),
  };
}

function firstReadableTime(fields: Fields, keys: readonly string[]): Instant | null {
  for (const key of keys) {
    const value = fields[key];
    const instant = typeof value === 'string' ? parseInstant(value) : null;
    if (instant !== null) return instant;
  }
  return null;
}

function plainText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== '0' && value.length <= 40 ? value : null;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const COMPLAINTS: Readonly<Record<ProblemCode, string>> = {
  missing_id: 'names no record',
  bad_number: 'is not a number',
  bad_time: 'is not a time with an offset',
  bad_boolean: 'is neither "true" nor "false"',
  bad_text: 'is not text',
  bad_shape: 'has a shape we do not know',
};
