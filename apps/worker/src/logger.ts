import { redactText } from '@signalbox/domain/observability/redact-text';
import { redactLogged } from '@signalbox/domain/observability/redact-value';
import { type DestinationStream, type Logger, pino } from 'pino';

/** The process's log: one JSON object a line, on standard output, without secrets in members, texts or errors. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { part: 'worker', pid: process.pid },
      formatters: { log: (line) => redactLogged(line) as Record<string, unknown> },
      hooks: {
        logMethod(given, method) {
          const clean = given.map((one) => (typeof one === 'string' ? redactText(one) : one));
          method.apply(this, clean as Parameters<typeof method>);
        },
      },
    },
    destination,
  );
}
