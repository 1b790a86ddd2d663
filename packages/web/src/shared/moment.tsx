import { formatInstant, formatTime } from './days.ts';

interface MomentProps {
  readonly iso: string;
  /** The place's zone; the reader's own when left out. */
  readonly timeZone?: string | null;
  /** Where the day is plain already. */
  readonly timeOnly?: boolean;
}

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment on a place's clock; which clock shows on hover. */
export function Moment({ iso, timeZone, timeOnly = false }: MomentProps) {
  return (
    <time dateTime={iso} title={timeZone ?? OWN_ZONE}>
      {timeOnly ? formatTime(iso, timeZone) : formatInstant(iso, timeZone)}
    </time>
  );
}
