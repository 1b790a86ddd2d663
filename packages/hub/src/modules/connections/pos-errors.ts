import * as lightspeed from '@tillweave/lightspeed';
import { AppError } from '../../platform/errors.ts';

/** A failure of the till's API as the error people meet, with what happens next; null for anything else. */
export function posProblem(error: unknown): AppError | null {
  if (error instanceof lightspeed.Unauthorized) {
    return new AppError('pos_unauthorized', 'The POS refused our credentials. Authorize the connection again.', {
      cause: error,
      details: { reason: error.code },
    });
  }
  if (error instanceof lightspeed.RateLimited) {
    return new AppError('pos_rate_limited', 'The POS asks us to wait. We go on by ourselves.', {
      cause: error,
      details: { retryAt: new Date(error.retryAt).toISOString() },
    });
  }
  if (error instanceof lightspeed.Unavailable) {
    return new AppError('pos_unavailable', 'The POS does not answer. We try again by ourselves.', {
      cause: error,
      ...(error.retryAt === null ? {} : { details: { retryAt: new Date(error.retryAt).toISOString() } }),
    });
  }
  if (error instanceof lightspeed.ShapeChanged) {
    return new AppError('pos_shape_changed', 'The POS answered in a shape we do not know. Nothing was changed.', {
      cause: error,
      details: { path: error.path },
    });
  }
  if (error instanceof lightspeed.PosError) {
    return new AppError('pos_rejected', 'The POS refused this request.', { cause: error, details: { reason: error.code } });
  }
  return null;
}
