import { compareAmounts, parseAmount } from '../amount.ts';

/**
 * `JSON.parse` that loses no digit: a number that JavaScript cannot hold exactly (a version beyond 2^53, an amount of many places) is left as
 * its own text, which every reader of this package takes. Throws a SyntaxError like `JSON.parse`.
 */
export function parseExactJson(text: string): unknown {
  // Nearly no answer has such a number, and looking at each is slow.
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return parseWithSource(text, keepExact);
}

function keepExact(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined || context.source.length < 16) return value;
  const stated = parseAmount(context.source);
  const held = parseAmount(String(value));
  return stated !== null && held !== null && compareAmounts(stated, held) === 0 ? value : context.source;
}

/** The reviver is told the number's own text; the compiler's library does not know yet. */
const parseWithSource = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
const LONG_NUMBER = /[:[,]\s*-?[\d.]{16}/;
