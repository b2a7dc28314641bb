import { type Database, openDatabase } from '@signalbox/db/client/database';
import { coalesceStarts, type StartOne } from '@signalbox/db/commands/gate/start-coalescer';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { operationRule } from '@signalbox/domain/operation/registry';
import { defineOperation, type Operation } from '@signalbox/worker/operations/operation';
import { startWorker } from '@signalbox/worker/start-worker';
import { pino } from 'pino';

/** The gate and one worker on one database, as a bench drives them. */
export interface Engine {
  readonly db: Database;
  readonly start: StartOne;
}

/** The operation that every measure starts, with other work inside; gate, leases, steps and audit are the real ones. */
export function benchOperation(perform: Operation['perform']): Operation {
  const { name, retry } = operationRule('snapshot_capture');
  return defineOperation({ name, retry, parseInput: (input) => input, perform });
}

/** Runs `work` beside a worker that knows one operation. */
export async function withWorker<T>(
  options: { readonly url: string; readonly slots: number; readonly operation: Operation },
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { url, slots, operation } = options;
  const db = await openDatabase({ url, name: 'bench', max: 16 });
  const worker = await startWorker({
    databaseUrl: url,
    operations: [operation],
    logger: pino({ level: 'silent' }),
    slots,
    // A busy worker fetches ahead; one with few slots takes what it can run.
    prefetch: slots >= 100 ? 500 : slots,
  });
  const start = coalesceStarts((workspaceId, requests) => startRuns(db, workspaceId, requests));
  try {
    return await work({ db, start });
  } finally {
    await worker.stop();
    await db.close();
  }
}
