import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { readableLine } from './log-line.ts';
import { redact, redactText } from './redact.ts';

export type { Logger } from 'pino';

const STDERR = 2;

/**
 * The process's log on stderr (results go to stdout): one JSON object a line, or readable lines on a terminal. Nothing is written that has not passed `redact`:
 * first the fields as they are handed over (errors, headers, maps), then every finished line once more, with what child loggers and
 * messages added.
 *
 * @param destination Where lines go instead, for tests.
 */
export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => Object.fromEntries(Object.entries(Object(redact(fields)))),
      },
      // `formatters.log` has seen the error already, as one of the fields.
      serializers: { err: (value: unknown) => value },
      hooks: { streamWrite: redactLine },
    },
    destination ?? (process.stderr.isTTY ? atTerminal : pino.destination({ fd: STDERR, sync: true })),
  );
}

const atTerminal: DestinationStream = { write: (line) => void process.stderr.write(readableLine(line)) };

function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
  } catch {
    // Not one of our lines; still nothing may slip through.
    return redactText(line);
  }
}
