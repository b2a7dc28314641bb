import { resolve } from 'node:path';
import { chooseAccount } from './account.ts';
import { adoptServer } from './adopt-server.ts';
import { findBinaries } from './binaries.ts';
import { DATABASE, ensureDatabase, serverUrl } from './connect.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { type Launch, launchServer } from './launch-server.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import type { ServerSettings } from './server-settings.ts';
import { stopServer } from './stop-server.ts';

/** What to start. */
export interface PostgresOptions {
  /** Where the data lives. The password and the log are kept beside it, as `<dataDir>.password` and `.log`. */
  readonly dataDir: string;
  /** The first port to try; the next free one is taken when it is in use. 0 for any. */
  readonly port: number;
  /** postgresql.conf settings for this start, e.g. `{ fsync: false }`. A server that is adopted keeps its own. */
  readonly settings?: ServerSettings;
  /** Receives one line per stage. */
  readonly log?: (line: string) => void;
}

/** A running server. */
export interface PostgresServer {
  /** Superuser URL to the database `signalbox`. */
  readonly url: string;
  readonly port: number;
  /** Where the data really is: the path asked for, unless root had to keep it elsewhere behind a link. */
  readonly dataDir: string;
  /** The server's process number. */
  readonly pid: number;
  /** Whether the server was already running when we came. */
  readonly adopted: boolean;
  /** Ends the server cleanly. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends the server as a crash does: no checkpoint, sessions cut. The next start recovers. */
  crash(): Promise<void>;
}

/**
 * Starts PostgreSQL from the binaries of the installed package, on 127.0.0.1 only, with the database
 * `signalbox`. Makes the data directory on the first start, adopts a server that a killed process left on it,
 * recovers after a crash. The server does not depend on this process: it lives until it is stopped.
 * @throws Error with a plain explanation when it cannot be started.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const log = options.log ?? (() => {});
  const requested = resolve(options.dataDir);
  const settings = options.settings ?? {};
  const account = chooseAccount(requested);
  const binaries = findBinaries(account);
  const noSync = settings.fsync === false || settings.fsync === 'off';
  const data = await prepareDataDirectory({ dataDir: requested, account, binaries, noSync });
  if (data.created) log(`made a new database cluster in ${data.path}`);

  const context = { binaries, account, dataDir: data.path };
  const found = await adoptServer(data.path, data.password);
  const launch = { ...context, port: options.port, settings, logFile: `${requested}.log` };
  const { port, adopted } =
    found === undefined ? await launchOrAdopt(launch, data.password) : { port: found, adopted: true };
  log(adopted ? `took over PostgreSQL on port ${port}` : `PostgreSQL listens on port ${port}`);

  const address = { port, password: data.password };
  await ensureDatabase(address);
  return {
    url: serverUrl(address, DATABASE),
    port,
    dataDir: data.path,
    pid: readPostmasterPid(data.path)?.pid ?? 0,
    adopted,
    stop: () => stopServer(context, 'fast'),
    crash: () => stopServer(context, 'immediate'),
  };
}

/** Starts the server, or takes the one that another process started in the same moment. */
async function launchOrAdopt(launch: Launch, password: string): Promise<{ port: number; adopted: boolean }> {
  try {
    return { port: await launchServer(launch), adopted: false };
  } catch (error) {
    const port = await adoptServer(launch.dataDir, password);
    if (port === undefined) throw error;
    return { port, adopted: true };
  }
}
