/** An answer of the API that is not a success: becomes the body of R §4.4. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorClass: string;
  /** Headers the answer carries besides the usual ones (`Retry-After`, `WWW-Authenticate`, `Allow`). */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: { errorClass?: string; headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.errorClass = more.errorClass ?? 'Exception';
    this.headers = more.headers ?? {};
  }
}

/** An OAuth failure (R §2.6), also what an API call with a bad token gets. */
export class OAuthError extends Error {
  readonly status: number;
  readonly error: string;
  readonly hint: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: string, description: string, hint?: string, headers: Readonly<Record<string, string>> = {}) {
    super(description);
    this.name = 'OAuthError';
    this.status = status;
    this.error = error;
    this.hint = hint;
    this.headers = headers;
  }
}

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** The standard body: four strings. */
export function errorBody(error: ApiError): Record<string, string> {
  return {
    httpCode: String(error.status),
    httpMessage: phrases[error.status] ?? 'Error',
    message: error.message,
    errorClass: error.errorClass,
  };
}

export function oauthErrorBody(error: OAuthError): Record<string, string> {
  return {
    error: error.error,
    error_description: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, message);
}

/** The 404 of an unknown id, in the recorded words. */
export function notFound(resource: string, id: string): ApiError {
  return new ApiError(404, `Object of type '${resource}' not found with primary ID '${id}'.`);
}

/** A token that the API refuses; `hint` in the new server's words. */
export function accessDenied(hint: string): OAuthError {
  return new OAuthError(401, 'access_denied', 'The resource owner or authorization server denied the request.', hint);
}
