import { Temporal } from 'temporal-polyfill';

const isoForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const americanForm = /^(\d{2})\/(\d{2})\/(\d{4})T(\d{2}):(\d{2}):(\d{2})$/;

/**
 * Reads every time form of R §5 to epoch seconds: offsets with and without colon, `Z`, no offset (UTC), a bare day (midnight in `zone`) and
 * `MM/DD/YYYYTHH:MM:SS`. Undefined when it is none of them, for example when a raw `+` arrived as a space.
 */
export function readStamp(text: string, zone: string): number | undefined {
  const iso = isoForm.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second = '00', offset = 'Z'] = iso;
    return secondsOf(`${year}-${month}-${day}T${hour}:${minute}:${second}${normalOffset(offset)}`);
  }
  if (dayForm.test(text)) return midnight(text, zone);
  const american = americanForm.exec(text);
  if (american === null) return undefined;
  const [, month, day, year, hour, minute, second] = american;
  return secondsOf(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function normalOffset(offset: string): string {
  return offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function secondsOf(iso: string): number | undefined {
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function midnight(day: string, zone: string): number | undefined {
  try {
    return Math.floor(Temporal.PlainDate.from(day, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds / 1000);
  } catch {
    return undefined;
  }
}
