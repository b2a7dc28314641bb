import { migrate } from '@signalbox/db/migrate';
import { startPostgres } from '@signalbox/postgres-server/start-postgres';
import { makeThrowAwayDirectory } from '@signalbox/postgres-server/throw-away-directory';
import postgres from 'postgres';

/** The one server all contenders share: PostgreSQL's own defaults, so every commit reaches the disk. */
export interface BenchServer {
  readonly url: string;
  readonly admin: postgres.Sql;
  /**
   * Empties what rounds leave behind, so that each begins alike. `use` makes some rows before the statistics are
   * taken: a server that has never been analysed, as no server stays for a minute, would plan for empty tables.
   */
  clear(use: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server of its own, or takes the one of DATABASE_URL. */
export async function openBenchServer(given: string | undefined): Promise<BenchServer> {
  const own = given === undefined ? await ownServer() : null;
  const url = given ?? own?.url ?? '';
  await migrate({ url, log: () => {} });
  const admin = postgres(url, { max: 2, onnotice: () => {} });
  await admin`create table if not exists bench_commits (id bigint generated always as identity primary key, payload jsonb)`;
  await admin`create table if not exists bench_steps (unit int, step int, result jsonb, primary key (unit, step))`;
  return {
    url,
    admin,
    async clear(use) {
      await admin`truncate runs, audit_entries, bench_commits, bench_steps restart identity cascade`;
      await use();
      await admin`analyze`;
      for (const table of [
        'run_events',
        'scope_claims',
        'runs',
        'audit_entries',
        'graphile_worker._private_jobs',
      ]) {
        await admin.unsafe(`delete from ${table}`);
      }
    },
    async close() {
      await admin.end();
      await own?.close();
    },
  };
}

async function ownServer(): Promise<{ url: string; close(): Promise<void> }> {
  const directory = makeThrowAwayDirectory();
  const server = await startPostgres({
    dataDir: directory.dataDir,
    port: 0,
    settings: { max_connections: 200 },
  });
  return {
    url: server.url,
    async close() {
      await server.stop();
      await directory.close();
    },
  };
}
