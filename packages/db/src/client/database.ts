import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepared } from './prepared.ts';
import { retried } from './retried.ts';
import { notMigrated, startProblem } from './start-problem.ts';

type Drizzle = PostgresJsDatabase<Record<string, never>>;
type DrizzleTransaction = Parameters<Parameters<Drizzle['transaction']>[0]>[0];

/** An open transaction inside one workspace. Queries and commands take nothing else. */
export interface WorkspaceTransaction {
  readonly workspaceId: string;
  readonly query: DrizzleTransaction;
}

/** An open transaction outside every workspace: only the listed functions and the worker registry answer there. */
export interface SystemTransaction {
  readonly query: DrizzleTransaction;
}

/** The only way to the database for api and worker. The pool behind it is not handed out. */
export interface Database {
  /** Runs `work` in one transaction that sees a single workspace. Deadlocks and serialization failures are retried. */
  inWorkspace<T>(workspaceId: string, work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction that sees no workspace. */
  asSystem<T>(work: (tx: SystemTransaction) => Promise<T>): Promise<T>;
  /** Calls `heard` for each notification on a channel, and `again` whenever the connection had to be made anew. */
  listen(channel: string, heard: (payload: string) => void, again: () => void): Promise<() => Promise<void>>;
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** Connections at most. */
  readonly max?: number;
}

/**
 * Opens a pool whose sessions are the application role: it owns nothing and cannot pass row-level security.
 * Fails when the role could, so that a wrong set-up never serves a request.
 * @throws StartProblem when the database is away, refuses the login or is not migrated
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const client = postgres(options.url, {
    max: options.max ?? 10,
    // Seconds. Who asks has to hear in time that the database is away.
    connect_timeout: 5,
    onnotice: () => {},
    connection: {
      application_name: options.name,
      role: 'signalbox_app',
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 5_000,
      lock_timeout: 2_000,
      plan_cache_mode: 'force_generic_plan',
      // Every statement has an index to go by. A plan made while a table was young would read all of it for as long
      // as the connection lives, however large it has become.
      enable_seqscan: 'off',
    },
  });
  const orm: Drizzle = drizzle(prepared(client));
  await refuseBypass(client, options.url).catch(async (error: unknown) => {
    await client.end();
    throw startProblem(options.url, error);
  });
  return {
    inWorkspace: (workspaceId, work) =>
      retried(() =>
        orm.transaction(async (query) => {
          await query.execute(sql`select set_config('app.workspace', ${workspaceId}, true)`);
          return work({ workspaceId, query });
        }),
      ),
    asSystem: (work) => retried(() => orm.transaction((query) => work({ query }))),
    listen: async (channel, heard, again) => {
      const subscription = await client.listen(channel, heard, again);
      return () => subscription.unlisten();
    },
    notify: async (channel, payload) => {
      await client.notify(channel, payload);
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/** A role that owns the tables or passes row-level security would make the second wall a picture of one. */
async function refuseBypass(client: postgres.Sql, url: string): Promise<void> {
  const [role] = await client<{ name: string; migrated: boolean; passes: boolean }[]>`
    select current_user as name, to_regclass('public.runs') is not null as migrated, rolsuper or rolbypassrls or exists (
        select from pg_class where relnamespace = 'public'::regnamespace and relowner = r.oid) as passes
    from pg_roles r where rolname = current_user`;
  if (role === undefined || role.passes) {
    throw new Error(
      `The database role ${role?.name ?? '(unknown)'} passes row-level security; Signalbox does not start.`,
    );
  }
  if (!role.migrated) throw notMigrated(url);
}
