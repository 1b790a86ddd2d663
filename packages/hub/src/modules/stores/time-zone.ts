import { AppError } from '../../platform/errors.ts';
import { isTimeZone } from '../ledger/figure/zone.ts';

/** The name as given when it is an IANA zone (old link names such as `US/Pacific` too). @throws AppError `invalid_request`. */
export function requireTimeZone(name: string): string {
  if (isTimeZone(name)) return name;
  throw new AppError('invalid_request', `“${name}” is not an IANA time zone such as Europe/Copenhagen.`, {
    details: { timeZone: name },
  });
}
