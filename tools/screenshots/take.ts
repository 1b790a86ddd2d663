/** Takes the pictures of the README: `node tools/screenshots/take.ts`, after `npm run build:web`. Needs a Chromium. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const IMAGES = `${ROOT}docs/images`;
const PLACES = [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const WIDTH = 1280;
const PATIENCE_MS = 120_000;

const executablePath = PLACES.find((path) => path !== '' && existsSync(path));
if (executablePath === undefined) throw new Error('There is no Chromium. Set CHROMIUM_PATH.');
await mkdir(IMAGES, { recursive: true });

const demo = await startDemo();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Copenhagen', reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(demo.url);
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demo.password);
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'The last 14 days, net sales' }).waitFor();
  await take(page, 'overview', 720);
  await page.goto(`${demo.url}/turnover?from=2026-11-16&to=2026-11-22&compare=week`);
  await page.getByRole('table', { name: 'Net sales by department' }).getByText('▲').first().waitFor();
  await take(page, 'turnover', 480);
  await page.goto(`${demo.url}/overview`);
  await page.getByRole('table', { name: 'Recent corrections' }).getByRole('link').last().click();
  await page.getByRole('button', { name: 'Version 2' }).click();
  await page.getByRole('table', { name: 'What changed' }).waitFor();
  await take(page, 'receipt', 1180);
} finally {
  await browser.close();
  await demo.stop();
}

async function take(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ width: WIDTH, height });
  await page.mouse.move(0, 0);
  await page.evaluate('window.scrollTo(0, 0)');
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${IMAGES}/${name}.png` });
  process.stdout.write(`docs/images/${name}.png\n`);
}

interface Demo {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** Starts `tillweave demo` and waits until it says where to look. */
async function startDemo(): Promise<Demo> {
  const child = spawn(process.execPath, ['--conditions=source', `${ROOT}packages/hub/src/cli/main.ts`, 'demo'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const text = said.join('\n');
    const url = /Look around at (\S+)/.exec(text)?.[1];
    const email = /e-mail\s+(\S+)/.exec(text)?.[1];
    const password = /password\s+(\S+)/.exec(text)?.[1];
    if (url === undefined || email === undefined || password === undefined) continue;
    child.stderr.resume();
    const stop = async () => {
      child.kill('SIGTERM');
      await exited;
    };
    return { url, email, password, stop };
  }
  throw new Error(`The demo ended before it was up:\n${said.join('\n')}`);
}
