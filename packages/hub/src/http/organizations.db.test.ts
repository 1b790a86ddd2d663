import { describe, expect, test } from 'vitest';
import { testServices } from '../../../../test/services.ts';
import { createMember, createOwner, setupToken } from '../modules/organizations/create-owner.ts';
import { createApp } from './app.ts';

const services = await testServices();
const app = createApp(services);
test('x', async () => {
  let r = await app.request('/api/v1/setup');
  console.log(r.status, await r.text());
  r = await app.request('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: setupToken(services),
      email: 'A@b.example',
      name: 'Ann',
      password: 'correct horse battery',
      organizationName: 'Ann & Co',
    }),
  });
  console.log(r.status, await r.text());
  r = await app.request('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost' },
    body: JSON.stringify({ email: 'a@b.example', password: 'correct horse battery' }),
  });
  console.log(r.status, await r.text(), r.headers.getSetCookie());
  const cookie = r.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  r = await app.request('/api/v1/me', { headers: { cookie } });
  console.log(r.status, await r.text(), [...r.headers]);
  r = await app.request('/api/openapi.json');
  console.log(r.status, (await r.text()).slice(0, 3000));
  r = await app.request('/nothing');
  console.log(r.status, await r.text());
});
