import { type Logger, pino } from 'pino';

/** What must never reach a log, wherever it stands. */
const secret = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  '*.password',
  '*.token',
  '*.secret',
  '*.authorization',
  '*.cookie',
  'req.headers',
  'res.headers',
];

/** The process's log: one JSON object a line, on standard output. */
export function createLogger(level: string): Logger {
  return pino({ level, redact: { paths: secret, censor: '[redacted]' } });
}
