import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import { openQueuePool } from './client/queue-pool.ts';

const folder = fileURLToPath(new URL('../migrations', import.meta.url));
const rolesFile = new URL('../migrations/roles.sql', import.meta.url);

/** Any number that is the same in every process: migrations run one at a time. */
const migrationLock = 5_197_264;

export interface MigrateOptions {
  /** A role that may create roles and owns the database, or a superuser. */
  readonly url: string;
  readonly log: (line: string) => void;
}

/**
 * Brings a database to the present schema: roles, the queue's own tables, then ours. Safe to run at any time and
 * by several processes at once. When the role of the URL may not create roles, it fails with the SQL to run.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const client = postgres(options.url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await createRoles(client);
    options.log('roles');
    const queue = openQueuePool({ url: options.url, name: 'signalbox migrate', max: 2 });
    await runMigrations({ pgPool: queue }).finally(() => queue.end());
    options.log('queue');
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
    options.log('tables');
  } finally {
    await client.end();
  }
}

async function createRoles(client: postgres.Sql): Promise<void> {
  const statements = await readFile(rolesFile, 'utf8');
  try {
    await client.unsafe(statements);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The roles of Signalbox could not be made (${reason}). Run this as a superuser, then start again:\n\n${await grants(client)}`,
      { cause: error },
    );
  }
}

/** What a superuser runs once, in any database of the cluster, so that the refused login can migrate. */
async function grants(client: postgres.Sql): Promise<string> {
  const [names] = await client<{ login: string; database: string }[]>`
    select quote_ident(current_user) as login, quote_ident(current_database()) as database`;
  const roles = ['signalbox_app', 'signalbox_queue', 'signalbox_system'];
  return [
    ...roles.map((role) => `create role ${role} nologin nobypassrls; -- unless it is there already`),
    `grant ${roles.join(', ')} to ${names?.login};`,
    `grant create on database ${names?.database} to ${names?.login}, signalbox_queue;`,
  ].join('\n');
}
