/** What the command line ends with: 1 failed, 2 usage, 3 not authorised, 4 data incomplete. */
type ExitCode = 1 | 2 | 3 | 4;

interface Entry {
  readonly status: number;
  readonly exit: ExitCode;
}

/**
 * Every stable error code with its HTTP status and exit code. A code is part of the public contract: extend freely, rename never.
 * Its visible text stands in the message catalogue under `error.<code>`.
 */
export const ERRORS = {
  internal: { status: 500, exit: 1 },
  invalid_request: { status: 400, exit: 2 },
  unauthenticated: { status: 401, exit: 3 },
  forbidden: { status: 403, exit: 3 },
  not_found: { status: 404, exit: 1 },
  method_not_allowed: { status: 405, exit: 2 },
  conflict: { status: 409, exit: 1 },
  name_taken: { status: 409, exit: 1 },
  idempotency_mismatch: { status: 422, exit: 1 },
  payload_too_large: { status: 413, exit: 2 },
  rate_limited: { status: 429, exit: 1 },
  link_invalid: { status: 410, exit: 1 },
  data_incomplete: { status: 409, exit: 4 },
  unavailable: { status: 503, exit: 1 },
  config_invalid: { status: 500, exit: 2 },
  secret_key_invalid: { status: 500, exit: 2 },
  secret_key_unknown: { status: 500, exit: 1 },
  secret_unreadable: { status: 500, exit: 1 },
  database_url_invalid: { status: 500, exit: 2 },
  database_unreachable: { status: 503, exit: 1 },
  database_refused: { status: 503, exit: 3 },
  database_missing: { status: 503, exit: 1 },
  database_version: { status: 503, exit: 1 },
  database_newer: { status: 503, exit: 1 },
  database_no_space: { status: 507, exit: 1 },
  database_binaries_missing: { status: 503, exit: 1 },
  database_mismatch: { status: 503, exit: 1 },
  database_home_unreachable: { status: 503, exit: 1 },
  database_start_failed: { status: 503, exit: 1 },
  database_locked: { status: 503, exit: 1 },
  backup_unreadable: { status: 400, exit: 1 },
  backup_newer: { status: 409, exit: 1 },
  restore_not_empty: { status: 409, exit: 1 },
  pos_account_in_use: { status: 409, exit: 1 },
  connection_name_taken: { status: 409, exit: 1 },
  connection_frozen: { status: 409, exit: 1 },
  mapping_overlap: { status: 409, exit: 1 },
  oauth_state_invalid: { status: 400, exit: 1 },
  oauth_denied: { status: 400, exit: 1 },
  oauth_expired: { status: 400, exit: 1 },
  oauth_wrong_account: { status: 409, exit: 1 },
  oauth_client_in_use: { status: 409, exit: 1 },
  pos_unauthorized: { status: 502, exit: 3 },
  pos_rate_limited: { status: 503, exit: 1 },
  pos_unavailable: { status: 502, exit: 1 },
  pos_rejected: { status: 502, exit: 1 },
  pos_scope_missing: { status: 502, exit: 3 },
  pos_shape_changed: { status: 502, exit: 1 },
  sync_lease_lost: { status: 409, exit: 1 },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof ERRORS;

interface AppErrorOptions {
  /** What made it fail; kept for the log, never shown. */
  readonly cause?: unknown;
  /** Values for the visible text and the problem document: no secrets, no personal data. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error that people meet: a stable code, one English sentence with the remedy, and values for the translated text. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  /** HTTP status of the problem document. */
  get status(): number {
    return ERRORS[this.code].status;
  }

  /** Exit code of the command line. */
  get exitCode(): ExitCode {
    return ERRORS[this.code].exit;
  }

  /** Key of the visible text in the message catalogue. */
  get messageKey(): `error.${ErrorCode}` {
    return `error.${this.code}`;
  }
}

/** Any thrown value as an AppError: itself, or `internal` with the value as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', 'Something went wrong on our side.', { cause: error });
}
