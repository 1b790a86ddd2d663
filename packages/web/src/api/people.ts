import { useQuery } from '@tanstack/react-query';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Member = Schemas['Member'];
export type Role = Schemas['Role'];
export type Invitation = Schemas['Invitation'];
export type InvitationLink = Schemas['SentInvitation'];
export type Session = Schemas['Session'];
export type Settings = Schemas['Settings'];
export type PermissionTable = Schemas['PermissionTable'];
export type AccessToken = Schemas['AccessToken'];
export type NotificationRules = Schemas['NotificationRules'];

export function useSettings(enabled = true) {
  return useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => get<Settings>('/settings', {}, signal), enabled });
}

export function changeSettings(part: 'general' | 'balance' | 'contacts', body: object) {
  return send<Settings>('PATCH', `/settings/${part}`, body);
}

/** Who may do what, and whom to ask. */
export function usePermissions(enabled = true) {
  return useQuery({
    queryKey: ['permissions'],
    queryFn: ({ signal }) => get<PermissionTable>('/permissions', {}, signal),
    staleTime: 60_000,
    enabled,
  });
}

export function useMembers() {
  return useQuery({ queryKey: ['members'], queryFn: ({ signal }) => get<Schemas['Members']>('/members', {}, signal) });
}

export function useInvitations() {
  return useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => get<{ items: Invitation[] }>('/invitations', {}, signal),
  });
}

export function invite(body: { email: string; role: Role; departmentIds: readonly string[] | null }) {
  return send<InvitationLink>('POST', '/invitations', body);
}

export function renewInvitation(id: string) {
  return send<InvitationLink>('POST', `/invitations/${id}/renew`, {});
}

export function withdrawInvitation(id: string) {
  return send('DELETE', `/invitations/${id}`);
}

export function changeMember(userId: string, body: { role: Role; departmentIds: readonly string[] | null }) {
  return send('PATCH', `/members/${userId}`, body);
}

export function removeMember(userId: string) {
  return send('DELETE', `/members/${userId}`);
}

export function useAccessTokens() {
  return useQuery({
    queryKey: ['access-tokens'],
    queryFn: ({ signal }) => get<{ items: AccessToken[] }>('/access-tokens', {}, signal),
  });
}

export function makeAccessToken(body: Schemas['NewAccessToken']) {
  return send<Schemas['CreatedAccessToken']>('POST', '/access-tokens', body);
}

export function revokeAccessToken(id: string) {
  return send('DELETE', `/access-tokens/${id}`);
}

export function useNotificationRules() {
  return useQuery({
    queryKey: ['notification-rules'],
    queryFn: ({ signal }) => get<NotificationRules>('/notification-rules', {}, signal),
  });
}

export function saveNotificationRules(rules: readonly Schemas['NotificationRule'][]) {
  return send('PUT', '/notification-rules', { rules });
}

export function useSessions() {
  return useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => get<{ items: Session[] }>('/sessions', {}, signal) });
}

/** Ends one session, or every other one. */
export function endSession(id: string | null) {
  return send('DELETE', id === null ? '/sessions' : `/sessions/${id}`);
}

export function changeName(name: string) {
  return send('PATCH', '/me', { name });
}

export function changeEmail(body: { email: string; password: string }) {
  return send<{ mailed: boolean }>('POST', '/me/email', body);
}

export function changePassword(body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) {
  return send('POST', '/api/auth/change-password', body);
}

/** Begins two-factor sign-in: the address for the authenticator and the codes for when it is not at hand. */
export function enableTwoFactor(password: string) {
  return send<{ totpURI: string; backupCodes: string[] }>('POST', '/api/auth/two-factor/enable', { password });
}

export function disableTwoFactor(password: string) {
  return send('POST', '/api/auth/two-factor/disable', { password });
}

/** Confirms an authenticator, or completes a sign-in. */
export function verifyTotp(code: string) {
  return send('POST', '/api/auth/two-factor/verify-totp', { code });
}

/** Completes a sign-in without the authenticator. */
export function verifyBackupCode(code: string) {
  return send('POST', '/api/auth/two-factor/verify-backup-code', { code });
}
