import { closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { disarmPidFile, isServerAlive, readPostmasterPid } from './postmaster-pid.ts';
import { type ProgramContext, runProgram } from './run-program.ts';
import { type ServerSettings, writeSettings } from './server-settings.ts';

/** A start of a server in a prepared data directory. */
export interface Launch extends ProgramContext {
  /** The first port to try; the next free one is taken when it is in use. 0 for any. */
  readonly port: number;
  readonly settings: ServerSettings;
  /** The file the server logs to. */
  readonly logFile: string;
}

const START_SECONDS = 60;
const ORPHAN_SECONDS = 15;
/** What ends by itself: a killed server's children hold its memory; another start is writing its PID file. */
const PASSING = ['is still in use', '" is empty'];
const MAX_LOG_BYTES = 10_000_000;

/**
 * Starts the server and returns its port once it accepts connections; after a crash that includes recovery.
 * @throws Error with the end of the server's log when it does not come up.
 */
export async function launchServer(launch: Launch): Promise<number> {
  const deadline = Date.now() + ORPHAN_SECONDS * 1000;
  let wanted = launch.port;
  for (;;) {
    const port = await freePort(wanted);
    const failure = await tryLaunch(launch, port);
    // Asked of the server: another process starting at the same moment may have set the port it read.
    if (failure === undefined) return readPostmasterPid(launch.dataDir)?.port ?? port;
    if (failure.includes('could not create any TCP/IP sockets')) {
      // Somebody took the port between our look and the server's.
      wanted = wanted === 0 ? 0 : port + 1;
    } else if (PASSING.some((words) => failure.includes(words)) && Date.now() < deadline) {
      await delay(100);
    } else {
      throw new Error(`PostgreSQL did not start in ${launch.dataDir}:\n${failure}\n(log: ${launch.logFile})`);
    }
  }
}

/** One start: undefined when the server is up, else what it said. */
async function tryLaunch(launch: Launch, port: number): Promise<string | undefined> {
  const previous = readPostmasterPid(launch.dataDir);
  if (previous !== undefined && !isServerAlive(previous.pid, launch.dataDir)) disarmPidFile(launch.dataDir);
  writeSettings(launch.dataDir, { ...launch.settings, port }, launch.account);

  if (existsSync(launch.logFile) && statSync(launch.logFile).size > MAX_LOG_BYTES)
    truncateSync(launch.logFile);
  const log = openSync(launch.logFile, 'a', 0o600);
  const logged = statSync(launch.logFile).size;
  try {
    const args = ['start', '--silent', '--wait', `--timeout=${START_SECONDS}`];
    const { code } = await runProgram({ ...launch, outputTo: log }, 'pgCtl', args);
    if (code === 0) return undefined;
    const said = readFileSync(launch.logFile).subarray(logged).toString('utf8').trim();
    return said.split('\n').slice(-20).join('\n') || `pg_ctl ended with code ${code} and said nothing`;
  } finally {
    closeSync(log);
  }
}
