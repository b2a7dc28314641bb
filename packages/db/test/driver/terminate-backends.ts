import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';

/** Ends one server process, as an administrator or a failover would. */
export async function terminateBackend(admin: Sql, pid: number): Promise<void> {
  await admin`select pg_terminate_backend(${pid})`;
}

/** A running stream of terminations; `stop` ends it and answers how many backends it ended. */
export type BackendKiller = { stop(): Promise<number> };

/** Ends about twenty random backends a second among those that carry this application name. */
export function terminateBackends(admin: Sql, applicationName: string): BackendKiller {
  const stopped = new AbortController();
  const killing = kill();
  return {
    stop() {
      stopped.abort();
      return killing;
    },
  };

  async function kill(): Promise<number> {
    let count = 0;
    while (!stopped.signal.aborted) {
      const ended = await admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = ${applicationName} and datname = current_database()
        order by random() limit 1
      `;
      count += ended.length;
      await pause(45);
    }
    return count;
  }
}
