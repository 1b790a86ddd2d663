#!/usr/bin/env node
/** Where `tillweave` begins. Nothing else is imported before the version check: an older Node would stop at its syntax. */
const NEEDED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
  process.stderr.write(
    `Tillweave needs Node.js ${NEEDED_MAJOR} or newer; this is ${process.versions.node}. Install it from https://nodejs.org, or with your package manager.\n`,
  );
  process.exitCode = 1;
} else {
  const { runCli } = await import('./run.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
