/** Mail over SMTP, queued: what is written is sealed in its job, for it may hold a link that opens something. */
import type { Transaction } from 'kysely';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Database } from '../database/schema.ts';
import type { Services } from '../services.ts';

const MAIL_QUEUE = 'mail';
const CONTEXT = 'mail';
const TIMEOUT_MS = 20_000;

const Mail = z.object({ to: z.string(), subject: z.string(), text: z.string() });
/** Plain text to one person. */
export type Mail = z.infer<typeof Mail>;

/** Whether this installation can send mail. Without it people see the bell, and links are handed over by hand. */
export function mailAvailable({ smtpUrl }: Pick<Config, 'smtpUrl'>): boolean {
  return smtpUrl !== null;
}

/**
 * Puts a mail into the queue; with `trx` it goes out when that commits and never when it rolls back. It is tried for some hours.
 *
 * @returns False when mail cannot be sent here at all.
 */
export async function queueMail(services: Services, trx: Transaction<Database> | null, mail: Mail): Promise<boolean> {
  if (!mailAvailable(services.config)) return false;
  const oneLine = { ...mail, subject: mail.subject.replaceAll(/\s+/gu, ' ').trim() };
  await services.jobs.enqueue(trx, MAIL_QUEUE, { sealed: services.sealer.seal(JSON.stringify(oneLine), CONTEXT) });
  return true;
}

/** Sends what is in the queue. Takes effect when the jobs are started. */
export function registerMailWorker(services: Services): void {
  services.jobs.work(MAIL_QUEUE, { concurrency: 2 }, async (data, { id }) => {
    const { sealed } = z.object({ sealed: z.string() }).parse(data);
    await sendMail(services, Mail.parse(JSON.parse(services.sealer.open(sealed, CONTEXT))), id);
  });
}

/** The id is the job's: a mail that is sent twice because a worker died is known by it as one. */
async function sendMail({ config }: Services, mail: Mail, id: string): Promise<void> {
  if (config.smtpUrl === null) return;
  const { url, from } = addressesOf(config.smtpUrl, config.publicUrls[0].url);
  const transport = createTransport(url, { from });
  try {
    await transport.sendMail({ ...mail, messageId: `<${id}@${new URL(config.publicUrls[0].url).hostname}>` });
  } finally {
    transport.close();
  }
}

/** The sender is `?from=` of SMTP_URL, else its user when that is an address, else `tillweave@` our host. */
function addressesOf(smtpUrl: string, publicUrl: string): { url: string; from: string } {
  const url = new URL(smtpUrl);
  const user = decodeURIComponent(url.username);
  const from = url.searchParams.get('from') ?? (user.includes('@') ? user : `tillweave@${new URL(publicUrl).hostname}`);
  url.searchParams.delete('from');
  for (const name of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(TIMEOUT_MS));
  }
  return { url: url.href, from };
}
