import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface CaughtMail {
  readonly to: string;
  readonly subject: string;
  /** The whole message, quoted-printable undone. */
  readonly text: string;
}

/** A mail server in this process that keeps what it is sent. */
export interface Mailbox {
  readonly smtpUrl: string;
  readonly mails: readonly CaughtMail[];
  /** The next mails are refused for now, as by a server that is busy. */
  refuse(times: number): void;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: CaughtMail[] = [];
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, answer) {
      if (refusals === 0) return answer();
      refusals -= 1;
      return answer(Object.assign(new Error('Try again later'), { responseCode: 451 }));
    },
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, subject: subjectOf(raw), text: plain(raw) });
        answer();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}?from=hub@example.test`,
    mails,
    refuse: (times) => {
      refusals = times;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function subjectOf(raw: string): string {
  const header = /^Subject: (.*(?:\r\n[ \t].*)*)/mu.exec(raw)?.[1]?.replaceAll(/\r\n[ \t]+/gu, ' ') ?? '';
  return header
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=\s*/giu, (_, text: string) => unquote(text.replaceAll('_', ' ')))
    .replaceAll(/=\?UTF-8\?B\?(.*?)\?=\s*/giu, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'))
    .trim();
}

function plain(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  if (/^Content-Transfer-Encoding: base64/imu.test(raw)) return Buffer.from(body, 'base64').toString('utf8');
  return /^Content-Transfer-Encoding: quoted-printable/imu.test(raw) ? unquote(body.replaceAll('=\r\n', '')) : body;
}

function unquote(text: string): string {
  return text.replaceAll(/(?:=[0-9A-F]{2})+/giu, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString('utf8'));
}
