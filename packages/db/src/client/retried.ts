import { setTimeout as delay } from 'node:timers/promises';

/** Deadlock and serialization failure: the transaction did nothing and may be run again. */
const transient = new Set(['40P01', '40001']);
const tries = 5;

/** Runs a transaction again after a deadlock or serialization failure, with full jitter, five times at most. */
export async function retried<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= tries || !transient.has(sqlState(error) ?? '')) throw error;
      await delay(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** The SQLSTATE of an error, also where drizzle wrapped the driver's. */
export function sqlState(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return null;
}
