import { sqlState } from './retried.ts';

/** SQLSTATE classes of a server that is away, busy or gave up on us: the same statement may work in a moment. */
const passing = [/^08/, /^53/, /^57P0/, /^55P03$/, /^57014$/, /^40/, /^25P0[23]$/];

/** Codes of the driver and the system for a connection that could not be had or kept, a lost COMMIT reply included. */
const connection = new Set([
  'COMMIT_OUTCOME_UNKNOWN',
  'TRANSACTION_CLOSED',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** The database gave no answer within the time allowed; whether it acted is not known. */
export class DatabaseTimeout extends Error {
  constructor(milliseconds: number) {
    super(`The database gave no answer for ${milliseconds} ms.`);
    this.name = 'DatabaseTimeout';
  }
}

/** True when the trouble is the way to the database or its state, and not the statement. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DatabaseTimeout) return true;
  const code = sqlState(error);
  return code !== null && (connection.has(code) || passing.some((pattern) => pattern.test(code)));
}
