import { send } from './client.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];
export type OpenInvitation = Schemas['InvitationLookUp'];
export type PublicAuthorization = Schemas['PublicAuthorization'];

/** What a link's token stands for: who invites whom to what. */
export function lookUpInvitation(token: string) {
  return send<OpenInvitation>('POST', '/invitations/look-up', { token });
}

/** Name and password are for those without an account. */
export function acceptInvitation(body: { token: string; name?: string; password?: string }) {
  return send('POST', '/invitations/accept', body);
}

export function askPasswordReset(email: string) {
  return send('POST', '/password-resets', { email });
}

export function setPassword(body: { token: string; password: string }) {
  return send('POST', '/password-resets/confirm', body);
}

export function confirmEmail(token: string) {
  return send('POST', '/email-changes/confirm', { token });
}

/** Begins the sign-in at the POS by a sent link; the browser goes to the address in the answer (W5). */
export function beginByLink(token: string) {
  return send<{ url: string }>('POST', `/authorizations/${encodeURIComponent(token)}/begin`, {});
}
