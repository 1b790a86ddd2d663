import { describe, expect, it } from 'vitest';
import { testRetailer } from '../testing/retailer.ts';

describe('the rate window', () => {
  it('lets 300 × registers + 50 through in five minutes, and says when it opens again as an HTTP date', async () => {
    const store = testRetailer({ sales: 5, customers: 2, rateLimit: 'real', xRegisters: 1, now: '2026-11-24T03:01:00Z' });
    const first = await store.get('/2.0/outlets');
    expect(first.headers.get('X-RateLimit-Limit')).toBe('350');
    expect(first.headers.get('X-RateLimit-Remaining')).toBe('349');
    for (let time = 1; time < 350; time += 1) expect((await store.get('/2.0/outlets')).status).toBe(200);
    const refused = await store.get('/2.0/outlets');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('Tue, 24 Nov 2026 03:05:00 GMT');
    expect(refused.headers.get('X-RateLimit-Remaining')).toBe('0');
    expect(refused.body).toEqual({ error: 'Too Many Requests', message: 'Rate limiting enforced' });
    store.emulator.control.clock.set('2026-11-24T03:04:59Z');
    expect((await store.get('/2.0/outlets')).status).toBe(429);
    store.emulator.control.clock.set('2026-11-24T03:05:00Z');
    expect((await store.get('/2.0/outlets')).headers.get('X-RateLimit-Remaining')).toBe('349');
  });

  it('grows with the registers that exist, deleted ones left out', async () => {
    const store = testRetailer({ sales: 5, customers: 2, rateLimit: 'real' });
    const { data } = (await store.get('/2.0/registers')).body;
    const limit = 300 * (data as unknown[]).length + 50;
    expect((await store.get('/2.0/outlets')).headers.get('X-RateLimit-Limit')).toBe(String(limit));
  });

  it('is one an application, and shared with whoever else spends it', async () => {
    const store = testRetailer({ sales: 5, customers: 2, rateLimit: 'real', xRegisters: 1 });
    const access = await store.signIn('outlets:read');
    await store.get('/2.0/outlets');
    expect((await store.get('/2.0/outlets', access)).headers.get('X-RateLimit-Remaining')).toBe('349');
    store.emulator.control.spend(store.credentials.clientId, 200);
    expect((await store.get('/2.0/outlets', access)).headers.get('X-RateLimit-Remaining')).toBe('148');
    store.emulator.control.spend('personal-token', 1000);
    expect((await store.get('/2.0/outlets')).status).toBe(429);
  });

  it('refuses nothing when it is off, and shows a window that holds one request', async () => {
    const store = testRetailer({ sales: 5, customers: 2, xRegisters: 1 });
    for (let time = 0; time < 360; time += 1) {
      expect((await store.get('/2.0/outlets')).headers.get('X-RateLimit-Remaining')).toBe('349');
    }
  });

  it('is kept apart from the R-Series’ bucket in the log', async () => {
    const store = testRetailer({ sales: 5, customers: 2, rateLimit: 'real', xRegisters: 1 });
    await store.get('/2.0/outlets?page_size=1');
    expect(store.emulator.control.requests().at(-1)).toMatchObject({
      method: 'GET',
      path: '/api/2.0/outlets?page_size=1',
      status: 200,
      client: 'personal-token',
      cost: 1,
      level: '1/350',
    });
  });
});
