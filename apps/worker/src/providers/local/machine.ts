import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentOf } from '../../transport/script-environment.ts';

/** A server that is a folder with a process. Kept in its file `machine/server`. */
export interface Machine {
  /** The digest of the effect key it was made under. */
  readonly key: string;
  readonly name: string;
  readonly plan: string;
  readonly zone: string;
}

const script = fileURLToPath(new URL('../../../machines/machine.sh', import.meta.url));

/** A process that has said nothing for so long is dead, in milliseconds; it says so each second. */
const silentMs = 5_000;

/** The machine in a folder; null where there is none. */
export async function readMachine(folder: string): Promise<Machine | null> {
  const text = await readFile(join(folder, 'machine/server'), 'utf8').catch(() => null);
  // It was written whole, by us, before the folder had its name.
  return text === null ? null : (JSON.parse(text) as Machine);
}

/**
 * Makes the folder of a machine, whole or not at all: it is prepared beside its place and moved there. Whoever was
 * faster stays; the caller looks whose it is.
 */
export async function makeFolder(folder: string, machine: Machine): Promise<void> {
  const beside = `${folder}.${randomBytes(6).toString('hex')}.new`;
  await mkdir(join(beside, 'machine'), { recursive: true, mode: 0o700 });
  await writeFile(join(beside, 'machine/server'), JSON.stringify(machine));
  try {
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  }
}

/** Starts the process of a machine, in place of one that may run. It outlives the worker that started it. */
export async function startMachine(folder: string, sh: string): Promise<void> {
  const token = randomBytes(12).toString('hex');
  const owner = join(folder, 'machine/owner');
  await writeFile(`${owner}.part`, `${token}\n`);
  await rename(`${owner}.part`, owner);
  const machine = spawn(sh, [script, folder, token], {
    cwd: '/',
    env: environmentOf(folder),
    stdio: 'ignore',
    detached: true,
  });
  machine.on('error', () => undefined);
  machine.unref();
}

/** Whether the process of a machine lives: it is the one that was started last, and spoke a moment ago. */
export async function isRunning(folder: string): Promise<boolean> {
  const [owner, alive] = await Promise.all(
    ['owner', 'alive'].map((name) => readFile(join(folder, 'machine', name), 'utf8').catch(() => null)),
  );
  if (owner === null || owner !== alive) return false;
  const spoke = await stat(join(folder, 'machine/alive')).catch(() => null);
  return spoke !== null && Date.now() - spoke.mtimeMs < silentMs;
}

/** Takes a machine away with everything in it; its processes end when they notice, within a second. */
export async function removeMachine(folder: string): Promise<void> {
  const away = `${folder}.${randomBytes(6).toString('hex')}.gone`;
  // Moved first, so that no process of it writes into what is being deleted, and half a server is never seen.
  const moved = await rename(folder, away).then(
    () => true,
    () => false,
  );
  if (moved) await rm(away, { recursive: true, force: true, maxRetries: 5 });
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOTEMPTY' || code === 'EEXIST';
}
