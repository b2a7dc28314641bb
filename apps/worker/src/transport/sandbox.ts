import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { OperationFailure } from '../operations/failures.ts';
import { innerPath } from './inner-path.ts';
import { longestRead } from './transport.ts';

/** The files of a server that is a folder. Nothing outside of it is opened, and no symbolic link is followed. */
export interface Sandbox {
  /** Its real path. */
  readonly folder: string;
  /** The absolute path of a plain file in it; null when there is none. */
  file(path: string): Promise<string | null>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  read(path: string): Promise<Uint8Array | null>;
}

/**
 * Opens a folder below one of the roots.
 * @throws OperationFailure when it lies elsewhere, is reached over a link, or is not there
 */
export async function openSandbox(folder: string, roots: readonly string[]): Promise<Sandbox> {
  const real = await realFolder(folder, roots);
  return {
    folder: real,
    file: async (path) => {
      const file = await walk(real, innerPath(path));
      return file?.plain === true ? file.path : null;
    },
    write: (path, content) => write(real, innerPath(path), content),
    read: async (path) => {
      const file = await walk(real, innerPath(path));
      return file?.plain === true ? readPlain(file.path) : null;
    },
  };
}

async function realFolder(folder: string, roots: readonly string[]): Promise<string> {
  for (const root of roots) {
    const inside = relative(resolve(root), resolve(folder));
    if (!isAbsolute(folder) || inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') continue;
    try {
      // The root may be a link, set up by whoever runs the worker; below it nothing may.
      const expected = join(await realpath(root), inside);
      const there = await lstat(expected);
      if (there.isDirectory() && (await realpath(expected)) === expected) return expected;
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new OperationFailure({ code: 'not_found', message: 'The folder of the server is gone.' }, false);
    }
  }
  const message = 'The server is a folder in a place that this worker does not serve.';
  throw new OperationFailure({ code: 'provider_refused', message }, false);
}

/** What is at a path, part by part; null when something on the way is missing. */
async function walk(
  folder: string,
  parts: readonly string[],
): Promise<{ path: string; plain: boolean } | null> {
  let path = folder;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    try {
      const there = await lstat(path);
      const last = index === parts.length - 1;
      if (there.isSymbolicLink()) throw linked();
      if (!last && !there.isDirectory()) return null;
      if (last) return { path, plain: there.isFile() };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
  return null;
}

async function write(folder: string, parts: readonly string[], content: string | Uint8Array): Promise<void> {
  const name = parts.at(-1) ?? '';
  let directory = folder;
  for (const part of parts.slice(0, -1)) {
    directory = join(directory, part);
    await mkdir(directory).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (!(await lstat(directory)).isDirectory()) throw linked();
  }
  const there = await walk(folder, parts);
  if (there !== null && !there.plain) throw linked();
  const part = join(directory, `.${randomBytes(8).toString('hex')}.part`);
  try {
    const file = await open(part, 'wx', 0o644);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    await rename(part, join(directory, name));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function readPlain(path: string): Promise<Uint8Array | null> {
  // Neither a link that was put there since, nor a pipe that nobody writes to.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags);
  try {
    const { size } = await file.stat();
    if (size > longestRead) {
      const message = 'A file on the server is too long to be read.';
      throw new OperationFailure({ code: 'provider_refused', message }, false);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function linked(): OperationFailure {
  const message = 'Something on the server is a link where a plain file or directory should be.';
  return new OperationFailure({ code: 'provider_refused', message }, false);
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
