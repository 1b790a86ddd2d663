/** How X-Series writes scalars (X §12): money as JSON numbers in 2.0, as text of five or two decimals elsewhere; four forms of stamps. */

/** A JSON object on its way out. */
export type XDocument = Readonly<Record<string, unknown>>;

/**
 * Money as text with a fixed number of decimals, as webhooks and summaries write it. Amounts of the world are whole hundred-thousandths, so
 * five decimals lose nothing.
 */
export function fixedText(amount: number, places: 2 | 3 | 5): string {
  const text = amount.toFixed(places);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

const dayMs = 86_400_000;
const days = new Map<number, string>();

/** `2026-07-14T02:11:09`: a page writes hundreds of stamps, mostly of few days; those are kept. */
function moment(at: number): string {
  const day = Math.floor(at / dayMs);
  let text = days.get(day);
  if (text === undefined) {
    if (days.size > 2000) days.clear();
    text = `${new Date(day * dayMs).toISOString().slice(0, 10)}T`;
    days.set(day, text);
  }
  const second = Math.floor((at - day * dayMs) / 1000);
  return `${text}${two[Math.floor(second / 3600)]}:${two[Math.floor(second / 60) % 60]}:${two[second % 60]}`;
}

const two: readonly string[] = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** 2.0: `2026-07-14T02:11:09+00:00`. */
export function stamp(at: number): string {
  return `${moment(at)}+00:00`;
}

export function stampOrNull(at: number | null): string | null {
  return at === null ? null : stamp(at);
}

/** Dated versions: `2026-07-14T02:11:09Z`. */
export function zuluStamp(at: number): string {
  return `${moment(at)}Z`;
}

export function zuluOrNull(at: number | null): string | null {
  return at === null ? null : zuluStamp(at);
}

/** 0.9 and webhooks: `2026-07-14 02:11:09`, UTC without saying so. */
export function plainStamp(at: number): string {
  return moment(at).replace('T', ' ');
}

export function plainOrNull(at: number | null): string | null {
  return at === null ? null : plainStamp(at);
}
