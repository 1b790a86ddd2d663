import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';

const TIMEOUT_MS = 20_000;
const accountSchema = z.object({ accountID: z.union([z.string(), z.int()]).transform(String) });
/** `Account` is an object for one account, or a list (reference §1). */
const answerSchema = z.object({ Account: z.union([accountSchema, z.array(accountSchema).min(1)]) });

/** Asks the POS which account a token belongs to; needed only for tokens that do not say it themselves. */
export async function discoverAccount(services: Services, accessToken: string): Promise<string> {
  const response = await services.fetch(`${services.config.rBaseUrl}/API/V3/Account.json`, {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 401) throw new AppError('pos_unauthorized', 'The POS refused our credentials.');
  if (!response.ok) throw new AppError('pos_unavailable', `The POS answered ${response.status} when asked for the account.`);
  const answer = answerSchema.safeParse(await response.json().catch(() => null));
  if (!answer.success) throw new AppError('pos_shape_changed', 'The POS did not name the account in a way we know.');
  const account = Array.isArray(answer.data.Account) ? answer.data.Account[0] : answer.data.Account;
  if (account === undefined) throw new AppError('pos_shape_changed', 'The POS named no account.');
  return account.accountID;
}
