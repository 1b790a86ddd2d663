import { Unauthorized } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { checkAccount } from './attach-account.ts';
import { callsOf } from './call-gate.ts';
import type { AnyCredential, ConnectionRef } from './credential.ts';
import { oauthOf } from './oauth-client.ts';
import { type CredentialInput, type PreparedCredential, prepareCredential } from './prepare-credential.ts';
import { prepareAccount } from './prepare-account.ts';
import { storeCredential } from './store-credential.ts';
import { signInWithin, type StoredSignIn } from './stored-sign-in.ts';
import { forgetTokens, withPair } from './tokens.ts';
import { fixedToken, identifyAccount, type Verified, verifyConnection } from './verify-connection.ts';

/**
 * Replaces a connection's credential in place, by one of any kind of the same POS: name, account, cursors and data stay. The POS is asked
 * whose account it opens first, and the old one stays when that is another one. A frozen connection makes no calls: the credential is stored,
 * and the account is compared before it is used.
 *
 * @returns What the credential led to; null for a frozen connection.
 * @throws AppError `not_found`, `invalid_request`, `oauth_wrong_account`, `pos_account_in_use`, or `conflict` for a retired connection, for
 *   another POS, and for one by OAuth without a token: that is authorized instead. Errors of the POS as they are.
 */
export async function replaceCredential(
  services: Services,
  ref: ConnectionRef,
  { signIn, actor }: { readonly signIn: CredentialInput; readonly actor: AuditActor },
): Promise<Verified | null> {
  const { stored, prepared } = await tenantTransaction(services.db, ref.organizationId, async (trx) => ({
    stored: await signInWithin(trx, ref),
    prepared: await prepareCredential(services, trx, ref.organizationId, signIn),
  }));
  if (prepared.provider !== stored.provider)
    throw new AppError('conflict', 'A connection cannot move to another POS. Add a new one.');
  if (!prepared.signsIn) {
    throw new AppError('conflict', 'There is no token in this: authorize the connection at the POS instead.', {
      details: { authorize: true },
    });
  }
  const isFrozen = stored.state === 'frozen';
  const checked = isFrozen ? prepared : await signedIn(services, ref, stored, prepared);
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const before = await signInWithin(trx, ref);
    // Frozen meanwhile: the account was compared all the same.
    await storeCredential(services, trx, ref, {
      before,
      now: checked,
      actor,
      action: 'connection.credential_replaced',
      at: new Date(services.clock.now()),
      unchecked: isFrozen,
    });
  });
  forgetTokens(services, ref);
  if (isFrozen) return null;
  const verified = await verifyConnection(services, ref);
  await prepareAccount(services, ref, verified.posAccountId);
  return verified;
}

/** The credential after a first sign-in with it, which shows whose account it opens. */
async function signedIn(
  services: Services,
  ref: ConnectionRef,
  stored: StoredSignIn,
  prepared: PreparedCredential,
): Promise<PreparedCredential> {
  const { credential, expiresAt } = await freshPair(services, ref, prepared);
  const { provider, apiType, hosts } = prepared;
  const tokens = fixedToken(credential.kind === 'oauth' ? (credential.accessToken ?? '') : '');
  const externalId = await identifyAccount(services, ref, { provider, apiType, hosts, credential, tokens }, stored.account);
  await tenantTransaction(services.db, ref.organizationId, (trx) => checkAccount(trx, ref, provider, externalId));
  return { ...prepared, credential, expiresAt: expiresAt ?? prepared.expiresAt };
}

/** A refresh token is worth nothing by itself: the first pair is asked for with it. */
async function freshPair(
  services: Services,
  ref: ConnectionRef,
  { provider, credential, hosts, oauthClientId }: PreparedCredential,
): Promise<{ credential: AnyCredential; expiresAt: Date | null }> {
  if (credential.kind !== 'oauth') return { credential, expiresAt: null };
  const { refreshToken } = credential;
  if (refreshToken === null) throw new Unauthorized('token_refused', 'There is no refresh token.');
  const client = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    trx
      .selectFrom('oauth_client')
      .select(['id as client_row_id', 'client_id as client_row_client_id', 'sealed as client_row_sealed'])
      .where('organization_id', '=', ref.organizationId)
      .where('id', '=', oauthClientId)
      .executeTakeFirst(),
  );
  const none = { client_row_id: null, client_row_client_id: null, client_row_sealed: null };
  const calling = { ...services, ...callsOf(services, ref, { whole: true }) };
  const pair = await oauthOf(calling, ref.organizationId, { provider, hosts, ...(client ?? none) }, credential).refresh(
    refreshToken,
  );
  return { credential: { ...withPair(credential, pair), kind: 'oauth' }, expiresAt: new Date(pair.expiresAt) };
}
