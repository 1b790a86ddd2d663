import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { rVersion, type SignIn } from './client-of.ts';
import { readHosts, rOrigin } from './hosts.ts';

type Calling = Pick<Services, 'config' | 'fetch'>;

const TIMEOUT_MS = 20_000;
const accountSchema = z.object({ accountID: z.union([z.string(), z.int()]).transform(String) });
/** `Account` is an object for one account, or a list (reference §1). */
const answerSchema = z.object({ Account: z.union([accountSchema, z.array(accountSchema).min(1)]) });

/**
 * Asks the POS which R-Series account the credentials belong to; needed only for those that do not say it themselves.
 *
 * @param accessToken Null for a legacy key, which goes by HTTP Basic with a fixed password (R §2.8).
 */
export async function discoverAccount(services: Calling, signIn: SignIn, accessToken: string | null): Promise<string> {
  const { credential, hosts, apiType } = signIn;
  const root = `${rOrigin(services.config, 'api', readHosts(hosts))}/API/${rVersion(apiType) === 3 ? 'V3/' : ''}`;
  const authorization =
    credential.kind === 'api_key'
      ? `Basic ${Buffer.from(`${credential.apiKey}:apikey`).toString('base64')}`
      : `Bearer ${accessToken ?? ''}`;
  const response = await ask(services, `${root}Account.json`, authorization);
  if (response.status === 401) throw new AppError('pos_unauthorized', 'The POS refused our credentials.');
  if (!response.ok) throw new AppError('pos_unavailable', `The POS answered ${response.status} when asked for the account.`);
  const answer = answerSchema.safeParse(await response.json().catch(() => null));
  if (!answer.success) throw new AppError('pos_shape_changed', 'The POS did not name the account in a way we know.');
  const account = Array.isArray(answer.data.Account) ? answer.data.Account[0] : answer.data.Account;
  if (account === undefined) throw new AppError('pos_shape_changed', 'The POS named no account.');
  return account.accountID;
}

async function ask(services: Calling, url: string, authorization: string): Promise<Response> {
  try {
    return await services.fetch(url, {
      headers: { authorization, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new AppError('pos_unavailable', 'The POS does not answer. We try again by ourselves.', { cause: error });
  }
}
