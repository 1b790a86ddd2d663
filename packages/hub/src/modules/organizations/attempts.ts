import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AttemptLimit, countAttempt } from './attempt-limit.ts';

/** @throws AppError `rate_limited`, saying until when, after too many attempts of `key`. */
export async function requireFewAttempts(services: Services, key: string, limit: AttemptLimit): Promise<void> {
  const waitSeconds = await countAttempt(services.db, key, limit);
  if (waitSeconds === null) return;
  throw new AppError('rate_limited', 'Too many attempts. Try again later.', {
    details: { retryAt: new Date(Date.now() + waitSeconds * 1000).toISOString() },
  });
}
