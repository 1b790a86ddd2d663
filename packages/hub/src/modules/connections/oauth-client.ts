import { createRSeriesOAuth, type RSeriesOAuth } from '@tillweave/lightspeed';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { Credential } from './credential.ts';

/** Longest wait for a token answer. */
const TOKEN_TIMEOUT_MS = 20_000;

/**
 * The OAuth side of a connection: with its own client, else the instance's. The address comes from the configuration alone.
 *
 * @throws AppError `invalid_request` when there is neither client.
 */
export function rSeriesOAuth(
  services: Pick<Services, 'config' | 'fetch' | 'clock'>,
  credential: Pick<Credential, 'clientId' | 'clientSecret'>,
): RSeriesOAuth {
  const { config, fetch, clock } = services;
  const own = credential.clientId !== null;
  const clientId = own ? credential.clientId : config.rClientId;
  if (clientId === null) {
    throw new AppError(
      'invalid_request',
      'This connection needs an OAuth client: give a client id and secret, or set TILLWEAVE_R_CLIENT_ID for all.',
    );
  }
  return createRSeriesOAuth({
    authUrl: config.rAuthUrl,
    clientId,
    clientSecret: own ? credential.clientSecret : config.rClientSecret,
    fetch,
    clock,
    timeoutMs: TOKEN_TIMEOUT_MS,
  });
}
