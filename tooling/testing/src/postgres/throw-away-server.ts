import { startPostgres } from '@signalbox/postgres-server/start-postgres';
import { makeThrowAwayDirectory } from '@signalbox/postgres-server/throw-away-directory';

/** A server that ends, with all its data, when it is closed or when this process dies. */
export interface ThrowAwayServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Fast before durable: a crash of the machine may lose everything, a crash of the server only the last commits. */
const SETTINGS = {
  fsync: false,
  synchronous_commit: false,
  full_page_writes: false,
  max_connections: 300,
  jit: false,
};

/** Starts a server in a temporary directory. */
export async function startThrowAwayServer(): Promise<ThrowAwayServer> {
  const directory = makeThrowAwayDirectory();
  try {
    const server = await startPostgres({ dataDir: directory.dataDir, port: 0, settings: SETTINGS });
    return { url: server.url, close: directory.close };
  } catch (error) {
    await directory.close();
    throw error;
  }
}
