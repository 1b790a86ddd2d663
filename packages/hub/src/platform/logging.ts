import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { redact, redactText } from './redact.ts';

export type { Logger } from 'pino';

const STDERR = 2;

/**
 * The process's log: one JSON object a line on stderr (results go to stdout). Nothing is written that has not passed `redact`:
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
    destination ?? pino.destination({ fd: STDERR, sync: true }),
  );
}

function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
  } catch {
    // Not one of our lines; still nothing may slip through.
    return redactText(line);
  }
}
