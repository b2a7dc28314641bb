import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running demo tells other commands: where things are. */
export interface DemoState {
  readonly launcherPid: number;
  readonly url: string;
  /** For the commands of an operator; it holds the password, like the files beside it. */
  readonly databaseUrl: string;
  /** Null where no demo was asked for. */
  readonly emulator: { readonly url: string; readonly token: string } | null;
  readonly workerPid: number | null;
}

const file = (dataDir: string) => join(dataDir, 'demo.json');

export async function writeState(dataDir: string, state: DemoState): Promise<void> {
  await writeFile(file(dataDir), JSON.stringify(state), { mode: 0o600 });
}

export async function removeState(dataDir: string): Promise<void> {
  await rm(file(dataDir), { force: true });
}

/** The state of the demo that runs on this data directory, or null when none does. */
export async function readState(dataDir: string): Promise<DemoState | null> {
  try {
    const state = JSON.parse(await readFile(file(dataDir), 'utf8')) as DemoState;
    process.kill(state.launcherPid, 0);
    // Process numbers are given anew, above all in a container that was started again: ask who answers, too.
    await fetch(state.emulator?.url ?? `${state.url}/livez`, { signal: AbortSignal.timeout(3_000) });
    return state;
  } catch {
    return null;
  }
}

/** Whether the last demo on this data directory ended without taking its state away. */
export async function wasKilled(dataDir: string): Promise<boolean> {
  return existsSync(file(dataDir)) && (await readState(dataDir)) === null;
}
