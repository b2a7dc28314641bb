import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, in milliseconds. @throws the signal's reason as soon as it aborts */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
