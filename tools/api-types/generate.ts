/**
 * Writes the web's API types from the hub's routes: `npm run api`; with `--check` it only says whether they are up to date. The
 * document is built in this process, so that neither a server nor a database is needed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../../packages/hub/src/http/document.ts';

const OUTPUT = fileURLToPath(new URL('../../packages/web/src/api/schema.ts', import.meta.url));
const HEADER = '/** Generated from the API by `npm run api`; not edited by hand. */\n';

const types = await generate();
if (process.argv.includes('--check')) {
  const written = await readFile(OUTPUT, 'utf8').catch(() => '');
  if (written !== types) {
    process.stderr.write('The API types of the web are older than the routes. Run: npm run api\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(OUTPUT, types);
}

async function generate(): Promise<string> {
  // Through text, as a reader of the document would get it.
  const document = JSON.parse(JSON.stringify(openApiDocument())) as Parameters<typeof openapiTS>[0];
  const nodes = await openapiTS(document, { alphabetize: true, immutable: true });
  return `${HEADER}${astToString(nodes)}`;
}
