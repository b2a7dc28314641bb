import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

/** How long to wait, and for what. */
export interface WaitOptions<T> {
  /** When the value is right; by default when it is truthy. */
  readonly until?: (value: T) => boolean;
  /** Milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Milliseconds between two looks; 25 by default. */
  readonly everyMs?: number;
}

/**
 * Looks again and again until the value is right, and returns it. A look that throws counts as not yet right.
 * @throws Error at the deadline, saying what was awaited and what was seen last.
 */
export async function waitUntil<T>(
  what: string,
  look: () => T | Promise<T>,
  options: WaitOptions<T> = {},
): Promise<T> {
  const { until = Boolean, timeoutMs = 10_000, everyMs = 25 } = options;
  const deadline = performance.now() + timeoutMs;
  let last: string;
  let cause: unknown;
  for (;;) {
    try {
      const value = await look();
      if (until(value)) return value;
      last = `last value: ${inspect(value, { depth: 4, breakLength: 110 })}`;
      cause = undefined;
    } catch (error) {
      last = `last look failed: ${String(error)}`;
      cause = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`waited ${timeoutMs} ms for ${what}; ${last}`, { cause });
    }
    await delay(everyMs);
  }
}
