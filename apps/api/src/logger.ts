import { describeError } from '@signalbox/db/client/describe-error';
import { redactText } from '@signalbox/domain/observability/redact-text';
import { redactLogged } from '@signalbox/domain/observability/redact-value';
import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The process's log: one JSON object a line, on standard output. Secrets are taken out of members, texts, addresses
 * and errors, however deep they stand.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      formatters: { log: members },
      // What the server would tell of a request by itself is its address, with the query.
      serializers: { req: () => undefined, res: () => undefined, err: (error: unknown) => error },
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

/** An error of the database layer repeats its statement with all values, so only its cause is told. */
function members(line: object): Record<string, unknown> {
  const { req, res, ...rest } = line as Record<string, unknown>;
  const told = Object.entries(rest).map(([name, value]) => [
    name,
    value instanceof Error ? describeError(value) : value,
  ]);
  return redactLogged(Object.fromEntries(told)) as Record<string, unknown>;
}
