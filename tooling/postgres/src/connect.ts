import { realpathSync } from 'node:fs';
import postgres from 'postgres';

/** How to reach a local server as its superuser. */
export interface ServerAddress {
  readonly port: number;
  readonly password: string;
}

/** The database every server is made with. */
export const DATABASE = 'signalbox';

/** A superuser URL to a database of the server. */
export function serverUrl(address: ServerAddress, database: string): string {
  return `postgres://postgres:${address.password}@127.0.0.1:${address.port}/${database}`;
}

/**
 * Why the server at this address cannot be taken for the one of `dataDir`, or undefined when it answers with
 * our password and works in that directory. Waits at most five seconds.
 */
export async function findMismatch(address: ServerAddress, dataDir: string): Promise<string | undefined> {
  const sql = connect(address);
  try {
    const [row] = await sql<[{ path: string }]>`select current_setting('data_directory') as path`;
    return realpathSync(row.path) === realpathSync(dataDir) ? undefined : `it serves ${row.path}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Creates the database `signalbox` when the server does not have it. */
export async function ensureDatabase(address: ServerAddress): Promise<void> {
  const sql = connect(address);
  try {
    const found = await sql`select from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } catch (error) {
    const duplicate = ['42P04', '23505'];
    if (!duplicate.includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function connect(address: ServerAddress): postgres.Sql {
  return postgres(serverUrl(address, 'postgres'), {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 5,
    onnotice: () => {},
  });
}
