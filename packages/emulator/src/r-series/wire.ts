/**
 * How R-Series writes scalars (R §6): everything is a JSON string, slashes are escaped as PHP does, text is plain ASCII with `\uXXXX`,
 * times are UTC to the second, numbers carry no trailing zeros.
 */

/** Printable ASCII without quote, slash and backslash: needs no escaping at all. */
const plain = /^[ !#-.0-[\]-~]*$/;
const special = /[/\u007f-\uffff]/g;

/** A JSON string as PHP's `json_encode` writes it. */
export function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return escapeJson(JSON.stringify(text));
}

/** Escapes slashes and non-ASCII characters of a whole JSON text: the recorded documents become what the wire would have shown. */
export function escapeJson(json: string): string {
  return json.replace(special, (character) => {
    if (character === '/') return String.raw`\/`;
    const code = character.codePointAt(0) ?? 0;
    return code === 0x7f ? character : String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** `"19.90"` → `"19.9"`, `"-0.00"` → `"0"`, `".5"` → `"0.5"`: numbers are trimmed on the wire. */
export function trimNumber(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  // Mostly there is nothing to trim: no trailing zero, no leading point.
  if (last !== 48 && last !== 46 && text.charCodeAt(0) >= 48) return text;
  if (!text.includes('.')) return text === '-0' || text === '' ? '0' : text;
  const trimmed = text.replace(/\.?0+$/, '').replace(/^(-?)\./, '$10.');
  return trimmed === '' || trimmed === '-' || trimmed === '-0' ? '0' : trimmed;
}

/** Epoch seconds as `2026-05-02T17:41:09+00:00`. A page writes hundreds of them, mostly of few days: those are kept. */
export function writeStamp(seconds: number): string {
  const day = Math.floor(seconds / 86_400);
  const rest = seconds - day * 86_400;
  const minute = Math.floor(rest / 60);
  return dayText(day) + (minuteTexts[minute] ?? '') + (secondTexts[rest - minute * 60] ?? '');
}

const dayTexts = new Map<number, string>();
const daysKept = 5000;

function dayText(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const made = new Date(day * 86_400_000).toISOString().slice(0, 11);
  if (dayTexts.size >= daysKept) dayTexts.clear();
  dayTexts.set(day, made);
  return made;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const minuteTexts = Array.from(
  { length: 1440 },
  (_, minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:`,
);
const secondTexts = Array.from({ length: 60 }, (_, second) => `${twoDigits(second)}+00:00`);
