import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Each looks once a second whether it is still wanted, in milliseconds. */
const noticedMs = 1_500;

/** How deep a server's own files lie below the directory of all servers: workspace, infra, server, service. */
const deepest = 6;

/**
 * Switches off the servers that are folders of this machine: their processes look for the file that names their owner
 * and end without it, within a second. The servers stay as they are, like machines without power.
 */
export async function switchOff(directories: readonly string[]): Promise<void> {
  let running = 0;
  for (const directory of directories) running += await look(directory, deepest);
  if (running > 0) await delay(noticedMs);
}

/** How many processes were told to end. */
async function look(directory: string, depth: number): Promise<number> {
  let told = 0;
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.name === 'owner' && entry.isFile()) {
      await rm(path, { force: true });
      told += 1;
    } else if (entry.isDirectory() && depth > 0) told += await look(path, depth - 1);
  }
  return told;
}
