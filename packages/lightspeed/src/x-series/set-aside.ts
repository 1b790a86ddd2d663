import type { Instant, Normalized, SetAside } from '../model.ts';
import { instantFrom, isFields, XFieldProblem } from './read.ts';
import type { Fields, Section, XProblemCode } from './read.ts';

/** Keys of times that date a document which cannot be read; the first readable one counts (D22). */
export type TimeKeys = readonly string[];

/** Reads one document; whatever is wrong with it becomes a `SetAside` that says what, where, and on which day. Never throws. */
export function settingXAside<T>(document: unknown, timeKeys: TimeKeys, read: (section: Section) => T): Normalized<T> {
  if (!isFields(document)) return setAside({}, timeKeys, new XFieldProblem('bad_shape', '', document));
  try {
    return { ok: true, value: read({ fields: document, at: '' }) };
  } catch (error) {
    if (error instanceof XFieldProblem) return setAside(document, timeKeys, error);
    // Anything else is a document we did not foresee, e.g. an amount too long to work with: still one record, not the page.
    return setAside(document, timeKeys, new XFieldProblem('bad_shape', '', undefined));
  }
}

function setAside(document: Fields, timeKeys: TimeKeys, { code, path, value }: XFieldProblem): SetAside {
  const source = document['source'];
  return {
    ok: false,
    code,
    path,
    message: `${path === '' ? 'The document' : path} ${COMPLAINTS[code]}${value === undefined ? '' : `: ${shorten(value)}`}.`,
    id: plainText(document['id']),
    shopId: plainText(document['outlet_id']) ?? (isFields(source) ? plainText(source['outlet_id']) : null),
    readableTime: firstReadableTime(document, timeKeys),
  };
}

function firstReadableTime(fields: Fields, keys: TimeKeys): Instant | null {
  for (const key of keys) {
    const instant = instantFrom(fields[key]);
    if (instant !== null) return instant;
  }
  return null;
}

function plainText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 64 ? value : null;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const COMPLAINTS: Readonly<Record<XProblemCode, string>> = {
  missing_id: 'names no record',
  bad_number: 'is not a number',
  bad_time: 'is not a time',
  bad_text: 'is not text',
  bad_shape: 'has a shape we do not know',
  unknown_state: 'is a state we do not know',
  unknown_adjustment: 'is an adjustment we do not know',
  unknown_register: 'is a register whose outlet we do not know',
  discount_product_unknown:
    'cannot be told from discounts, because the discount product of the retailer could not be read (scope retailer:read)',
};
