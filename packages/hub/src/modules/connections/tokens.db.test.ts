import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator, serveEmulator } from '@tillweave/emulator';
import { RateLimited, Unavailable } from '@tillweave/lightspeed';
import { afterEach, describe, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { oauthClient, till } from '../../http/testing/till.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Fetch, Services } from '../../platform/services.ts';
import { addConnection } from './add-connection.ts';
import { callsOf } from './call-gate.ts';
import { type ConnectionRef, openCredential } from './credential.ts';
import { COMMAND_ACTOR } from '../audit/record-audit.ts';
import { freezeConnection } from './freeze.ts';
import { getConnection } from './list-connections.ts';
import { openPosClient } from './pos-client.ts';
import { tokensOf } from './tokens.ts';
import { verifyConnection } from './verify-connection.ts';

const HOUR_MS = 3_600_000;

async function connected(services: Services & { organizationId: string }, emulator: Emulator): Promise<ConnectionRef> {
  return addConnection(services, {
    organizationId: services.organizationId,
    name: 'Till',
    oauthClient: oauthClient(emulator),
    refreshToken: emulator.credentials.rSeries.refreshToken,
  });
}

function refreshes(emulator: Emulator): number {
  return emulator.control.requests().filter(({ path }) => path.startsWith('/auth/oauth/token')).length;
}

async function stored(services: Services, ref: ConnectionRef) {
  const { rows } = await services.pool.query<{ sealed: string; generation: number }>(
    'select sealed, generation from credential where connection_id = $1',
    [ref.connectionId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('No credential');
  return { ...openCredential(services, ref, row.sealed), generation: row.generation };
}

/** Another instance on the same database and POS: nothing shared in memory. */
function anotherInstance(services: Services, fetch: Fetch = services.fetch): Services {
  return { ...services, fetch };
}

describe('renewing a token', () => {
  test('many callers in one process renew once', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    emulator.control.clock.advance(HOUR_MS);
    const before = refreshes(emulator);
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => tokensOf(services, ref).token()));
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes(emulator)).toBe(before + 1);
  });

  test('many instances renew once, and all get the same token', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    emulator.control.clock.advance(HOUR_MS);
    const before = refreshes(emulator);
    const instances = Array.from({ length: 6 }, () => anotherInstance(services));
    const tokens = await Promise.all(instances.map(async (instance) => tokensOf(instance, ref).token()));
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes(emulator)).toBe(before + 1);
  });

  test('an instance whose token was refused takes the one another has renewed', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    const [one, two] = [anotherInstance(services), anotherInstance(services)];
    const old = await tokensOf(two, ref).token();
    emulator.control.clock.advance(HOUR_MS);
    const fresh = await tokensOf(one, ref).token();
    const before = refreshes(emulator);
    expect(await tokensOf(two, ref).renew(old)).toBe(fresh);
    expect(refreshes(emulator)).toBe(before);
  });

  test('the new pair is durable before its first use', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    emulator.control.clock.advance(HOUR_MS);
    const seen: string[] = [];
    const watching = anotherInstance(services, async (request, init) => {
      const sent = new Request(request, init);
      const bearer = /^Bearer (.+)$/u.exec(sent.headers.get('authorization') ?? '')?.[1];
      if (bearer !== undefined) {
        expect((await stored(services, ref)).accessToken).toBe(bearer);
        seen.push(bearer);
      }
      return services.fetch(sent);
    });
    const { client } = await openPosClient(watching, ref);
    await client.shops();
    expect(seen.length).toBeGreaterThan(0);
  });

  test('a lost answer is asked for again with the old token, and the till goes on', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    emulator.control.clock.advance(HOUR_MS);
    let lost = 0;
    const flaky = anotherInstance(services, async (request, init) => {
      const answer = await services.fetch(request, init);
      const url = request instanceof Request ? request.url : String(request);
      if (lost === 0 && url.includes('/oauth/token')) {
        lost += 1;
        throw new TypeError('the connection was cut after the answer was made');
      }
      return answer;
    });
    const { client } = await openPosClient(flaky, ref);
    expect((await client.shops()).records).toHaveLength(3);
    expect(lost).toBe(1);
  });

  test('answers lost again and again leave the old token in place for later', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    const { refreshToken } = await stored(services, ref);
    emulator.control.clock.advance(HOUR_MS);
    const deaf = anotherInstance(services, async (request, init) => {
      await services.fetch(request, init);
      throw new TypeError('the connection was cut');
    });
    await expect(tokensOf(deaf, ref).token()).rejects.toBeInstanceOf(Unavailable);
    expect((await stored(services, ref)).refreshToken).toBe(refreshToken);
    expect((await getConnection(services, ref)).state).toBe('active');
    const { client } = await openPosClient(services, ref);
    expect((await client.shops()).records).toHaveLength(3);
  });

  test('no more than five times a minute, whoever asks', async () => {
    const { emulator, services } = await till({ frozenClock: true });
    const ref = await connected(services, emulator);
    emulator.control.clock.advance(2 * 60_000);
    const before = refreshes(emulator);
    const outcomes: unknown[] = [];
    for (let time = 0; time < 8; time += 1) {
      const instance = anotherInstance(services);
      const refused = (await stored(services, ref)).accessToken ?? '';
      outcomes.push(
        await tokensOf(instance, ref)
          .renew(refused)
          .then(
            () => 'renewed',
            (error: unknown) => error,
          ),
      );
      emulator.control.clock.advance(1000);
    }
    expect(outcomes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'renewed'));
    for (const error of outcomes.slice(5)) expect(error).toBeInstanceOf(RateLimited);
    expect(refreshes(emulator)).toBe(before + 5);
    // The minute has gone by since the first of them.
    emulator.control.clock.advance(53_000);
    await tokensOf(anotherInstance(services), ref).renew((await stored(services, ref)).accessToken ?? '');
  });
});

describe('a refused refresh token', () => {
  test('asks for re-authorisation and makes no more calls', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    const [grant] = emulator.control.grants();
    expect(emulator.control.revokeGrant(grant?.id ?? '')).toBe(true);
    const { client } = await openPosClient(services, ref);
    await expect(client.shops()).rejects.toMatchObject({ name: 'Unauthorized' });
    expect(await getConnection(services, ref)).toMatchObject({ state: 'needs_reauthorisation', stateReason: 'invalid_grant' });
    const calls = emulator.control.requests().length;
    await expect(openPosClient(services, ref)).rejects.toMatchObject({ code: 'pos_unauthorized' });
    expect(emulator.control.requests()).toHaveLength(calls);
  });

  test('and an access token that is refused although it was renewed, found by a test, do the same', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    const refusing = anotherInstance(services, async (request, init) => {
      const url = request instanceof Request ? request.url : String(request);
      return url.includes('/API/') ? new Response('{"error":"access_denied"}', { status: 401 }) : services.fetch(request, init);
    });
    await expect(verifyConnection(refusing, ref)).rejects.toMatchObject({ name: 'Unauthorized' });
    expect((await getConnection(services, ref)).state).toBe('needs_reauthorisation');
    // The credentials were good after all: a test brings it back.
    await verifyConnection(services, ref);
    expect((await getConnection(services, ref)).state).toBe('active');
  });

  test('of a new connection leaves nothing behind', async () => {
    const { emulator, services } = await till();
    const input = {
      organizationId: services.organizationId,
      name: 'Till',
      oauthClient: oauthClient(emulator),
    };
    await expect(addConnection(services, { ...input, refreshToken: 'made up' })).rejects.toMatchObject({
      code: 'pos_unauthorized',
    });
    await addConnection(services, { ...input, refreshToken: emulator.credentials.rSeries.refreshToken });
  });

  test('a frozen connection renews nothing', async () => {
    const { emulator, services } = await till();
    const ref = await connected(services, emulator);
    await freezeConnection(services, ref, { reason: null, actor: COMMAND_ACTOR });
    emulator.control.clock.advance(HOUR_MS);
    const before = refreshes(emulator);
    await expect(tokensOf(anotherInstance(services), ref).token()).rejects.toMatchObject({ code: 'connection_frozen' });
    expect(refreshes(emulator)).toBe(before);
  });
});

describe('real processes', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** A process that will ask for the token when told; `line` waits for what it prints. */
  function start(environment: NodeJS.ProcessEnv, ref: ConnectionRef, mode = '') {
    const script = fileURLToPath(new URL('testing/renew-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=source', script, ref.organizationId, ref.connectionId, mode], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      go: () => child.stdin.write('go\n'),
      kill: () => child.kill('SIGKILL'),
      line: async (): Promise<string> => {
        const next = await lines.next();
        return next.done === true ? '' : next.value;
      },
    };
  }

  test('two renew once; one killed after the answer and before the commit loses nothing', async () => {
    // The processes go by the machine's clock, so the POS does as well.
    const emulator = createEmulator({ sales: 0, customers: 0, days: 7, now: new Date().toISOString() });
    const server = await serveEmulator(emulator, { port: 0 });
    try {
      const services = await testServices({
        fetch: (request, init) => fetch(request, init),
        config: { rBaseUrl: server.url, rAuthUrl: server.url },
      });
      const ref = await connected(services, emulator);
      const expire = () =>
        services.pool.query('update credential set sealed = $1, refresh_attempts = default where connection_id = $2', [
          services.sealer.seal(JSON.stringify(expired), `credential:${ref.organizationId}:${ref.connectionId}`),
          ref.connectionId,
        ]);
      const environment = {
        DATABASE_URL: services.databaseUrl,
        TILLWEAVE_SECRET_KEY: services.config.secretKey ?? '',
        TILLWEAVE_R_BASE_URL: server.url,
        TILLWEAVE_R_AUTH_URL: server.url,
        LOG_LEVEL: 'warn',
      };
      let { generation: _, ...expired } = { ...(await stored(services, ref)), expiresAt: 0 };
      await expire();
      const before = refreshes(emulator);
      // All are started at once, which is what takes time; each works when told.
      const pair = [start(environment, ref), start(environment, ref)];
      const victim = start(environment, ref, 'hang');
      const heir = start(environment, ref);
      for (const process of [...pair, victim, heir]) expect(await process.line()).toBe('ready');
      for (const process of pair) process.go();
      const [one, two] = [await pair[0]?.line(), await pair[1]?.line()];
      expect(one).toMatch(/^token ./u);
      expect(two).toBe(one);
      expect(refreshes(emulator)).toBe(before + 1);

      ({ generation: _, ...expired } = { ...(await stored(services, ref)), expiresAt: 0 });
      await expire();
      victim.go();
      expect(await victim.line()).toBe('answered');
      victim.kill();
      expect(refreshes(emulator)).toBe(before + 2);
      expect((await stored(services, ref)).refreshToken).toBe(expired.refreshToken);
      heir.go();
      expect(await heir.line()).toMatch(/^token ./u);
      expect(refreshes(emulator)).toBe(before + 3);
      const { client } = await openPosClient(anotherInstance(services), ref);
      expect((await client.shops()).records).toHaveLength(3);
    } finally {
      await server.close();
    }
  });
});

const UNANSWERED = 'https://api.example.test/unanswered';

test('freezing waits for new tokens that are on their way: with the POS having given them, they are kept', async () => {
  const emulator = createEmulator({ sales: 5, customers: 2 });
  const waiting: (() => void)[] = [];
  let isSlow = false;
  const services = await testServices({
    emulator: {
      fetch: async (request, init) => {
        const url = request instanceof Request ? request.url : String(request);
        // An ordinary request that is never answered.
        if (url === UNANSWERED)
          return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('cut off'))));
        const answer = await emulator.fetch(request, init);
        if (isSlow && url.includes('/oauth/token')) await new Promise<void>((resolve) => waiting.push(resolve));
        return answer;
      },
    },
  });
  const { organizationId } = services;
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const { connectionId } = await addConnection(services, {
    organizationId,
    name: 'Slow',
    oauthClient: { clientId, clientSecret },
    refreshToken,
  });
  const ref = { organizationId, connectionId };
  const before = await tokensOf(services, ref).token();
  isSlow = true;
  const renewing = tokensOf(services, ref).renew(before);
  await expect.poll(() => waiting.length).toBe(1);
  const ordinary = callsOf(services, ref)
    .fetch(UNANSWERED)
    .then(
      () => 'answered',
      () => 'cut off',
    );
  let isFrozen = false;
  const freezing = (async () => {
    await freezeConnection(services, ref, { reason: null, actor: COMMAND_ACTOR });
    isFrozen = true;
  })();
  const stateOf = () =>
    tenantTransaction(services.db, organizationId, (trx) =>
      trx
        .selectFrom('connection')
        .innerJoin('credential', 'credential.connection_id', 'connection.id')
        .select(['connection.state', 'credential.generation'])
        .where('connection.id', '=', connectionId)
        .executeTakeFirstOrThrow(),
    );
  await expect.poll(async () => (await stateOf()).state).toBe('frozen');
  const { generation } = await stateOf();
  // By then any other request has been given up.
  expect(await ordinary).toBe('cut off');
  expect(isFrozen).toBe(false);
  for (const go of waiting) go();
  const renewed = await renewing;
  expect(renewed).not.toBe(before);
  await freezing;
  expect(await stateOf()).toEqual({ state: 'frozen', generation: generation + 1 });
  await expect(tokensOf(services, ref).renew(renewed)).rejects.toMatchObject({ code: 'connection_frozen' });
}, 30_000);
