import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HubEnv } from './environment.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Published: `dist/web` beside `dist/http`. In the checkout: where Vite builds it. */
const FOLDERS = ['../web/', '../../../web/dist/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

interface WebFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  /** Built files carry a hash in their name and never change; all others are asked for again. */
  readonly caching: string;
}

/**
 * Serves the built web. Every path that is no file is the web's own (it routes in the browser), so it gets the page itself. Only
 * files found in the folder beforehand are served: no request can name a path.
 *
 * @param folders Where the web may be, the first that has an `index.html` is taken; looked at again until one is built.
 */
export function mountWeb(app: OpenAPIHono<HubEnv>, folders: readonly string[] = FOLDERS): void {
  let files: ReadonlyMap<string, WebFile> | null = null;
  app.get('*', async (c) => {
    files ??= await readWeb(folders);
    if (files === null) return c.text('The web page has not been built. Run: npm run build:web\n', 503);
    const isAsset = extname(c.req.path) !== '';
    const file = files.get(c.req.path) ?? (isAsset ? undefined : files.get('/index.html'));
    if (file === undefined) return c.text('Not found\n', 404);
    const headers = { 'content-type': file.type, 'cache-control': file.caching, etag: file.etag };
    if (hasAlready(c.req.header('if-none-match'), file.etag)) return c.body(null, 304, headers);
    return c.body(file.body, 200, headers);
  });
}

/** Compression on the way turns our tag into a weak one; it is the same file. */
function hasAlready(tags: string | undefined, etag: string): boolean {
  return tags !== undefined && tags.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag);
}

async function readWeb(folders: readonly string[]): Promise<ReadonlyMap<string, WebFile> | null> {
  for (const folder of folders) {
    const files = await readFolder(folder);
    if (files.has('/index.html')) return files;
  }
  return null;
}

async function readFolder(folder: string): Promise<Map<string, WebFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, WebFile>();
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const path = join(entry.parentPath, entry.name);
    const body = new Uint8Array(await readFile(path));
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(url, {
      body,
      type: CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      caching: url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  }
  return files;
}
