import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

/**
 * A folder that is being made or taken away stands beside its place under a name that no server can have, so that a
 * worker that dies over it leaves nothing that is taken for a server.
 */
function besideOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.${randomBytes(6).toString('hex')}`);
}

/** The name of the server that a folder beside the others was to be, or was; null for any other name. */
export function leftoverOf(entry: string): string | null {
  return /^\.(.+)\.[\da-f]{12}$/.exec(entry)?.[1] ?? null;
}

/** The machine in a folder; null where there is none. */
export async function readMachine(folder: string): Promise<Machine | null> {
  const text = await readFile(join(folder, 'machine/server'), 'utf8').catch(nothingThere);
  // It was written whole, by us, before the folder had its name.
  return text === null ? null : (JSON.parse(text) as Machine);
}

/**
 * Makes the folder of a machine, whole or not at all: it is prepared beside its place and moved there. Whoever was
 * faster stays; the caller looks whose it is.
 */
export async function makeFolder(folder: string, machine: Machine): Promise<void> {
  const beside = besideOf(folder);
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
  // Under a name of its own: two workers may be at it, and whoever is the last wins.
  await writeFile(`${owner}.${token}`, `${token}\n`);
  await rename(`${owner}.${token}`, owner);
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
    ['owner', 'alive'].map((name) => readFile(join(folder, 'machine', name), 'utf8').catch(nothingThere)),
  );
  if (owner === null || owner !== alive) return false;
  const spoke = await stat(join(folder, 'machine/alive')).catch(nothingThere);
  return spoke !== null && Date.now() - spoke.mtimeMs < silentMs;
}

/**
 * Takes a machine away with everything in it, or what a killed worker has left of one; its processes end when they
 * notice, within a second.
 */
export async function removeMachine(folder: string): Promise<void> {
  const left = leftoverOf(basename(folder)) !== null;
  const away = left ? folder : besideOf(folder);
  // Moved first, so that no process of it writes into what is being deleted, and half a server is never seen.
  if (!left && (await rename(folder, away).catch(nothingThere)) === null) return;
  await rm(away, { recursive: true, force: true, maxRetries: 5 });
}

/** Null for a path with nothing there; every other error goes on. */
export function nothingThere(error: unknown): null {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

function isTaken(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
