/**
 * `npm run check:packed`: packs the three published packages, installs the files into an empty folder and runs each README's example there.
 * Needs a package registry for their dependencies. Node does not strip types under node_modules, so this proves that `dist` is whole.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['lightspeed', 'emulator', 'hub'] as const;
// The checkout's `source` condition must not leak in: a user of the packages does not have it.
const plainEnvironment = {
  ...process.env,
  NODE_OPTIONS: '',
  npm_config_node_options: '',
  PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
};

const folder = mkdtempSync(join(tmpdir(), 'tillweave-packed-'));
try {
  const tarballs = packages.map((name) => pack(name));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'packed-check', private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs], folder);
  for (const name of ['lightspeed', 'emulator']) {
    writeFileSync(join(folder, `${name}.ts`), readmeExample(name));
    process.stdout.write(`${name} README example:\n${run(process.execPath, [`${name}.ts`], folder)}`);
  }
  process.stdout.write(
    `tillweave --help:\n${run(join(folder, 'node_modules/.bin/tillweave'), ['--help'], folder).split('\n').slice(0, 3).join('\n')}\n`,
  );
  const demo = run(
    join(folder, 'node_modules/.bin/tillweave'),
    ['demo', '--exit', '--json', '--sales', '300', '--customers', '50', '--days', '20'],
    folder,
  );
  const result: unknown = JSON.parse(demo);
  if (typeof result !== 'object' || result === null || !('ok' in result) || result.ok !== true)
    throw new Error(`The packed hub's demo is not ok: ${demo}`);
  process.stdout.write('packed demo: ok\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Builds and packs one workspace into the folder; returns the tarball's path. */
function pack(name: string): string {
  const output = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: join(root, 'packages', name),
    encoding: 'utf8',
  });
  return join(folder, output.trim().split('\n').at(-1) ?? '');
}

/** The first fenced `ts` block of a package's README. */
function readmeExample(name: string): string {
  const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (block === undefined) throw new Error(`packages/${name}/README.md has no \`\`\`ts example.`);
  return block;
}

function run(command: string, parameters: string[], cwd: string): string {
  return execFileSync(command, parameters, {
    cwd,
    env: plainEnvironment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
