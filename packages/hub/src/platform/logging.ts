import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { redact, redactText } from './redact.ts';

export type { Logger } from 'pino';

const STDERR = 2;

/**
 * The process's log: one JSON object a line on stderr (results go to stdout). Whatever is handed to it passes `redact` first:
 * fields, bindings of child loggers, messages, errors with their causes.
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
        bindings: (bindings) => Object.fromEntries(Object.entries(Object(redact(bindings)))),
      },
      // `formatters.log` has seen the error already, as part of the fields.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(args, method) {
          const cleaned = args.map((arg: unknown, index) =>
            typeof arg === 'string' ? redactText(arg) : index === 0 ? arg : redact(arg),
          );
          Reflect.apply(method, this, cleaned);
        },
      },
    },
    destination ?? pino.destination({ fd: STDERR, sync: true }),
  );
}
