import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObjectName } from '@signalbox/domain/provisioning/names';
import { OperationFailure } from '../../operations/failures.ts';
import { memberOf } from '../http/safe-code.ts';
import { waitFor } from '../http/wait-for.ts';
import { configuration } from './configuration.ts';

const stateFile = 'terraform.tfstate';
const backupFile = `${stateFile}.backup`;
const keptFile = `${stateFile}.kept`;
/** Of the program itself: empty, so that nothing in the home of anybody changes what it does. */
export const settingsFile = 'terraform.rc';

/** How often, and how long apart in milliseconds, a state is read that somebody may be writing at that moment. */
const looks = 20;
const lookMs = 50;

/**
 * The working directory of an infra: `<root>/<workspace>/<infra>`.
 * @throws OperationFailure for a name that could lead elsewhere
 */
export function infraFolder(root: string, workspace: string, infra: string): string {
  if (isObjectName(workspace) && isObjectName(infra)) return join(root, workspace, infra);
  const message = 'The infra has a name that is none.';
  throw new OperationFailure({ code: 'provider_refused', message }, false);
}

/** Makes a directory ready to be worked in. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(join(folder, 'main.tf.json'), `${JSON.stringify(configuration, null, 2)}\n`);
  await writeWhole(join(folder, settingsFile), '');
}

/** Whole or not at all, since others may be reading it. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}.part`;
  await writeFile(part, text, { mode: 0o600 });
  await rename(part, file);
}

/**
 * The state of an infra, or null when it has none. Terraform empties the file and writes it anew after each server:
 * whoever reads meanwhile may find half of it or nothing, and a program that is killed then leaves it so. What stays
 * unreadable is taken from the newest copy.
 */
export async function readState(folder: string, signal: AbortSignal): Promise<string | null> {
  for (let left = looks; ; left -= 1) {
    const state = await readText(join(folder, stateFile));
    if (state !== null && serialOf(state) !== null) return state;
    const copy = await newestCopy(folder);
    // An infra at its beginning has an empty state, or none, and no copy.
    if ((state ?? '') === '' && copy === null) return null;
    if (left === 0) {
      if (copy !== null) return copy;
      const message = 'The state of the infra cannot be read, and there is no copy of it.';
      throw new OperationFailure({ code: 'conflict', message }, false);
    }
    await waitFor(lookMs, signal);
  }
}

/** Keeps a copy of the state as it is; not at a moment at which it is being written. */
export async function keepState(folder: string): Promise<void> {
  const state = await readText(join(folder, stateFile));
  if (state !== null && serialOf(state) !== null) await writeWhole(join(folder, keptFile), state);
}

/** Puts the newest copy in the place of a state that nobody can read; says whether it had to. */
export async function mendState(folder: string, signal: AbortSignal): Promise<boolean> {
  const state = await readState(folder, signal);
  const now = await readText(join(folder, stateFile));
  if (state === null || (now !== null && serialOf(now) !== null)) return false;
  // In place, so that the file stays the one that others hold a lock on.
  await writeFile(join(folder, stateFile), state);
  return true;
}

/** Of our copies and terraform's own, which is of the time before a run. */
async function newestCopy(folder: string): Promise<string | null> {
  let newest: string | null = null;
  for (const name of [backupFile, keptFile]) {
    const copy = await readText(join(folder, name));
    if (copy === null) continue;
    if ((serialOf(copy) ?? -1) >= (newest === null ? 0 : (serialOf(newest) ?? 0))) newest = copy;
  }
  return newest;
}

/** Works on a copy of an infra, which is thrown away: nothing done there changes the infra. Null when it has no state. */
export async function withCopy<Result>(
  folder: string,
  work: (copy: string, hasState: boolean) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const state = await readState(folder, signal);
  const copy = await mkdtemp(join(tmpdir(), 'signalbox-terraform-'));
  try {
    await prepareFolder(copy);
    if (state !== null) await writeWhole(join(copy, stateFile), state);
    return await work(copy, state !== null);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** The number of a state, which grows with each change; null when it is none. */
function serialOf(text: string): number | null {
  try {
    const serial = memberOf(JSON.parse(text), 'serial');
    return typeof serial === 'number' ? serial : null;
  } catch {
    return null;
  }
}
