import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectName } from '@signalbox/domain/provisioning/names';

/** The most a settings file may hold, in bytes. */
export const settingsLimit = 65_536;

/** The settings file that is meant when none is named. */
export const usualSettings = 'config.k';

/** One infra of a workspace on the disk. */
export interface InfraPlace {
  /** Below it every infra is a directory: `<workspace>/<infra>`. */
  readonly root: string;
  readonly workspaceId: string;
  readonly infra: string;
}

/**
 * Writes the usual settings file of an infra, whole or not at all, and makes its directory where there is none. The same
 * again is harmless.
 */
export async function writeSettings(place: InfraPlace, text: string): Promise<void> {
  const directory = directoryOf(place);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!(await leadsTo(place))) throw new Error('The directory of an infra is a link.');
  const part = join(directory, `.${usualSettings}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, join(directory, usualSettings));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * The text of a settings file of an infra; null where the path leads to none. The path is judged before anything is
 * opened: names only, none of them a link, lead to a regular file of bounded size. Whatever else is named is never
 * opened.
 */
export async function readSettings(place: InfraPlace, path: string): Promise<string | null> {
  const parts = path.split('/');
  if (parts.length > 8 || !parts.every(isObjectName)) return null;
  let at = directoryOf(place);
  if (!(await leadsTo(place))) return null;
  for (const [index, part] of parts.entries()) {
    at = join(at, part);
    const found = await lstat(at).catch(() => null);
    const fits = index === parts.length - 1 ? found?.isFile() : found?.isDirectory();
    if (fits !== true) return null;
  }
  return readPlain(at);
}

function directoryOf({ root, workspaceId, infra }: InfraPlace): string {
  // Both were judged when they were made; judged again, since a path is made of them.
  if (!isObjectName(workspaceId) || !isObjectName(infra)) throw new Error('This names no directory.');
  return join(root, workspaceId, infra);
}

/** Whether the directory of an infra is there, and no link leads there. The root itself may be one. */
async function leadsTo({ root, workspaceId, infra }: InfraPlace): Promise<boolean> {
  for (const part of [workspaceId, join(workspaceId, infra)]) {
    const found = await lstat(join(root, part)).catch(() => null);
    if (found?.isDirectory() !== true) return false;
  }
  return true;
}

/** The text of a regular file that is not too long; null for anything else, whatever it has become meanwhile. */
async function readPlain(path: string): Promise<string | null> {
  // A link that was put here since it was looked at is not followed, and a pipe is not waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => null,
  );
  if (file === null) return null;
  try {
    const facts = await file.stat();
    if (!facts.isFile() || facts.size > settingsLimit) return null;
    const buffer = Buffer.alloc(settingsLimit + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > settingsLimit) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead));
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
