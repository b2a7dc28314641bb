import { type Database, openDatabase } from '@signalbox/db/client/database';
import type { StartResult } from '@signalbox/db/commands/gate/start-runs';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import postgres from 'postgres';

/** A database of a test file's own: as the application sees it, and as a superuser who sees everything. */
export interface GateDatabase {
  readonly db: Database;
  readonly admin: postgres.Sql;
  readonly url: string;
  close(): Promise<void>;
}

export async function openGateDatabase(): Promise<GateDatabase> {
  const database = await createTestDatabase();
  const db = await openDatabase({ url: database.url, name: 'gate test' });
  const admin = postgres(database.url, { max: 2, onnotice: () => {} });
  return {
    db,
    admin,
    url: database.url,
    close: async () => {
      await Promise.all([db.close(), admin.end({ timeout: 5 })]);
      await database.drop();
    },
  };
}

/** The verdict of an answer, or its kind where the gate did not come to one. */
export function outcomeOf(result: StartResult | undefined): string {
  if (result === undefined) throw new Error('The gate gave fewer answers than it was asked.');
  return result.kind === 'decided' ? result.verdict.kind : result.kind;
}

/** The run of an answer; throws when there is none. */
export function runIdOf(result: StartResult | undefined): number {
  if (result?.kind !== 'decided' || result.run === null)
    throw new Error(`No run in ${JSON.stringify(result)}`);
  return result.run.id;
}

/** Rows of every table that an admission writes, in one workspace. Queue jobs are found by their payload. */
export async function traces(admin: postgres.Sql, workspaceId: string): Promise<Record<string, number>> {
  const [row] = await admin<Record<string, number>[]>`
    select (select count(*)::int from runs where workspace_id = ${workspaceId}) as runs,
      (select count(*)::int from scope_claims where workspace_id = ${workspaceId}) as claims,
      (select count(*)::int from run_events where workspace_id = ${workspaceId}) as events,
      (select count(*)::int from idempotency_keys where workspace_id = ${workspaceId}) as answers,
      (select count(*)::int from audit_entries where workspace_id = ${workspaceId} and action like 'run.%') as audit,
      (select count(*)::int from graphile_worker._private_jobs
        where payload ->> 'workspaceId' = ${workspaceId}) as jobs`;
  if (row === undefined) throw new Error('Nothing was counted.');
  return { ...row };
}
