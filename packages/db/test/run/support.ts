import { type Database, openDatabase } from '@signalbox/db/client/database';
import { type ClaimedRun, claimRuns } from '@signalbox/db/commands/run/claim-runs';
import type { RunEnd, RunWrite, WriteResult } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import { type InsertedRun, insertRun } from '@signalbox/testing/run/insert-run';
import { seedWorkspace } from '@signalbox/testing/run/seed';
import postgres, { type Sql } from 'postgres';

export const workspaceId = 'acme';
export const leaseMs = 5_000;

/** A database with a workspace, as the application and as the superuser. */
export interface Bench {
  readonly db: Database;
  readonly sql: Sql;
  insert(run?: InsertedRun): Promise<number>;
  claim(runId: number, worker?: string): Promise<ClaimedRun | undefined>;
  /** Claims a run that must be free. */
  take(runId: number, worker?: string): Promise<ClaimedRun>;
  write(write: RunWrite): Promise<WriteResult>;
  /** Moves the expiry of the lease into the past, as if its worker had been silent. */
  expire(runId: number): Promise<void>;
  run(runId: number): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  await seedWorkspace(database.url, workspaceId);
  const db = await openDatabase({ url: database.url, name: 'test', max: 8 });
  const claim: Bench['claim'] = async (runId, worker = 'worker-a') => {
    const [run] = await db.inWorkspace(workspaceId, (tx) => claimRuns(tx, [runId], { worker, leaseMs }));
    return run;
  };
  return {
    db,
    sql,
    insert: (run) => insertRun(sql, workspaceId, run),
    claim,
    take: async (runId, worker) => {
      const run = await claim(runId, worker);
      if (run === undefined) throw new Error(`Run ${runId} was not free.`);
      return run;
    },
    write: async (write) => {
      const [result] = await db.inWorkspace(workspaceId, (tx) => writeRuns(tx, [write], 'worker-a'));
      if (result === undefined) throw new Error('A write got no answer.');
      return result;
    },
    expire: async (runId) => {
      await sql`update runs set lease_expires_at = now() - interval '1 second' where id = ${runId}`;
    },
    run: async (runId) => {
      const [row] = await sql`select * from runs where id = ${runId}`;
      return row ?? {};
    },
    close: async () => {
      await Promise.all([db.close(), sql.end()]);
      await database.drop();
    },
  };
}

/** A write that says nothing yet: tests add what they are about. */
export function writeOf(run: ClaimedRun, number: number, more: Partial<RunWrite> = {}): RunWrite {
  return {
    runId: run.id,
    epoch: run.epoch,
    number,
    entries: [],
    counts: run.counts,
    progress: null,
    currentStep: null,
    steps: [],
    declared: [],
    results: [],
    end: null,
    ...more,
  };
}

export const done: RunEnd = { kind: 'finish', result: { kind: 'done' }, output: null };

export function stepOf(
  run: ClaimedRun,
  name: string,
  state: 'intent' | 'done' | 'failed',
): RunWrite['steps'][number] {
  return { name, position: 1, attempt: 1, state, effectKey: `run:${run.uid}:${name}`, startedMsAgo: 0 };
}
