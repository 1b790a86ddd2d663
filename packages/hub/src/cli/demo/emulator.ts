import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface WorldSize {
  readonly seed: number;
  readonly days: number;
  readonly sales: number;
  readonly customers: number;
  readonly rateLimit: 'off' | 'real';
}

const Started = z.object({
  url: z.url(),
  rSeries: z.object({ clientId: z.string(), clientSecret: z.string() }),
  xSeries: z.object({ domainPrefix: z.string(), personalToken: z.string() }).nullable(),
  controlToken: z.string(),
});

const Measures = z.record(z.string(), z.union([z.number(), z.string()]));
const Truth = z.object({
  currency: z.string(),
  minorDigits: z.number(),
  cells: z.array(z.object({ shopID: z.string(), registerID: z.string(), day: z.string(), hour: z.string(), measures: Measures })),
  totals: Measures,
});
export type Truth = z.infer<typeof Truth>;

const Golden = z.record(z.string(), z.number());

/** What the emulator knows of each series; null where it does not answer as that one. */
export interface OfSeries<R, X> {
  readonly rSeries: R;
  readonly xSeries: X | null;
}

/** The emulated tills, in a process of their own and over real HTTP. */
export interface EmulatedTill {
  readonly url: string;
  readonly credentials: OfSeries<
    { readonly clientId: string; readonly clientSecret: string },
    { readonly domainPrefix: string; readonly personalToken: string }
  >;
  /** Registers the hub with the POS, as its owner would do on the vendor's page. */
  registerClient(redirectUri: string): Promise<void>;
  /** Lets the world's clock go on past the changes people make afterwards. */
  passLateEdits(): Promise<void>;
  truth(): Promise<OfSeries<Truth, Truth>>;
  /** How often each golden name was played. */
  golden(): Promise<OfSeries<Readonly<Record<string, number>>, Readonly<Record<string, number>>>>;
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Starts the emulator with its clock after the ordinary trade and before the late changes.
 *
 * @throws Error when it ends before it listens; what it said stands on stderr.
 */
export async function startEmulatedTill(size: WorldSize): Promise<EmulatedTill> {
  const index = import.meta.resolve('@tillweave/emulator');
  // The command stands beside the library: `cli.ts` in the checkout, `cli.js` where it is installed.
  const program = fileURLToPath(index.replace(/index(\.[jt]s)$/, 'cli$1'));
  const flags = Object.entries({
    seed: size.seed,
    days: size.days,
    sales: size.sales,
    customers: size.customers,
    'rate-limit': size.rateLimit,
  });
  const child = spawn(
    process.execPath,
    [
      program,
      '--port',
      '0',
      '--json',
      '--late-edits',
      'pending',
      ...flags.flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const line = await firstLine(child.stdout);
  if (line === null) throw new Error('The emulator ended before it was ready.');
  const { url, rSeries, xSeries, controlToken } = Started.parse(JSON.parse(line));
  const control = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}/_control/${path}`, {
      headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The emulator refused /_control/${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    credentials: { rSeries, xSeries },
    registerClient: async (redirectUri) => {
      await control('clients', {
        clientId: rSeries.clientId,
        clientSecret: rSeries.clientSecret,
        name: 'Tillweave',
        redirectUri,
      });
    },
    passLateEdits: async () => {
      await control('clock', { advanceMs: DAY_MS });
    },
    truth: async () => z.object({ rSeries: Truth, xSeries: Truth.nullable() }).parse(await control('truth')),
    golden: async () => z.object({ rSeries: Golden, xSeries: Golden.nullable() }).parse(await control('golden')),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | null> {
  const lines = createInterface({ input: stream });
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    lines.close();
  }
}
