import { expect } from 'vitest';
import { createMember, createOwner } from '../../modules/organizations/create-owner.ts';
import type { Role } from '../../modules/organizations/permissions.ts';
import type { Services } from '../../platform/services.ts';
import type { createApp } from '../app.ts';

type App = ReturnType<typeof createApp>;

/** Of everybody here. */
export const PASSWORD = 'correct horse battery staple';
/** The origin under which tests call the app. */
export const ORIGIN = 'http://localhost';

/** A signed-in person. */
export interface Person {
  readonly userId: string;
  readonly organizationId: string;
  readonly email: string;
  readonly password: string;
  /** Calls the API as this person's browser would. */
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  readonly cookie: string;
}

let people = 0;
let places = 0;

/** An owner of a new organization, signed in. */
export async function newOwner(services: Services, app: App, organizationName = 'Company'): Promise<Person> {
  const email = nextEmail('owner');
  const made = await createOwner(services, { email, name: 'Owner', password: PASSWORD, organizationName, currency: 'DKK' });
  return signedIn(app, email, made.userId, made.organizationId);
}

/** A member of an organization with a role, signed in. */
export async function newMember(services: Services, app: App, organizationId: string, role: Role): Promise<Person> {
  const email = nextEmail(role);
  const { userId } = await createMember(services, { email, name: role, password: PASSWORD, organizationId, role });
  return signedIn(app, email, userId, organizationId);
}

/** Signs in and returns the cookies a browser would keep. */
export async function signIn(app: App, email: string, password: string): Promise<string> {
  const response = await app.request('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, 'x-forwarded-for': nextAddress() },
    body: JSON.stringify({ email, password }),
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function signedIn(app: App, email: string, userId: string, organizationId: string): Promise<Person> {
  const cookie = await signIn(app, email, PASSWORD);
  return {
    userId,
    organizationId,
    email,
    password: PASSWORD,
    cookie,
    call: async (method, path, body, headers = {}) =>
      app.request(path.startsWith('/api/') ? path : `/api/v1${path}`, {
        method,
        headers: {
          cookie,
          origin: ORIGIN,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Everybody signs in from a place of their own: sign-ins are limited by address. */
function nextAddress(): string {
  places += 1;
  return `198.18.${Math.floor(places / 250)}.${places % 250}`;
}

function nextEmail(name: string): string {
  people += 1;
  return `${name}${people}@example.test`;
}
