import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folders that stand for the insides of emulated servers, one a server, named by its id. Several emulators may share
 * a directory: each touches its own folders only.
 */
export interface Sandboxes {
  /** Where they are. */
  readonly directory: string;
  /** Makes the folder of a server; one that is there is left as it is. */
  make(id: string): void;
  /** Removes the folder with all there is in it. */
  remove(id: string): void;
  /** Removes what was made without anybody naming a place for it. */
  dispose(): void;
}

/** Opens a directory of sandboxes, made when absent; without one a temporary directory is taken. */
export function openSandboxes(given: string | undefined): Sandboxes {
  const directory = given ?? mkdtempSync(join(tmpdir(), 'signalbox-sandboxes-'));
  mkdirSync(directory, { recursive: true });
  const remove = (id: string): void => rmSync(join(directory, id), { recursive: true, force: true });
  return {
    directory,
    make: (id) => void mkdirSync(join(directory, id), { recursive: true }),
    remove,
    dispose: () => {
      if (given === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
