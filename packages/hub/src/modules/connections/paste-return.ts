import type { AuthorizationReturn } from './complete-authorization.ts';
import { AppError } from '../../platform/errors.ts';

/** Longest address that is looked at. */
const LENGTH_MAX = 8000;

/**
 * What the POS sent back, from the address a person copied out of the browser (C5): on an installation without HTTPS the POS redirects to a
 * page that does not open, and the address bar holds the answer. Only its query is looked at: it is data, and nothing is fetched from it.
 *
 * @throws AppError `invalid_request` when it holds no answer of the POS.
 */
export function readPastedReturn(text: string): AuthorizationReturn {
  const trimmed = text.trim();
  const url = trimmed.length > LENGTH_MAX ? null : URL.parse(trimmed);
  const isWeb =
    url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  const query = isWeb ? url.searchParams : new URLSearchParams();
  const one = (name: string): string | undefined => {
    const values = query.getAll(name);
    if (values.length > 1) throw notAnAnswer();
    return values[0];
  };
  const sent = {
    state: one('state'),
    code: one('code'),
    error: one('error'),
    domain_prefix: one('domain_prefix'),
    scope: one('scope'),
  };
  // Whether a refusal brings the state back is not documented (X §2.1).
  if (sent.error === undefined && (sent.state === undefined || sent.code === undefined)) throw notAnAnswer();
  return sent;
}

function notAnAnswer(): AppError {
  return new AppError(
    'invalid_request',
    'That address holds no answer of the POS. Copy the whole address of the page you came to after you pressed Authorize.',
    { details: { field: 'url' } },
  );
}
