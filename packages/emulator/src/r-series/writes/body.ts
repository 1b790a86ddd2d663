import { badRequest } from '../errors.ts';

/** A request's body: requests are lenient (R §6), so that numbers, booleans and text are all taken as text. */
export type Body = Readonly<Record<string, unknown>>;

/** Throws a 400 on anything but a JSON object; no body is an empty one. */
export function readBody(text: string): Body {
  if (text.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest('The request body is not valid JSON.');
  }
  if (!isBody(parsed)) throw badRequest('The request body must be a JSON object.');
  return parsed;
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined when the field is left out: it keeps its value. Null clears. */
export function readField(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (typeof value === 'object') throw badRequest(`'${name}' must be a single value.`);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An id; `0` and empty are none. */
export function readIdField(body: Body, name: string): string | null | undefined {
  const value = readField(body, name);
  if (value === undefined) return undefined;
  if (value === '' || value === '0') return null;
  if (!/^[1-9]\d*$/.test(value)) throw badRequest(`'${value}' is not a valid ${name}.`);
  return value;
}

/** Exact decimal text. */
export function readDecimalField(body: Body, name: string): string | undefined {
  const value = readField(body, name);
  if (value === undefined || value === '') return undefined;
  if (!/^-?\d+(?:\.\d{1,12})?$/.test(value)) throw badRequest(`'${value}' is not a valid number for '${name}'.`);
  return value;
}

export function readFlagField(body: Body, name: string): boolean | undefined {
  const value = readField(body, name);
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0' || value === '') return false;
  throw badRequest(`'${value}' is not a valid value for '${name}'.`);
}

/** Children in any of the ways clients write them: `{"SaleLine":[…]}`, `{"SaleLine":{…}}`, `[{"SaleLine":{…}}]`, `[{…}]`. */
export function readChildren(body: Body, wrapper: string, child: string): readonly Body[] | undefined {
  const value = body[wrapper];
  if (value === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((entry) => {
    if (!isBody(entry)) return [];
    const inner = entry[child];
    if (inner === undefined) return Object.keys(entry).length === 0 ? [] : [entry];
    const inside: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
    return inside.filter(isBody);
  });
}

/** How many related entities a payload carries: each costs half a drip (R §3.3). */
export function countNested(body: Body): number {
  let count = 0;
  for (const value of Object.values(body)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const entry of list) {
      if (!isBody(entry)) continue;
      const inner = Object.values(entry).filter((member) => typeof member === 'object' && member !== null);
      // A wrapper is no entity, its children are.
      count +=
        inner.length === 0 ? 1 : inner.reduce<number>((sum, member) => sum + (Array.isArray(member) ? member.length : 1), 0);
    }
  }
  return count;
}
