/**
 * Failures named by their consequence: what a caller does next, not where they came from. No message holds a token, a secret or more of
 * an answer than its own error text.
 */
import type { Instant } from './model.ts';

/** Which request failed; the path without secrets. */
export interface FailedRequest {
  readonly method: string;
  readonly path: string;
}

export interface PosErrorDetails {
  readonly status?: number;
  readonly request?: FailedRequest;
  readonly cause?: unknown;
}

/** Base of everything this package throws about a POS. `code` is stable and part of the contract. */
export class PosError extends Error {
  override readonly name: string = 'PosError';
  readonly code: string;
  readonly status?: number;
  readonly request?: FailedRequest;

  constructor(code: string, message: string, details: PosErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    if (details.status !== undefined) this.status = details.status;
    if (details.request !== undefined) this.request = details.request;
  }
}

/** The credentials are no good any more: ask the merchant to authorise again. Codes: `token_refused`, `invalid_grant`, `invalid_client`, … */
export class Unauthorized extends PosError {
  override readonly name = 'Unauthorized';
}

/** The budget is spent: come back at `retryAt`. Code: `rate_limited`. */
export class RateLimited extends PosError {
  override readonly name = 'RateLimited';
  readonly retryAt: Instant;

  constructor(retryAt: Instant, message: string, details: PosErrorDetails = {}) {
    super('rate_limited', message, details);
    this.retryAt = retryAt;
  }
}

/** The POS did not answer properly though asked repeatedly: try later. Codes: `timeout`, `network`, `server_error`, `unreadable_body`, … */
export class Unavailable extends PosError {
  override readonly name = 'Unavailable';
  /** When the POS said to come back; null when it did not. */
  readonly retryAt: Instant | null;

  constructor(code: string, message: string, retryAt: Instant | null = null, details: PosErrorDetails = {}) {
    super(code, message, details);
    this.retryAt = retryAt;
  }
}

/** The POS understood and said no; asking again changes nothing. Codes: `not_found`, `forbidden`, `invalid_request`, `conflict`, … */
export class Rejected extends PosError {
  override readonly name = 'Rejected';
}

/** An answer of a shape we do not know: stop and look. Codes: `shape_changed`, `foreign_link`. */
export class ShapeChanged extends PosError {
  override readonly name = 'ShapeChanged';
  /** Where in the answer, e.g. `@attributes.next`. */
  readonly path: string;

  constructor(path: string, message: string, details: PosErrorDetails & { readonly code?: string } = {}) {
    super(details.code ?? 'shape_changed', message, details);
    this.path = path;
  }
}
