import { createInterface } from 'node:readline';

/** The other end of `Program`: says something, then answers each line until there are no more. */
export async function answer(first: unknown, handle: (message: unknown) => unknown): Promise<void> {
  say(first);
  for await (const line of createInterface({ input: process.stdin })) say((await handle(JSON.parse(line))) ?? null);
}

/** What this process has used so far. */
export function ownUsage(): { cpuSeconds: number; bytes: number; peakBytes: number } {
  const { user, system } = process.cpuUsage();
  const kilobyte = 1024;
  return {
    cpuSeconds: (user + system) / 1_000_000,
    bytes: process.memoryUsage.rss(),
    peakBytes: process.resourceUsage().maxRSS * kilobyte,
  };
}

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
