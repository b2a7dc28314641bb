import { setTimeout as delay } from 'node:timers/promises';
import { isTransient } from '@signalbox/db/client/transient';
import { LeaseLost } from '@signalbox/db/commands/run/run-write';
import type { Lease } from './lease.ts';

/**
 * Does something with the database again and again while it is away and the lease is held.
 * @throws LeaseLost when the lease is lost before it worked; any error that will not pass
 */
export async function retryWhileHeld<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    if (!lease.held()) throw new LeaseLost(lease.runId);
    try {
      return await lease.whileHeld(work());
    } catch (error) {
      if (error instanceof LeaseLost || !isTransient(error)) throw error;
      await delay(Math.random() * Math.min(1_000, 25 * 2 ** attempt));
    }
  }
}
