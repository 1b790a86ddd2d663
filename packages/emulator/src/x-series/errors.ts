/**
 * An answer that is not 2xx. There is no error catalogue (X §5): `error` is text everywhere here, as in the documented samples, with
 * `message` only on the 429.
 */
export class XError extends Error {
  readonly status: number;
  /** The whole JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: string | Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(typeof body === 'string' ? body : JSON.stringify(body));
    this.name = 'XError';
    this.status = status;
    this.body = typeof body === 'string' ? { error: body } : body;
    this.headers = headers;
  }
}

/** 401 in the words of the documented sample. */
export function invalidToken(): XError {
  return new XError(401, 'Access token is not valid');
}

/** 403 for a token that lacks a scope. */
export function permissionDenied(scopes: readonly string[]): XError {
  return new XError(403, { error: 'permission denied', message: `Required scopes: ${scopes.join(' ')}` });
}

/** 404: `"sale not found"`. */
export function notFound(what: string): XError {
  return new XError(404, `${what} not found`);
}

/** 400 for what cannot be read. */
export function badRequest(what: string): XError {
  return new XError(400, what);
}

/** 422: read and refused. */
export function refused(what: string): XError {
  return new XError(422, what);
}
